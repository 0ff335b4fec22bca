/* Bit by bit, without tables: the texts are small. */
#include "adopt/digest.h"

uint32_t digest_crc32(uint32_t crc, str text)
{
    crc = ~crc;
    for (size_t i = 0; i < text.len; i++) {
        crc ^= (unsigned char)text.data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ UINT32_C(0xEDB88320) : crc >> 1;
    }
    return ~crc;
}

uint32_t digest_fnv1(const char *text)
{
    uint32_t hash = UINT32_C(2166136261);

    for (; *text; text++)
        hash = hash * UINT32_C(16777619) ^ (unsigned char)*text;
    return hash;
}

int32_t digest_java_hash(const char *text)
{
    uint32_t hash = 0;

    for (; *text; text++)
        hash = hash * 31 + (unsigned char)*text;
    return (int32_t)hash;
}
