/* INSERT in all its forms (transformInsertStmt). */
#include "analyze/insert.h"

#include "resolve/collate.h"

static struct insert_columns listed_columns(struct parse *parse, struct node_list nodes)
{
    struct insert_columns columns = {
        arena_array(parse->statement->arena, struct insert_column, nodes.n), 0, true};

    for (size_t i = 0; i < nodes.n; i++) {
        const PgQuery__ResTarget *raw = nodes.items[i]->res_target;
        struct insert_column column = {raw->name, target_attribute(parse, raw->name, raw->location),
                                       NODES(raw, indirection), raw->location};

        /* Parts of one column may be given one by one. */
        for (size_t j = 0; j < columns.n; j++)
            if (columns.items[j].attno == column.attno &&
                (!column.indirection.n || !columns.items[j].indirection.n))
                parse_error(parse, "42701", raw->location, "column \"%s\" specified more than once",
                            raw->name);
        columns.items[columns.n++] = column;
    }
    return columns;
}

static struct insert_columns all_columns(struct parse *parse)
{
    const struct rte *rte = parse->scope->rtable.items[parse->scope->target->rte];
    const struct relation *relation = rte->relation;
    struct insert_columns columns = {
        arena_array(parse->statement->arena, struct insert_column, relation->attributes.n), 0,
        false};

    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];

        if (!attribute->is_dropped)
            columns.items[columns.n++] = (struct insert_column){
                .name = attribute->name, .attno = attribute->number, .location = -1};
    }
    return columns;
}

char overriding_of(PgQuery__OverridingKind kind)
{
    switch (kind) {
    case PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE:
        return 's';
    case PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE:
        return 'u';
    default:
        return 0;
    }
}

struct insert_columns insert_target_columns(struct parse *parse, struct node_list nodes)
{
    return nodes.n ? listed_columns(parse, nodes) : all_columns(parse);
}

/* SELECT (a, b) … where SELECT a, b … was meant. */
static bool is_one_row(const struct expr_list *exprs, const struct insert_columns *columns)
{
    return exprs->n == 1 && exprs->items[0]->kind == EXPR_ROW &&
           exprs->items[0]->n_args == columns->n;
}

void insert_row(struct parse *parse, const struct expr_list *exprs,
                const struct insert_columns *columns, struct expr **out)
{
    if (exprs->n > columns->n)
        parse_error(parse, "42601", expr_location(exprs->items[columns->n]),
                    "INSERT has more expressions than target columns");
    if (columns->is_listed && exprs->n < columns->n)
        parse_error_hint(parse, "42601", columns->items[exprs->n].location,
                         is_one_row(exprs, columns)
                             ? "the insertion source is a row expression containing the same "
                               "number of columns expected by the INSERT: did you accidentally use "
                               "extra parentheses?"
                             : NULL,
                         "INSERT has more target columns than expressions");
    for (size_t i = 0; i < exprs->n; i++) {
        const struct insert_column *column = &columns->items[i];

        out[i] = assign_to_column(parse, exprs->items[i], PLACE_INSERT_TARGET, column->name,
                                  column->attno, column->indirection, column->location);
    }
}

struct target *insert_targets(struct parse *parse, struct expr **exprs, size_t n,
                              const struct insert_columns *columns)
{
    struct target *targets = arena_array(parse->statement->arena, struct target, n);

    for (size_t i = 0; i < n; i++)
        targets[i] = (struct target){
            .expr = exprs[i],
            .name = columns->items[i].name,
            .target_column = columns->items[i].attno,
            .location = columns->items[i].location,
        };
    return targets;
}

static void set_targets(struct parse *parse, const struct expr_list *exprs,
                        const struct insert_columns *columns)
{
    struct query *query = parse->scope->query;
    struct expr **assigned = arena_array(parse->statement->arena, struct expr *, exprs->n);

    insert_row(parse, exprs, columns, assigned);
    query->targets = insert_targets(parse, assigned, exprs->n, columns);
    query->n_targets = exprs->n;
}

/* --- Sources ---------------------------------------------------------------------------------- */

/* OLD and NEW, which a rule puts in view before its action is read, belong to the SELECT. */
static struct query *source_query(struct parse *parse, const PgQuery__Node *node)
{
    struct parse below = scope_open(parse);
    struct arena *arena = parse->statement->arena;

    below.scope->keep_unknown = true;
    for (size_t i = 0; i < parse->scope->names.n; i++) {
        struct name_item *item = parse->scope->names.items[i];

        vec_push(arena, &below.scope->rtable, parse->scope->rtable.items[item->rte]);
        vec_push(arena, &below.scope->entries, item);
        scope_add_names(&below, item, item->rel_visible, item->cols_visible);
    }
    parse->scope->names.n = 0;
    return transform_statement(&below, node);
}

