/* One statement from parse tree to struct analysis: the entry of the room. */
#include <stdlib.h>

#include "analyze/analyze.h"
#include "analyze/transform.h"

struct query *transform_statement(struct parse *parse, const PgQuery__Node *node)
{
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return transform_select(parse, node->select_stmt);
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return transform_insert(parse, node->insert_stmt);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return transform_update(parse, node->update_stmt);
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return transform_delete(parse, node->delete_stmt);
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        return transform_merge(parse, node->merge_stmt);
    default:
        parse->scope->query->kind = QUERY_UTILITY;
        return transform_utility(parse, node);
    }
}

struct query *transform_sub_query(struct parse *parse, const PgQuery__Node *node, bool keep_unknown)
{
    struct parse below = scope_open(parse);

    below.scope->keep_unknown = keep_unknown;
    return transform_statement(&below, node);
}

struct query *transform_cte_query(struct parse *parse, const PgQuery__Node *node, struct cte *cte)
{
    struct parse below = scope_open(parse);

    below.scope->recursive_cte = cte;
    return transform_statement(&below, node);
}

/* SELECT … INTO t is CREATE TABLE t AS SELECT …; of a UNION the first SELECT has it. */
static const PgQuery__SelectStmt *select_into(const PgQuery__Node *node)
{
    const PgQuery__SelectStmt *stmt;

    if (node->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return NULL;
    for (stmt = node->select_stmt; stmt->op > PG_QUERY__SET_OPERATION__SETOP_NONE;)
        stmt = stmt->larg;
    return stmt->into_clause ? stmt : NULL;
}

static struct query *transform_top(struct parse *parse, const PgQuery__Node *node)
{
    parse->statement->into = select_into(node);
    if (!parse->statement->into)
        return transform_statement(parse, node);
    parse->scope->query->kind = QUERY_UTILITY;
    parse->scope->query->source = transform_sub_query(parse, node, false);
    return scope_close(parse);
}

static int by_position(const void *a, const void *b)
{
    const struct star_expansion *left = a, *right = b;

    return left->from < right->from ? -1 : left->from > right->from;
}

static bool returns_rows(const struct query *query)
{
    if (query->kind == QUERY_SELECT)
        return true;
    return query->kind == QUERY_UTILITY ? query->n_targets > 0 : query->has_returning;
}

static void fill_analysis(struct statement_state *state, struct query *query,
                          struct analysis *analysis)
{
    if (state->stars.n)
        qsort(state->stars.items, state->stars.n, sizeof *state->stars.items, by_position);
    *analysis = (struct analysis){
        .query = query,
        .params = state->params.items,
        .n_params = state->params.n,
        .stars = state->stars.items,
        .n_stars = state->stars.n,
        .returns_rows = returns_rows(query),
    };
}

bool analyze_in_state(struct statement_state *state, const struct statement *statement,
                      struct query **query)
{
    struct parse top = {state, NULL}, parse;

    if (setjmp(state->on_error))
        return false;
    parse = scope_open(&top);
    *query = transform_top(&parse, statement->tree);
    check_params(&parse, *query);
    check_rewrite(&parse, *query);
    check_view_recursion(&parse, *query);
    return true;
}

static bool analyze(struct arena *arena, const struct catalog *catalog,
                    const struct statement *statement, bool is_view, struct diags *diags,
                    struct analysis *analysis)
{
    struct statement_state *state = arena_new(arena, struct statement_state);
    struct query *query;

    state->arena = arena;
    state->catalog = catalog;
    state->sql = statement->sql;
    state->start = statement->location > 0 ? statement->location : -1;
    state->diags = diags;
    state->is_view = state->no_params = is_view;
    if (!analyze_in_state(state, statement, &query))
        return false;
    fill_analysis(state, query, analysis);
    return true;
}

bool analyze_statement(struct arena *arena, const struct catalog *catalog,
                       const struct statement *statement, struct diags *diags,
                       struct analysis *analysis)
{
    return analyze(arena, catalog, statement, false, diags, analysis);
}

bool analyze_view(struct arena *arena, const struct catalog *catalog,
                  const struct statement *statement, struct diags *diags, struct analysis *analysis)
{
    return analyze(arena, catalog, statement, true, diags, analysis);
}
