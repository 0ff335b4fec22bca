/* Nullability of a query's result (docs/nullability.md). The work is in the files beside this one:
 *
 *   nulls_outcome.c    conditions → what is NOT NULL where they hold; nulls_facts.c: operands
 *   nulls_joins.c      FROM → which entries have a row
 *   nulls_scope.c      one query level: rows, groups, result; UNION
 *   nulls_range.c      columns of range-table entries; nulls_relation.c: of tables
 *   nulls_expr.c       expressions; nulls_cases.c: CASE, AND, OR; nulls_calls.c: calls;
 *                      nulls_sublinks.c: subqueries
 *   nulls_rows.c       what is sure to have a row
 *   nulls_terms.c      small questions
 */
#include "analyze/nulls_internal.h"

static struct null_state state_create(struct arena *arena, const struct nulls_input *input)
{
    return (struct null_state){
        .arena = arena,
        .catalog = input->catalog,
        .param_nullable = input->param_nullable,
        .n_params = input->param_nullable ? input->n_params : 0,
    };
}

struct nullability *nulls_infer(struct arena *arena, const struct nulls_input *input, size_t *n)
{
    struct null_state state = state_create(arena, input);

    return nulls_query_columns(&state, NULL, input->query, NULL, n);
}

bool nulls_is_null_extended(struct arena *arena, const struct nulls_input *input, int rte)
{
    struct null_state state = state_create(arena, input);
    const struct null_scope *scope = nulls_scope_create(&state, NULL, input->query);

    return !scope->row->present[rte];
}

/* The levels around the query, outermost first, without what their conditions say. */
static struct null_scope *enclosing_levels(struct null_state *state, const struct query *query)
{
    return query ? nulls_scope_create(state, enclosing_levels(state, query->parent), query) : NULL;
}

struct nullability *nulls_infer_inner(struct arena *arena, const struct nulls_input *input,
                                      size_t *n)
{
    struct null_state state = state_create(arena, input);

    return nulls_query_columns(&state, enclosing_levels(&state, input->query->parent), input->query,
                               NULL, n);
}

/* Whether the walk to the entry passes the nullable side of an outer join. */
static bool is_below_outer(const struct join_node *node, int rte, bool is_outer, bool *found)
{
    bool left, right;

    if (!node->is_join) {
        *found = node->rte == rte;
        return *found && is_outer;
    }
    left = is_outer || node->kind == JOIN_KIND_RIGHT || node->kind == JOIN_KIND_FULL;
    right = is_outer || node->kind == JOIN_KIND_LEFT || node->kind == JOIN_KIND_FULL;
    if (is_below_outer(node->left, rte, left, found) || *found)
        return left;
    return is_below_outer(node->right, rte, right, found);
}

bool nulls_is_outer_joined(const struct query *query, int rte)
{
    for (size_t i = 0; i < query->n_from; i++) {
        bool found = false;

        if (is_below_outer(query->from[i], rte, false, &found))
            return true;
    }
    return false;
}
