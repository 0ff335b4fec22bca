/* XMLTABLE in FROM (transformRangeTableFunc). */
#include "analyze/transform.h"

static struct expr *specific(struct parse *parse, const PgQuery__Node *node, oid type)
{
    return coerce_to_specific(parse, transform_expr(parse, node, PLACE_FROM_FUNCTION), type,
                              "XMLTABLE");
}

static void check_unique_column(struct parse *parse, const struct rte *rte, const char *name,
                                int location)
{
    for (size_t i = 0; i < rte->n_columns; i++)
        if (name_eq(rte->columns[i].name, name))
            parse_error(parse, "42601", location, "column name \"%s\" is not unique", name);
}

static struct expr *column_default(struct parse *parse, const PgQuery__RangeTableFuncCol *raw,
                                   const struct rte_column *column)
{
    struct expr *value = transform_expr(parse, raw->coldefexpr, PLACE_FROM_FUNCTION);
    struct expr *coerced = coerce_to_target(parse, value, value->type, column->type, column->typmod,
                                            COERCE_ASSIGNMENT, FORM_IMPLICIT, -1);

    if (!coerced)
        parse_error(
            parse, "42804", expr_location(value),
            "argument of XMLTABLE must be type %s, not type %s",
            catalog_format_type(parse->statement->catalog, parse->statement->arena, column->type),
            catalog_format_type(parse->statement->catalog, parse->statement->arena, value->type));
    return coerced;
}

static void add_column(struct parse *parse, const PgQuery__RangeTableFuncCol *raw, struct rte *rte,
                       struct expr_list *exprs, bool *has_ordinality)
{
    struct table_func_column *kept = &rte->table_func->columns[rte->n_columns];
    struct arena *arena = parse->statement->arena;
    struct rte_column column = {.name = raw->colname, .type = INT4OID, .typmod = -1};
    const struct type *type;

    if (raw->for_ordinality) {
        if (*has_ordinality)
            parse_error(parse, "42601", raw->location, "only one FOR ORDINALITY column is allowed");
        *has_ordinality = true;
    } else {
        if (raw->type_name->setof)
            parse_error(parse, "42P16", raw->location, "column \"%s\" cannot be declared SETOF",
                        raw->colname);
        column.type = resolve_type(parse, raw->type_name, &column.typmod);
        type = catalog_get_type(parse->statement->catalog, column.type);
        column.collation = type ? type->collation : 0;
    }
    kept->name = raw->colname;
    kept->for_ordinality = raw->for_ordinality;
    kept->not_null = raw->is_not_null;
    if (raw->colexpr) {
        kept->path = specific(parse, raw->colexpr, TEXTOID);
        vec_push(arena, exprs, kept->path);
    }
    if (raw->coldefexpr) {
        column.source = column_default(parse, raw, &column);
        vec_push(arena, exprs, column.source);
    }
    check_unique_column(parse, rte, raw->colname, raw->location);
    rte->columns[rte->n_columns++] = column;
}

static void add_namespaces(struct parse *parse, const PgQuery__RangeTableFunc *item,
                           struct table_func *kept, struct expr_list *exprs)
{
    struct arena *arena = parse->statement->arena;
    struct name_list names = {0};
    bool has_default = false;

    kept->namespaces = arena_array(arena, struct expr *, item->n_namespaces);
    kept->namespace_names = arena_array(arena, const char *, item->n_namespaces);

    for (size_t i = 0; i < item->n_namespaces; i++) {
        const PgQuery__ResTarget *raw = item->namespaces[i]->res_target;
        const char *name = raw_optional(raw->name);

        kept->namespaces[i] = specific(parse, raw->val, TEXTOID);
        kept->namespace_names[kept->n_namespaces++] = name;
        vec_push(arena, exprs, kept->namespaces[i]);
        if (!name && has_default)
            parse_error(parse, "42601", raw->location, "only one default namespace is allowed");
        has_default = has_default || !name;
        for (size_t j = 0; name && j < names.n; j++)
            if (name_eq(names.items[j], name))
                parse_error(parse, "42601", raw->location, "namespace name \"%s\" is not unique",
                            name);
        if (name)
            vec_push(arena, &names, name);
    }
}

struct name_item *transform_table_func(struct parse *parse, const PgQuery__RangeTableFunc *item)
{
    struct arena *arena = parse->statement->arena;
    struct rte *rte = arena_new(arena, struct rte);
    struct expr_list exprs = {0};
    bool has_ordinality = false;

    rte->kind = RTE_TABLE_FUNC;
    rte->name = "xmltable";
    rte->location = item->location;
    rte->columns = arena_array(arena, struct rte_column, item->n_columns);
    rte->table_func = arena_new(arena, struct table_func);
    rte->table_func->columns = arena_array(arena, struct table_func_column, item->n_columns);
    parse->scope->lateral_active = true;
    rte->table_func->row = specific(parse, item->rowexpr, TEXTOID);
    rte->table_func->document = specific(parse, item->docexpr, XMLOID);
    vec_push(arena, &exprs, rte->table_func->row);
    vec_push(arena, &exprs, rte->table_func->document);
    for (size_t i = 0; i < item->n_columns; i++)
        add_column(parse, item->columns[i]->range_table_func_col, rte, &exprs, &has_ordinality);
    add_namespaces(parse, item, rte->table_func, &exprs);
    parse->scope->lateral_active = false;
    rte->is_lateral = item->lateral || expr_has_var_of_level(exprs.items, exprs.n, 0);
    return range_add(parse, rte, item->alias, "XMLTABLE function");
}
