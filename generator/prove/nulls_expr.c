/* Expressions: NOT NULL or maybe, each with its reason. What is known of the row is asked first
 * (facts), then whether grouping sets may have blanked the value, then the expression's own rule.
 */
#include "prove/nulls_internal.h"
#include "tree/tree.h"

#include <string.h>

/* The last link of a chain of reasons: where the value comes from. */
static const char *origin_of(const char *chain)
{
    const char *link = chain;

    for (const char *next = strstr(link, "; "); next; next = strstr(link, "; "))
        link = next + 2;
    return link;
}

struct nullability nulls_all(struct null_scope *scope, struct expr *const *args, size_t n,
                             const char *reason)
{
    const char *because = NULL;

    for (size_t i = 0; i < n; i++) {
        struct nullability arg;

        if (!args[i])
            continue;
        arg = nulls_expr(scope, args[i]);
        if (arg.nullable)
            return arg;
        if (!because && args[i]->kind != EXPR_CONST)
            because = arg.reason;
    }
    if (reason && because)
        return nulls_not_null(
            arena_printf(scope->state->arena, "%s; %s", reason, origin_of(because)));
    return nulls_not_null(reason ? reason : because ? because : "a literal");
}

struct nullability nulls_any(struct null_scope *scope, struct expr *const *args, size_t n,
                             const char *reason)
{
    for (size_t i = 0; i < n; i++) {
        struct nullability arg = nulls_expr(scope, args[i]);

        if (!arg.nullable)
            return arg;
    }
    return nulls_maybe(reason);
}

static struct nullability param(const struct null_scope *scope, int number)
{
    const struct null_state *state = scope->state;

    if ((size_t)number <= state->n_params && state->param_nullable[number - 1])
        return nulls_maybe(arena_printf(state->arena, "parameter $%d is nullable", number));
    return nulls_not_null(arena_printf(state->arena, "parameter $%d is NOT NULL", number));
}

/* With grouping sets a grouped value is NULL in the groups of the sets without it. */
static bool blanked_by_sets(struct null_scope *scope, const struct expr *expr,
                            struct nullability *out)
{
    enum grouping grouping;

    if (!nulls_is_rolled_up(scope))
        return false;
    grouping = nulls_grouping_of(scope, expr);
    if (grouping == GROUPED_ALWAYS) {
        const struct scope_state saved = nulls_enter_row(scope);

        *out = nulls_expr(scope, expr);
        nulls_leave(scope, saved);
        return true;
    }
    *out = nulls_maybe("it is not in every grouping set");
    return grouping == GROUPED_SOMETIMES || (expr->kind == EXPR_VAR && expr->u.var.levels_up == 0);
}

/* The variable as seen from `levels` levels further out. */
static struct expr seen_from(const struct expr *var, int levels)
{
    struct expr copy = *var;

    copy.u.var.levels_up -= levels;
    return copy;
}

/* Why the expression, which is of the level's query, is known not to be NULL. */
static struct nullability excluded(const struct null_scope *scope, const struct expr *expr,
                                   const struct fact *fact)
{
    struct arena *arena = scope->state->arena;
    const struct rte *rte = expr->kind == EXPR_VAR && expr->u.var.levels_up == 0
                                ? scope->query->rtable[expr->u.var.rte]
                                : NULL;

    if (!rte || !rte->name || expr->u.var.attno < 1 || (size_t)expr->u.var.attno > rte->n_columns)
        return nulls_not_null(arena_printf(arena, "%s excludes NULL", fact->source));
    return nulls_not_null(arena_printf(arena, "%s excludes NULL in %s.%s", fact->source, rte->name,
                                       rte->columns[expr->u.var.attno - 1].name));
}

static struct nullability variable(struct null_scope *scope, const struct expr *expr)
{
    struct null_scope *home = scope;
    struct expr there = *expr;
    struct nullability answer;

    for (int level = 1; level <= expr->u.var.levels_up; level++) {
        const struct fact *fact;

        home = home->parent;
        if (!home)
            return nulls_maybe("a column of an outer query");
        there = seen_from(expr, level);
        fact = nulls_find_fact(&home->current->facts, &there);
        if (fact && !(home->current->is_rolled_up && there.u.var.attno == 0))
            return excluded(home, &there, fact);
    }
    if (expr->u.var.levels_up > 0 && blanked_by_sets(home, &there, &answer))
        return answer;
    return nulls_column(home, there.u.var.rte, there.u.var.attno);
}

static struct nullability cast(struct null_scope *scope, const struct expr *expr)
{
    const struct function *function = expr->u.cast.function;

    if (expr->u.cast.method == CAST_FUNCTION && !(function && function->never_null))
        return nulls_maybe("the cast's function may return NULL");
    return nulls_all(scope, expr->args, 1, NULL);
}

/* (whole row).field is the column itself. */
static struct nullability field(struct null_scope *scope, const struct expr *expr)
{
    const struct expr *row = expr->args[0];

    if (row->kind == EXPR_VAR && row->u.var.attno == 0 && expr->u.field.attno > 0) {
        struct null_scope *home = nulls_scope_up(scope, row->u.var.levels_up);
        struct expr column = *row;

        column.type = expr->type;
        column.typmod = expr->typmod;
        column.u.var.attno = expr->u.field.attno;
        if (home && (size_t)row->u.var.rte < home->query->n_rtable &&
            home->query->rtable[row->u.var.rte]->kind == RTE_RELATION)
            return nulls_expr(scope, &column);
    }
    if (row->kind == EXPR_ROW && expr->u.field.attno > 0 &&
        (size_t)expr->u.field.attno <= row->n_args)
        return nulls_expr(scope, row->args[expr->u.field.attno - 1]);
    return nulls_maybe("a field of a composite value may be NULL");
}

