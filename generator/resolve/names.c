/* From a name in an expression to a variable: the innermost query level that knows the name wins,
 * and within a level it must be unique.
 */
#include "resolve/scope.h"
#include "types/conversion.h"

struct expr *names_column_var(struct parse *parse, const struct name_column *column, int levels_up,
                              int location)
{
    struct expr *var = expr_make(parse->statement->arena, EXPR_VAR, column->type, location);

    var->typmod = column->typmod;
    var->collation = column->collation;
    var->u.var.levels_up = levels_up;
    var->u.var.rte = column->rte;
    var->u.var.attno = column->attno;
    var->u.var.via = column->via;
    var->u.var.via_attno = column->via_attno;
    return var;
}

static bool is_in_view(const struct parse *parse, const struct scope *scope,
                       const struct name_item *item)
{
    (void)parse;
    return !item->lateral_only || scope->lateral_active;
}

static void check_lateral(struct parse *parse, const struct scope *scope,
                          const struct name_item *item, int location)
{
    struct arena *arena = parse->statement->arena;
    const char *hint = "the combining JOIN type must be INNER or LEFT for a LATERAL reference";

    if (!item->lateral_only || item->lateral_ok)
        return;
    if (item == scope->target)
        hint = arena_printf(arena,
                            "there is an entry for table \"%s\", but it cannot be referenced "
                            "from this part of the query",
                            item->name);
    parse_error_hint(parse, "42P10", location, hint,
                     "invalid reference to FROM-clause entry for table \"%s\"", item->name);
}

static void check_system_column(struct parse *parse, const char *name, int location)
{
    const char *where = NULL;

    if (parse->scope->place == PLACE_CHECK)
        parse_error(parse, "42P10", location,
                    "system column \"%s\" reference in check constraint is invalid", name);
    if (parse->scope->place == PLACE_MERGE_WHEN)
        where = "MERGE WHEN condition";
    else if (parse->scope->place == PLACE_GENERATED)
        where = "column generation expression";
    if (where)
        parse_error(parse, "42P10", location, "cannot use system column \"%s\" in %s", name, where);
}

static struct expr *system_column(struct parse *parse, const struct name_item *item, int levels_up,
                                  const char *name, int location)
{
    const struct rte *rte = scope_up(parse->scope, levels_up)->rtable.items[item->rte];
    const struct attribute *attribute;
    struct expr *var;

    if (rte->kind != RTE_RELATION || rte->no_system_columns)
        return NULL;
    attribute = relation_find_system_attribute(rte->relation, name);
    if (!attribute)
        return NULL;
    if (!name_eq(name, "tableoid"))
        check_system_column(parse, name, location);
    var = expr_make(parse->statement->arena, EXPR_VAR, attribute->type, location);
    var->u.var.levels_up = levels_up;
    var->u.var.rte = item->rte;
    var->u.var.attno = attribute->number;
    return var;
}

struct expr *names_find_column_in(struct parse *parse, const struct name_item *item, int levels_up,
                                  const char *name, int location)
{
    const struct name_column *found = NULL;

    for (size_t i = 0; i < item->n_columns; i++) {
        if (!name_eq(item->columns[i].name, name))
            continue;
        if (found)
            parse_error(parse, "42702", location, "column reference \"%s\" is ambiguous", name);
        found = &item->columns[i];
    }
    if (found)
        return names_column_var(parse, found, levels_up, location);
    return item->is_using_alias ? NULL : system_column(parse, item, levels_up, name, location);
}

struct expr *names_find_column(struct parse *parse, const char *name, bool local_only, int location)
{
    int levels_up = 0;

