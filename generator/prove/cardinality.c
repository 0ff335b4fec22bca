/* Whether a query returns at most one row. Order of the work: what limits the result itself (LIMIT,
 * an aggregate without GROUP BY), then FROM (cardinality_from.c), then GROUP BY and DISTINCT over
 * values that are the same in all rows.
 *
 * A sub-query is asked with the columns that its reader compares with fixed values, as if it had
 * those conditions itself.
 */
#include "analyze/system_view.h"
#include "prove/cardinality_internal.h"
#include "support/buf.h"
#include "tree/tree.h"

#include <string.h>

static const struct cardinality not_proved = {false, NULL};

static struct cardinality proved(const char *reason)
{
    return (struct cardinality){true, reason};
}

/* LIMIT 0, LIMIT 1, FETCH FIRST ROW ONLY. */
static bool is_limit_one(const struct query *query)
{
    const char *limit = query->limit ? expr_integer_text(query->limit) : NULL;

    return limit && !query->limit_with_ties && (strcmp(limit, "1") == 0 || strcmp(limit, "0") == 0);
}

static struct proof proof_create(struct cardinality_memo *memo, const struct query *query,
                                 const bool *assumed)
{
    struct arena *arena = memo->arena;
    struct proof proof = {
        .memo = memo, .arena = arena, .catalog = memo->catalog, .query = query, .assumed = assumed};

    proof.done = arena_array(arena, bool, query->n_rtable);
    proof.keyed = arena_array(arena, bool *, query->n_rtable);
    proof.fixed = arena_array(arena, bool *, query->n_rtable);
    for (size_t i = 0; i < query->n_rtable; i++) {
        size_t n = rte_n_inner_columns(query->rtable[i]);

        proof.keyed[i] = arena_array(arena, bool, n);
        proof.fixed[i] = arena_array(arena, bool, n);
    }
    return proof;
}

/* A result column that the reader knows to be fixed fixes the column that it shows. */
static void take_assumptions(struct proof *proof)
{
    const struct query *query = proof->query;

    for (size_t i = 0; proof->assumed && i < query->n_targets; i++) {
        const struct expr *expr = query->targets[i].expr;

        if (query->targets[i].is_junk || !proof->assumed[i] || expr->kind != EXPR_VAR ||
            expr->u.var.levels_up != 0 || expr->u.var.attno < 1 ||
            (size_t)expr->u.var.attno > query->rtable[expr->u.var.rte]->n_columns)
            continue;
        proof->keyed[expr->u.var.rte][expr->u.var.attno - 1] = true;
        proof->fixed[expr->u.var.rte][expr->u.var.attno - 1] = true;
    }
}

/* Fixed by its parts, or because the reader says so of a result column that is the same. Grouping
 * sets blank a value in some of the groups, whatever it is made of. */
static bool is_value_fixed(const struct proof *proof, struct expr *expr)
{
    const struct query *query = proof->query;

    if (!query->has_grouping_sets && cardinality_is_fixed(proof, expr))
        return true;
    for (size_t i = 0; proof->assumed && i < query->n_targets; i++) {
        if (!query->targets[i].is_junk && proof->assumed[i] &&
            expr_equal(query->targets[i].expr, expr))
            return true;
    }
    return false;
}

static bool is_item_fixed(const struct proof *proof, const struct sort_clause *item)
{
    const struct query *query = proof->query;

    for (size_t i = 0; i < query->n_targets; i++) {
        if (query->targets[i].group_ref == item->group_ref)
            return is_value_fixed(proof, query->targets[i].expr);
    }
    return false;
}

static bool are_items_fixed(const struct proof *proof, const struct sort_clause *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_item_fixed(proof, &items[i]))
            return false;
    }
    return true;
}

/* row_number() OVER (PARTITION BY fixed) = value: one row of the one partition. */
static bool is_numbered_row(const struct proof *proof)
{
    const struct query *query = proof->query;

    for (size_t i = 0; proof->assumed && i < query->n_targets; i++) {
        const struct expr *expr = query->targets[i].expr;
        const struct window_def *window;
        bool all_fixed = true;

        if (query->targets[i].is_junk || !proof->assumed[i] || expr->kind != EXPR_WINDOW ||
            !expr->u.agg.function || expr->u.agg.function->oid >= FIRST_USER_OID ||
            strcmp(expr->u.agg.function->name, "row_number") != 0)
            continue;
        window = expr->u.agg.window;
        for (size_t p = 0; window && p < window->n_partition_by; p++)
            all_fixed = all_fixed && is_value_fixed(proof, window->partition_by[p]);
        if (window && all_fixed)
            return true;
    }
    return false;
}

static const char *joined_reasons(const struct proof *proof)
{
    struct buf buf = buf_in(proof->arena);

    for (size_t i = 0; i < proof->reasons.n; i++) {
        if (i > 0)
            buf_adds(&buf, ", ");
        buf_adds(&buf, proof->reasons.items[i]);
    }
    return proof->reasons.n ? buf_text(&buf) : "no FROM";
}

static struct cardinality infer_select(struct proof *proof)
{
    const struct query *query = proof->query;
    const bool is_grouped = query->has_group_by || query->has_aggs || query->having;

