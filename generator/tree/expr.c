/* Small questions about expressions, and small constructors. */
#include "tree/tree.h"

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

struct expr *expr_make(struct arena *arena, enum expr_kind kind, oid type, int location)
{
    struct expr *expr = arena_new(arena, struct expr);

    expr->kind = kind;
    expr->type = type;
    expr->typmod = -1;
    expr->location = location;
    return expr;
}

static int leftmost(int a, int b)
{
    if (a < 0)
        return b;
    return b < 0 || a < b ? a : b;
}

int expr_location(const struct expr *expr)
{
    int location = expr->location;

    switch (expr->kind) {
    case EXPR_FUNC:
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
    case EXPR_ARRAY_OP:
    case EXPR_BOOL:
    case EXPR_SUBLINK:
    case EXPR_FIELD:
    case EXPR_SUBSCRIPT:
    case EXPR_CAST:
    case EXPR_COLLATE:
    case EXPR_ROW_COMPARE:
    case EXPR_XML:
    case EXPR_NULL_TEST:
    case EXPR_BOOL_TEST:
    case EXPR_NAMED_ARG:
        for (size_t i = 0; i < expr->n_args; i++)
            if (expr->args[i])
                location = leftmost(location, expr_location(expr->args[i]));
        return location;
    default:
        return location;
    }
}

struct expr *expr_copy(struct arena *arena, const struct expr *expr)
{
    struct expr *copy = arena_new(arena, struct expr);

    *copy = *expr;
    if (expr->kind == EXPR_ROW && expr->n_args) {
        copy->args = arena_array(arena, struct expr *, expr->n_args);
        for (size_t i = 0; i < expr->n_args; i++)
            copy->args[i] = expr_copy(arena, expr->args[i]);
    }
    /* $1 COLLATE "C" is of the type that the first use has given to $1. */
    if (expr->kind == EXPR_COLLATE) {
        copy->args = arena_array(arena, struct expr *, 1);
        copy->args[0] = expr_copy(arena, expr->args[0]);
        copy->type = copy->args[0]->type;
    }
    return copy;
}

struct expr *expr_with_args(struct arena *arena, enum expr_kind kind, oid type, int location,
                            size_t n, ...)
{
    struct expr *expr = expr_make(arena, kind, type, location);
    va_list args;

    expr->args = arena_array(arena, struct expr *, n);
    expr->n_args = n;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        expr->args[i] = va_arg(args, struct expr *);
    va_end(args);
    return expr;
}

struct expr *expr_bool(struct arena *arena, enum bool_op op, const struct expr_list *parts,
                       int location)
{
    struct expr *expr;

    if (parts->n == 1 && op != BOOL_NOT)
        return parts->items[0];
    expr = expr_make(arena, EXPR_BOOL, BOOLOID, location);
    expr->args = parts->items;
    expr->n_args = parts->n;
    expr->u.bool_op = op;
    return expr;
}

/* What becomes of the variables of a copy. */
struct renaming {
    const int16_t *numbers; /* [i]: of attribute i + 1; NULL: they stay */
    size_t n;
    int rte; /* -1: it stays */
};

static struct expr *renamed(struct arena *arena, const struct expr *expr,
                            const struct renaming *renaming)
{
    struct expr *copy = arena_new(arena, struct expr);

    *copy = *expr;
    if (expr->kind == EXPR_VAR && expr->u.var.attno > 0 && (size_t)expr->u.var.attno <= renaming->n)
        copy->u.var.attno = renaming->numbers[expr->u.var.attno - 1];
    if (expr->kind == EXPR_VAR && renaming->rte >= 0)
        copy->u.var.rte = renaming->rte;
    copy->args = arena_array(arena, struct expr *, expr->n_args);
    for (size_t i = 0; i < expr->n_args; i++)
        copy->args[i] = expr->args[i] ? renamed(arena, expr->args[i], renaming) : NULL;
    return copy;
}

const struct expr *expr_renumbered(struct arena *arena, const struct expr *expr,
                                   const int16_t *numbers, size_t n)
{
    return renamed(arena, expr, &(struct renaming){.numbers = numbers, .n = n, .rte = -1});
}

struct expr *expr_moved(struct arena *arena, const struct expr *expr, int rte)
{
    return renamed(arena, expr, &(struct renaming){.rte = rte});
}
