/* Expressions of a DO block that have the same value wherever it runs. */
#ifndef TENON_REPLAY_DO_CONSTANT_H
#define TENON_REPLAY_DO_CONSTANT_H

#include "ddl/ddl.h"

/* The tree of an expression; NULL when the text is none. */
const PgQuery__Node *do_expression(struct ddl *ddl, const char *text);

/* The value as text of constants under ||, format(), quote_ident(), quote_literal(), concat(); NULL
 * for all else, and for the null value. Where quote_literal() or %L are given something else, the
 * value has a NULL of type unknown, and *has_unknown_literal is set. */
const char *do_constant(struct ddl *ddl, const char *text, bool *has_unknown_literal);

#endif
