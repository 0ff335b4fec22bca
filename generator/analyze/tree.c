/* Small questions about expressions, and small constructors. */
#include "analyze/tree.h"

#include <stdarg.h>

enum { NOT_FOUND = -2 };

struct expr *expr_strip_implicit(struct expr *expr)
{
    while (expr->kind == EXPR_CAST && expr->u.cast.form == FORM_IMPLICIT)
        expr = expr->args[0];
    return expr;
}

struct expr *expr_strip_casts(struct expr *expr)
{
    while (expr->kind == EXPR_CAST || expr->kind == EXPR_COLLATE)
        expr = expr->args[0];
    return expr;
}

bool expr_is_null_const(const struct expr *expr)
{
    return expr->kind == EXPR_CONST && expr->u.constant.is_null;
}

bool expr_is_set(const struct catalog *catalog, const struct expr *expr)
{
    const struct function *function = NULL;

    if (expr->kind == EXPR_FUNC)
        function = expr->u.call.function;
    else if (expr->kind == EXPR_OP && expr->u.op.op)
        function = catalog_get_function(catalog, expr->u.op.op->function);
    return function && function->returns_set;
}

static bool is_integer_type(oid type)
{
    return type == INT2OID || type == INT4OID || type == INT8OID;
}

const char *expr_integer_text(const struct expr *expr)
{
    while (expr->kind == EXPR_CAST && is_integer_type(expr->type) && expr->n_args > 0)
        expr = expr->args[0];
    return expr->kind == EXPR_CONST && is_integer_type(expr->type) ? expr->u.constant.text : NULL;
}

struct search {
    int level;
    int location;
};

static bool visit_var(struct walk *walk, struct expr *expr)
{
    struct search *search = walk->context;

    if (expr->kind == EXPR_VAR && expr->u.var.levels_up == search->level + walk->depth) {
        search->location = expr->location;
        return true;
    }
    return walk_parts(walk, expr);
}

int expr_find_var(struct expr *expr, int level)
{
    struct search search = {.level = level, .location = NOT_FOUND};
    struct walk walk = {.visit = visit_var, .context = &search, .into_queries = true};

    walk_expr(&walk, expr);
    return search.location;
}

bool expr_has_var_of_level(struct expr *const *exprs, size_t n, int level)
{
    struct search search = {.level = level};
    struct walk walk = {.visit = visit_var, .context = &search, .into_queries = true};

    return walk_list(&walk, exprs, n);
}

int query_find_var(struct query *query, int level)
{
    struct search search = {.level = level, .location = NOT_FOUND};
    struct walk walk = {.visit = visit_var, .context = &search, .into_queries = true};

    walk_query(&walk, query);
    return search.location;
}

static bool visit_aggregate(struct walk *walk, struct expr *expr)
{
    struct search *search = walk->context;

    if ((expr->kind == EXPR_AGG || expr->kind == EXPR_GROUPING) &&
        expr->u.agg.levels_up == search->level + walk->depth) {
        search->location = expr->location;
        return true;
    }
    return walk_parts(walk, expr);
}

int expr_find_aggregate(struct expr *expr, int level)
{
    struct search search = {.level = level, .location = NOT_FOUND};
    struct walk walk = {.visit = visit_aggregate, .context = &search, .into_queries = true};

    walk_expr(&walk, expr);
    return search.location;
}

static bool visit_window(struct walk *walk, struct expr *expr)
{
    struct search *search = walk->context;

    if (expr->kind == EXPR_WINDOW) {
        search->location = expr->location;
        return true;
    }
    return walk_parts(walk, expr);
}

int expr_find_window(struct expr *expr)
{
    struct search search = {.location = NOT_FOUND};
    struct walk walk = {.visit = visit_window, .context = &search};

    walk_expr(&walk, expr);
    return search.location;
}

struct expr *expr_copy(struct parse *parse, const struct expr *expr)
{
    struct expr *copy = arena_new(parse->statement->arena, struct expr);

    *copy = *expr;
    if (expr->kind == EXPR_ROW && expr->n_args) {
        copy->args = arena_array(parse->statement->arena, struct expr *, expr->n_args);
        for (size_t i = 0; i < expr->n_args; i++)
            copy->args[i] = expr_copy(parse, expr->args[i]);
    }
    /* $1 COLLATE "C" is of the type that the first use has given to $1. */
    if (expr->kind == EXPR_COLLATE) {
        copy->args = arena_array(parse->statement->arena, struct expr *, 1);
        copy->args[0] = expr_copy(parse, expr->args[0]);
        copy->type = copy->args[0]->type;
    }
    return copy;
}

struct expr *expr_with_args(struct parse *parse, enum expr_kind kind, oid type, int location,
                            size_t n, ...)
{
    struct expr *expr = expr_make(parse, kind, type, location);
    va_list args;

    expr->args = arena_array(parse->statement->arena, struct expr *, n);
    expr->n_args = n;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        expr->args[i] = va_arg(args, struct expr *);
    va_end(args);
    return expr;
}

struct expr *expr_bool(struct parse *parse, enum bool_op op, const struct expr_list *parts,
                       int location)
{
    struct expr *expr;

    if (parts->n == 1 && op != BOOL_NOT)
        return parts->items[0];
    expr = expr_make(parse, EXPR_BOOL, BOOLOID, location);
    expr->args = parts->items;
    expr->n_args = parts->n;
    expr->u.bool_op = op;
    return expr;
}
