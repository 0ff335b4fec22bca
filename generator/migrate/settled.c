/* One conjunct that is false afterwards is enough: column IS NULL, where the value never is;
 * column IS DISTINCT FROM the value, or column <> it; column = a constant, where the value is
 * another one. The value must be the same when it is computed once more, and be stored as it is.
 */
#include "migrate/settled.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tree/tree.h"

const struct expr *settled_target(const struct query *query, int column)
{
    for (size_t i = 0; i < query->n_targets; i++)
        if (query->targets[i].target_column == column)
            return query->targets[i].expr;
    return NULL;
}

/* The number of the table's column that the expression is; 0: it is anything else. */
static int own_column(const struct query *query, const struct expr *expr)
{
    while (expr->kind == EXPR_CAST && expr->u.cast.method == CAST_RELABEL)
        expr = expr->args[0];
    return expr->kind == EXPR_VAR && !expr->u.var.levels_up &&
                   expr->u.var.rte == query->result_rte && expr->u.var.attno > 0
               ? expr->u.var.attno
               : 0;
}

/* --- Values that are never NULL --------------------------------------------------------------- */

static bool has_not_null(const struct expr *where, const struct expr *value)
{
    if (where->kind == EXPR_BOOL && where->u.bool_op == BOOL_AND) {
        for (size_t i = 0; i < where->n_args; i++)
            if (has_not_null(where->args[i], value))
                return true;
        return false;
    }
    return where->kind == EXPR_NULL_TEST && where->u.null_test.is_not_null &&
           expr_equal(where->args[0], value);
}

static bool is_not_null(const struct query *query, const struct expr *value)
{
    const int column = own_column(query, value);
    const struct relation *table = query->rtable[query->result_rte]->relation;

    value = expr_strip_casts((struct expr *)value);
    if (value->kind == EXPR_CONST)
        return !value->u.constant.is_null;
    if (value->kind == EXPR_FUNC)
        return value->n_args == 0 && value->u.call.function && value->u.call.function->never_null;
    for (size_t i = 0; value->kind == EXPR_COALESCE && i < value->n_args; i++)
        if (is_not_null(query, value->args[i]))
            return true;
    return value->kind == EXPR_VAR && (has_not_null(query->where, value) ||
                                       (column && table->attributes.items[column - 1].not_null));
}

/* --- Values that are the same again ----------------------------------------------------------- */

static bool is_immutable(const struct function *function)
{
    return function && function->volatility == 'i';
}

/* Made of what the statement leaves alone. All that is not listed may change by itself. */
static bool is_steady(const struct query *query, const struct catalog *catalog,
                      const struct expr *expr)
{
    const int column = own_column(query, expr);

    for (size_t i = 0; i < expr->n_args; i++)
        if (!expr->args[i] || !is_steady(query, catalog, expr->args[i]))
            return false;
    switch (expr->kind) {
    case EXPR_CONST:
    case EXPR_CASE:
    case EXPR_CASE_TEST:
    case EXPR_COALESCE:
    case EXPR_BOOL:
    case EXPR_NULL_TEST:
    case EXPR_BOOL_TEST:
    case EXPR_COLLATE:
    case EXPR_ARRAY:
        return true;
    case EXPR_VAR:
        return column && !settled_target(query, column);
    case EXPR_FUNC:
        return is_immutable(expr->u.call.function);
    case EXPR_OP:
        return expr->u.op.op &&
               is_immutable(catalog_get_function(catalog, expr->u.op.op->function));
    case EXPR_CAST:
        return expr->u.cast.method == CAST_RELABEL || expr->u.cast.method == CAST_TYPMOD ||
               (expr->u.cast.method == CAST_FUNCTION && is_immutable(expr->u.cast.function));
    default:
        return false;
    }
}

static const struct expr *without_relabel(const struct expr *expr)
{
    while (expr->kind == EXPR_CAST && expr->u.cast.method == CAST_RELABEL &&
           expr->u.cast.form != FORM_EXPLICIT)
        expr = expr->args[0];
    return expr;
}

/* --- Constants -------------------------------------------------------------------------------- */

/* A constant as a column stores it; two of them tell whether they are equal. */
struct stored {
    enum { STORED_UNKNOWN, STORED_NUMBER, STORED_TEXT } kind;
    long long number;
    const char *text;
};

static const struct expr *constant_of(const struct expr *expr)
{
    while (expr->kind == EXPR_CAST &&
           !(expr->u.cast.form == FORM_EXPLICIT && expr->u.cast.method == CAST_TYPMOD))
        expr = expr->args[0];
    return expr->kind == EXPR_CONST && !expr->u.constant.is_null ? expr : NULL;
}

enum { EXACT_IN_FLOAT4 = 1 << 24, NUMERIC_TYPMOD_BASE = 4, NEGATIVE_SCALE = 0x400 };

/* Whether the column keeps a whole number as it is. */
static bool keeps_number(const struct attribute *column, long long number)
{
    switch (column->type) {
    case INT2OID:
    case INT4OID:
    case INT8OID:
        return true;
    case NUMERICOID:
        return column->typmod < 0 || !((column->typmod - NUMERIC_TYPMOD_BASE) & NEGATIVE_SCALE);
    case FLOAT4OID:
    case FLOAT8OID:
        return number > -EXACT_IN_FLOAT4 && number < EXACT_IN_FLOAT4;
    default:
        return false;
    }
}

