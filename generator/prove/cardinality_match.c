/* Index definitions against analysed conditions. Definitions are raw parse trees: they are matched
 * node by node with what the query's analysis made of the same words. A definition that is not
 * understood matches nothing, which only loses a proof.
 */
#include "prove/cardinality_internal.h"
#include "tree/tree.h"

static const char *last_name(PgQuery__Node *const *names, size_t n)
{
    const PgQuery__Node *name = n ? names[n - 1] : NULL;

    return name && name->node_case == PG_QUERY__NODE__NODE_STRING ? name->string->sval : NULL;
}

const char *cardinality_column_name(const PgQuery__ColumnRef *raw)
{
    return last_name(raw->fields, raw->n_fields);
}

static bool matches_column(const struct proof *proof, int rte, const PgQuery__ColumnRef *raw,
                           const struct expr *expr)
{
    const struct rte *entry = proof->query->rtable[rte];

    if (expr->kind == EXPR_CAST && expr->u.cast.method == CAST_RELABEL && expr->n_args > 0)
        expr = expr->args[0];
    return expr->kind == EXPR_VAR && expr->u.var.levels_up == 0 && expr->u.var.rte == rte &&
           expr->u.var.attno > 0 && (size_t)expr->u.var.attno <= entry->relation->attributes.n &&
           name_eq(cardinality_column_name(raw),
                   entry->relation->attributes.items[expr->u.var.attno - 1].name);
}

static bool matches_constant(const struct proof *proof, const PgQuery__AConst *raw,
                             struct expr *expr)
{
    const char *text;

    expr = expr_strip_casts(expr);
    if (expr->kind != EXPR_CONST || expr->u.constant.is_null || raw->isnull)
        return expr->kind == EXPR_CONST && expr->u.constant.is_null && raw->isnull;
    text = expr->u.constant.text;
    switch (raw->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return name_eq(arena_printf(proof->arena, "%d", raw->ival->ival), text);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return name_eq(raw->fval->fval, text);
    case PG_QUERY__A__CONST__VAL_SVAL:
        return name_eq(raw->sval->sval, text);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return expr->u.constant.literal == 'B' && text &&
               raw->boolval->boolval == (text[0] == 't' || text[0] == 'T');
    default:
        return false;
    }
}

static bool matches_list(const struct proof *proof, int rte, PgQuery__Node *const *raw, size_t n,
                         const struct expr *expr)
{
    if (n != expr->n_args)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!expr->args[i] || !cardinality_matches(proof, rte, raw[i], expr->args[i]))
            return false;
    }
    return true;
}

static bool matches_operator(const struct proof *proof, int rte, const PgQuery__AExpr *raw,
                             const struct expr *expr)
{
    return raw->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP && expr->kind == EXPR_OP &&
           expr->u.op.op && expr->n_args == 2 && raw->lexpr && raw->rexpr &&
           name_eq(last_name(raw->name, raw->n_name), expr->u.op.op->name) &&
           cardinality_matches(proof, rte, raw->lexpr, expr->args[0]) &&
           cardinality_matches(proof, rte, raw->rexpr, expr->args[1]);
}

static bool matches_boolean(const struct proof *proof, int rte, const PgQuery__BoolExpr *raw,
                            const struct expr *expr)
{
    static const PgQuery__BoolExprType ops[] = {
        [BOOL_AND] = PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR,
        [BOOL_OR] = PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR,
        [BOOL_NOT] = PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR,
    };

    return expr->kind == EXPR_BOOL && raw->boolop == ops[expr->u.bool_op] &&
           matches_list(proof, rte, raw->args, raw->n_args, expr);
}

bool cardinality_matches(const struct proof *proof, int rte, const PgQuery__Node *raw,
                         const struct expr *expr)
{
    switch (raw->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return matches_column(proof, rte, raw->column_ref, expr);
    case PG_QUERY__NODE__NODE_A_CONST: {
        struct expr constant = *expr;

        return matches_constant(proof, raw->a_const, &constant);
    }
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        /* Only a constant's type may be spelled in many ways. */
        return raw->type_cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST &&
               cardinality_matches(proof, rte, raw->type_cast->arg, expr);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return expr->kind == EXPR_FUNC && expr->u.call.function &&
               name_eq(last_name(raw->func_call->funcname, raw->func_call->n_funcname),
                       expr->u.call.function->name) &&
               matches_list(proof, rte, raw->func_call->args, raw->func_call->n_args, expr);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return matches_operator(proof, rte, raw->a_expr, expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return matches_boolean(proof, rte, raw->bool_expr, expr);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return expr->kind == EXPR_NULL_TEST && expr->n_args == 1 &&
               expr->u.is_not_null ==
                   (raw->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL) &&
               cardinality_matches(proof, rte, raw->null_test->arg, expr->args[0]);
    default:
        return false;
    }
}

/* column IS NOT NULL follows from its constraint, and from column = value. */
static bool is_column_not_null(const struct proof *proof, int rte, const PgQuery__Node *raw)
{
    const struct relation *relation = proof->query->rtable[rte]->relation;
    const struct attribute *attribute;

    if (raw->node_case != PG_QUERY__NODE__NODE_NULL_TEST ||
        raw->null_test->nulltesttype != PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL ||
        raw->null_test->arg->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return false;
    attribute =
        relation_find_attribute(relation, last_name(raw->null_test->arg->column_ref->fields,
                                                    raw->null_test->arg->column_ref->n_fields));
    return attribute && attribute->number > 0 &&
           (attribute->not_null || proof->keyed[rte][attribute->number - 1]);
}

bool cardinality_implies(const struct proof *proof, int rte, const PgQuery__Node *predicate)
{
    if (!predicate)
        return false;
    if (predicate->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        predicate->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < predicate->bool_expr->n_args; i++) {
            if (!cardinality_implies(proof, rte, predicate->bool_expr->args[i]))
                return false;
        }
        return true;
    }
    if (is_column_not_null(proof, rte, predicate))
        return true;
    for (size_t i = 0; i < proof->conditions.n; i++) {
        if (cardinality_applies_to(&proof->conditions.items[i], rte) &&
            cardinality_matches(proof, rte, predicate, proof->conditions.items[i].expr))
            return true;
    }
    return false;
}
