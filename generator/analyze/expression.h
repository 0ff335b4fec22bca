/* Expressions, rules and function bodies of DDL: what may stand where, and what the analysis makes
 * of it. Each is looked at at the moment of its statement, with the catalog as it is then.
 */
#ifndef TENON_ANALYZE_EXPRESSION_H
#define TENON_ANALYZE_EXPRESSION_H

#include "analyze/transform.h"
#include "catalog/trigger_type.h"

/* Where an expression of DDL stands; decides what may be in it and what it must be. */
enum ddl_place {
    DDL_DEFAULT,
    DDL_GENERATED, /* the column may use others, but no generated ones */
    DDL_CHECK,
    DDL_DOMAIN_CHECK, /* over VALUE, of type and typmod */
    DDL_INDEX,
    DDL_INDEX_PREDICATE,
    DDL_EXCLUSION, /* an element of EXCLUDE, compared with itself */
    DDL_PARTITION_KEY,
    DDL_PARTITION_BOUND,
    DDL_STATISTICS,
    DDL_USING, /* ALTER COLUMN … TYPE … USING */
    DDL_POLICY,
    DDL_TRIGGER_WHEN, /* over OLD and NEW */
    DDL_FUNCTION_DEFAULT,
};

struct ddl_expression {
    enum ddl_place place;
    const PgQuery__Node *node;
    /* Instead of the node: an expression that was analysed when columns of the relation had other
     * types. What is wrong with it is wrong at `location`. */
    const struct expr *kept;
    int location;
    const struct relation *relation; /* whose columns are in view; may be NULL */
    const char *column;              /* the column that gets the value, for messages */
    oid type;                        /* what it is assigned to; 0: anything */
    int32_t typmod;
    oid collation;
    unsigned trigger_type; /* DDL_TRIGGER_WHEN: bits of enum trigger_type */
};

/* What the analysis found. */
struct ddl_value {
    const struct expr *expr; /* variables are of range-table entry 0 */
    oid type;                /* before it was assigned to anything */
    int16_t *columns;        /* attnums, each once, in order of appearance; 0 for the whole row */
    size_t n_columns;
    int16_t column; /* of an expression that is nothing but a column, else 0 */
    bool is_constant;
    /* Of an index, which may have neither; but other things are refused first. */
    bool is_mutable, has_system_column;
    int location;
};

/* The body of a SQL function. */
struct ddl_body {
    const struct function *function;
    const struct sql *sql;
    struct statements statements;
    int start;       /* where an error without a place is reported; -1: at the first token */
    bool is_atomic;  /* BEGIN ATOMIC or RETURN */
    bool any_result; /* the last statement may give anything */
    const struct routine_body *analysed; /* out: kept in the function */
};

/* Analyses the expression. False after a diagnostic was added. */
bool analyze_expression(struct arena *arena, const struct catalog *catalog, const struct sql *sql,
                        const struct ddl_expression *expression, struct diags *diags,
                        struct ddl_value *value);

/* Analyses the condition and the actions of a rule on the relation, not one ON SELECT, and keeps
 * them. False after a diagnostic was added. */
bool analyze_rule(struct arena *arena, const struct catalog *catalog, const struct sql *sql,
                  const PgQuery__RuleStmt *statement, const struct relation *relation,
                  struct diags *diags, struct rule *rule);

/* Analyses the statements of a body. False after a diagnostic was added. */
bool analyze_body(struct arena *arena, const struct catalog *catalog, struct ddl_body *body,
                  struct diags *diags);

/* Whether the expression's value may change while its arguments do not: a function, operator or
 * cast in it is not immutable (contain_mutable_functions). Functions that the planner may replace
 * by their SQL body are given the benefit of the doubt (mutable.c). */
bool expr_is_mutable(struct parse *parse, struct expr *expr);

#endif
