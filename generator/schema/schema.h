/* DDL → catalog. Statements are replayed in order, so that ALTER, DROP and RENAME work as on a
 * server. What cannot change a query's types never stops the load; what can and is not understood
 * is an error with its place.
 */
#ifndef TENON_SCHEMA_SCHEMA_H
#define TENON_SCHEMA_SCHEMA_H

#include "catalog/catalog.h"
#include "sql/statement.h"

/* A column of a query's result, as a view or CREATE TABLE AS needs it. */
struct view_column {
    const char *name;
    oid type;
    int32_t typmod;
    oid collation;
    bool not_null;
};

struct view_description {
    struct view_column *columns;
    size_t n_columns;
    const void *query; /* const struct query *: kept in the relation for later proofs */
};

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

/* pg_trigger.tgtype. */
enum trigger_type {
    TRIGGER_ROW = 1 << 0,
    TRIGGER_BEFORE = 1 << 1,
    TRIGGER_INSERT = 1 << 2,
    TRIGGER_DELETE = 1 << 3,
    TRIGGER_UPDATE = 1 << 4,
    TRIGGER_TRUNCATE = 1 << 5,
    TRIGGER_INSTEAD = 1 << 6,
};

struct ddl_expression {
    enum ddl_place place;
    const PgQuery__Node *node;
    const struct relation *relation; /* whose columns are in view; may be NULL */
    const char *column;              /* the column that gets the value, for messages */
    oid type;                        /* what it is assigned to; 0: anything */
    int32_t typmod;
    oid collation;
    unsigned trigger_type; /* DDL_TRIGGER_WHEN: bits of enum trigger_type */
};

/* What the analysis found. */
struct ddl_value {
    const void *expr; /* const struct expr *: variables are of range-table entry 0 */
    oid type;         /* before it was assigned to anything */
    int16_t *columns; /* attnums, each once, in order of appearance; 0 for the whole row */
    size_t n_columns;
    int16_t column; /* of an expression that is nothing but a column, else 0 */
    bool is_constant;
};

/* The body of a SQL function. */
struct ddl_body {
    const struct function *function;
    const struct sql *sql;
    struct statements statements;
    int start;            /* where an error without a place is reported; -1: at the first token */
    bool is_atomic;       /* BEGIN ATOMIC or RETURN */
    bool any_result;      /* the last statement may give anything */
    const void *analysed; /* out: const struct routine_body *, kept in the function */
};

/* How the schema room asks for analysis without depending on it. */
struct schema_analyzer {
    void *context;
    /* Analyses an expression; false after diagnostics were added. NULL: nothing is checked. */
    bool (*evaluate)(void *context, struct catalog *catalog, const struct sql *sql,
                     const struct ddl_expression *expression, struct diags *diags,
                     struct ddl_value *value);
    /* The expression with other attribute numbers: [i] is what i + 1 becomes. */
    const void *(*translate)(void *context, const void *expr, const int16_t *numbers, size_t n);
    /* Analyses the condition and the actions of a rule on the relation, not one ON SELECT; false
     * after diagnostics were added. */
    bool (*check_rule)(void *context, struct catalog *catalog, const struct sql *sql,
                       const PgQuery__RuleStmt *rule, const struct relation *relation,
                       struct diags *diags);
    /* Analyses the statements of a body; false after diagnostics were added. */
    bool (*check_body)(void *context, struct catalog *catalog, struct ddl_body *body,
                       struct diags *diags);
    /* Analyses the SELECT at `tree`; false after diagnostics were added. */
    bool (*describe)(void *context, struct catalog *catalog, const struct sql *sql,
                     const PgQuery__Node *tree, struct diags *diags, struct view_description *out);
};

/* Replays the statements of one schema file. It begins with the default search path, as a session
 * of psql does, and leaves it behind. A table whose constraint is wrong exists afterwards, so that
 * its uses are no errors too. relation.view_not_null belongs to this room: it is a part of what is
 * kept of a view (view.h). */
void schema_load(struct catalog *catalog, struct statements statements,
                 const struct schema_analyzer *analyzer, struct diags *diags);

/* The type that a TypeName of a parse tree means: name, %TYPE, SETOF is ignored, array bounds,
 * typmods (*typmod may be NULL). 0 after a diagnostic (42704, 42P01, 22023, …). */
oid schema_resolve_type_name(const struct catalog *catalog, const struct sql *sql,
                             const PgQuery__TypeName *name, struct diags *diags, int32_t *typmod);

#endif