static void from_query(struct parse *parse, const PgQuery__Node *node,
                       const struct insert_columns *columns)
{
    struct query *query = parse->scope->query;
    struct expr_list exprs = {0};
    struct name_item *item;
    const struct target *targets;
    size_t n;

    query->source = source_query(parse, node);
    item = range_add_query(parse, query->source, "*SELECT*", NULL, false, -1);
    scope_add_from(parse, join_leaf(parse, item->rte));
    targets = query_result(query->source, &n);
    for (size_t i = 0; i < n; i++) {
        struct expr *expr = targets[i].expr;

        /* Unknown literals and parameters take the target column's type. */
        if (expr->type != UNKNOWNOID || (expr->kind != EXPR_CONST && expr->kind != EXPR_PARAM))
            expr = names_column_var(parse, &item->columns[i], 0, expr_location(expr));
        vec_push(parse->statement->arena, &exprs, expr);
    }
    set_targets(parse, &exprs, columns);
    for (size_t i = 0; i < exprs.n; i++)
        param_note_assignment(parse, targets[i].expr, columns->items[i].attno);
}

static void from_one_row(struct parse *parse, struct node_list row,
                         const struct insert_columns *columns)
{
    struct expr_list exprs = {0};

    transform_expr_list(parse, row, PLACE_VALUES_SINGLE, true, &exprs);
    set_targets(parse, &exprs, columns);
}

/* In the rows stand the values of the parts; the targets put them together. */
static struct expr *strip_part(struct expr *expr)
{
    return expr->kind == EXPR_ASSIGN_PART ? expr->args[1] : expr;
}

static void from_rows(struct parse *parse, const PgQuery__SelectStmt *stmt,
                      const struct insert_columns *columns)
{
    struct arena *arena = parse->statement->arena;
    struct expr ***rows = arena_array(arena, struct expr **, stmt->n_values_lists);
    struct rte_column *types;
    struct expr_list vars = {0};
    struct name_item *item;
    size_t width = 0;

    for (size_t i = 0; i < stmt->n_values_lists; i++) {
        struct expr_list row = {0};

        transform_expr_list(parse, NODES(stmt->values_lists[i]->list, items), PLACE_VALUES, true,
                            &row);
        if (i > 0 && row.n != width)
            parse_error(parse, "42601", row.n ? expr_location(row.items[0]) : -1,
                        "VALUES lists must all be the same length");
        width = row.n;
        rows[i] = arena_array(arena, struct expr *, width);
        insert_row(parse, &row, columns, rows[i]);
        for (size_t j = 0; j < width; j++)
            rows[i][j] = strip_part(rows[i][j]);
        collate_exprs(parse, rows[i], width);
    }
    types = arena_array(arena, struct rte_column, width);
    for (size_t i = 0; i < width; i++)
        types[i] = (struct rte_column){.type = rows[0][i]->type,
                                       .typmod = rows[0][i]->typmod,
                                       .collation = rows[0][i]->collation};
    item = range_add_values(parse, rows, stmt->n_values_lists, types, width);
    scope_add_from(parse, join_leaf(parse, item->rte));
    for (size_t i = 0; i < width; i++)
        vec_push(arena, &vars, names_column_var(parse, &item->columns[i], 0, -1));
    set_targets(parse, &vars, columns);
}

static void transform_source(struct parse *parse, const PgQuery__Node *node,
                             const struct insert_columns *columns)
{
    const PgQuery__SelectStmt *stmt;

    if (!node)
        return;
    stmt = node->select_stmt;
    if (stmt->n_values_lists == 0 || stmt->n_sort_clause || stmt->limit_offset ||
        stmt->limit_count || stmt->n_locking_clause || stmt->with_clause)
        from_query(parse, node, columns);
    else if (stmt->n_values_lists > 1)
        from_rows(parse, stmt, columns);
    else
        from_one_row(parse, NODES(stmt->values_lists[0]->list, items), columns);
}

struct query *transform_insert(struct parse *parse, const PgQuery__InsertStmt *stmt)
{
    struct query *query = parse->scope->query;
    struct insert_columns columns;

    query->kind = QUERY_INSERT;
    query->overriding = overriding_of(stmt->override);
    transform_with(parse, stmt->with_clause);
    transform_target_table(parse, stmt->relation, false);
    columns = insert_target_columns(parse, NODES(stmt, cols));
    transform_source(parse, stmt->select_stmt, &columns);
    if (stmt->on_conflict_clause || stmt->n_returning_list) {
        parse->scope->names.n = 0;
        scope_add_names(parse, parse->scope->target, true, true);
    }
    if (stmt->on_conflict_clause)
        transform_on_conflict(parse, stmt->on_conflict_clause);
    transform_returning(parse, NODES(stmt, returning_list));
    return scope_close(parse);
}
