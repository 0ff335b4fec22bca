/* The analysed query: what PostgreSQL calls Query, RangeTblEntry and Expr (manual, 52.3), as far as
 * types, nullability, cardinality and lint need it.
 *
 * analyze/ builds it from the parse tree and the catalog; the rooms above only read it, and DDL
 * keeps it in the catalog. Everything lives in the compile's arena.
 */
#ifndef TENON_TREE_QUERY_H
#define TENON_TREE_QUERY_H

#include "support/vec.h"
#include "tree/expr.h"

/* --- Range table and join tree ---------------------------------------------------------------- */

enum rte_kind {
    RTE_RELATION,
    RTE_SUBQUERY,
    RTE_JOIN,
    RTE_FUNCTION,
    RTE_VALUES,
    RTE_CTE,
    RTE_TABLE_FUNC, /* XMLTABLE */
};

struct rte_column {
    const char *name;
    oid type;
    int32_t typmod;
    oid collation;
    bool is_dropped;     /* keeps attribute numbers of relations */
    struct expr *alias;  /* RTE_JOIN: what it stands for (COALESCE for FULL JOIN USING) */
    struct expr *source; /* RTE_FUNCTION of RETURNS TABLE, RTE_TABLE_FUNC default: may be NULL */
};

/* XMLTABLE: what its entry's columns do not tell. */
struct table_func {
    struct expr *row, *document;
    struct expr **namespaces;
    const char **namespace_names; /* NULL: DEFAULT */
    size_t n_namespaces;
    struct table_func_column {
        const char *name;  /* its own, which an alias of the entry may hide */
        struct expr *path; /* NULL: that name */
        bool for_ordinality, not_null;
    } * columns; /* of the entry's columns */
};

/* One function of FROM f(…) or ROWS FROM (…). */
struct rte_function {
    struct expr *call;
    size_t n_columns;     /* of the entry's columns, in order */
    const char **defined; /* what a column definition list calls them; NULL: there is none */
};

/* What each column of a join is of the tables that it joins: columns of the entries at its sides,
 * from 1; 0: none. The first n_merged are USING's, of both. */
struct join_columns {
    int *left, *right;
    size_t n_merged;
};

struct rte {
    enum rte_kind kind;
    const char *name; /* alias, else relation/function/CTE name: what qualifies its columns */
    bool has_alias;
    size_t n_aliased;        /* columns up to the last that was given an alias */
    const char *using_alias; /* RTE_JOIN: JOIN … USING (…) AS x; NULL when there is none */
    bool is_lateral;
    int location;
    struct rte_column *columns;
    size_t n_columns;
    const struct relation *relation; /* RTE_RELATION */
    bool is_only;                    /* RTE_RELATION: ONLY */
    bool no_system_columns;          /* RTE_RELATION: "excluded" */
    struct query *subquery;          /* RTE_SUBQUERY; also expanded nothing: views stay relations */
    struct rte_function *functions;  /* RTE_FUNCTION */
    size_t n_functions;
    bool with_ordinality;
    struct expr ***values; /* RTE_VALUES: n_values rows of n_columns */
    size_t n_values;
    const struct cte *cte; /* RTE_CTE */
    int cte_levels_up;
    bool cte_self_reference;          /* inside the recursive term */
    struct join_node *join;           /* RTE_JOIN */
    struct join_columns join_columns; /* RTE_JOIN */
    struct table_func *table_func;    /* RTE_TABLE_FUNC */
    struct expr **sample_args;        /* TABLESAMPLE, the second of REPEATABLE */
    size_t n_sample_args;
    const struct function *sample_method; /* its handler; NULL without TABLESAMPLE */
};

enum join_kind { JOIN_KIND_INNER, JOIN_KIND_LEFT, JOIN_KIND_RIGHT, JOIN_KIND_FULL };

/* The FROM tree: a leaf names a range-table entry; an inner node joins two. */
struct join_node {
    bool is_join;
    int rte; /* leaf: index; join: index of its RTE_JOIN entry */
    enum join_kind kind;
    struct join_node *left, *right;
    struct expr *on; /* ON, or the equality made from USING/NATURAL; NULL for CROSS */
};

/* --- Queries ---------------------------------------------------------------------------------- */

struct target {
    struct expr *expr;
    const char *name;  /* column name; NULL for junk */
    bool is_junk;      /* only for ORDER BY / GROUP BY / DISTINCT */
    int group_ref;     /* ressortgroupref: 0 none */
    int target_column; /* INSERT/UPDATE: attnum assigned */
    int location;
};

/* ORDER BY / GROUP BY / DISTINCT item: refers to the target with that group_ref. */
struct sort_clause {
    int group_ref;
    bool descending, nulls_first;
    const struct operator* using; /* USING an operator that is not the type's default; else NULL */
};

/* GROUPING SETS and its kin; a set of items is a leaf. */
struct grouping_set {
    enum grouping_kind { GROUPING_ITEMS, GROUPING_ROLLUP, GROUPING_CUBE, GROUPING_SETS } kind;
    VEC(int) refs;                      /* GROUPING_ITEMS: group_refs */
    VEC(struct grouping_set *) content; /* of the others */
};

