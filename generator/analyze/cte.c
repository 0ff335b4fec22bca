/* WITH (parse_cte.c): the items in order, or for WITH RECURSIVE in the order of their references;
 * a recursive item's columns come from its non-recursive term; SEARCH and CYCLE add columns.
 */
#include "analyze/cte.h"

/* --- Columns ---------------------------------------------------------------------------------- */

struct extra_column {
    const char *name;
    oid type;
    int32_t typmod;
    oid collation;
};

static size_t extra_columns(const struct cte_item *item, struct extra_column extra[3])
{
    const PgQuery__CTESearchClause *search = item->raw->search_clause;
    const PgQuery__CTECycleClause *cycle = item->raw->cycle_clause;
    size_t n = 0;

    if (search)
        extra[n++] =
            (struct extra_column){search->search_seq_column,
                                  search->search_breadth_first ? RECORDOID : RECORDARRAYOID, -1, 0};
    if (cycle) {
        extra[n++] = (struct extra_column){cycle->cycle_mark_column, item->cycle_mark_type,
                                           item->cycle_mark_typmod, item->cycle_mark_collation};
        extra[n++] = (struct extra_column){cycle->cycle_path_column, RECORDARRAYOID, -1, 0};
    }
    return n;
}

static void set_columns(struct parse *parse, struct cte_item *item,
                        const struct rte_column *columns, size_t n)
{
    struct cte *cte = item->cte;
    struct node_list names = NODES(item->raw, aliascolnames);
    struct extra_column extra[3];
    size_t n_extra = extra_columns(item, extra);

    if (names.n > n)
        parse_error(parse, "42P10", item->raw->location,
                    "WITH query \"%s\" has %zu columns available but %zu columns specified",
                    cte->name, n, names.n);
    cte->columns = arena_array(parse->statement->arena, struct rte_column, n + n_extra);
    cte->n_columns = n + n_extra;
    cte->n_extra_columns = n_extra;
    cte->n_aliased = names.n;
    for (size_t i = 0; i < n; i++) {
        cte->columns[i] = columns[i];
        cte->columns[i].alias = NULL;
        if (i < names.n)
            cte->columns[i].name = raw_name(names, i);
        if (cte->is_recursive && columns[i].type == UNKNOWNOID) {
            cte->columns[i].type = TEXTOID;
            cte->columns[i].typmod = -1;
            if (!cte->columns[i].collation)
                cte->columns[i].collation =
                    catalog_get_type(parse->statement->catalog, TEXTOID)->collation;
        }
    }
    for (size_t i = 0; i < n_extra; i++)
        cte->columns[n + i] = (struct rte_column){
            .name = extra[i].name,
            .type = extra[i].type,
            .typmod = extra[i].typmod,
            .collation = extra[i].collation,
        };
}

void cte_set_columns(struct parse *parse, struct cte *cte, const struct rte_column *columns,
                     size_t n)
{
    set_columns(parse, (struct cte_item *)cte->item, columns, n);
}

static const char *collation_text(const struct parse *parse, oid collation)
{
    const char *name = catalog_collation_name(parse->statement->catalog, collation);

    return name ? name : "none";
}

static void check_recursive_collation(struct parse *parse, const struct cte *cte, size_t i,
                                      const struct expr *expr)
{
    const struct rte_column *column = &cte->columns[i];

    if (expr->type != column->type || expr->typmod != column->typmod ||
        expr->collation == column->collation)
        return;
    parse_error_hint(parse, "42P21", expr_location(expr),
                     "use the COLLATE clause to set the collation of the non-recursive term",
                     "recursive query \"%s\" column %zu has collation \"%s\" in non-recursive term "
                     "but collation \"%s\" overall",
                     cte->name, i + 1, collation_text(parse, column->collation),
                     collation_text(parse, expr->collation));
}

/* The recursive term must not have changed what the other one announced. */
static void check_recursive_types(struct parse *parse, const struct cte *cte,
                                  const struct query *query)
{
    size_t n;
    const struct target *targets = query_result(query, &n);

    for (size_t i = 0; i < n && i + cte->n_extra_columns < cte->n_columns; i++) {
        const struct expr *expr = targets[i].expr;
        const struct rte_column *column = &cte->columns[i];
        struct arena *arena = parse->statement->arena;
        const struct catalog *catalog = parse->statement->catalog;

        check_recursive_collation(parse, cte, i, expr);
        if (expr->type == column->type && expr->typmod == column->typmod)
            continue;
        parse_error_hint(parse, "42804", expr_location(expr),
                         "cast the output of the non-recursive term to the correct type",
                         "recursive query \"%s\" column %zu has type %s in non-recursive term but "
                         "type %s overall",
                         cte->name, i + 1,
                         catalog_format_type_mod(catalog, arena, column->type, column->typmod),
                         catalog_format_type_mod(catalog, arena, expr->type, expr->typmod));
    }
}

/* --- SEARCH and CYCLE ------------------------------------------------------------------------- */

