/* Hints for names and signatures that do not resolve: what was meant, or what there is. */
#ifndef TENON_RESOLVE_SUGGEST_H
#define TENON_RESOLVE_SUGGEST_H

#include "resolve/resolve.h"

/* For a call that fits no function: a name nearly the same, or the functions of that name. */
const char *suggest_functions(struct parse *parse, const struct call_site *site);

/* For an operator that does not exist: what it takes beside the left operand (0: none). */
const char *suggest_operators(struct parse *parse, struct qualified_name name, oid left);

#endif