static struct stored number_of(const struct attribute *column, const char *text)
{
    struct stored stored = {.kind = STORED_NUMBER};
    char *end;

    errno = 0;
    stored.number = strtoll(text, &end, 10);
    if (end == text || *end || errno || !keeps_number(column, stored.number))
        stored.kind = STORED_UNKNOWN;
    return stored;
}

static struct stored bool_of(const char *text)
{
    const bool is_true = strcmp(text, "t") == 0 || strcmp(text, "true") == 0;

    if (!is_true && strcmp(text, "f") != 0 && strcmp(text, "false") != 0)
        return (struct stored){0};
    return (struct stored){.kind = STORED_NUMBER, .number = is_true};
}

static bool ends_in_space(const char *text)
{
    return *text && text[strlen(text) - 1] == ' ';
}

/* Under other collations than these two texts may be equal that are not the same. */
static bool is_by_bytes(const struct attribute *column)
{
    return !column->collation || column->collation == DEFAULT_COLLATION_OID ||
           column->collation == C_COLLATION_OID;
}

static struct stored stored_of(const struct catalog *catalog, const struct attribute *column,
                               const struct expr *expr)
{
    const struct expr *constant = constant_of(expr);
    const char *text = constant ? constant->u.constant.text : NULL;
    const struct type *type = catalog_get_type(catalog, column->type);

    if (!text || !type)
        return (struct stored){0};
    if (column->type == BOOLOID)
        return bool_of(text);
    if (type->typtype == 'e' ||
        ((column->type == TEXTOID || column->type == VARCHAROID || column->type == BPCHAROID) &&
         is_by_bytes(column) && !ends_in_space(text)))
        return (struct stored){.kind = STORED_TEXT, .text = text};
    return number_of(column, text);
}

static bool tells_apart(const struct stored *a, const struct stored *b)
{
    return a->kind != STORED_UNKNOWN && a->kind == b->kind;
}

static bool is_same_stored(const struct stored *a, const struct stored *b)
{
    return a->kind == STORED_TEXT ? strcmp(a->text, b->text) == 0 : a->number == b->number;
}

/* --- The condition ---------------------------------------------------------------------------- */

/* A column that is set, what it is set to, and what the condition compares it with. */
struct comparison {
    const struct attribute *column;
    const struct expr *set, *with;
};

static struct comparison comparison_at(const struct query *query, const struct expr *expr,
                                       size_t side)
{
    const struct relation *table = query->rtable[query->result_rte]->relation;
    const int column = own_column(query, expr->args[side]);
    struct comparison comparison = {.with = expr->args[1 - side]};

    comparison.set = column ? settled_target(query, column) : NULL;
    comparison.column = comparison.set ? &table->attributes.items[column - 1] : NULL;
    return comparison;
}

/* The value is computed again to what is stored. */
static bool is_stored_value(const struct query *query, const struct catalog *catalog,
                            const struct comparison *comparison)
{
    const struct stored set = stored_of(catalog, comparison->column, comparison->set);
    const struct stored with = stored_of(catalog, comparison->column, comparison->with);
    const struct expr *value = without_relabel(comparison->set);

    if (tells_apart(&set, &with))
        return is_same_stored(&set, &with);
    return expr_equal(value, without_relabel(comparison->with)) && is_steady(query, catalog, value);
}

static bool is_other_constant(const struct catalog *catalog, const struct comparison *comparison)
{
    const struct stored set = stored_of(catalog, comparison->column, comparison->set);
    const struct stored with = stored_of(catalog, comparison->column, comparison->with);

    return tells_apart(&set, &with) && !is_same_stored(&set, &with);
}

static bool compares(const struct expr *expr, const char *op)
{
    return expr->kind == EXPR_OP && expr->n_args == 2 && strcmp(expr->u.op.name, op) == 0;
}

static bool ends_comparison(const struct query *query, const struct catalog *catalog,
                            const struct expr *expr)
{
    const bool is_distinct =
        (expr->kind == EXPR_DISTINCT && !expr->u.op.negated) || compares(expr, "<>");

    if (!is_distinct && !compares(expr, "="))
        return false;
    for (size_t side = 0; side < 2; side++) {
        const struct comparison comparison = comparison_at(query, expr, side);
        if (comparison.set && (is_distinct ? is_stored_value(query, catalog, &comparison)
                                           : is_other_constant(catalog, &comparison)))
            return true;
    }
    return false;
}

static bool ends_null(const struct query *query, const struct expr *test)
{
    const int column = own_column(query, test->args[0]);
    const struct expr *value = column ? settled_target(query, column) : NULL;

    return value && !test->u.null_test.is_not_null && is_not_null(query, value);
}

bool settled_where(const struct query *query, const struct catalog *catalog,
                   const struct expr *where)
{
    if (!where)
        return false;
    if (where->kind == EXPR_NULL_TEST)
        return ends_null(query, where);
    if (where->kind != EXPR_BOOL || where->u.bool_op != BOOL_AND)
        return ends_comparison(query, catalog, where);
    for (size_t i = 0; i < where->n_args; i++)
        if (settled_where(query, catalog, where->args[i]))
            return true;
    return false;
}