static const char **names_in(struct parse *parse, struct node_list nodes)
{
    const char **names = arena_array(parse->statement->arena, const char *, nodes.n);

    for (size_t i = 0; i < nodes.n; i++)
        names[i] = raw_name(nodes, i);
    return names;
}

static void keep_search(struct parse *parse, struct cte_item *item)
{
    const PgQuery__CTESearchClause *raw = item->raw->search_clause;
    struct cte_search *search;

    if (!raw)
        return;
    search = arena_new(parse->statement->arena, struct cte_search);
    search->breadth_first = raw->search_breadth_first;
    search->columns = names_in(parse, NODES(raw, search_col_list));
    search->n_columns = raw->n_search_col_list;
    search->sequence = raw->search_seq_column;
    item->cte->search = search;
}

static void keep_cycle(struct parse *parse, struct cte_item *item, struct expr *const mark[2])
{
    const PgQuery__CTECycleClause *raw = item->raw->cycle_clause;
    struct cte_cycle *cycle = arena_new(parse->statement->arena, struct cte_cycle);

    cycle->columns = names_in(parse, NODES(raw, cycle_col_list));
    cycle->n_columns = raw->n_cycle_col_list;
    cycle->mark = raw->cycle_mark_column;
    cycle->path = raw->cycle_path_column;
    cycle->value = mark[0];
    cycle->otherwise = mark[1];
    item->cte->cycle = cycle;
}

static void transform_cycle_mark(struct parse *parse, struct cte_item *item)
{
    const PgQuery__CTECycleClause *cycle = item->raw->cycle_clause;
    struct expr *pair[2];

    if (!cycle)
        return;
    pair[0] = transform_expr(parse, cycle->cycle_mark_value, PLACE_CYCLE_MARK);
    pair[1] = transform_expr(parse, cycle->cycle_mark_default, PLACE_CYCLE_MARK);
    item->cycle_mark_type = coerce_common_type(parse, pair, 2, "CYCLE", NULL);
    pair[0] = coerce_to_common(parse, pair[0], item->cycle_mark_type, "CYCLE/SET/TO");
    pair[1] = coerce_to_common(parse, pair[1], item->cycle_mark_type, "CYCLE/SET/DEFAULT");
    item->cycle_mark_typmod = coerce_common_typmod(pair, 2, item->cycle_mark_type);
    item->cycle_mark_collation = pair[0]->collation;
    resolve_sort_operator(parse, item->cycle_mark_type, false, true, cycle->location);
    keep_cycle(parse, item, pair);
}

static bool has_column(const struct cte *cte, const char *name)
{
    for (size_t i = 0; i + cte->n_extra_columns < cte->n_columns; i++)
        if (name_eq(cte->columns[i].name, name))
            return true;
    return false;
}

static void check_column_list(struct parse *parse, const struct cte *cte, struct node_list names,
                              const char *what, int location)
{
    for (size_t i = 0; i < names.n; i++) {
        const char *name = raw_name(names, i);

        if (!has_column(cte, name))
            parse_error(parse, "42601", location, "%s column \"%s\" not in WITH query column list",
                        what, name);
        for (size_t j = 0; j < i; j++)
            if (name_eq(raw_name(names, j), name))
                parse_error(parse, "42701", location, "%s column \"%s\" specified more than once",
                            what, name);
    }
}

static void check_new_column(struct parse *parse, const struct cte *cte, const char *name,
                             const char *what, int location)
{
    if (has_column(cte, name))
        parse_error(parse, "42601", location,
                    "%s column name \"%s\" already used in WITH query column list", what, name);
}

static void check_expandable(struct parse *parse, const struct cte_item *item)
{
    const PgQuery__SelectStmt *stmt;

    if (!item->cte->is_recursive)
        parse_error(parse, "42601", item->raw->location, "WITH query is not recursive");
    stmt = item->raw->ctequery->select_stmt;
    if (stmt->larg->op > PG_QUERY__SET_OPERATION__SETOP_NONE)
        parse_error(parse, "0A000", item->raw->location,
                    "with a SEARCH or CYCLE clause, the left side of the UNION must be a SELECT");
    if (stmt->rarg->op > PG_QUERY__SET_OPERATION__SETOP_NONE)
        parse_error(parse, "42601", item->raw->location,
                    "with a SEARCH or CYCLE clause, the right side of the UNION must be a SELECT");
}

/* The rewriter looks for the reference among the tables of the right side itself. */
static void check_direct_reference(struct parse *parse, const struct cte *cte)
{
    const struct query *right = cte->query->set_ops->right->query;

    for (size_t i = 0; i < right->n_rtable; i++)
        if (right->rtable[i]->kind == RTE_CTE && right->rtable[i]->cte == cte)
            return;
    parse_error(parse, "0A000", cte->location,
                "with a SEARCH or CYCLE clause, the recursive reference to WITH query \"%s\" must "
                "be at the top level of its right-hand SELECT",
                cte->name);
}

static void check_sequence_name(struct parse *parse, const PgQuery__CTESearchClause *search,
                                const char *name, const char *what)
{
    if (name_eq(search->search_seq_column, name))
        parse_error(parse, "42601", search->location,
                    "search sequence column name and cycle %s column name are the same", what);
}

