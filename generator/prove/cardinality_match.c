/* Index definitions against the conditions of a query. Both are analysed trees: a definition, which
 * speaks of its table as range-table entry 0, is moved to the entry in question and must then be
 * equal to what the query says. One that could not be analysed matches nothing, which only loses a
 * proof.
 */
#include "prove/cardinality_internal.h"
#include "tree/tree.h"

/* column IS NOT NULL follows from its constraint, and from column = value. */
static bool is_column_not_null(const struct proof *proof, int rte, const struct expr *predicate)
{
    const struct relation *relation = proof->query->rtable[rte]->relation;
    const struct expr *column;

    if (predicate->kind != EXPR_NULL_TEST || !predicate->u.null_test.is_not_null)
        return false;
    column = predicate->args[0];
    return column->kind == EXPR_VAR && column->u.var.attno > 0 &&
           (relation->attributes.items[column->u.var.attno - 1].not_null ||
            proof->keyed[rte][column->u.var.attno - 1]);
}

/* --- Facts of boolean columns, whichever way they are written --- */

enum { MAY_BE_TRUE = 1, MAY_BE_FALSE = 2, MAY_BE_NULL = 4, EITHER = 7 };

/* A column, and what it may be where a condition holds. */
struct truth {
    const struct expr *column;
    unsigned may_be; /* 0: the condition says something else */
};

static unsigned opposite(unsigned may_be)
{
    return (may_be & MAY_BE_TRUE ? MAY_BE_FALSE : 0u) | (may_be & MAY_BE_FALSE ? MAY_BE_TRUE : 0u);
}

static bool is_boolean(const struct expr *expr)
{
    return expr->type == BOOLOID;
}

/* true or false, by the letter that either begins with. */
static bool is_known(const struct expr *expr)
{
    return expr->kind == EXPR_CONST && is_boolean(expr) && !expr->u.constant.is_null &&
           (*expr->u.constant.text == 't' || *expr->u.constant.text == 'f');
}

/* `c = true`, `false <> c`. */
static struct truth truth_of_comparison(const struct expr *expr)
{
    const bool is_equal = name_eq(expr->u.op.op->name, "=");
    const bool is_second = expr->args[1]->kind == EXPR_CONST;
    const struct expr *constant = expr->args[is_second], *other = expr->args[!is_second];
    struct truth truth = {0};

    if (expr->u.op.op->namespace_oid != PG_CATALOG_OID ||
        (!is_equal && !name_eq(expr->u.op.op->name, "<>")) || !is_known(constant) ||
        other->kind != EXPR_VAR)
        return truth;
    truth = (struct truth){other, MAY_BE_TRUE};
    if ((*constant->u.constant.text == 't') != is_equal)
        truth.may_be = MAY_BE_FALSE;
    return truth;
}

/* `c IS NOT TRUE`: of a column, for what is not one may be NULL in other ways. */
static struct truth truth_of_test(const struct expr *expr)
{
    static const unsigned may_be[] = {
        [IS_TRUE] = MAY_BE_TRUE,    [IS_NOT_TRUE] = MAY_BE_FALSE | MAY_BE_NULL,
        [IS_FALSE] = MAY_BE_FALSE,  [IS_NOT_FALSE] = MAY_BE_TRUE | MAY_BE_NULL,
        [IS_UNKNOWN] = MAY_BE_NULL, [IS_NOT_UNKNOWN] = MAY_BE_TRUE | MAY_BE_FALSE,
    };

    if (expr->args[0]->kind != EXPR_VAR)
        return (struct truth){0};
    return (struct truth){expr->args[0], may_be[expr->u.bool_test]};
}

static struct truth truth_of(const struct expr *expr)
{
    struct truth truth = {0};

    if (expr->kind == EXPR_VAR && is_boolean(expr))
        return (struct truth){expr, MAY_BE_TRUE};
    if (expr->kind == EXPR_BOOL_TEST)
        return truth_of_test(expr);
    if (expr->kind == EXPR_OP && expr->n_args == 2 && expr->u.op.op)
        return truth_of_comparison(expr);
    if (expr->kind != EXPR_BOOL || expr->u.bool_op != BOOL_NOT || expr->args[0]->kind == EXPR_BOOL)
        return truth;
    truth = truth_of(expr->args[0]);
    if (!truth.may_be)
        return truth;
    /* A test is never NULL, so NOT of it holds for all the other values. */
    truth.may_be =
        expr->args[0]->kind == EXPR_BOOL_TEST ? EITHER & ~truth.may_be : opposite(truth.may_be);
    return truth;
}

/* A condition implies what allows all that it allows itself. */
static bool implies_truth(const struct proof *proof, int rte, const struct expr *condition,
                          const struct expr *predicate)
{
    const struct truth wanted = truth_of(predicate), given = truth_of(condition);
    const struct relation *relation = proof->query->rtable[rte]->relation;
    unsigned may_be = given.may_be;

    if (!wanted.may_be || !given.may_be || !expr_equal(wanted.column, given.column) ||
        wanted.column->u.var.attno < 1)
        return false;
    if (relation->attributes.items[wanted.column->u.var.attno - 1].not_null)
        may_be &= ~(unsigned)MAY_BE_NULL;
    return (may_be & ~wanted.may_be) == 0;
}

bool cardinality_implies(const struct proof *proof, int rte, const struct expr *predicate)
{
    if (predicate->kind == EXPR_BOOL && predicate->u.bool_op == BOOL_AND) {
        for (size_t i = 0; i < predicate->n_args; i++) {
            if (!cardinality_implies(proof, rte, predicate->args[i]))
                return false;
        }
        return true;
    }
    if (is_column_not_null(proof, rte, predicate))
        return true;
    predicate = expr_moved(proof->arena, predicate, rte);
    for (size_t i = 0; i < proof->conditions.n; i++) {
        if (cardinality_applies_to(&proof->conditions.items[i], rte) &&
            (expr_equal(predicate, proof->conditions.items[i].expr) ||
             implies_truth(proof, rte, proof->conditions.items[i].expr, predicate)))
            return true;
    }
    return false;
}
