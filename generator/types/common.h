/* The common type of several types (manual, 10.5 "UNION, CASE, and Related Constructs"). */
#ifndef TENON_TYPES_COMMON_H
#define TENON_TYPES_COMMON_H

#include "catalog/catalog.h"

struct common_type {
    oid type;
    size_t decider;     /* which of the types it was */
    oid mismatch;       /* the type that could not be matched with `type`; 0: none */
    size_t mismatch_at; /* which one that was */
};

/* n is at least 1. */
struct common_type types_choose_common(const struct catalog *catalog, const oid *types, size_t n);

/* The same in short: 0 when they do not match. */
oid types_common(const struct catalog *catalog, const oid *types, size_t n);

/* Whether all of them can be coerced to it. */
bool types_verify_common(const struct catalog *catalog, oid common, const oid *types, size_t n);

#endif
