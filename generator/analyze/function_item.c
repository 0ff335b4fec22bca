/* Functions in FROM (transformRangeFunction, addRangeTableEntryForFunction): the columns of a
 * scalar, a composite, OUT parameters, or a column definition list; ROWS FROM and WITH ORDINALITY.
 */
#include "analyze/transform.h"
#include "analyze/transform_expr.h"
#include "resolve/collate.h"
#include "resolve/row_type.h"
#include "resolve/scope.h"
#include "sql/raw.h"

struct item {
    struct expr *call;
    const char *name;
    struct node_list definitions; /* AS t (a int, …) */
};

struct function_item {
    struct parse *parse;
    const PgQuery__RangeFunction *raw;
    VEC(struct item) items;
    struct rte *rte;
    VEC(struct rte_column) columns;
};

static struct expr *transform_one(struct parse *parse, const PgQuery__Node *node)
{
    struct scope *scope = parse->scope;
    const struct expr *before = scope->last_set_returning;
    struct expr *expr = transform_expr(parse, node, PLACE_FROM_FUNCTION);

    if (scope->last_set_returning != before && scope->last_set_returning != expr)
        parse_error(parse, "0A000", expr_location(scope->last_set_returning),
                    "set-returning functions must appear at top level of FROM");
    return expr;
}

/* unnest(a, b) in FROM is ROWS FROM (unnest(a), unnest(b)). */
static bool is_multi_unnest(const PgQuery__Node *node)
{
    const PgQuery__FuncCall *call = node->func_call;

    return node->node_case == PG_QUERY__NODE__NODE_FUNC_CALL && call->n_funcname == 1 &&
           name_eq(raw_string(call->funcname[0]), "unnest") && call->n_args > 1 &&
           !call->n_agg_order && !call->agg_filter && !call->over && !call->agg_star &&
           !call->agg_distinct && !call->func_variadic;
}

static void add_unnests(struct function_item *item, const PgQuery__FuncCall *call)
{
    struct parse *parse = item->parse;

    for (size_t i = 0; i < call->n_args; i++) {
        PgQuery__FuncCall one = *call;
        PgQuery__Node node = PG_QUERY__NODE__INIT;

        one.n_args = 1;
        one.args = call->args + i;
        node.node_case = PG_QUERY__NODE__NODE_FUNC_CALL;
        node.func_call = &one;
        vec_push(parse->statement->arena, &item->items,
                 (struct item){.call = transform_one(parse, &node), .name = "unnest"});
    }
}

static void transform_functions(struct function_item *item)
{
    struct parse *parse = item->parse;

    for (size_t i = 0; i < item->raw->n_functions; i++) {
        const PgQuery__List *pair = item->raw->functions[i]->list;
        const PgQuery__Node *function = pair->items[0];
        struct item one = {0};

        if (pair->n_items > 1 && pair->items[1]->node_case == PG_QUERY__NODE__NODE_LIST)
            one.definitions = NODES(pair->items[1]->list, items);
        if (is_multi_unnest(function) && one.definitions.n == 0) {
            add_unnests(item, function->func_call);
            continue;
        }
        one.call = transform_one(parse, function);
        one.name = column_name_of(parse, function);
        if (one.definitions.n && item->raw->n_coldeflist)
            parse_error(parse, "42601", raw_location(one.definitions.items[0]),
                        "multiple column definition lists are not allowed for the same function");
        vec_push(parse->statement->arena, &item->items, one);
    }
}

/* AS (a int, …) behind the whole item. */
static void apply_definitions(struct function_item *item)
{
    const PgQuery__RangeFunction *raw = item->raw;
    int location;

    if (raw->n_coldeflist == 0)
        return;
    location = raw_location(raw->coldeflist[0]);
    if (item->items.n != 1 && raw->is_rowsfrom)
        parse_error_hint(
            item->parse, "42601", location,
            "put a separate column definition list for each function inside ROWS FROM()",
            "ROWS FROM() with multiple functions cannot have a column definition list");
    if (item->items.n != 1)
        parse_error_hint(item->parse, "42601", location,
                         "use separate UNNEST() calls inside ROWS FROM(), and attach a column "
                         "definition list to each one",
                         "UNNEST() with multiple arguments cannot have a column definition list");
    if (raw->ordinality)
        parse_error_hint(item->parse, "42601", location,
                         "put the column definition list inside ROWS FROM()",
                         "WITH ORDINALITY cannot be used with a column definition list");
    item->items.items[0].definitions = NODES(raw, coldeflist);
}

