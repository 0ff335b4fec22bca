/* Names in expressions: `a`, `a.b`, `a.b.c`, where each may be a column, a table as a row, or a
 * function on it; and what `*` stands for (transformColumnRef, ExpandColumnRefStar).
 */
#include "analyze/transform.h"

static void check_place(struct parse *parse, int location)
{
    if (parse->scope->place == PLACE_COLUMN_DEFAULT)
        parse_error(parse, "0A000", location, "cannot use column reference in DEFAULT expression");
    if (parse->scope->place == PLACE_PARTITION_BOUND)
        parse_error(parse, "0A000", location,
                    "cannot use column reference in partition bound expression");
}

static struct expr *unqualified(struct parse *parse, struct node_list fields, int location)
{
    const char *name = raw_name(fields, 0);
    struct expr *var = names_find_column(parse, name, false, location);
    const struct name_item *item;
    int levels_up;

    if (var)
        return var;
    item = names_find_item(parse, NULL, name, location, &levels_up);
    if (item)
        return names_whole_row(parse, item, levels_up, location);
    var = transform_named_param(parse, fields, location);
    if (var)
        return var;
    names_missing_column(parse, NULL, name, location);
}

struct expr *transform_call_on_row(struct parse *parse, const char *name, struct expr *row,
                                   int location)
{
    struct call_site site = {
        .name = {NULL, name},
        .args = arena_array(parse->statement->arena, struct expr *, 1),
        .n_args = 1,
        .is_column_notation = true,
        .location = location,
    };

    site.args[0] = row;
    return transform_resolved_call(parse, &site, NULL);
}

/* The table before the dot, or *param of a function's body. */
static const struct name_item *find_qualifier(struct parse *parse, struct node_list fields,
                                              int location, int *levels_up, struct expr **param)
{
    const char *schema = fields.n >= 3 ? raw_name(fields, fields.n - 3) : NULL;
    const char *name = raw_name(fields, fields.n - 2);
    const struct name_item *item;

    if (fields.n == 4)
        parse_error(parse, "0A000", location, "cross-database references are not implemented: %s",
                    raw_dotted(parse->statement->arena, fields));
    if (fields.n > 4)
        parse_error(parse, "42601", location, "improper qualified name (too many dotted names): %s",
                    raw_dotted(parse->statement->arena, fields));
    item = names_find_item(parse, schema, name, location, levels_up);
    *param = item ? NULL : transform_named_param(parse, fields, location);
    if (!item && !*param)
        names_missing_table(parse, schema, name, location);
    return item;
}

static struct expr *qualified(struct parse *parse, struct node_list fields, int location)
{
    int levels_up;
    struct expr *expr;
    const struct name_item *item = find_qualifier(parse, fields, location, &levels_up, &expr);
    const char *name = raw_last_name(fields);

    if (!item)
        return expr;
    if (!name)
        return names_whole_row(parse, item, levels_up, location);
    expr = names_find_column_in(parse, item, levels_up, name, location);
    if (!expr)
        expr = transform_call_on_row(parse, name, names_whole_row(parse, item, levels_up, location),
                                     location);
    if (!expr)
        expr = transform_named_param(parse, fields, location);
    if (!expr)
        names_missing_column(parse, item->name, name, location);
    return expr;
}

struct expr *transform_column_ref(struct parse *parse, const PgQuery__ColumnRef *ref)
{
    struct node_list fields = NODES(ref, fields);

    check_place(parse, ref->location);
    if (fields.n == 1 && raw_name(fields, 0))
        return unqualified(parse, fields, ref->location);
    if (fields.n == 1)
        parse_error(parse, "42601", ref->location, "row expansion via \"*\" is not supported here");
    return qualified(parse, fields, ref->location);
}

/* --- Fields of rows --------------------------------------------------------------------------- */

static struct expr *field_of(struct parse *parse, struct expr *row, const struct rte_column *column,
                             int attno, int location)
{
    struct expr *expr =
        expr_with_args(parse->statement->arena, EXPR_FIELD, column->type, location, 1, row);

    expr->typmod = column->typmod;
    expr->collation = column->collation;
    expr->u.field.attno = attno;
    expr->u.field.name = column->name;
    return expr;
}

static bool is_whole_row(const struct expr *expr)
{
    return expr->kind == EXPR_VAR && expr->u.var.attno == 0;
}

static const struct name_item *item_of_var(const struct parse *parse, const struct expr *var)
{
    return scope_up(parse->scope, var->u.var.levels_up)->entries.items[var->u.var.rte];
}

struct expr *project_field(struct parse *parse, const char *name, struct expr *arg, int location)
{
    struct rte_column *columns;
    size_t n;

    if (is_whole_row(arg))
        return names_find_column_in(parse, item_of_var(parse, arg), arg->u.var.levels_up, name,
                                    location);
    columns = row_type_columns(parse, arg, &n);
    if (!columns && arg->kind == EXPR_VAR && arg->type == RECORDOID)
        parse_error(parse, "42809", location, "record type has not been registered");
    for (size_t i = 0; columns && i < n; i++)
        if (!columns[i].is_dropped && name_eq(columns[i].name, name))
            return field_of(parse, arg, &columns[i], (int)i + 1, location);
    return NULL;
}