    if (query->has_set_returning)
        return not_proved;
    if (is_grouped && query->n_group_by == 0 && !query->has_grouping_sets)
        return proved("an aggregate without GROUP BY");
    take_assumptions(proof);
    cardinality_prove_from(proof);
    if (!query->has_grouping_sets) {
        if (cardinality_is_from_done(proof))
            return proved(joined_reasons(proof));
        if (query->n_group_by > 0 && are_items_fixed(proof, query->group_by, query->n_group_by))
            return proved("GROUP BY of a single value");
        if (is_numbered_row(proof))
            return proved("row_number()");
    }
    if ((query->is_distinct || query->is_distinct_on) && query->n_distinct > 0 &&
        are_items_fixed(proof, query->distinct, query->n_distinct))
        return proved("DISTINCT on a single value");
    return not_proved;
}

static struct cardinality infer_set(struct cardinality_memo *memo, const struct set_node *node,
                                    const bool *assumed)
{
    struct cardinality left;

    if (node->op == SET_OP_NONE)
        return cardinality_of_query(memo, node->query, assumed);
    if (node->op == SET_OP_UNION)
        return not_proved;
    left = infer_set(memo, node->left, assumed);
    if (left.at_most_one || node->op == SET_OP_EXCEPT)
        return left;
    return infer_set(memo, node->right, assumed);
}

/* UNION keeps one of equal rows: when the reader fixes all columns there is one. */
static bool is_union_of_one(const struct query *query, const bool *assumed)
{
    if (query->set_ops->op != SET_OP_UNION || query->set_ops->all || !assumed)
        return false;
    for (size_t i = 0; i < query->n_targets; i++) {
        if (!query->targets[i].is_junk && !assumed[i])
            return false;
    }
    return true;
}

static struct cardinality infer_insert(struct cardinality_memo *memo, const struct query *query)
{
    if (query->has_set_returning)
        return not_proved;
    if (query->source)
        return cardinality_of_query(memo, query->source, NULL);
    for (size_t i = 0; i < query->n_rtable; i++) {
        if (query->rtable[i]->kind == RTE_VALUES && query->rtable[i]->n_values > 1)
            return not_proved;
    }
    return proved(query->on_conflict && !query->on_conflict->do_update
                      ? "a row is inserted, or none in a conflict"
                      : "one row is inserted");
}

/* UPDATE and DELETE return a changed row once, however many rows of FROM it meets. */
static struct cardinality infer_change(struct proof *proof)
{
    const int target = proof->query->result_rte;

    if (target < 0)
        return not_proved;
    cardinality_prove_from(proof);
    return proof->done[target] ? proved(joined_reasons(proof)) : not_proved;
}

static struct cardinality infer_dml(struct cardinality_memo *memo, const struct query *query)
{
    struct proof proof = proof_create(memo, query, NULL);

    if (query->n_returning == 0 || query->result_rte < 0 ||
        view_is_rewritten(memo->catalog, query->rtable[query->result_rte]->relation))
        return not_proved;
    switch (query->kind) {
    case QUERY_INSERT:
        return infer_insert(memo, query);
    case QUERY_UPDATE:
    case QUERY_DELETE:
        return infer_change(&proof);
    default:
        return not_proved;
    }
}

static struct cardinality infer(struct cardinality_memo *memo, const struct query *query,
                                const bool *assumed)
{
    struct proof proof;

    if (query->kind == QUERY_UTILITY)
        return query->answers_one_row ? proved("a statement of one row") : not_proved;
    if (query->kind != QUERY_SELECT)
        return infer_dml(memo, query);
    if (is_limit_one(query))
        return proved("LIMIT 1");
    if (query->set_ops)
        return is_union_of_one(query, assumed) ? proved("UNION of a single value")
                                               : infer_set(memo, query->set_ops, assumed);
    proof = proof_create(memo, query, assumed);
    return infer_select(&proof);
}

static bool is_same_assumption(const struct query *query, const bool *a, const bool *b)
{
    size_t n;

    if (!a || !b)
        return a == b;
    query_result(query, &n);
    return memcmp(a, b, n * sizeof *a) == 0;
}

struct cardinality cardinality_of_query(struct cardinality_memo *memo, const struct query *query,
                                        const bool *assumed)
{
    struct cardinality_answer answer = {.query = query};
    size_t n;

    for (size_t i = 0; i < memo->answers.n; i++) {
        const struct cardinality_answer *old = &memo->answers.items[i];

        if (old->query == query && is_same_assumption(query, old->assumed, assumed))
            return old->cardinality;
    }
    query_result(query, &n);
    if (assumed) {
        bool *copy = arena_array(memo->arena, bool, n);

        memcpy(copy, assumed, n * sizeof *copy);
        answer.assumed = copy;
    }
    answer.cardinality = infer(memo, query, answer.assumed);
    vec_push(memo->arena, &memo->answers, answer);
    return answer.cardinality;
}

struct cardinality cardinality_infer(struct arena *arena, const struct catalog *catalog,
                                     const struct query *query)
{
    struct cardinality_memo memo = {.arena = arena, .catalog = catalog};

    return cardinality_of_query(&memo, query, NULL);
}
