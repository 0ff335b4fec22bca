/* Views whose bodies lead back to themselves, which CREATE OR REPLACE can make. The server finds
 * out when it rewrites a statement that reads one (fireRIRrules), after everything else that it
 * refuses.
 */
#include "analyze/view_recursion.h"

#include "analyze/transform.h"

struct search {
    struct arena *arena;
    const struct catalog *catalog;
    VEC(const struct relation *) active; /* from the statement down to here */
    VEC(const struct relation *) done;
    bool into_stored; /* bodies of materialized views, which are not read with them */
    const struct relation *found;
};

static void search_query(struct search *search, const struct query *query);

static bool has(const struct relation *const *items, size_t n, const struct relation *relation)
{
    for (size_t i = 0; i < n; i++)
        if (items[i] == relation)
            return true;
    return false;
}

static void search_view(struct search *search, const struct relation *view)
{
    if (has(search->active.items, search->active.n, view))
        search->found = view;
    if (search->found || has(search->done.items, search->done.n, view))
        return;
    vec_push(search->arena, &search->active, view);
    search_query(search, view->view_query);
    search->active.n--;
    vec_push(search->arena, &search->done, view);
}

static bool is_followed(const struct search *search, const struct relation *relation)
{
    return relation->view_query &&
           (relation->relkind == 'v' || (relation->relkind == 'm' && search->into_stored));
}

static void visit_entry(struct walk *walk, const struct rte *rte)
{
    struct search *search = walk->context;
    const struct relation *relation =
        rte->kind == RTE_RELATION ? catalog_get_relation(search->catalog, rte->relation->oid)
                                  : NULL;

    if (!search->found && relation && is_followed(search, relation))
        search_view(search, relation);
}

static bool visit(struct walk *walk, struct expr *expr)
{
    return walk_parts(walk, expr);
}

static void search_query(struct search *search, const struct query *query)
{
    struct walk walk = {
        .visit = visit, .visit_entry = visit_entry, .context = search, .into_queries = true};

    walk_query(&walk, (struct query *)query);
}

const struct relation *query_recursive_view(struct arena *arena, const struct catalog *catalog,
                                            const struct query *query, bool into_stored)
{
    struct search search = {.arena = arena, .catalog = catalog, .into_stored = into_stored};

    search_query(&search, query);
    return search.found;
}

void check_view_recursion(struct parse *parse, const struct query *query)
{
    struct statement_state *state = parse->statement;
    const struct relation *view;

    if (state->is_view || query->kind == QUERY_UTILITY || !catalog_has_view_cycle(state->catalog))
        return;
    view = query_recursive_view(state->arena, state->catalog, query, false);
    if (view)
        parse_error(parse, "42P17", query->location,
                    "infinite recursion detected in rules for relation \"%s\"", view->name);
}
