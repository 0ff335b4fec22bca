/* SQL text from analysed trees, for people and for migrations: what the server's pg_get_expr(),
 * pg_get_constraintdef() and pg_get_viewdef() print, character by character where a literal is
 * written as the server would write it.
 *
 * Names are looked up in the catalog as it is at the moment: a renamed column has its new name, and
 * an object that the search path does not find is written with its schema. A tree that cannot be
 * written is never written wrongly: then there is no text but a reason.
 */
#ifndef TENON_DEPARSE_DEPARSE_H
#define TENON_DEPARSE_DEPARSE_H

#include "tree/query.h"

enum deparse_flag {
    /* Only the parentheses that are needed, as pg_get_viewdef(…, true). */
    DEPARSE_PRETTY = 1 << 0,
    /* Text from which the same tree is made again. The server's own is not always of that kind:
     * what it prints of `a IN ('x', 'y')`, where a is a varchar, says `(ARRAY[…])::text[]`, of
     * which it makes an array of converted elements, not a converted array. */
    DEPARSE_RUNNABLE = 1 << 1,
};

/* What the variables of an expression are: range-table entry i is entries[i]. */
struct deparse_scope {
    const struct deparse_entry {
        const char *name;
        const struct relation *relation;
    } * entries;
    size_t n;
    bool is_qualified; /* columns stand behind the name of their entry: of a trigger, OLD and NEW */
};

struct deparsed {
    const char *text;    /* NULL: it cannot be written */
    const char *refused; /* then: why, "cannot be written: …" */
};

/* The expression over the scope's entries; NULL for one without variables. */
struct deparsed deparse_expression(struct arena *arena, const struct catalog *catalog,
                                   const struct expr *expr, const struct deparse_scope *scope,
                                   unsigned flags);
/* The same over the columns of one relation; NULL for a domain's CHECK, whose variable is VALUE. */
struct deparsed deparse_over(struct arena *arena, const struct catalog *catalog,
                             const struct expr *expr, const struct relation *relation,
                             unsigned flags);
/* An element of an index or a partition key: in parentheses unless it is a call. */
struct deparsed deparse_element(struct arena *arena, const struct catalog *catalog,
                                const struct expr *expr, const struct relation *relation,
                                unsigned flags);
/* A CHECK of the relation, or of a domain when that is NULL. */
struct deparsed deparse_check(struct arena *arena, const struct catalog *catalog,
                              const struct constraint *check, const struct relation *relation,
                              unsigned flags);

/* The value whose text that is, as in the bounds of a partition: without its type. */
struct deparsed deparse_value(struct arena *arena, const struct catalog *catalog, oid type,
                              const char *text, unsigned label_age);
/* The operator as EXCLUDE names it between two values of the type. */
const char *deparse_operator(struct arena *arena, const struct catalog *catalog,
                             const struct operator* op, oid type);
/* The whole CREATE RULE, as pg_get_ruledef(). */
struct deparsed deparse_rule(struct arena *arena, const struct catalog *catalog,
                             const struct rule *rule, const struct relation *relation,
                             unsigned flags);

/* The body of a view with its semicolon; the columns have the view's names. */
struct deparsed deparse_view(struct arena *arena, const struct catalog *catalog,
                             const struct relation *view, unsigned flags);
/* The body of a function in SQL's own grammar: RETURN … or BEGIN ATOMIC … END. */
struct deparsed deparse_body(struct arena *arena, const struct catalog *catalog,
                             const struct function *function, unsigned flags);

#endif
