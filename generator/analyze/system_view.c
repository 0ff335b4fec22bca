/* The bodies of views. Those of the system's views are analysed when the first query asks for one,
 * as most queries ask for none.
 */
#include "analyze/system_view.h"

#include "analyze/analyze.h"

static const struct query *analyze_body(struct catalog *system, const char *name, const char *text)
{
    struct arena *arena = catalog_arena(system);
    struct source *source = source_create(arena, name, str_from(text));
    struct sql *sql = arena_new(arena, struct sql);
    struct diags diags = {.arena = arena};
    struct statement statement;
    struct analysis analysis;

    source->release = catalog_release(system);
    *sql = (struct sql){.source = source, .text = source->text.data, .len = source->text.len};
    if (!sql_parse_one(arena, sql, &diags, &statement) ||
        !analyze_statement(arena, system, &statement, &diags, &analysis))
        return NULL;
    return analysis.query;
}

const struct query *view_body(const struct catalog *catalog, const struct relation *relation)
{
    const struct query *body;
    struct catalog *system;
    const char *text;

    /* A view may lead back to what a materialized view once read from it. */
    if (relation->relkind == 'm' && catalog_has_view_cycle(catalog))
        return NULL;
    if (relation->oid >= FIRST_USER_OID || relation->relkind != 'v')
        return relation->view_query;
    system = catalog_of_system(catalog);
    body = catalog_kept_view_body(system, relation);
    text = body ? NULL : catalog_view_sql(system, relation);
    if (text) {
        body = analyze_body(system, relation->name, text);
        catalog_keep_view_body(system, relation, body);
    }
    return body;
}

static const struct relation *only_table(const struct query *body)
{
    const struct rte *rte =
        body->n_from == 1 && !body->from[0]->is_join ? body->rtable[body->from[0]->rte] : NULL;

    return rte && rte->kind == RTE_RELATION ? rte->relation : NULL;
}

bool view_is_rewritten(const struct catalog *catalog, const struct relation *relation)
{
    while (relation && !relation_has_rules_instead(relation)) {
        const struct query *body = relation->relkind == 'v' ? view_body(catalog, relation) : NULL;

        relation = body && !body->set_ops ? only_table(body) : NULL;
    }
    return relation != NULL;
}
