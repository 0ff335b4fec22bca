/* Equality of expressions, as GROUP BY, ORDER BY and DISTINCT need it to find a select-list item
 * again: places in the text and the spelling of casts do not count.
 */
#include "sql/raw.h"
#include "tree/tree.h"

bool expr_lists_equal(struct expr *const *a, struct expr *const *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!a[i] || !b[i]) {
            if (a[i] != b[i])
                return false;
        } else if (!expr_equal(a[i], b[i])) {
            return false;
        }
    }
    return true;
}

static bool optional_equal(const struct expr *a, const struct expr *b)
{
    return a == b || (a && b && expr_equal(a, b));
}

static bool orders_equal(const struct expr *a, const struct expr *b)
{
    for (size_t i = 0; i < a->u.agg.n_order_by; i++) {
        const struct sort_clause *left = &a->u.agg.order[i], *right = &b->u.agg.order[i];

        if (left->descending != right->descending || left->nulls_first != right->nulls_first ||
            left->using != right->using)
            return false;
    }
    return expr_lists_equal(a->u.agg.order_by, b->u.agg.order_by, a->u.agg.n_order_by);
}

static bool calls_equal(const struct expr *a, const struct expr *b)
{
    return a->u.agg.function == b->u.agg.function && a->u.agg.is_distinct == b->u.agg.is_distinct &&
           a->u.agg.is_star == b->u.agg.is_star && a->u.agg.levels_up == b->u.agg.levels_up &&
           a->u.agg.window == b->u.agg.window && optional_equal(a->u.agg.filter, b->u.agg.filter) &&
           a->u.agg.variadic_call == b->u.agg.variadic_call &&
           a->u.agg.n_order_by == b->u.agg.n_order_by && orders_equal(a, b);
}

static bool constants_equal(const struct expr *a, const struct expr *b)
{
    if (a->u.constant.is_null || b->u.constant.is_null)
        return a->u.constant.is_null == b->u.constant.is_null;
    return name_eq(a->u.constant.text, b->u.constant.text);
}

static bool xml_equal(const struct expr *a, const struct expr *b)
{
    if (!name_eq(a->u.xml.op, b->u.xml.op) || !name_eq(a->u.xml.name, b->u.xml.name) ||
        a->u.xml.n_named != b->u.xml.n_named || a->u.xml.is_document != b->u.xml.is_document)
        return false;
    for (size_t i = 0; i < a->u.xml.n_named; i++)
        if (!name_eq(a->u.xml.names[i], b->u.xml.names[i]))
            return false;
    return true;
}

/* Of two nodes of one kind: what is not in type and args. */
static bool heads_equal(const struct expr *a, const struct expr *b)
{
    switch (a->kind) {
    case EXPR_CONST:
        return constants_equal(a, b);
    case EXPR_PARAM:
    case EXPR_SUBLINK_COLUMN:
        return a->u.param == b->u.param;
    case EXPR_VAR:
        return a->u.var.levels_up == b->u.var.levels_up && a->u.var.rte == b->u.var.rte &&
               a->u.var.attno == b->u.var.attno;
    case EXPR_FUNC:
        return a->u.call.function == b->u.call.function &&
               a->u.call.variadic_call == b->u.call.variadic_call;
    case EXPR_AGG:
    case EXPR_WINDOW:
        return calls_equal(a, b);
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
    case EXPR_ARRAY_OP:
    case EXPR_ROW_COMPARE:
        return a->u.op.op == b->u.op.op && a->u.op.use_or == b->u.op.use_or &&
               a->u.op.negated == b->u.op.negated;
    case EXPR_BOOL:
        return a->u.bool_op == b->u.bool_op;
    case EXPR_BOOL_TEST:
        return a->u.bool_test == b->u.bool_test;
    case EXPR_NULL_TEST:
        return a->u.null_test.is_not_null == b->u.null_test.is_not_null &&
               a->u.null_test.of_value == b->u.null_test.of_value;
    case EXPR_SUBLINK:
        return a->u.sublink.kind == b->u.sublink.kind &&
               a->u.sublink.column == b->u.sublink.column && a->u.sublink.raw && b->u.sublink.raw &&
               raw_equal(a->u.sublink.raw, b->u.sublink.raw);
    case EXPR_FIELD:
        return a->u.field.attno == b->u.field.attno;
    case EXPR_SUBSCRIPT:
        return a->u.subscript.is_slice == b->u.subscript.is_slice;
    case EXPR_CAST:
        return a->u.cast.method == b->u.cast.method && a->u.cast.function == b->u.cast.function;
    case EXPR_COLLATE:
        return a->collation == b->collation;
    case EXPR_SQL_VALUE:
        return name_eq(a->u.sql_value.name, b->u.sql_value.name);
    case EXPR_XML:
        return xml_equal(a, b);
    case EXPR_MINMAX:
        return a->u.minmax_is_least == b->u.minmax_is_least;
    default:
        return true;
    }
}

bool expr_equal(const struct expr *a, const struct expr *b)
{
    return a == b || (a->kind == b->kind && a->type == b->type && a->typmod == b->typmod &&
                      a->n_args == b->n_args && heads_equal(a, b) &&
                      expr_lists_equal(a->args, b->args, a->n_args));
}

static uint32_t mix(uint32_t hash, uintptr_t part)
{
    const uint64_t mixed = (hash ^ (uint64_t)part) * 0x9E3779B97F4A7C15u;

    return (uint32_t)(mixed >> 32);
}

static uint32_t hash_text(const char *text)
{
    uint32_t hash = 0;

    for (; text && *text; text++)
        hash = hash * 31 + (unsigned char)*text;
    return hash;
}

/* Parts that heads_equal() compares: those in which expressions differ most. */
static uint32_t hash_head(const struct expr *expr, uint32_t hash)
{
    switch (expr->kind) {
    case EXPR_CONST:
        return mix(hash, expr->u.constant.is_null ? 0 : hash_text(expr->u.constant.text));
    case EXPR_PARAM:
        return mix(hash, (uintptr_t)expr->u.param);
    case EXPR_VAR:
        return mix(mix(mix(hash, (uintptr_t)expr->u.var.levels_up), (uintptr_t)expr->u.var.rte),
                   (uintptr_t)expr->u.var.attno);
    case EXPR_FUNC:
        return mix(hash, (uintptr_t)expr->u.call.function);
    case EXPR_OP:
        return mix(hash, (uintptr_t)expr->u.op.op);
    case EXPR_FIELD:
        return mix(hash, (uintptr_t)expr->u.field.attno);
    default:
        return hash;
    }
}

static uint32_t hash_down_to(const struct expr *expr, int depth)
{
    enum { MOST_ARGS = 4 };
    uint32_t hash = hash_head(expr, mix((uint32_t)expr->kind, expr->n_args));

    for (size_t i = 0; depth > 0 && i < expr->n_args && i < MOST_ARGS; i++) {
        if (expr->args[i])
            hash = mix(hash, hash_down_to(expr->args[i], depth - 1));
    }
    return hash;
}

uint32_t expr_hash(const struct expr *expr)
{
    enum { DEPTH = 3 };

    return hash_down_to(expr, DEPTH);
}