    for (const struct scope *scope = parse->scope; scope; scope = scope->parent, levels_up++) {
        struct expr *found = NULL;

        for (size_t i = 0; i < scope->names.n; i++) {
            const struct name_item *item = scope->names.items[i];
            struct expr *var;

            if (!item->cols_visible || !is_in_view(parse, scope, item))
                continue;
            var = names_find_column_in(parse, item, levels_up, name, location);
            if (!var)
                continue;
            if (found)
                parse_error(parse, "42702", location, "column reference \"%s\" is ambiguous", name);
            check_lateral(parse, scope, item, location);
            found = var;
        }
        if (found || local_only)
            return found;
    }
    return NULL;
}

/* A qualifier with a schema means the table itself, which then has no alias. */
static bool is_meant(const struct scope *scope, const struct name_item *item,
                     const struct relation *relation, const char *name)
{
    const struct rte *rte = scope->rtable.items[item->rte];

    if (!item->rel_visible)
        return false;
    if (relation)
        return rte->kind == RTE_RELATION && !rte->has_alias && rte->relation == relation;
    return name_eq(item->name, name);
}

const struct name_item *names_find_item(struct parse *parse, const char *schema, const char *name,
                                        int location, int *levels_up)
{
    const struct relation *relation = NULL;

    *levels_up = 0;
    if (schema) {
        relation = catalog_find_relation(parse->statement->catalog, schema, name);
        if (!relation)
            return NULL;
    }
    for (const struct scope *scope = parse->scope; scope; scope = scope->parent, ++*levels_up) {
        const struct name_item *found = NULL;

        for (size_t i = 0; i < scope->names.n; i++) {
            const struct name_item *item = scope->names.items[i];

            if (!is_meant(scope, item, relation, name) || !is_in_view(parse, scope, item))
                continue;
            if (found)
                parse_error(parse, "42P09", location, "table reference \"%s\" is ambiguous", name);
            check_lateral(parse, scope, item, location);
            found = item;
        }
        if (found)
            return found;
    }
    return NULL;
}

/* The merged columns of JOIN … USING (…) AS alias, as a row. */
static struct expr *using_alias_row(struct parse *parse, const struct name_item *item,
                                    int levels_up, int location)
{
    struct arena *arena = parse->statement->arena;
    struct expr *row = expr_make(parse->statement->arena, EXPR_ROW, RECORDOID, location);
    const char **names = arena_array(arena, const char *, item->n_columns);

    row->args = arena_array(arena, struct expr *, item->n_columns);
    row->n_args = item->n_columns;
    for (size_t i = 0; i < item->n_columns; i++) {
        row->args[i] = names_column_var(parse, &item->columns[i], levels_up, location);
        names[i] = item->columns[i].name;
    }
    row->u.row.names = names;
    return row;
}

/* A function that returns one scalar is its value, not a row of it. */
static oid function_row_type(const struct parse *parse, const struct rte *rte, int *attno)
{
    oid type;

    if (rte->with_ordinality || rte->n_functions > 1)
        return RECORDOID;
    type = rte->functions[0].call->type;
    if (type != RECORDOID && !type_is_composite(parse->statement->catalog, type))
        *attno = 1;
    return type;
}

struct expr *names_whole_row(struct parse *parse, const struct name_item *item, int levels_up,
                             int location)
{
    const struct rte *rte = scope_up(parse->scope, levels_up)->rtable.items[item->rte];
    struct expr *var;
    oid type = RECORDOID;
    int attno = 0;

    if (item->is_using_alias)
        return using_alias_row(parse, item, levels_up, location);
    if (rte->kind == RTE_RELATION && !rte->relation->type_oid)
        parse_error(parse, "42809", location, "relation \"%s\" does not have a composite type",
                    rte->relation->name);
    if (rte->kind == RTE_RELATION)
        type = rte->relation->type_oid;
    else if (rte->kind == RTE_FUNCTION)
        type = function_row_type(parse, rte, &attno);
    if (attno)
        return names_column_var(parse, &item->columns[0], levels_up, location);
    var = expr_make(parse->statement->arena, EXPR_VAR, type, location);
    var->u.var.levels_up = levels_up;
    var->u.var.rte = item->rte;
    return var;
}
