/* Columns of range-table entries. What the rows of an entry hold is computed once per level, in the
 * state after WHERE: facts of a CASE arm or a group must not leak into it.
 */
#include "analyze/system_view.h"
#include "prove/nulls_internal.h"

#include <string.h>

enum {
    LARGEST_LOOK_INSIDE = 4,
};

/* Columns of built-in functions that return rows; the others may be NULL. */
static const struct {
    const char *name;
    const char *not_null; /* one character per column: '1' never NULL */
} row_functions[] = {
    {"json_each", "11"},
    {"jsonb_each", "11"},
    {"json_each_text", "10"},
    {"jsonb_each_text", "10"},
    {"pg_lock_status", "1000000000101110"},
    {"pg_ls_dir", "1"},
    {"pg_show_all_settings", "11010011100000001"},
    {"ts_parse", "11"},
    {"ts_token_type", "111"},
    {"ts_stat", "111"},
    {"pg_get_keywords", "1111"},
    {"pg_timezone_names", "1111"},
    {"pg_timezone_abbrevs", "111"},
};

/* Which columns of the entry are known to be NOT NULL in the row, or NULL when none is. */
static const bool *known_columns(struct null_scope *scope, int rte, size_t n)
{
    const struct fact_set *facts = &scope->row->facts;
    bool *known = NULL;

    for (size_t i = 0; i < facts->list.n; i++) {
        const struct expr *expr = facts->list.items[i].expr;

        if (expr->kind != EXPR_VAR || expr->u.var.levels_up != 0 || expr->u.var.rte != rte ||
            expr->u.var.attno < 1 || (size_t)expr->u.var.attno > n)
            continue;
        if (!known)
            known = arena_array(scope->state->arena, bool, n);
        known[expr->u.var.attno - 1] = true;
    }
    return known;
}

static struct nullability *all_maybe(struct null_scope *scope, size_t n, const char *reason)
{
    struct nullability *columns = arena_array(scope->state->arena, struct nullability, n);

    for (size_t i = 0; i < n; i++)
        columns[i] = nulls_maybe(reason);
    return columns;
}

/* The body's columns, spread over the entry's: missing ones may be NULL. */
static struct nullability *spread(struct null_scope *scope, const struct nullability *body,
                                  size_t n_body, size_t n)
{
    struct nullability *columns = all_maybe(scope, n, "nothing is known of it");

    memcpy(columns, body, sizeof *body * (n_body < n ? n_body : n));
    return columns;
}

static struct nullability *view_columns(struct null_scope *scope, int index, const struct rte *rte)
{
    struct null_state *state = scope->state;
    const struct relation *view = rte->relation;
    const struct query *query = view_body(state->catalog, view);
    struct nullability *columns = all_maybe(scope, rte->n_columns, "a column of a view");

    if (query && state->depth < LARGEST_LOOK_INSIDE) {
        size_t n;
        const struct nullability *body;

        state->depth++;
        body = nulls_query_columns(state, NULL, query,
                                   known_columns(scope, index, rte_n_inner_columns(rte)), &n);
        state->depth--;
        columns = spread(scope, body, n, rte->n_columns);
    } else if (view->view_not_null) {
        for (size_t i = 0; i < rte->n_columns; i++)
            columns[i].nullable = !view->view_not_null[i];
    }
    for (size_t i = 0; i < rte->n_columns; i++)
        columns[i].reason =
            arena_printf(state->arena, "view %s: %s", view->name, columns[i].reason);
    return columns;
}

static struct nullability *values_columns(struct null_scope *scope, const struct rte *rte)
{
    struct nullability *columns =
        arena_array(scope->state->arena, struct nullability, rte->n_columns);

    for (size_t c = 0; c < rte->n_columns; c++) {
        columns[c] = nulls_not_null("no row of VALUES has a NULL");
        for (size_t r = 0; r < rte->n_values && !columns[c].nullable; r++) {
            struct nullability value = nulls_expr(scope, rte->values[r][c]);

            if (value.nullable)
                columns[c] = value;
        }
    }
    return columns;
}

static const char *row_function_columns(const struct expr *call)
{
    if (call->kind != EXPR_FUNC || !nulls_is_builtin(call->u.call.function))
        return NULL;
    for (size_t i = 0; i < sizeof row_functions / sizeof *row_functions; i++) {
        if (strcmp(row_functions[i].name, call->u.call.function->name) == 0)
            return row_functions[i].not_null;
    }
    return NULL;
}

