/* The state of one statement's analysis, shared by the files of this room (PostgreSQL's
 * ParseState). One struct statement_state per statement, one struct scope per query level.
 */
#ifndef TENON_RESOLVE_STATE_H
#define TENON_RESOLVE_STATE_H

#include <setjmp.h>

#include "sql/statement.h"
#include "tree/query.h"

/* Where an expression stands; decides what is allowed in it and the words of the error. */
enum expr_place {
    PLACE_NONE,
    PLACE_OTHER,
    PLACE_JOIN_ON,
    PLACE_JOIN_USING,
    PLACE_FROM_SUBSELECT,
    PLACE_FROM_FUNCTION,
    PLACE_WHERE,
    PLACE_HAVING,
    PLACE_FILTER,
    PLACE_WINDOW_PARTITION,
    PLACE_WINDOW_ORDER,
    PLACE_WINDOW_RANGE,
    PLACE_WINDOW_ROWS,
    PLACE_WINDOW_GROUPS,
    PLACE_SELECT_TARGET,
    PLACE_INSERT_TARGET,
    PLACE_UPDATE_SOURCE,
    PLACE_UPDATE_TARGET,
    PLACE_MERGE_WHEN,
    PLACE_GROUP_BY,
    PLACE_ORDER_BY,
    PLACE_DISTINCT_ON,
    PLACE_LIMIT,
    PLACE_OFFSET,
    PLACE_RETURNING,
    PLACE_VALUES,
    PLACE_VALUES_SINGLE,
    PLACE_CALL_ARGUMENT,
    PLACE_CYCLE_MARK,
    PLACE_COLUMN_DEFAULT,
    PLACE_FUNCTION_DEFAULT,
    PLACE_INDEX,
    PLACE_INDEX_PREDICATE,
    PLACE_CHECK,
    PLACE_GENERATED,
    PLACE_STATISTICS,
    PLACE_USING,
    PLACE_POLICY,
    PLACE_TRIGGER_WHEN,
    PLACE_PARTITION_KEY,
    PLACE_PARTITION_BOUND,
};

/* A column as a name finds it: which variable it means. */
struct name_column {
    const char *name;      /* "" for a dropped column */
    const char *qualifier; /* what may stand before it; NULL for a merged column of a join */
    int rte, attno;        /* of the variable: for a join's column, of the joined table */
    int via, via_attno;    /* as in struct expr: the named join, if it is one's */
    oid type;
    int32_t typmod;
    oid collation;
    bool in_star; /* part of `*` */
};

/* One name that a FROM item puts in view (ParseNamespaceItem). */
struct name_item {
    const char *name; /* qualifier */
    int rte;          /* index in the scope's range table */
    struct name_column *columns;
    size_t n_columns;
    bool is_using_alias; /* the alias of a JOIN's USING: has only the merged columns */
    bool rel_visible;    /* as a qualifier */
    bool cols_visible;   /* unqualified columns */
    bool lateral_only;   /* only inside LATERAL */
    bool lateral_ok;
};

struct name_items {
    struct name_item **items;
    size_t n, cap;
};

/* A WINDOW clause entry or an OVER (…), defined after the select list has been read. */
struct window_entry {
    const PgQuery__WindowDef *raw;
    struct window_def *def;
};

/* The source of UPDATE … SET (a, b) = …, kept from its first column to its last. */
struct multi_assign {
    struct expr *row;    /* EXPR_ROW */
    struct query *query; /* or a sub-query */
    int location;
};

struct scope {
    struct scope *parent;
    struct query *query;
    struct name_items names; /* in view */
    VEC(struct rte *) rtable;
    struct name_items entries; /* of each range-table entry, by index */
    VEC(struct cte *) ctes;
    VEC(const char *) future_ctes; /* WITH items that are not yet in view */
    VEC(struct window_entry) windows;
    enum expr_place place;
    bool lateral_active;
    bool keep_unknown;        /* leave unknown-typed columns to the caller */
    struct name_item *target; /* the table that INSERT, UPDATE, … changes */
    struct multi_assign multi_assign;
    struct expr *last_set_returning; /* to refuse nested ones where the server does */
    struct cte *recursive_cte;       /* the WITH RECURSIVE item under analysis, if any */
};

/* A sub-query in an expression, for the name of the column that it makes. */
struct sublink_query {
    const PgQuery__SubLink *raw;
    struct query *query;
};

struct statement_state {
    struct arena *arena;
    const struct catalog *catalog;
    const struct sql *sql;
    int start; /* where an error without a place is reported; -1: at the text's first token */
    struct diags *diags;
    VEC(struct param_info) params;  /* by number; type 0: not yet known */
    bool no_params;                 /* there are none, as in DDL */
    const struct function *body_of; /* the SQL function whose body this is: params are its own */
    bool is_view;                   /* the body of one, which is kept as it is */
    VEC(struct star_expansion) stars;
    VEC(struct sublink_query) sublinks;
    const PgQuery__SelectStmt
        *into;        /* the one SELECT that may have INTO, NULL when there is none */
    int depth;        /* of expression nesting, for 54001 */
    jmp_buf on_error; /* the first error of a statement ends its analysis */
};

/* Every transform function gets one of these by pointer. */
struct parse {
    struct statement_state *statement;
    struct scope *scope;
};

/* Reports the error at the byte offset in the statement's text and ends the statement's analysis:
 * as on the server, the first error is the only one. */
_Noreturn void parse_error(struct parse *parse, const char *sqlstate, int location,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same with a hint (may be NULL). */
_Noreturn void parse_error_hint(struct parse *parse, const char *sqlstate, int location,
                                const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* In two steps, for hints and notes between them. */
struct diag *parse_diag(struct parse *parse, const char *sqlstate, int location, const char *format,
                        ...) __attribute__((format(printf, 4, 5)));
_Noreturn void parse_fail(struct parse *parse);

/* The type's name as messages have it. */
const char *type_text(struct parse *parse, oid type);

#endif
