/* FOR UPDATE and its kin: where they are refused, and which entries they lock (CheckSelectLocking,
 * transformLockingClause).
 */
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

/* An entry is locked once, in the strongest of the ways that are asked for (applyLockingClause). */
static void add_lock(struct parse *parse, struct query *query, struct row_lock lock)
{
    struct row_lock *locks;

    for (size_t i = 0; i < query->n_locks; i++) {
        struct row_lock *present = &query->locks[i];

        if (present->rte != lock.rte)
            continue;
        present->strength = lock.strength > present->strength ? lock.strength : present->strength;
        present->wait = lock.wait > present->wait ? lock.wait : present->wait;
        present->is_inherited &= lock.is_inherited;
        return;
    }
    locks = arena_array(parse->statement->arena, struct row_lock, query->n_locks + 1);
    for (size_t i = 0; i < query->n_locks; i++)
        locks[i] = query->locks[i];
    locks[query->n_locks++] = lock;
    query->locks = locks;
}

static void lock_all(struct parse *parse, struct query *query, struct row_lock lock,
                     const char *name)
{
    for (size_t i = 0; i < query->n_rtable; i++) {
        struct rte *rte = query->rtable[i];

        lock.rte = (int)i;
        if (rte->kind == RTE_RELATION || rte->kind == RTE_SUBQUERY)
            add_lock(parse, query, lock);
        if (rte->kind != RTE_SUBQUERY)
            continue;
        check_query(parse, rte->subquery, name);
        lock_all(parse, rte->subquery,
                 (struct row_lock){lock.strength, lock.wait, .is_inherited = true}, name);
    }
}

/* A join without a name of its own has that of its USING, if any. */
static const char *name_of(const struct rte *rte)
{
    return rte->kind == RTE_JOIN && !rte->has_alias ? rte->using_alias : rte->name;
}

/* Its index; that of the entry after the last when there is none. */
static size_t find_entry(const struct query *query, const char *name)
{
    size_t i = 0;

    for (; i < query->n_rtable; i++) {
        const char *entry = name_of(query->rtable[i]);

        if (entry && name_eq(entry, name))
            break;
    }
    return i;
}

static void lock_named(struct parse *parse, struct query *query, struct row_lock lock,
                       const PgQuery__RangeVar *relation, const char *name)
{
    const size_t index = find_entry(query, relation->relname);
    const struct rte *rte;

    if (raw_optional(relation->schemaname) || raw_optional(relation->catalogname))
        parse_error(parse, "42601", relation->location,
                    "%s must specify unqualified relation names", name);
    if (index == query->n_rtable)
        parse_error(parse, "42P01", relation->location,
                    "relation \"%s\" in %s clause not found in FROM clause", relation->relname,
                    name);
    rte = query->rtable[index];
    if (what_is(rte))
        parse_error(parse, "0A000", relation->location, "%s cannot be applied to %s", name,
                    what_is(rte));
    lock.rte = (int)index;
    add_lock(parse, query, lock);
    if (rte->kind == RTE_SUBQUERY) {
        check_query(parse, rte->subquery, name);
        lock_all(parse, rte->subquery,
                 (struct row_lock){lock.strength, lock.wait, .is_inherited = true}, name);
    }
}

static enum lock_strength strength_of(const PgQuery__LockingClause *clause)
{
    switch (clause->strength) {
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORKEYSHARE:
        return LOCK_KEY_SHARE;
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORSHARE:
        return LOCK_SHARE;
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORNOKEYUPDATE:
        return LOCK_NO_KEY_UPDATE;
    default:
        return LOCK_UPDATE;
    }
}

static struct row_lock lock_of(const PgQuery__LockingClause *clause)
{
    struct row_lock lock = {.strength = strength_of(clause)};

    if (clause->wait_policy == PG_QUERY__LOCK_WAIT_POLICY__LockWaitSkip)
        lock.wait = LOCK_SKIPS;
    else if (clause->wait_policy == PG_QUERY__LOCK_WAIT_POLICY__LockWaitError)
        lock.wait = LOCK_FAILS;
    return lock;
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
            lock_all(parse, query, lock_of(clause), name);
        for (size_t j = 0; j < clause->n_locked_rels; j++)
            lock_named(parse, query, lock_of(clause), clause->locked_rels[j]->range_var, name);
    }
}