/* FOR UPDATE of one entry. */
struct row_lock {
    enum lock_strength {
        LOCK_KEY_SHARE,
        LOCK_SHARE,
        LOCK_NO_KEY_UPDATE,
        LOCK_UPDATE,
    } strength;
    enum lock_wait { LOCK_WAITS, LOCK_SKIPS, LOCK_FAILS } wait;
    int rte;
    bool is_inherited; /* from the FOR UPDATE of an outer query */
};

struct window_def {
    const char *name; /* NULL for an inline OVER (…) */
    const char *base; /* the window that it builds on, which has its partition_by; NULL: none */
    bool has_base_order;
    struct expr **partition_by;
    size_t n_partition_by;
    struct expr **order_by;
    size_t n_order_by;
    const struct sort_clause *order; /* [n_order_by]: which way */
    int frame_options;               /* as in the parse tree: FRAME_… */
    struct expr *start_offset, *end_offset;
    int location;
};

/* FRAMEOPTION_… of the server's parsenodes.h. */
enum frame_option {
    FRAME_NONDEFAULT = 0x1,
    FRAME_RANGE = 0x2,
    FRAME_ROWS = 0x4,
    FRAME_GROUPS = 0x8,
    FRAME_BETWEEN = 0x10,
    FRAME_START_UNBOUNDED_PRECEDING = 0x20,
    FRAME_END_UNBOUNDED_FOLLOWING = 0x100,
    FRAME_START_CURRENT_ROW = 0x200,
    FRAME_END_CURRENT_ROW = 0x400,
    FRAME_START_PRECEDING = 0x800,
    FRAME_END_PRECEDING = 0x1000,
    FRAME_START_FOLLOWING = 0x2000,
    FRAME_END_FOLLOWING = 0x4000,
    FRAME_EXCLUDE_CURRENT_ROW = 0x8000,
    FRAME_EXCLUDE_GROUP = 0x10000,
    FRAME_EXCLUDE_TIES = 0x20000,
    FRAME_OFFSETS =
        FRAME_START_PRECEDING | FRAME_END_PRECEDING | FRAME_START_FOLLOWING | FRAME_END_FOLLOWING,
};

/* SEARCH and CYCLE of a recursive WITH item. */
struct cte_search {
    bool breadth_first;
    const char **columns;
    size_t n_columns;
    const char *sequence;
};

struct cte_cycle {
    const char **columns;
    size_t n_columns;
    const char *mark, *path;
    struct expr *value, *otherwise; /* of the mark */
};

struct cte {
    const char *name;
    struct query *query;
    bool is_recursive;
    size_t n_aliased; /* columns that were given names */
    enum cte_kept { CTE_BY_DEFAULT, CTE_MATERIALIZED, CTE_NOT_MATERIALIZED } kept;
    const struct cte_search *search; /* NULL: none */
    const struct cte_cycle *cycle;
    struct rte_column *columns; /* incl. SEARCH/CYCLE columns */
    size_t n_columns;
    size_t n_extra_columns; /* of SEARCH/CYCLE, at the end */
    const void *item;       /* struct cte_item *, while it is analysed */
    int location;
};

enum query_kind {
    QUERY_SELECT,
    QUERY_INSERT,
    QUERY_UPDATE,
    QUERY_DELETE,
    QUERY_MERGE,
    QUERY_UTILITY, /* no columns, or those of SHOW/EXPLAIN/CALL in `targets` */
};

enum set_op { SET_OP_NONE, SET_OP_UNION, SET_OP_INTERSECT, SET_OP_EXCEPT };

/* UNION tree: a leaf is a query, an inner node combines two. Column types are the common ones. */
struct set_node {
    enum set_op op;
    bool all;
    struct set_node *left, *right;
    struct query *query; /* leaf */
    int rte;             /* leaf: its entry in the range table of the UNION's query */
};

struct on_conflict {
    bool do_update;
    struct expr **arbiter;
    size_t n_arbiter;
    bool arbiter_has_options; /* COLLATE or an operator class was written */
    struct expr *arbiter_where;
    const struct index *index;           /* inferred, may be NULL */
    const struct constraint *constraint; /* ON CONSTRAINT, may be NULL */
    bool lacks_index;                    /* no unique index can be meant */
    int arbiter_location;
    struct target *set;
    size_t n_set;
    struct expr *where;
    int excluded_rte;
};

struct merge_action {
    bool matched;
    char overriding;      /* as in struct query */
    enum query_kind kind; /* INSERT, UPDATE, DELETE; SELECT for DO NOTHING */
    struct expr *condition;
    struct target *targets;
    size_t n_targets;
};

