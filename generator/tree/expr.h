/* Analysed expressions: what PostgreSQL calls Expr, as far as types, nullability, cardinality and
 * lint need it. Part of query.h.
 */
#ifndef TENON_TREE_EXPR_H
#define TENON_TREE_EXPR_H

#include "catalog/catalog.h"
#include "sql/pg.h"

struct query;
struct rte;
struct expr;

enum expr_kind {
    EXPR_ERROR,    /* a failed expression: type 0; whoever meets it stays silent */
    EXPR_CONST,    /* literal; type unknown (705) until coerced */
    EXPR_PARAM,    /* $n */
    EXPR_VAR,      /* column of a range-table entry; attno 0 is the whole row */
    EXPR_FUNC,     /* function call; args as passed, defaults and VARIADIC already resolved */
    EXPR_AGG,      /* aggregate call */
    EXPR_WINDOW,   /* window function call, or an aggregate with OVER */
    EXPR_OP,       /* operator, one or two args */
    EXPR_DISTINCT, /* a IS DISTINCT FROM b; negated for IS NOT DISTINCT FROM */
    EXPR_NULLIF,
    EXPR_ARRAY_OP, /* a op ANY (array) / ALL (array), also IN (list) folded to an array */
    EXPR_BOOL,     /* AND, OR, NOT over args */
    EXPR_SUBLINK,
    EXPR_FIELD,     /* (composite).field */
    EXPR_SUBSCRIPT, /* args[0] is the container, the rest are subscripts (NULL: omitted bound) */
    EXPR_CAST,      /* any coercion, explicit or implicit; args[0] */
    EXPR_COLLATE,
    EXPR_CASE,        /* args: [test,] (when, then)*, default (last; NULL const when no ELSE) */
    EXPR_CASE_TEST,   /* placeholder for the CASE operand inside WHEN comparisons */
    EXPR_ARRAY,       /* ARRAY[…] */
    EXPR_ROW,         /* ROW(…) */
    EXPR_ROW_COMPARE, /* (a, b) < (c, d): left args then right args */
    EXPR_COALESCE,
    EXPR_MINMAX,    /* GREATEST, LEAST */
    EXPR_SQL_VALUE, /* CURRENT_DATE, CURRENT_USER, … */
    EXPR_XML,       /* XMLELEMENT, XMLFOREST, …; XMLSERIALIZE too */
    EXPR_NULL_TEST, /* IS [NOT] NULL */
    EXPR_BOOL_TEST, /* IS [NOT] TRUE, FALSE, UNKNOWN */
    EXPR_DEFAULT,   /* DEFAULT in VALUES or SET */
    EXPR_GROUPING,  /* GROUPING(…) */
    EXPR_CURRENT_OF,
    EXPR_NAMED_ARG,      /* name => args[0]; only while a call is being resolved */
    EXPR_SUBLINK_COLUMN, /* in sublink.test: column u.param of the sub-query's row */
    EXPR_ASSIGN_PART, /* SET a[1] = x, SET c.f = x: the column (args[0]; NULL const for INSERT) with
                         a part of it replaced by args[1] */
};

enum bool_op { BOOL_AND, BOOL_OR, BOOL_NOT };

enum bool_test { IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN, IS_NOT_UNKNOWN };

enum sublink_kind {
    SUBLINK_EXISTS,
    SUBLINK_ALL,   /* args op ALL (query) */
    SUBLINK_ANY,   /* args op ANY (query), also IN */
    SUBLINK_EXPR,  /* (query) as a value */
    SUBLINK_MULTI, /* UPDATE … SET (a, b) = (query) */
    SUBLINK_ARRAY, /* ARRAY(query) */
    SUBLINK_ROW,   /* (a, b) op (query): at most one row, NULL when there is none */
};

enum cast_method {
    CAST_RELABEL,  /* binary-compatible; also varchar → text */
    CAST_FUNCTION, /* pg_cast function */
    CAST_INOUT,    /* through the text form */
    CAST_ARRAY,    /* element by element */
    CAST_ROW,      /* between row types */
    CAST_DOMAIN,   /* domain constraints are checked */
    CAST_TYPMOD,   /* length coercion, e.g. varchar(10) */
};

enum cast_form { FORM_IMPLICIT, FORM_ASSIGNMENT, FORM_EXPLICIT };

struct window_def;
struct sort_clause;

