/* The transformations of expressions, and what they share: places, names, assignment, types. All
 * end the statement's analysis at the first error.
 */
#ifndef TENON_ANALYZE_TRANSFORM_EXPR_H
#define TENON_ANALYZE_TRANSFORM_EXPR_H

#include "resolve/coerce.h"
#include "resolve/params.h"
#include "resolve/places.h"
#include "resolve/resolve.h"
#include "resolve/row_type.h"
#include "resolve/scope.h"
#include "types/conversion.h"

struct target_list {
    struct target *items;
    size_t n, cap;
};

struct name_list {
    const char **items;
    size_t n, cap;
};

struct expr *transform_expr(struct parse *parse, const PgQuery__Node *node, enum expr_place place);
/* The same at the place where the analysis stands. NULL gives NULL. */
struct expr *transform_part(struct parse *parse, const PgQuery__Node *node);
/* A list in which `t.*` stands for t's columns; DEFAULT is let through when allow_default. */
void transform_expr_list(struct parse *parse, struct node_list nodes, enum expr_place place,
                         bool allow_default, struct expr_list *out);

struct expr *transform_column_ref(struct parse *parse, const PgQuery__ColumnRef *ref);
struct expr *transform_constant(struct parse *parse, const PgQuery__AConst *constant);
/* The parameter that a name means in the body of a SQL function, or its field; NULL when there is
 * none. A star at the end does not count. */
struct expr *transform_named_param(struct parse *parse, struct node_list names, int location);
/* f(row) written as row.f; NULL when there is no such function. */
struct expr *transform_call_on_row(struct parse *parse, const char *name, struct expr *row,
                                   int location);
struct expr *transform_operator(struct parse *parse, const PgQuery__AExpr *expr);
struct expr *transform_indirection(struct parse *parse, struct expr *base, struct node_list parts,
                                   int location);
struct expr *transform_array(struct parse *parse, const PgQuery__AArrayExpr *array, oid array_type,
                             oid element_type, int32_t typmod);
struct expr *transform_type_cast(struct parse *parse, const PgQuery__TypeCast *cast);
struct expr *transform_collate(struct parse *parse, const PgQuery__CollateClause *collate);
struct expr *transform_call(struct parse *parse, const PgQuery__FuncCall *call);
/* CALL f(…) */
struct expr *transform_procedure_call(struct parse *parse, const PgQuery__FuncCall *call);
struct expr *transform_sublink(struct parse *parse, const PgQuery__SubLink *sublink);
/* (a, b) op (SELECT …) */
struct expr *transform_row_sublink(struct parse *parse, struct qualified_name op,
                                   const PgQuery__Node *left, const PgQuery__SubLink *node,
                                   int location);
struct expr *transform_case(struct parse *parse, const PgQuery__CaseExpr *expr);
struct expr *transform_coalesce(struct parse *parse, const PgQuery__CoalesceExpr *expr);
struct expr *transform_minmax(struct parse *parse, const PgQuery__MinMaxExpr *expr);
struct expr *transform_row(struct parse *parse, const PgQuery__RowExpr *row, bool allow_default);
struct expr *transform_sql_value(struct parse *parse, const PgQuery__SQLValueFunction *value);
/* "current_date", …: as the column is called. */
const char *sql_value_name(const PgQuery__SQLValueFunction *value);
struct expr *transform_xml(struct parse *parse, const PgQuery__XmlExpr *xml);
struct expr *transform_xml_serialize(struct parse *parse, const PgQuery__XmlSerialize *xml);
struct expr *transform_grouping(struct parse *parse, const PgQuery__GroupingFunc *grouping);
struct expr *transform_multi_assign(struct parse *parse, const PgQuery__MultiAssignRef *ref);

/* left op right with the server's special treatment of rows. */
struct expr *make_comparison(struct parse *parse, struct qualified_name name, struct expr *left,
                             struct expr *right, int location);
struct expr *make_row_comparison(struct parse *parse, struct qualified_name name,
                                 const struct expr_list *left, const struct expr_list *right,
                                 int location);

/* The call that a site means, as a finished expression; call is NULL for column notation, which
 * gives NULL when nothing fits. */
struct expr *transform_resolved_call(struct parse *parse, struct call_site *site,
                                     const PgQuery__FuncCall *call);
struct expr *transform_subscripts(struct parse *parse, struct expr *container,
                                  struct node_list subscripts);

struct expr *finish_aggregate(struct parse *parse, struct expr *aggregate,
                              const PgQuery__FuncCall *call, size_t n_direct);
struct expr *finish_window_call(struct parse *parse, struct expr *window,
                                const PgQuery__WindowDef *over);
void check_aggregate_level(struct parse *parse, struct expr *aggregate);

/* --- Assignment, names, types ----------------------------------------------------------------- */

struct expr *assign_to_column(struct parse *parse, struct expr *expr, enum expr_place place,
                              const char *name, int attno, struct node_list indirection,
                              int location);
int target_attribute(struct parse *parse, const char *name, int location);
void transform_update_targets(struct parse *parse, struct node_list nodes,
                              struct target_list *targets);

/* FigureColname(): the name of a select-list item without AS. */
const char *column_name_of(struct parse *parse, const PgQuery__Node *node);

/* `t.*`, `*` or `(row).*` spelled out. */
struct star {
    struct expr_list exprs;
    struct name_list names;
    const struct name_item *item;            /* `t.*`; NULL otherwise */
    bool is_row;                             /* `(row).*` */
    VEC(const struct name_column *) columns; /* of t.* and *; empty for a row */
};
bool is_star_node(const PgQuery__Node *node);
void expand_star(struct parse *parse, const PgQuery__Node *node, enum expr_place place,
                 struct star *star);

oid resolve_collation(struct parse *parse, struct node_list names, int location);
oid resolve_type(struct parse *parse, const PgQuery__TypeName *name, int32_t *typmod);

#endif