static void check_search_and_cycle(struct parse *parse, const struct cte_item *item)
{
    const PgQuery__CTESearchClause *search = item->raw->search_clause;
    const PgQuery__CTECycleClause *cycle = item->raw->cycle_clause;
    const struct cte *cte = item->cte;

    if (!search && !cycle)
        return;
    check_expandable(parse, item);
    if (search) {
        check_column_list(parse, cte, NODES(search, search_col_list), "search", search->location);
        check_new_column(parse, cte, search->search_seq_column, "search sequence",
                         search->location);
    }
    if (cycle) {
        check_column_list(parse, cte, NODES(cycle, cycle_col_list), "cycle", cycle->location);
        check_new_column(parse, cte, cycle->cycle_mark_column, "cycle mark", cycle->location);
        check_new_column(parse, cte, cycle->cycle_path_column, "cycle path", cycle->location);
        if (name_eq(cycle->cycle_mark_column, cycle->cycle_path_column))
            parse_error(parse, "42601", cycle->location,
                        "cycle mark column name and cycle path column name are the same");
    }
    if (search && cycle) {
        check_sequence_name(parse, search, cycle->cycle_mark_column, "mark");
        check_sequence_name(parse, search, cycle->cycle_path_column, "path");
    }
    check_direct_reference(parse, cte);
}

/* --- WITH ------------------------------------------------------------------------------------- */

/* The query of EXPLAIN or CREATE TABLE AS counts as the top level. */
static bool is_nested(const struct scope *scope)
{
    return scope->parent && scope->parent->query->kind != QUERY_UTILITY;
}

static void analyze_item(struct parse *parse, struct cte_item *item)
{
    struct cte *cte = item->cte;
    struct query *query;

    transform_cycle_mark(parse, item);
    keep_search(parse, item);
    query = transform_cte_query(parse, item->raw->ctequery, cte->is_recursive ? cte : NULL);
    if (query->kind != QUERY_SELECT && is_nested(parse->scope))
        parse_error(parse, "0A000", item->raw->location,
                    "WITH clause containing a data-modifying statement must be at the top level");
    if (cte->is_recursive) {
        check_recursive_types(parse, cte, query);
    } else {
        size_t n;
        const struct rte_column *columns =
            range_columns_of_query(parse->statement->arena, query, &n);

        set_columns(parse, item, columns, n);
    }
    cte->query = query;
    check_search_and_cycle(parse, item);
}

static enum cte_kept kept(PgQuery__CTEMaterialize written)
{
    switch (written) {
    case PG_QUERY__CTEMATERIALIZE__CTEMaterializeAlways:
        return CTE_MATERIALIZED;
    case PG_QUERY__CTEMATERIALIZE__CTEMaterializeNever:
        return CTE_NOT_MATERIALIZED;
    default:
        return CTE_BY_DEFAULT;
    }
}

static struct cte_items read_items(struct parse *parse, const PgQuery__WithClause *with)
{
    struct arena *arena = parse->statement->arena;
    struct cte_items items = {arena_array(arena, struct cte_item, with->n_ctes), with->n_ctes};

    for (size_t i = 0; i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *raw = with->ctes[i]->common_table_expr;
        struct cte *cte = arena_new(arena, struct cte);

        for (size_t j = 0; j < i; j++)
            if (name_eq(items.items[j].cte->name, raw->ctename))
                parse_error(parse, "42712", raw->location,
                            "WITH query name \"%s\" specified more than once", raw->ctename);
        if (raw->ctequery->node_case == PG_QUERY__NODE__NODE_MERGE_STMT)
            parse_error(parse, "0A000", raw->location, "MERGE not supported in WITH query");
        *cte = (struct cte){
            .name = raw->ctename, .kept = kept(raw->ctematerialized), .location = raw->location};
        cte->item = &items.items[i];
        items.items[i] = (struct cte_item){.cte = cte, .raw = raw, .cycle_mark_typmod = -1};
    }
    return items;
}

void transform_with(struct parse *parse, const PgQuery__WithClause *with)
{
    struct scope *scope = parse->scope;
    struct arena *arena = parse->statement->arena;
    struct cte_items items;

    if (!with)
        return;
    items = read_items(parse, with);
    scope->query->with_recursive = with->recursive;
    if (with->recursive) {
        struct cte_item **order = cte_sort(parse, &items);

        for (size_t i = 0; i < items.n; i++)
            cte_check_recursion(parse, &items.items[i]);
        for (size_t i = 0; i < items.n; i++)
            vec_push(arena, &scope->ctes, order[i]->cte);
        for (size_t i = 0; i < items.n; i++)
            analyze_item(parse, order[i]);
        return;
    }
    for (size_t i = 0; i < items.n; i++) {
        scope->future_ctes.n = 0;
        for (size_t j = i; j < items.n; j++)
            vec_push(arena, &scope->future_ctes, items.items[j].cte->name);
        analyze_item(parse, &items.items[i]);
        vec_push(arena, &scope->ctes, items.items[i].cte);
    }
    scope->future_ctes.n = 0;
}
