/* The digests that migration tools make checksums and lock numbers of. */
#ifndef TENON_ADOPT_DIGEST_H
#define TENON_ADOPT_DIGEST_H

#include <stdint.h>

#include "support/str.h"

/* CRC-32 of ISO-HDLC, as zlib, Java and Go call it (IEEE), of what `crc` is of and the text behind
 * it; 0: of nothing. */
uint32_t digest_crc32(uint32_t crc, str text);

/* FNV-1 in 32 bits. */
uint32_t digest_fnv1(const char *text);

/* String.hashCode() of Java, for a text of ASCII. */
int32_t digest_java_hash(const char *text);

#endif
