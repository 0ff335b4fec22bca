/* The cases of this directory: a schema, and files of annotated queries whose comment says what the
 * analysis must find:
 *
 *     -- name: LeftJoin :many
 *     -- expect: !?
 *     SELECT a.v, b.v FROM a LEFT JOIN b ON a.k = b.k;
 *
 * `!` is a column that can never be NULL, `?` one that can.
 */
#ifndef TESTS_NULLS_SUITE_H
#define TESTS_NULLS_SUITE_H

#include "describe/describe.h"
#include "prove/nulls.h"
#include "support/file.h"

struct suite_case {
    const struct annotated_query *query;
    const char *expect; /* what stands after "expect: "; NULL when nothing does */
    struct analysis analysis;
    bool *param_nullable; /* [n - 1] */
};

struct suite {
    struct arena *arena;
    struct catalog *catalog;
    const char *schema; /* its text */
    VEC(struct suite_case) cases;
    struct diags diags;
};

/* Loads schema.sql of the directory and the files that the argument names (file_expand) in it. Ends
 * the program with the diagnostics when anything is wrong with them. */
struct suite *suite_load(struct arena *arena, const char *directory, const char *files);

/* Adds the cases of one more file. */
void suite_add(struct suite *suite, const char *path);

struct nullability *suite_infer(struct suite *suite, const struct suite_case *item, size_t *n);

/* "!?": one character per column. */
const char *suite_signs(struct arena *arena, const struct nullability *columns, size_t n);

#endif