static struct nullability *function_columns(struct null_scope *scope, const struct rte *rte)
{
    struct nullability *columns =
        all_maybe(scope, rte->n_columns, "a column of a function's result");
    const struct rte_function *only = rte->n_functions == 1 ? &rte->functions[0] : NULL;
    const char *known = only && only->call ? row_function_columns(only->call) : NULL;

    if (rte->n_functions > 1)
        columns = all_maybe(scope, rte->n_columns, "the shorter of ROWS FROM is filled with NULL");
    for (size_t i = 0; known && i < rte->n_columns && known[i]; i++) {
        if (known[i] == '1')
            columns[i] = nulls_not_null("the function never returns NULL here");
    }
    if (only && !known && only->n_columns == 1 && only->call && only->call->kind == EXPR_FUNC &&
        !catalog_type_relation(scope->state->catalog, only->call->type))
        columns[0] = nulls_function(scope, only->call);
    else if (only && !known && only->n_columns == 1 && only->call && only->call->kind != EXPR_FUNC)
        columns[0] = nulls_expr(scope, only->call);
    if (rte->with_ordinality && rte->n_columns > 0)
        columns[rte->n_columns - 1] = nulls_not_null("ordinality is never NULL");
    return columns;
}

/* The level that a CTE belongs to, and its place there. */
static struct null_scope *cte_owner(struct null_scope *scope, const struct cte *cte, size_t *index)
{
    for (struct null_scope *s = scope; s; s = s->parent) {
        for (size_t i = 0; i < s->query->n_ctes; i++) {
            if (s->query->ctes[i] == cte) {
                *index = i;
                return s;
            }
        }
    }
    return NULL;
}

/* SEARCH and CYCLE columns: the records are never NULL, the cycle mark is what the query says. */
static void set_extra_columns(const struct cte *cte, struct nullability *columns)
{
    for (size_t i = cte->n_columns - cte->n_extra_columns; i < cte->n_columns; i++) {
        const oid type = cte->columns[i].type;

        columns[i] = type == RECORDOID || type == RECORDARRAYOID
                         ? nulls_not_null("a SEARCH or CYCLE column")
                         : nulls_maybe("the mark of CYCLE");
    }
}

/* A recursive CTE: assume that no column is ever NULL and drop what its query disproves, until the
 * assumption stands. */
static struct nullability *recursive_columns(struct null_scope *owner, size_t index)
{
    const struct cte *cte = owner->query->ctes[index];
    struct nullability *columns =
        arena_array(owner->state->arena, struct nullability, cte->n_columns);
    bool changed = true;

    for (size_t i = 0; i < cte->n_columns; i++)
        columns[i] = nulls_not_null("every term of the recursion is NOT NULL");
    set_extra_columns(cte, columns);
    owner->cte_columns[index] = columns;
    while (changed) {
        size_t n;
        const struct nullability *body =
            nulls_query_columns(owner->state, owner, cte->query, NULL, &n);

        changed = false;
        for (size_t i = 0; i < n && i < cte->n_columns - cte->n_extra_columns; i++) {
            if (body[i].nullable && !columns[i].nullable) {
                columns[i] = body[i];
                changed = true;
            }
        }
    }
    return columns;
}

static struct nullability *cte_columns(struct null_scope *scope, int index, const struct rte *rte)
{
    size_t at, n;
    struct null_scope *owner = cte_owner(scope, rte->cte, &at);
    const struct cte *cte = rte->cte;
    const bool *known;
    const struct nullability *body;

    if (!owner)
        return all_maybe(scope, rte->n_columns, "a column of a CTE");
    if (!owner->cte_columns[at] && cte->is_recursive)
        recursive_columns(owner, at);
    known = known_columns(scope, index, rte->n_columns);
    if (cte->is_recursive || (owner->cte_columns[at] && !known))
        return spread(scope, owner->cte_columns[at], cte->n_columns, rte->n_columns);
    if (owner->state->depth >= LARGEST_LOOK_INSIDE)
        known = NULL;
    owner->state->depth += known != NULL;
    body = nulls_query_columns(owner->state, owner, cte->query, known, &n);
    owner->state->depth -= known != NULL;
    if (!known)
        owner->cte_columns[at] = spread(scope, body, n, cte->n_columns);
    return spread(scope, body, n, rte->n_columns);
}