/* --- Columns ---------------------------------------------------------------------------------- */

static void add_column(struct function_item *item, struct rte_column column)
{
    const struct type *type = catalog_get_type(item->parse->statement->catalog, column.type);

    if (!column.collation && type)
        column.collation = type->collation;
    vec_push(item->parse->statement->arena, &item->columns, column);
}

/* Names and types, once all the types are known (CheckAttributeNamesTypes). */
static void check_defined_columns(struct parse *parse, struct node_list definitions,
                                  const struct rte_column *columns)
{
    for (size_t i = 0; i < definitions.n; i++)
        for (size_t j = 0; j < i; j++)
            if (name_eq(columns[j].name, columns[i].name))
                parse_error(parse, "42701", definitions.items[i]->column_def->location,
                            "column name \"%s\" specified more than once", columns[i].name);
    for (size_t i = 0; i < definitions.n; i++) {
        const struct type *type = catalog_get_type(parse->statement->catalog, columns[i].type);
        if (type->typtype == 'p' && type->oid != RECORDOID && type->oid != RECORDARRAYOID)
            parse_error(parse, "42P16", definitions.items[i]->column_def->location,
                        "column \"%s\" has pseudo-type %s", columns[i].name,
                        type_text(parse, type->oid));
    }
}

/* 0 when none was written. */
static oid defined_collation(struct parse *parse, const PgQuery__ColumnDef *definition, oid type)
{
    const PgQuery__CollateClause *clause = definition->coll_clause;
    const struct type *known = catalog_get_type(parse->statement->catalog, type);
    oid collation;

    if (!clause)
        return 0;
    collation = resolve_collation(parse, NODES(clause, collname), clause->location);
    if (!known || !known->collation)
        parse_error(parse, "42804", clause->location, "collations are not supported by type %s",
                    type_text(parse, type));
    return collation;
}

static void add_defined_columns(struct function_item *item, struct node_list definitions)
{
    struct parse *parse = item->parse;

    for (size_t i = 0; i < definitions.n; i++) {
        const PgQuery__ColumnDef *definition = definitions.items[i]->column_def;
        struct rte_column column = {.name = definition->colname};

        if (definition->type_name->setof)
            parse_error(parse, "42P16", definition->location,
                        "column \"%s\" cannot be declared SETOF", definition->colname);
        column.type = resolve_type(parse, definition->type_name, &column.typmod);
        column.collation = defined_collation(parse, definition, column.type);
        add_column(item, column);
    }
    check_defined_columns(parse, definitions,
                          item->columns.items + item->columns.n - definitions.n);
}

/* A scalar's column is called by its one OUT parameter, else the alias, else the function. */
static const char *scalar_name(const struct function_item *item, const struct item *one)
{
    const struct function *function =
        one->call->kind == EXPR_FUNC ? one->call->u.call.function : NULL;
    const char *found = NULL;
    size_t n_out = 0;

    for (size_t i = 0; function && function->arg_modes && i < function->n_all_args; i++) {
        char mode = function->arg_modes[i];

        if (mode != 'o' && mode != 'b' && mode != 't')
            continue;
        n_out++;
        found = function->arg_names ? raw_optional(function->arg_names[i]) : NULL;
    }
    if (n_out == 1 && found)
        return found;
    if (item->items.n == 1 && item->raw->alias)
        return item->raw->alias->aliasname;
    return one->name;
}

