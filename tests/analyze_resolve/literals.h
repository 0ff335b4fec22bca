/* Literals to read, good and bad ones of each type. */
#ifndef TENON_TESTS_RESOLVE_LITERALS_H
#define TENON_TESTS_RESOLVE_LITERALS_H

#include <stdbool.h>
#include <stddef.h>

struct literal_case {
    const char *type; /* as in SQL and as in pg_type */
    const char *text;
    bool is_lenient; /* refused by the server only */
};

extern const struct literal_case literal_cases[];
extern const size_t n_literal_cases;

#endif
