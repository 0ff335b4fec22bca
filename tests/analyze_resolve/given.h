/* What the tests of conversion and resolution are given: a catalog with a few types of its own, and
 * expressions made by hand instead of parsed.
 */
#ifndef TENON_TESTS_GIVEN_H
#define TENON_TESTS_GIVEN_H

#include "resolve/coerce.h"
#include "resolve/resolve.h"

struct given {
    struct arena arena;
    struct catalog *catalog;
    struct diags diags;
    struct sql sql;
    struct scope scope;
    struct statement_state statement;
    struct parse parse;
    /* enum mood ('sad', 'ok', 'happy'); domains score over integer, code over varchar(3) and tags
     * over text[]; composites pair (x integer, y varchar(2)) and doc (j json) */
    oid mood, score, code, tags, pair, doc;
};

void given_init(struct given *given);
void given_finish(struct given *given);
/* The DDL that makes the same types on a server. */
extern const char *const given_ddl;

/* A value of a type, of which nothing else is known. */
struct expr *given_value(struct given *given, oid type);
struct expr *given_unknown(struct given *given, const char *text); /* NULL: NULL */
struct expr *given_param(struct given *given, int number);
struct expr *given_named(struct given *given, const char *name, struct expr *arg);
struct expr *given_row(struct given *given, size_t n, struct expr *const *fields);

/* Adds a function to schema public. */
struct function *given_function(struct given *given, const char *name, char kind, size_t n,
                                const oid *args, oid result);

/* Runs the action; NULL, or the diagnostic that ended it. Parameters start anew. */
const struct diag *given_try(struct given *given, void (*action)(void *context), void *context);

#endif