static bool is_scalar(const struct catalog *catalog, oid type)
{
    const struct type *known = catalog_get_type(catalog, catalog_base_type(catalog, type, NULL));

    if (!known || known->typtype == 'c')
        return false;
    return known->typtype != 'p' || type == VOIDOID || type == CSTRINGOID;
}

static void refuse_definitions(const struct function_item *item, const struct item *one,
                               bool is_row)
{
    int location = raw_location(one->definitions.items[0]);

    if (is_row && one->call->type == RECORDOID)
        parse_error(item->parse, "42601", location,
                    "a column definition list is redundant for a function with OUT parameters");
    if (is_row)
        parse_error(item->parse, "42601", location,
                    "a column definition list is redundant for a function returning a named "
                    "composite type");
    parse_error(item->parse, "42601", location,
                "a column definition list is only allowed for functions returning \"record\"");
}

static void add_function_columns(struct function_item *item, const struct item *one)
{
    struct parse *parse = item->parse;
    struct rte_column *row;
    bool is_record;
    size_t n;

    collate_exprs(parse, &one->call, 1);
    row = function_columns(parse, one->call, &n);
    is_record = !row && one->call->type == RECORDOID;
    if (one->definitions.n && !is_record)
        refuse_definitions(item, one, row != NULL);
    if (is_record && !one->definitions.n)
        parse_error(parse, "42601", expr_location(one->call),
                    "a column definition list is required for functions returning \"record\"");
    if (is_record) {
        add_defined_columns(item, one->definitions);
    } else if (row) {
        for (size_t i = 0; i < n; i++)
            add_column(item, row[i]);
    } else if (is_scalar(parse->statement->catalog, one->call->type)) {
        add_column(item, (struct rte_column){
                             .name = scalar_name(item, one),
                             .type = one->call->type,
                             .typmod = one->call->typmod,
                             .collation = one->call->collation,
                         });
    } else {
        parse_error(parse, "42804", expr_location(one->call),
                    "function \"%s\" in FROM has unsupported return type %s", one->name,
                    type_text(parse, one->call->type));
    }
}

static const char **defined_names(struct parse *parse, struct node_list definitions)
{
    const char **names;

    if (definitions.n == 0)
        return NULL;
    names = arena_array(parse->statement->arena, const char *, definitions.n);
    for (size_t i = 0; i < definitions.n; i++)
        names[i] = definitions.items[i]->column_def->colname;
    return names;
}

static bool is_lateral(const struct function_item *item)
{
    for (size_t i = 0; i < item->items.n; i++)
        if (expr_has_var_of_level(&item->items.items[i].call, 1, 0))
            return true;
    return item->raw->lateral;
}

struct name_item *transform_function_item(struct parse *parse, const PgQuery__RangeFunction *raw)
{
    struct function_item item = {.parse = parse, .raw = raw};
    struct arena *arena = parse->statement->arena;
    struct rte *rte = arena_new(arena, struct rte);
    bool lateral_before = parse->scope->lateral_active;

    parse->scope->lateral_active = true;
    transform_functions(&item);
    parse->scope->lateral_active = lateral_before;
    apply_definitions(&item);
    rte->kind = RTE_FUNCTION;
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): there is always a function */
    rte->name = item.items.items[0].name;
    rte->location = expr_location(item.items.items[0].call);
    rte->functions = arena_array(arena, struct rte_function, item.items.n);
    for (size_t i = 0; i < item.items.n; i++) {
        size_t before = item.columns.n;

        add_function_columns(&item, &item.items.items[i]);
        rte->functions[i] =
            (struct rte_function){item.items.items[i].call, item.columns.n - before,
                                  defined_names(parse, item.items.items[i].definitions)};
    }
    rte->n_functions = item.items.n;
    rte->with_ordinality = raw->ordinality;
    if (raw->ordinality)
        add_column(&item, (struct rte_column){.name = "ordinality", .type = INT8OID, .typmod = -1});
    rte->columns = item.columns.items;
    rte->n_columns = item.columns.n;
    rte->is_lateral = is_lateral(&item);
    return range_add(parse, rte, raw->alias, "table");
}