/* A `*` in the text and what it stands for, so that the sent SQL lists columns. */
struct star_expansion {
    int from, to;              /* bytes of `t.*` or `*`, with its label, in sql.text */
    const char *text;          /* "o.id, o.symbol" */
    const char *embed;         /* sqlc.embed name, NULL else */
    const struct query *query; /* whose select list it is in */
    int first, n_columns;      /* what it made of that list: index of its first column, how many */
    int rte;                   /* `t.*`: t's range-table entry, else -1 */
};

struct query {
    enum query_kind kind;
    bool answers_one_row; /* QUERY_UTILITY: CALL, SHOW of one setting */
    struct query *parent; /* enclosing query for levels_up; NULL at the top */
    struct rte **rtable;
    size_t n_rtable;
    struct join_node **from; /* comma-separated items: cross joined */
    size_t n_from;
    struct expr *where;
    struct target *targets; /* SELECT list, or assigned columns of INSERT/UPDATE */
    size_t n_targets;
    struct target *returning;
    size_t n_returning;
    bool has_returning;
    int result_rte; /* INSERT/UPDATE/DELETE/MERGE: index of the changed relation, else -1 */
    struct sort_clause *group_by;
    size_t n_group_by;
    bool has_group_by;      /* GROUP BY was written, maybe as () */
    bool has_grouping_sets; /* GROUPING SETS, ROLLUP, CUBE */
    bool is_group_distinct;
    const struct grouping_set *grouping; /* with grouping sets: what GROUP BY lists; else NULL */
    int *always_grouped;                 /* with grouping sets: group_refs that are in every set */
    size_t n_always_grouped;
    bool has_empty_grouping_set;
    /* Primary keys by which columns that are not grouped depend on those that are. */
    const struct constraint **grouped_keys;
    size_t n_grouped_keys;
    struct expr *having;
    bool has_aggs, has_windows, has_set_returning;
    struct sort_clause *distinct;
    size_t n_distinct;
    bool is_distinct, is_distinct_on;
    struct sort_clause *order_by;
    size_t n_order_by;
    struct expr *limit, *offset;
    bool limit_with_ties;
    bool has_locking;
    struct row_lock *locks;
    size_t n_locks;
    struct window_def **windows; /* all: of the WINDOW clause, then inline ones */
    size_t n_windows;
    bool with_recursive;
    bool is_return;           /* RETURN x of a function, as SELECT x */
    struct set_node *set_ops; /* NULL: not a set operation; then targets describe the result */
    struct cte **ctes;
    size_t n_ctes;
    struct query *source; /* INSERT … SELECT: the source query, also an RTE_SUBQUERY to which the
                             targets refer. NULL for VALUES: one row is in the targets, several
                             are an RTE_VALUES to which the targets refer */
    char overriding;      /* INSERT: OVERRIDING 's'ystem or 'u'ser value; 0 none */
    struct on_conflict *on_conflict;
    struct merge_action *merge_actions;
    size_t n_merge_actions;
    /* QUERY_UTILITY: the query inside of EXPLAIN, DECLARE and CREATE TABLE AS; what CALL calls. */
    struct query *inner;
    struct expr *called;
    int location;
};

/* What a SQL function does, statement by statement. */
struct routine_body {
    struct routine_statement {
        const PgQuery__Node *tree;
        struct query *query; /* NULL for a utility statement that the server does not analyse */
    } * statements;
    size_t n_statements;
    bool is_atomic; /* BEGIN ATOMIC or RETURN: kept as trees on the server too */
};

/* The visible result: RETURNING of DML, else the non-junk targets (junk is always at the end). */
struct target *query_result(const struct query *query, size_t *n);

/* How many columns an entry, or the view that it reads, has: CREATE OR REPLACE may have given the
 * view more columns than there were when the entry, part of another view, was analysed. */
size_t rte_n_inner_columns(const struct rte *rte);

/* The table's column that the expression plainly shows, through sub-queries and CTEs, as the
 * server's RowDescription tells it. False when it is anything else. */
struct origin {
    const struct relation *relation;
    int attno;
};
bool query_origin(const struct query *query, const struct expr *expr, struct origin *origin);

/* From a column of a view that the server updates by itself to the column below it, which may be
 * one of another view; false when it is none, and then nothing is changed. */
bool column_behind_view(struct origin *column);

/* --- The analysis of a statement -------------------------------------------------------------- */

struct param_info {
    int number;
    oid type;
    /* The column it is first assigned to or compared with; relation NULL when there is none. */
    const struct relation *assigned_relation;
    int assigned_attno;
    const struct relation *compared_relation;
    int compared_attno;
    bool assigned_to_nullable; /* stored into a nullable column somewhere */
    bool assigned_to_not_null; /* stored where NULL is refused: then it may not be NULL */
    int location;              /* first use */
    const char *role;          /* "limit", "offset"; NULL else */
    /* For a name when nothing better gives one: the argument of a function that it is, or the
     * column that an operator joins it with; NULL else. */
    const char *weak_name;
};

struct analysis {
    struct query *query;
    struct param_info *params; /* [i].number == i + 1 */
    size_t n_params;
    struct star_expansion *stars; /* by position */
    size_t n_stars;
    bool returns_rows;
};

#endif
