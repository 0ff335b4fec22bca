/* FOR UPDATE and its kin: where they are refused (CheckSelectLocking, transformLockingClause). */
#include "analyze/transform.h"

const char *locking_name(const PgQuery__LockingClause *clause)
{
    switch (clause->strength) {
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORKEYSHARE:
        return "FOR KEY SHARE";
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORSHARE:
        return "FOR SHARE";
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORNOKEYUPDATE:
        return "FOR NO KEY UPDATE";
    default:
        return "FOR UPDATE";
    }
}

static void check_query(struct parse *parse, const struct query *query, const char *name)
{
    const char *with = NULL;

    if (query->set_ops)
        with = "UNION/INTERSECT/EXCEPT";
    else if (query->is_distinct)
        with = "DISTINCT clause";
    else if (query->has_group_by)
        with = "GROUP BY clause";
    else if (query->having)
        with = "HAVING clause";
    else if (query->has_aggs)
        with = "aggregate functions";
    else if (query->has_windows)
        with = "window functions";
    else if (query->has_set_returning)
        with = "set-returning functions in the target list";
    if (with)
        parse_error(parse, "0A000", -1, "%s is not allowed with %s", name, with);
}

static const char *what_is(const struct rte *rte)
{
    switch (rte->kind) {
    case RTE_JOIN:
        return "a join";
    case RTE_FUNCTION:
        return "a function";
    case RTE_TABLE_FUNC:
        return "a table function";
    case RTE_VALUES:
        return "VALUES";
    case RTE_CTE:
        return "a WITH query";
    default:
        return NULL;
    }
}

static void check_all_entries(struct parse *parse, const struct query *query, const char *name)
{
    for (size_t i = 0; i < query->n_rtable; i++) {
        const struct rte *rte = query->rtable[i];

        if (rte->kind != RTE_SUBQUERY)
            continue;
        check_query(parse, rte->subquery, name);
        check_all_entries(parse, rte->subquery, name);
    }
}

/* A join without a name of its own has that of its USING, if any. */
static const char *name_of(const struct rte *rte)
{
    return rte->kind == RTE_JOIN && !rte->has_alias ? rte->using_alias : rte->name;
}

static const struct rte *find_entry(const struct query *query, const char *name)
{
    for (size_t i = 0; i < query->n_rtable; i++) {
        const char *entry = name_of(query->rtable[i]);

        if (entry && name_eq(entry, name))
            return query->rtable[i];
    }
    return NULL;
}

static void check_named(struct parse *parse, const struct query *query,
                        const PgQuery__RangeVar *relation, const char *name)
{
    const struct rte *rte;

    if (raw_optional(relation->schemaname) || raw_optional(relation->catalogname))
        parse_error(parse, "42601", relation->location,
                    "%s must specify unqualified relation names", name);
    rte = find_entry(query, relation->relname);
    if (!rte)
        parse_error(parse, "42P01", relation->location,
                    "relation \"%s\" in %s clause not found in FROM clause", relation->relname,
                    name);
    if (what_is(rte))
        parse_error(parse, "0A000", relation->location, "%s cannot be applied to %s", name,
                    what_is(rte));
    if (rte->kind == RTE_SUBQUERY) {
        check_query(parse, rte->subquery, name);
        check_all_entries(parse, rte->subquery, name);
    }
}

void transform_locking(struct parse *parse, struct node_list clauses)
{
    struct query *query = parse->scope->query;

    for (size_t i = 0; i < clauses.n; i++) {
        const PgQuery__LockingClause *clause = clauses.items[i]->locking_clause;
        const char *name = locking_name(clause);

        query->has_locking = true;
        check_query(parse, query, name);
        if (clause->n_locked_rels == 0)
            check_all_entries(parse, query, name);
        for (size_t j = 0; j < clause->n_locked_rels; j++)
            check_named(parse, query, clause->locked_rels[j]->range_var, name);
    }
}
