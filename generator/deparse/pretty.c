/* Which operands need no parentheses in pretty text: by what they are, and by what they are part
 * of.
 */
#include <string.h>

#include "deparse/writer.h"

enum shape {
    SHAPE_OTHER,    /* needs parentheses in anything */
    SHAPE_WORD,     /* a name, a literal, something with its own brackets */
    SHAPE_FIELD,    /* (x).field */
    SHAPE_CAST,     /* as simple as what it converts */
    SHAPE_OPERATOR, /* binds by its precedence */
    SHAPE_TEST,     /* IS NULL and its kin, sub-queries */
    SHAPE_BOOL,
};

static const enum shape shapes[] = {
    [EXPR_CONST] = SHAPE_WORD,    [EXPR_PARAM] = SHAPE_WORD,     [EXPR_VAR] = SHAPE_WORD,
    [EXPR_FUNC] = SHAPE_WORD,     [EXPR_AGG] = SHAPE_WORD,       [EXPR_WINDOW] = SHAPE_WORD,
    [EXPR_NULLIF] = SHAPE_WORD,   [EXPR_SUBSCRIPT] = SHAPE_WORD, [EXPR_CASE] = SHAPE_WORD,
    [EXPR_ARRAY] = SHAPE_WORD,    [EXPR_ROW] = SHAPE_WORD,       [EXPR_COALESCE] = SHAPE_WORD,
    [EXPR_MINMAX] = SHAPE_WORD,   [EXPR_SQL_VALUE] = SHAPE_WORD, [EXPR_XML] = SHAPE_WORD,
    [EXPR_DEFAULT] = SHAPE_WORD,  [EXPR_GROUPING] = SHAPE_WORD,  [EXPR_CURRENT_OF] = SHAPE_WORD,
    [EXPR_FIELD] = SHAPE_FIELD,   [EXPR_CAST] = SHAPE_CAST,      [EXPR_OP] = SHAPE_OPERATOR,
    [EXPR_SUBLINK] = SHAPE_TEST,  [EXPR_NULL_TEST] = SHAPE_TEST, [EXPR_BOOL_TEST] = SHAPE_TEST,
    [EXPR_DISTINCT] = SHAPE_TEST, [EXPR_BOOL] = SHAPE_BOOL,      [EXPR_ASSIGN_PART] = SHAPE_OTHER,
};

/* A cast by a function is a call on the server. */
static bool is_cast_by_function(const struct expr *expr)
{
    return expr->kind == EXPR_CAST && expr->u.cast.function && expr->u.cast.method != CAST_ARRAY;
}

static enum shape shape_of(const struct expr *expr)
{
    if (is_cast_by_function(expr))
        return SHAPE_WORD;
    if (expr->kind == EXPR_DISTINCT && expr->u.op.negated)
        return SHAPE_BOOL; /* NOT a IS DISTINCT FROM b */
    return shapes[expr->kind];
}

/* Whether the parent has brackets or key words of its own around its parts. */
static bool encloses(const struct expr *parent)
{
    switch (parent->kind) {
    case EXPR_FUNC:
        return !parent->u.call.is_syntax;
    case EXPR_SUBSCRIPT:
    case EXPR_ARRAY:
    case EXPR_ROW:
    case EXPR_COALESCE:
    case EXPR_MINMAX:
    case EXPR_XML:
    case EXPR_NULLIF:
    case EXPR_AGG:
    case EXPR_GROUPING:
    case EXPR_WINDOW:
    case EXPR_CASE:
        return true;
    default:
        return false;
    }
}

/* 2 for * / %, 1 for + -, 0 for anything else. */
static int precedence(const struct expr *expr)
{
    const char *name = expr->kind == EXPR_OP && expr->n_args == 2 ? expr->u.op.op->name : "";

    if (name[0] == '\0' || name[1] != '\0')
        return 0;
    if (strchr("*/%", name[0]))
        return 2;
    return strchr("+-", name[0]) ? 1 : 0;
}

static bool is_simple_operator(const struct expr *expr, const struct expr *parent)
{
    const int inner = precedence(expr), outer = precedence(parent);

    if (parent->kind != EXPR_OP)
        return encloses(parent) || parent->kind == EXPR_BOOL;
    if (!inner || !outer || inner != outer)
        return inner && outer && inner > outer;
    return parent->args[0] == expr; /* (a - b) - c */
}

static bool is_simple_bool(const struct expr *expr, const struct expr *parent)
{
    const bool is_or = expr->kind == EXPR_BOOL && expr->u.bool_op == BOOL_OR;

    if (parent->kind != EXPR_BOOL)
        return encloses(parent);
    return parent->u.bool_op == BOOL_OR || (parent->u.bool_op == BOOL_AND && !is_or);
}

bool is_simple_operand(const struct expr *expr, const struct expr *parent)
{
    switch (shape_of(expr)) {
    case SHAPE_WORD:
        return true;
    case SHAPE_FIELD:
        return parent->kind != EXPR_FIELD;
    case SHAPE_CAST:
        return is_simple_operand(expr->args[0], expr);
    case SHAPE_OPERATOR:
        return is_simple_operator(expr, parent);
    case SHAPE_TEST:
        return encloses(parent) || parent->kind == EXPR_BOOL;
    case SHAPE_BOOL:
        return is_simple_bool(expr, parent);
    default:
        return false;
    }
}
