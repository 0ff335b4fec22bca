/* Type conversion (manual, 10.1, 10.4, 10.5; parse_coerce.c): from an expression and a wanted type
 * to an EXPR_CAST, with the literals' values checked and the parameters' types decided.
 */
#ifndef TENON_RESOLVE_COERCE_H
#define TENON_RESOLVE_COERCE_H

#include "resolve/state.h"
#include "types/conversion.h"

/* expr as a value of target; the caller knows that it is possible (coerce_type). A parameter of
 * unknown type takes the target type; an unknown literal's value is checked (22P02, 22007, …). */
struct expr *coerce_type(struct parse *parse, struct expr *expr, oid source, oid target,
                         int32_t typmod, enum coercion_context context, enum cast_form form,
                         int location);

/* expr as target with typmod, or NULL when there is no such cast (coerce_to_target_type). */
struct expr *coerce_to_target(struct parse *parse, struct expr *expr, oid source, oid target,
                              int32_t typmod, enum coercion_context context, enum cast_form form,
                              int location);

/* "argument of WHERE must be type boolean, not type integer" (42804). */
struct expr *coerce_to_boolean(struct parse *parse, struct expr *expr, const char *construct);
struct expr *coerce_to_specific(struct parse *parse, struct expr *expr, oid target,
                                const char *construct);

/* 10.5: the common type of UNION, CASE, VALUES, ARRAY, COALESCE, GREATEST, IN. With a NULL
 * context: 0 instead of an error (select_common_type). *which (may be NULL) gets the deciding
 * expression. */
oid coerce_common_type(struct parse *parse, struct expr *const *exprs, size_t n,
                       const char *context, struct expr **which);
struct expr *coerce_to_common(struct parse *parse, struct expr *expr, oid type,
                              const char *context);
int32_t coerce_common_typmod(struct expr *const *exprs, size_t n, oid common);
/* False when the expressions cannot all be coerced to the type. */
bool coerce_verify_common(struct parse *parse, oid type, struct expr *const *exprs, size_t n);

/* Polymorphic types (38.2.5): checks the arguments against the declared types, replaces the
 * polymorphic ones in declared by the actual ones and returns the actual result type
 * (enforce_generic_type_consistency). */
oid coerce_generic(struct parse *parse, const oid *actual, oid *declared, size_t n, oid result,
                   bool allow_poly);

/* The text of an unknown literal as input of the type: value_check(), whose refusal ends the
 * statement. */
void check_literal(struct parse *parse, oid type, int32_t typmod, const char *text, int location);

/* Whether any part of the expression returns a set. */
bool expr_returns_set(const struct catalog *catalog, const struct expr *expr);

/* unknown-typed literals of a finished select list become text. */
struct expr *coerce_unknown_to_text(struct parse *parse, struct expr *expr);

#endif
