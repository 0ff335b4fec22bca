/* The names are those of FIPS 180-4: a message schedule w of 64 words, the working variables a to h
 * as v[0] to v[7], and the functions Σ, σ, Ch and Maj of its section 4.1.2.
 */
#include "support/sha256.h"

#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, WORDS = 8 };

static const uint32_t constants[BLOCK] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, int n)
{
    return word >> n | word << (32 - n);
}

static void fill_schedule(uint32_t w[BLOCK], const unsigned char *block)
{
    for (int t = 0; t < 16; t++)
        w[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 |
               (uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3];
    for (int t = 16; t < BLOCK; t++) {
        uint32_t s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = s1 + w[t - 7] + s0 + w[t - 16];
    }
}

static void add_block(uint32_t hash[WORDS], const unsigned char *block)
{
    uint32_t w[BLOCK], v[WORDS];

    fill_schedule(w, block);
    memcpy(v, hash, sizeof v);
    for (int t = 0; t < BLOCK; t++) {
        uint32_t sum1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        uint32_t sum0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        uint32_t t1 = v[7] + sum1 + choice + constants[t] + w[t];
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + sum0 + majority;
    }
    for (int i = 0; i < WORDS; i++)
        hash[i] += v[i];
}

/* The last bytes, a one bit, zeros and the length in bits: one block or two. */
static void add_end(uint32_t hash[WORDS], const unsigned char *rest, size_t n_rest,
                    uint64_t n_bytes)
{
    unsigned char end[2 * BLOCK] = {0};
    size_t len = n_rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;

    memcpy(end, rest, n_rest);
    end[n_rest] = 0x80;
    for (size_t i = 0; i < 8; i++)
        end[len - 1 - i] = (unsigned char)(n_bytes * 8 >> 8 * i);
    for (size_t at = 0; at < len; at += BLOCK)
        add_block(hash, end + at);
}

const char *sha256_hex(struct arena *arena, str text)
{
    uint32_t hash[WORDS] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t at = 0;

    for (; text.len - at >= BLOCK; at += BLOCK)
        add_block(hash, bytes + at);
    add_end(hash, bytes + at, text.len - at, text.len);
    return arena_printf(arena, "%08x%08x%08x%08x%08x%08x%08x%08x", hash[0], hash[1], hash[2],
                        hash[3], hash[4], hash[5], hash[6], hash[7]);
}
