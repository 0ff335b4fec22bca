/* WITH RECURSIVE before analysis: references between items, and the form that a recursive item must
 * have (makeDependencyGraph, checkWellFormedRecursion). It works on the parse tree.
 */
#include "analyze/cte.h"
#include "sql/tree.h"

enum reference_place {
    REFERENCE_OK,
    IN_NON_RECURSIVE_TERM,
    IN_SUBQUERY,
    IN_OUTER_JOIN,
    IN_INTERSECT,
    IN_EXCEPT,
};

struct scan {
    struct parse *parse;
    VEC(const char *) hidden; /* names that inner WITH clauses have taken over */
    void (*found)(struct scan *scan, const PgQuery__RangeVar *reference);
    /* while dependencies are gathered */
    struct cte_items *items;
    struct cte_item *item;
    /* while a recursive item is checked */
    const char *name;
    enum reference_place place;
    size_t n_references;
};

static void scan_message(void *context, const ProtobufCMessage *message);

static bool is_hidden(const struct scan *scan, const char *name)
{
    for (size_t i = 0; i < scan->hidden.n; i++)
        if (name_eq(scan->hidden.items[i], name))
            return true;
    return false;
}

/* A WITH clause hides outer items of the same names: from all its items when recursive, else from
 * those that follow; and from the statement that it belongs to. */
static void scan_with(struct scan *scan, const PgQuery__WithClause *with)
{
    struct arena *arena = scan->parse->statement->arena;

    for (size_t i = 0; with->recursive && i < with->n_ctes; i++)
        vec_push(arena, &scan->hidden, with->ctes[i]->common_table_expr->ctename);
    for (size_t i = 0; i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *cte = with->ctes[i]->common_table_expr;

        scan_message(scan, &cte->ctequery->base);
        if (!with->recursive)
            vec_push(arena, &scan->hidden, cte->ctename);
    }
}

static const PgQuery__WithClause *with_of(const ProtobufCMessage *message)
{
    if (message->descriptor == &pg_query__select_stmt__descriptor)
        return ((const PgQuery__SelectStmt *)message)->with_clause;
    if (message->descriptor == &pg_query__insert_stmt__descriptor)
        return ((const PgQuery__InsertStmt *)message)->with_clause;
    if (message->descriptor == &pg_query__update_stmt__descriptor)
        return ((const PgQuery__UpdateStmt *)message)->with_clause;
    if (message->descriptor == &pg_query__delete_stmt__descriptor)
        return ((const PgQuery__DeleteStmt *)message)->with_clause;
    return NULL;
}

static void scan_in(struct scan *scan, enum reference_place place, const ProtobufCMessage *message)
{
    enum reference_place before = scan->place;

    if (!message)
        return;
    if (place != REFERENCE_OK)
        scan->place = place;
    scan_message(scan, message);
    scan->place = before;
}

static void scan_join(struct scan *scan, const PgQuery__JoinExpr *join)
{
    bool left = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT ||
                join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
    bool right = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT ||
                 join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
    bool check = scan->place == REFERENCE_OK;

    scan_in(scan, check && left ? IN_OUTER_JOIN : REFERENCE_OK, &join->larg->base);
    scan_in(scan, check && right ? IN_OUTER_JOIN : REFERENCE_OK, &join->rarg->base);
    if (join->quals)
        scan_message(scan, &join->quals->base);
}

static void scan_set_operation(struct scan *scan, const PgQuery__SelectStmt *stmt)
{
    enum reference_place left = REFERENCE_OK, right = REFERENCE_OK;

    if (scan->place == REFERENCE_OK && stmt->op == PG_QUERY__SET_OPERATION__SETOP_INTERSECT &&
        stmt->all)
        left = right = IN_INTERSECT;
    if (scan->place == REFERENCE_OK && stmt->op == PG_QUERY__SET_OPERATION__SETOP_EXCEPT) {
        left = stmt->all ? IN_EXCEPT : REFERENCE_OK;
        right = IN_EXCEPT;
    }
    scan_in(scan, left, &stmt->larg->base);
    scan_in(scan, right, &stmt->rarg->base);
    for (size_t i = 0; i < stmt->n_sort_clause; i++)
        scan_message(scan, &stmt->sort_clause[i]->base);
    if (stmt->limit_count)
        scan_message(scan, &stmt->limit_count->base);
    if (stmt->limit_offset)
        scan_message(scan, &stmt->limit_offset->base);
}

static void scan_statement(struct scan *scan, const ProtobufCMessage *message)
{
    const PgQuery__SelectStmt *select = (const PgQuery__SelectStmt *)message;
    const PgQuery__WithClause *with = with_of(message);
    size_t n_hidden = scan->hidden.n;

    if (with)
        scan_with(scan, with);
    if (message->descriptor == &pg_query__select_stmt__descriptor &&
        select->op > PG_QUERY__SET_OPERATION__SETOP_NONE)
        scan_set_operation(scan, select);
    else
        tree_parts(message, scan_message, scan);
    scan->hidden.n = n_hidden;
}