static struct nullability sql_value(const struct expr *expr)
{
    const char *name = expr->u.sql_value.name;

    if (name_eq(name, "current_schema"))
        return nulls_maybe("current_schema is NULL when the search path names no schema");
    return nulls_not_null(name);
}

static struct nullability xml(struct null_scope *scope, const struct expr *expr)
{
    const char *op = expr->u.xml.op;

    if (name_eq(op, "xmlelement"))
        return nulls_not_null("XMLELEMENT is never NULL");
    if (expr->n_args == 0)
        return nulls_maybe("nothing is known of it");
    if (name_eq(op, "xmlconcat") || name_eq(op, "xmlforest"))
        return nulls_any(scope, expr->args, expr->n_args, "every argument may be NULL");
    return nulls_all(scope, expr->args, expr->n_args, NULL);
}

static struct nullability sublink_column(const struct null_scope *scope, int number)
{
    if (number < 1 || (size_t)number > scope->n_sublink_columns)
        return nulls_maybe("nothing is known of it");
    return scope->sublink_columns[number - 1];
}

/* What an operator of the user's returns is anybody's guess, even under IS DISTINCT FROM. */
static struct nullability distinct(const struct null_scope *scope, const struct expr *expr)
{
    const struct function *function = nulls_operator_function(scope->state, expr->u.op.op);

    return !function || nulls_is_builtin(function) || function->never_null
               ? nulls_not_null("the test is never NULL")
               : nulls_maybe(arena_printf(scope->state->arena, "operator %s may return NULL",
                                          expr->u.op.op->name));
}

/* (a, b) < (c, d): its operators are those of the arguments' types. */
static struct nullability row_compare(struct null_scope *scope, const struct expr *expr)
{
    for (size_t i = 0; i < expr->n_args; i++) {
        if (catalog_base_type(scope->state->catalog, expr->args[i]->type, NULL) >= FIRST_USER_OID)
            return nulls_maybe("an operator of a user's type may return NULL");
    }
    return nulls_all(scope, expr->args, expr->n_args, NULL);
}

static struct nullability by_kind(struct null_scope *scope, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_CONST:
        return expr->u.constant.is_null ? nulls_maybe("it is the literal NULL")
                                        : nulls_not_null("a literal");
    case EXPR_PARAM:
        return param(scope, expr->u.param);
    case EXPR_VAR:
        return variable(scope, expr);
    case EXPR_FUNC:
        if (expr->u.call.function && expr->u.call.function->returns_set && scope->n_target_sets > 1)
            return nulls_maybe("the shorter of several sets is filled with NULL");
        return nulls_function(scope, expr);
    case EXPR_AGG:
        return nulls_aggregate(scope, expr);
    case EXPR_WINDOW:
        return nulls_window(scope, expr);
    case EXPR_OP:
        return nulls_operator(scope, expr->u.op.op, expr->u.op.name, expr->args, expr->n_args);
    case EXPR_ARRAY_OP:
        return nulls_array_op(scope, expr);
    case EXPR_ROW_COMPARE:
        return row_compare(scope, expr);
    case EXPR_COLLATE:
        return nulls_all(scope, expr->args, expr->n_args, NULL);
    case EXPR_BOOL:
        return nulls_boolean(scope, expr);
    case EXPR_SUBLINK:
        return nulls_sublink(scope, expr);
    case EXPR_SUBLINK_COLUMN:
        return sublink_column(scope, expr->u.param);
    case EXPR_FIELD:
        return field(scope, expr);
    case EXPR_SUBSCRIPT:
        return nulls_subscript(scope, expr);
    case EXPR_CAST:
        return cast(scope, expr);
    case EXPR_CASE:
        return nulls_case(scope, expr);
    case EXPR_CASE_TEST:
        return scope->case_operand ? nulls_expr(scope, scope->case_operand)
                                   : nulls_maybe("nothing is known of it");
    case EXPR_COALESCE:
    case EXPR_MINMAX:
        return nulls_any(scope, expr->args, expr->n_args, "every argument may be NULL");
    case EXPR_NULLIF:
        return nulls_maybe("NULLIF gives NULL for equal arguments");
    case EXPR_SQL_VALUE:
        return sql_value(expr);
    case EXPR_XML:
        return xml(scope, expr);
    case EXPR_ARRAY:
    case EXPR_ROW:
        return nulls_not_null("a constructor is never NULL");
    case EXPR_DISTINCT:
        return distinct(scope, expr);
    case EXPR_NULL_TEST:
    case EXPR_BOOL_TEST:
    case EXPR_GROUPING:
        return nulls_not_null("the test is never NULL");
    case EXPR_ERROR:
    case EXPR_DEFAULT:
    case EXPR_CURRENT_OF:
    case EXPR_NAMED_ARG:
    case EXPR_ASSIGN_PART:
        break;
    }
    return nulls_maybe("nothing is known of it");
}

struct nullability nulls_expr(struct null_scope *scope, const struct expr *expr)
{
    const struct fact *fact = nulls_find_fact(&scope->current->facts, expr);
    const bool is_row = expr->kind == EXPR_VAR && expr->u.var.attno == 0;
    struct nullability answer;

    if (fact && !(is_row && scope->current->is_rolled_up))
        return excluded(scope, expr, fact);
    if (blanked_by_sets(scope, expr, &answer))
        return answer;
    return by_kind(scope, expr);
}
