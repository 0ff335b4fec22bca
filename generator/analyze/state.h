/* The state of one statement's analysis, shared by the files of this room (PostgreSQL's
 * ParseState). One struct statement_state per statement, one struct scope per query level.
 */
#ifndef TENON_ANALYZE_STATE_H
#define TENON_ANALYZE_STATE_H

#include <setjmp.h>

#include "analyze/query.h"
#include "sql/statement.h"

/* pg_type OIDs that the rules of analysis name. */
enum {
    BOOLOID = 16, BYTEAOID = 17, CHAROID = 18, NAMEOID = 19, INT8OID = 20, INT2OID = 21,
    INT4OID = 23, REGPROCOID = 24, TEXTOID = 25, OIDOID = 26, TIDOID = 27, XIDOID = 28, CIDOID = 29,
    JSONOID = 114, XMLOID = 142, FLOAT4OID = 700, FLOAT8OID = 701, UNKNOWNOID = 705,
    BPCHAROID = 1042, VARCHAROID = 1043, DATEOID = 1082, TIMEOID = 1083, TIMESTAMPOID = 1114,
    TIMESTAMPTZOID = 1184, INTERVALOID = 1186, TIMETZOID = 1266, BITOID = 1560, VARBITOID = 1562,
    NUMERICOID = 1700, REFCURSOROID = 1790, REGCLASSOID = 2205, REGTYPEOID = 2206,
    RECORDOID = 2249, CSTRINGOID = 2275, ANYOID = 2276, ANYARRAYOID = 2277, VOIDOID = 2278,
    TRIGGEROID = 2279, INTERNALOID = 2281, ANYELEMENTOID = 2283, RECORDARRAYOID = 2287,
    ANYNONARRAYOID = 2776, UUIDOID = 2950, ANYENUMOID = 3500, JSONBOID = 3802,
    ANYRANGEOID = 3831, ANYMULTIRANGEOID = 4537, ANYCOMPATIBLEMULTIRANGEOID = 4538,
    ANYCOMPATIBLEOID = 5077, ANYCOMPATIBLEARRAYOID = 5078, ANYCOMPATIBLENONARRAYOID = 5079,
    ANYCOMPATIBLERANGEOID = 5080,
};

/* Where an expression stands; decides what is allowed in it and the words of the error. */
enum expr_place {
    PLACE_NONE, PLACE_OTHER, PLACE_JOIN_ON, PLACE_JOIN_USING, PLACE_FROM_SUBSELECT,
    PLACE_FROM_FUNCTION, PLACE_WHERE, PLACE_HAVING, PLACE_FILTER, PLACE_WINDOW_PARTITION,
    PLACE_WINDOW_ORDER, PLACE_WINDOW_FRAME, PLACE_SELECT_TARGET, PLACE_INSERT_TARGET,
    PLACE_UPDATE_SOURCE, PLACE_UPDATE_TARGET, PLACE_MERGE_WHEN, PLACE_GROUP_BY, PLACE_ORDER_BY,
    PLACE_DISTINCT_ON, PLACE_LIMIT, PLACE_OFFSET, PLACE_RETURNING, PLACE_VALUES,
    PLACE_VALUES_SINGLE, PLACE_CALL_ARGUMENT, PLACE_CYCLE_MARK, PLACE_COLUMN_DEFAULT,
};

/* One name that a FROM item puts in view. */
struct name_item {
    int rte;               /* index in the scope's range table */
    bool rel_visible;      /* as a qualifier */
    bool cols_visible;     /* unqualified columns */
    bool lateral_only;     /* only inside LATERAL */
    bool lateral_ok;
};

struct scope {
    struct scope *parent;
    struct query *query;
    VEC(struct name_item) names;
    VEC(struct rte *) rtable;
    VEC(struct cte *) ctes;
    VEC(struct window_def *) windows;
    enum expr_place place;
    bool lateral_active;
    struct expr *last_set_returning; /* to refuse nested ones where the server does */
    struct cte *recursive_cte;       /* the WITH RECURSIVE item under analysis, if any */
};

struct statement_state {
    struct arena *arena;
    const struct catalog *catalog;
    const struct sql *sql;
    struct diags *diags;
    VEC(struct param_info) params;   /* by number; type 0: not yet known */
    VEC(struct star_expansion) stars;
    int depth;                       /* of expression nesting, for 54001 */
    jmp_buf on_error;                /* the first error of a statement ends its analysis */
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

struct expr *expr_make(struct parse *parse, enum expr_kind kind, oid type, int location);

#endif