/* What the rows of an entry hold; NULL for what is looked up column by column. */
static struct nullability *entry_columns(struct null_scope *scope, int index, const struct rte *rte)
{
    const struct nullability *body;
    size_t n;

    switch (rte->kind) {
    case RTE_RELATION:
        return view_columns(scope, index, rte);
    case RTE_SUBQUERY:
        body = nulls_query_columns(scope->state, scope, rte->subquery,
                                   known_columns(scope, index, rte->n_columns), &n);
        return spread(scope, body, n, rte->n_columns);
    case RTE_FUNCTION:
        return function_columns(scope, rte);
    case RTE_VALUES:
        return values_columns(scope, rte);
    case RTE_CTE:
        return cte_columns(scope, index, rte);
    default:
        return all_maybe(scope, rte->n_columns, "nothing is known of it");
    }
}

static struct nullability entry_column(struct null_scope *scope, int index, int attno)
{
    const struct rte *rte = scope->query->rtable[index];

    if (rte->kind == RTE_RELATION) {
        const char relkind = rte->relation->relkind;

        if (scope->query->kind != QUERY_SELECT && scope->query->result_rte == index)
            return nulls_written_column(scope->state, scope->query->kind, rte->relation,
                                        rte->is_only, attno);
        if (attno < 0 || (relkind != 'v' && relkind != 'm'))
            return nulls_stored_column(scope->state, rte->relation, rte->is_only, attno);
    }
    if (attno < 1 || (size_t)attno > rte->n_columns)
        return nulls_maybe("nothing is known of it");
    if (!scope->columns[index]) {
        const struct scope_state saved = nulls_enter_row(scope);

        scope->columns[index] = entry_columns(scope, index, rte);
        nulls_leave(scope, saved);
    }
    return scope->columns[index][attno - 1];
}

/* The merged column of FULL JOIN … USING: the row has one side or the other, so that it is NOT NULL
 * when both are, each before the join fills it with NULLs. A row that is known to have one side is
 * a matter of COALESCE. */
static struct nullability merged_column(struct null_scope *scope, const struct rte *join,
                                        const struct expr *merged)
{
    struct env *before = scope->current;
    const struct join_node *sides[2] = {join->join->left, join->join->right};

    if (merged->n_args != 2 || before->present[sides[0]->rte] || before->present[sides[1]->rte])
        return nulls_expr(scope, merged);
    for (size_t i = 0; i < 2; i++) {
        struct nullability side;

        scope->current = nulls_env_with_side(scope, before, sides[i]);
        side = nulls_expr(scope, merged->args[i]);
        scope->current = before;
        if (side.nullable)
            return side;
    }
    return nulls_not_null("each side of the FULL JOIN has it NOT NULL");
}

static struct nullability whole_row(struct null_scope *scope, int index)
{
    const struct rte *rte = scope->query->rtable[index];

    switch (rte->kind) {
    case RTE_RELATION:
    case RTE_SUBQUERY:
    case RTE_VALUES:
    case RTE_CTE:
    case RTE_JOIN:
        return nulls_not_null("a whole row");
    case RTE_FUNCTION:
        if (rte->n_columns == 1 && !rte->with_ordinality)
            return entry_column(scope, index, 1);
        return nulls_maybe("the row of a function");
    default:
        return nulls_maybe("nothing is known of it");
    }
}

struct nullability nulls_column(struct null_scope *scope, int index, int attno)
{
    const struct rte *rte = scope->query->rtable[index];
    const struct expr *alias = NULL;

    if (rte->kind == RTE_JOIN && attno > 0 && (size_t)attno <= rte->n_columns)
        alias = rte->columns[attno - 1].alias;
    if (alias && alias->kind == EXPR_COALESCE && rte->join && rte->join->kind == JOIN_KIND_FULL &&
        scope->current->present[index])
        return merged_column(scope, rte, alias);
    if (alias)
        return nulls_expr(scope, alias);
    if (!scope->current->present[index])
        return nulls_maybe(nulls_why_absent(scope, scope->current, index));
    return attno == 0 ? whole_row(scope, index) : entry_column(scope, index, attno);
}