static void scan_message(void *context, const ProtobufCMessage *message)
{
    struct scan *scan = context;
    const ProtobufCMessageDescriptor *kind = message->descriptor;

    if (kind == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *name = (const PgQuery__RangeVar *)message;

        if (!raw_optional(name->schemaname) && !is_hidden(scan, name->relname))
            scan->found(scan, name);
    } else if (kind == &pg_query__with_clause__descriptor) {
        return; /* done by scan_statement() */
    } else if (kind == &pg_query__select_stmt__descriptor || with_of(message)) {
        scan_statement(scan, message);
    } else if (kind == &pg_query__join_expr__descriptor) {
        scan_join(scan, (const PgQuery__JoinExpr *)message);
    } else if (kind == &pg_query__sub_link__descriptor) {
        const PgQuery__SubLink *sublink = (const PgQuery__SubLink *)message;

        scan_in(scan, IN_SUBQUERY, &sublink->subselect->base);
        if (sublink->testexpr)
            scan_message(scan, &sublink->testexpr->base);
    } else {
        tree_parts(message, scan_message, scan);
    }
}

/* --- Order ------------------------------------------------------------------------------------ */

static void note_dependency(struct scan *scan, const PgQuery__RangeVar *reference)
{
    for (size_t i = 0; i < scan->items->n; i++)
        if (name_eq(scan->items->items[i].cte->name, reference->relname)) {
            scan->item->depends_on[i] = true;
            if (&scan->items->items[i] == scan->item)
                scan->item->cte->is_recursive = true;
        }
}

static bool is_ready(const struct cte_items *items, size_t i, const bool *done)
{
    for (size_t j = 0; j < items->n; j++)
        if (j != i && items->items[i].depends_on[j] && !done[j])
            return false;
    return !done[i];
}

struct cte_item **cte_sort(struct parse *parse, struct cte_items *items)
{
    struct arena *arena = parse->statement->arena;
    struct cte_item **order = arena_array(arena, struct cte_item *, items->n);
    bool *done = arena_array(arena, bool, items->n);

    for (size_t i = 0; i < items->n; i++) {
        struct scan scan = {.parse = parse, .found = note_dependency, .items = items};

        scan.item = &items->items[i];
        scan.item->depends_on = arena_array(arena, bool, items->n);
        scan_message(&scan, &scan.item->raw->ctequery->base);
    }
    for (size_t n = 0; n < items->n; n++) {
        size_t i = 0;

        while (i < items->n && !is_ready(items, i, done))
            i++;
        if (i == items->n) {
            for (i = 0; done[i];)
                i++;
            parse_error(parse, "0A000", items->items[i].raw->location,
                        "mutual recursion between WITH items is not implemented");
        }
        done[i] = true;
        order[n] = &items->items[i];
    }
    return order;
}

/* --- Form ------------------------------------------------------------------------------------- */

static void check_reference(struct scan *scan, const PgQuery__RangeVar *reference)
{
    static const char *const places[] = {
        [REFERENCE_OK] = "more than once",
        [IN_NON_RECURSIVE_TERM] = "within its non-recursive term",
        [IN_SUBQUERY] = "within a subquery",
        [IN_OUTER_JOIN] = "within an outer join",
        [IN_INTERSECT] = "within INTERSECT",
        [IN_EXCEPT] = "within EXCEPT",
    };

    if (!name_eq(reference->relname, scan->name))
        return;
    if (scan->place == REFERENCE_OK && ++scan->n_references == 1)
        return;
    parse_error(scan->parse, "42P19", reference->location,
                "recursive reference to query \"%s\" must not appear %s", scan->name,
                places[scan->place]);
}

static void refuse_decoration(struct parse *parse, const PgQuery__SelectStmt *stmt)
{
    const char *what = NULL;
    int location = -1;

    if (stmt->n_sort_clause) {
        what = "ORDER BY";
        location = raw_location(stmt->sort_clause[0]);
    } else if (stmt->limit_offset) {
        what = "OFFSET";
        location = raw_location(stmt->limit_offset);
    } else if (stmt->limit_count) {
        what = "LIMIT";
        location = raw_location(stmt->limit_count);
    } else if (stmt->n_locking_clause) {
        what = "FOR UPDATE/SHARE";
    }
    if (what)
        parse_error(parse, "0A000", location, "%s in a recursive query is not implemented", what);
}

void cte_check_recursion(struct parse *parse, const struct cte_item *item)
{
    struct scan scan = {.parse = parse, .found = check_reference, .name = item->cte->name};
    const PgQuery__Node *node = item->raw->ctequery;
    const PgQuery__SelectStmt *stmt;

    if (!item->cte->is_recursive)
        return;
    if (node->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        parse_error(parse, "42P19", item->raw->location,
                    "recursive query \"%s\" must not contain data-modifying statements", scan.name);
    stmt = node->select_stmt;
    if (stmt->op != PG_QUERY__SET_OPERATION__SETOP_UNION)
        parse_error(parse, "42P19", item->raw->location,
                    "recursive query \"%s\" does not have the form non-recursive-term UNION [ALL] "
                    "recursive-term",
                    scan.name);
    for (size_t i = 0; stmt->with_clause && i < stmt->with_clause->n_ctes; i++)
        scan_in(&scan, IN_SUBQUERY, &stmt->with_clause->ctes[i]->common_table_expr->ctequery->base);
    refuse_decoration(parse, stmt);
    scan_in(&scan, IN_NON_RECURSIVE_TERM, &stmt->larg->base);
    scan_in(&scan, REFERENCE_OK, &stmt->rarg->base);
}
