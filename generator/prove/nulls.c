/* Nullability of a query's result (docs/nullability.md). The work is in the files beside this one:
 *
 *   nulls_outcome.c    conditions → what is NOT NULL where they hold; nulls_facts.c: operands
 *   nulls_joins.c      FROM → which entries have a row
 *   nulls_scope.c      one query level: rows, groups, result; UNION
 *   nulls_range.c      columns of range-table entries; nulls_relation.c: of tables
 *   nulls_expr.c       expressions; nulls_cases.c: CASE, AND, OR; nulls_calls.c: calls;
 *                      nulls_arrays.c: arrays; nulls_sublinks.c: subqueries
 *   nulls_rows.c       what is sure to have a row
 *   nulls_terms.c      small questions
 */
#include "prove/nulls_internal.h"

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
