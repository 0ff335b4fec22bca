/* Expressions in DDL: the room's half of struct schema_analyzer. */
#ifndef TENON_ANALYZE_DDL_H
#define TENON_ANALYZE_DDL_H

#include "analyze/transform.h"
#include "schema/schema.h"

/* See schema_analyzer.evaluate. */
bool ddl_evaluate(struct arena *arena, const struct catalog *catalog, const struct sql *sql,
                  const struct ddl_expression *expression, struct diags *diags,
                  struct ddl_value *value);

/* See schema_analyzer.translate. */
const struct expr *ddl_translate(struct arena *arena, const struct expr *expr,
                                 const int16_t *numbers, size_t n);

/* See schema_analyzer.check_rule. */
bool ddl_check_rule(struct arena *arena, const struct catalog *catalog, const struct sql *sql,
                    const PgQuery__RuleStmt *rule, const struct relation *relation,
                    struct diags *diags);

/* See schema_analyzer.check_body. */
bool ddl_check_body(struct arena *arena, const struct catalog *catalog, struct ddl_body *body,
                    struct diags *diags);

/* Whether the expression's value may change while its arguments do not: a function, operator or
 * cast in it is not immutable (contain_mutable_functions). Functions that the planner may replace
 * by their SQL body are given the benefit of the doubt (ddl_mutable.c). */
bool expr_is_mutable(struct parse *parse, struct expr *expr);

#endif