/* A call in named notation: the places in args as they were written, the named ones at the end. */
struct argument_order {
    size_t *places;
    size_t n, n_named;
};

struct expr {
    enum expr_kind kind;
    oid type;       /* 0 for EXPR_ERROR */
    int32_t typmod; /* -1 none */
    oid collation;
    int location; /* byte offset of its token in sql.text, -1 unknown */
    struct expr **args;
    size_t n_args;
    union {
        struct {
            bool is_null;
            const char *text;   /* as written for strings and numbers; NULL when is_null */
            char literal;       /* 's' string, 'i' integer, 'f' float, 'b' bit, 'B' boolean */
            oid object;         /* of a regclass, regtype, …: what the text named; 0: none */
            unsigned label_age; /* of the text of an enum: see catalog/label.h */
        } constant;
        int param; /* EXPR_PARAM: n */
        struct {
            int levels_up; /* 0: this query's range table */
            int rte;       /* index into that range table */
            int attno;     /* 1-based; 0 whole row; negative system column */
            int via;       /* written as a column of this named join, its index + 1; 0: of none */
            int via_attno;
        } var;
        struct {
            const struct function *function;    /* EXPR_FUNC */
            bool variadic_call;                 /* VARIADIC array was written */
            bool is_syntax;                     /* EXTRACT(… FROM …) and its like */
            const struct argument_order *order; /* named notation; NULL else */
        } call;
        struct { /* EXPR_AGG and EXPR_WINDOW */
            const struct function *function;
            struct expr *filter;    /* NULL: none */
            struct expr **order_by; /* WITHIN GROUP or ORDER BY inside the call */
            size_t n_order_by;
            const struct sort_clause *order; /* [n_order_by]: which way */
            bool is_distinct, is_star, variadic_call;
            int levels_up;                   /* aggregates: the query they belong to */
            const struct window_def *window; /* EXPR_WINDOW */
        } agg;
        struct { /* OP, DISTINCT, NULLIF, ARRAY_OP, ROW_COMPARE (first column) */
            const struct operator* op;
            bool use_or;      /* ARRAY_OP: ANY (true) or ALL; */
            bool negated;     /* DISTINCT: IS NOT DISTINCT FROM */
            const char *name; /* operator as written */
        } op;
        enum bool_op bool_op;
        enum bool_test bool_test;
        struct {
            bool is_not_null; /* EXPR_NULL_TEST: IS NOT NULL */
            bool of_value;    /* of a row: IS [NOT] DISTINCT FROM NULL, whatever its fields are */
        } null_test;
        struct {
            enum sublink_kind kind;
            struct query *query;
            struct expr *test;           /* ANY/ALL: the comparison of args, the left side, with
                                            EXPR_SUBLINK_COLUMN for each column of the query */
            const char *op_name;         /* ANY/ALL */
            const ProtobufCMessage *raw; /* parse tree, to recognise the same sub-query again */
            int column; /* MULTI: which of the query's columns this one is, from 1 */
        } sublink;
        struct {
            int attno; /* field number in the composite */
            const char *name;
        } field;
        struct {
            bool is_slice;
            bool is_jsonb;
        } subscript;
        struct {
            enum cast_method method;
            enum cast_form form;
            const struct function *function; /* CAST_FUNCTION */
        } cast;
        struct {
            bool has_operand; /* CASE x WHEN …: args[0] is x */
        } case_;
        struct {
            const char *const *names; /* EXPR_ROW of a known row: field names; NULL else */
            bool is_cast;             /* ROW(…)::type was written */
        } row;
        struct {
            const char *name; /* "current_date", as the column would be called */
        } sql_value;
        struct {
            bool is_multidimensional;
        } array;
        const char *arg_name; /* EXPR_NAMED_ARG */
        bool minmax_is_least; /* EXPR_MINMAX */
        struct {
            const char *op;           /* "xmlelement", … */
            const char *name;         /* of the element or instruction */
            const char *const *names; /* of the first n_named args: attributes, or XMLFOREST's */
            size_t n_named;
            bool is_document; /* XMLPARSE, XMLSERIALIZE: DOCUMENT, not CONTENT */
            oid as;           /* XMLSERIALIZE */
            int32_t as_typmod;
        } xml;
        const char *cursor; /* EXPR_CURRENT_OF; NULL: a parameter */
    } u;
};

#endif
