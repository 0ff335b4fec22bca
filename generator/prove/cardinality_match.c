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
            expr_equal(predicate, proof->conditions.items[i].expr))
            return true;
    }
    return false;
}