static _Noreturn void unknown_attribute(struct parse *parse, const struct expr *row,
                                        const char *name, int location)
{
    const struct catalog *catalog = parse->statement->catalog;

    if (is_whole_row(row))
        parse_error(parse, "42703", location, "column %s.%s does not exist",
                    range_entry(parse, row)->name, name);
    if (type_is_composite(catalog, row->type))
        parse_error(parse, "42703", location, "column \"%s\" not found in data type %s", name,
                    type_text(parse, row->type));
    if (row->type == RECORDOID)
        parse_error(parse, "42703", location,
                    "could not identify column \"%s\" in record data type", name);
    parse_error(parse, "42809", location,
                "column notation .%s applied to type %s, which is not a composite type", name,
                type_text(parse, row->type));
}

/* base[1].field[2:3]…: subscripts in a row are taken together. */
struct expr *transform_indirection(struct parse *parse, struct expr *base, struct node_list parts,
                                   int location)
{
    size_t i = 0;

    while (i < parts.n) {
        size_t n_subscripts = 0;
        const char *name;
        struct expr *field;

        while (i + n_subscripts < parts.n &&
               parts.items[i + n_subscripts]->node_case == PG_QUERY__NODE__NODE_A_INDICES)
            n_subscripts++;
        if (n_subscripts) {
            struct node_list subscripts = {parts.items + i, n_subscripts};

            base = transform_subscripts(parse, base, subscripts);
            i += n_subscripts;
            continue;
        }
        if (raw_is_star(parts.items[i]))
            parse_error(parse, "0A000", expr_location(base),
                        "row expansion via \"*\" is not supported here");
        name = raw_string(parts.items[i++]);
        field = transform_call_on_row(parse, name, base,
                                      location >= 0 ? location : expr_location(base));
        if (!field)
            unknown_attribute(parse, base, name, location >= 0 ? location : expr_location(base));
        base = field;
    }
    return base;
}

/* --- Stars ------------------------------------------------------------------------------------ */

bool is_star_node(const PgQuery__Node *node)
{
    struct node_list fields = {0};

    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
        fields = NODES(node->column_ref, fields);
    else if (node->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION)
        fields = NODES(node->a_indirection, indirection);
    return fields.n && raw_is_star(fields.items[fields.n - 1]);
}

static void add_columns_of(struct parse *parse, const struct name_item *item, int levels_up,
                           int location, struct star *star)
{
    struct arena *arena = parse->statement->arena;

    for (size_t i = 0; i < item->n_columns; i++) {
        const struct name_column *column = &item->columns[i];

        if (!column->in_star)
            continue;
        vec_push(arena, &star->columns, column);
        vec_push(arena, &star->names, column->name);
        vec_push(arena, &star->exprs, names_column_var(parse, column, levels_up, location));
    }
}

static void expand_all_tables(struct parse *parse, int location, struct star *star)
{
    const struct name_items *names = &parse->scope->names;
    bool found = false;

    for (size_t i = 0; i < names->n; i++) {
        if (!names->items[i]->cols_visible)
            continue;
        found = true;
        add_columns_of(parse, names->items[i], 0, location, star);
    }
    if (!found)
        parse_error(parse, "42601", location, "SELECT * with no tables specified is not valid");
}

static void expand_row(struct parse *parse, struct expr *row, struct star *star)
{
    struct arena *arena = parse->statement->arena;
    struct rte_column *columns;
    size_t n;

    if (is_whole_row(row)) {
        add_columns_of(parse, item_of_var(parse, row), row->u.var.levels_up, row->location, star);
        return;
    }
    columns = row_type_columns(parse, row, &n);
    if (!columns && row->type == RECORDOID)
        parse_error(parse, "42809", expr_location(row), "record type has not been registered");
    if (!columns)
        parse_error(parse, "42809", expr_location(row), "type %s is not composite",
                    type_text(parse, row->type));
    for (size_t i = 0; i < n; i++) {
        if (columns[i].is_dropped)
            continue;
        vec_push(arena, &star->names, columns[i].name);
        vec_push(arena, &star->exprs, field_of(parse, row, &columns[i], (int)i + 1, row->location));
    }
}

void expand_star(struct parse *parse, const PgQuery__Node *node, enum expr_place place,
                 struct star *star)
{
    enum expr_place before = parse->scope->place;
    struct node_list fields;
    struct expr *param;
    int levels_up;

    parse->scope->place = place;
    if (node->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION) {
        fields = NODES(node->a_indirection, indirection);
        fields.n--;
        star->is_row = true;
        expand_row(parse,
                   transform_indirection(parse, transform_part(parse, node->a_indirection->arg),
                                         fields, -1),
                   star);
    } else {
        fields = NODES(node->column_ref, fields);
        if (fields.n == 1) {
            expand_all_tables(parse, node->column_ref->location, star);
        } else {
            star->item =
                find_qualifier(parse, fields, node->column_ref->location, &levels_up, &param);
            star->is_row = param != NULL;
            if (param)
                expand_row(parse, param, star);
            else
                add_columns_of(parse, star->item, levels_up, node->column_ref->location, star);
        }
    }
    parse->scope->place = before;
}
