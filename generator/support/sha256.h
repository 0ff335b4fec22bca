/* SHA-256 (FIPS 180-4) of a text. */
#ifndef TENON_SUPPORT_SHA256_H
#define TENON_SUPPORT_SHA256_H

#include "support/arena.h"
#include "support/str.h"

/* In lower-case hexadecimal: 64 characters. */
const char *sha256_hex(struct arena *arena, str text);

#endif
