/* Assigning an expression to a column or to a part of one, for INSERT and UPDATE
 * (transformAssignedExpr, transformAssignmentIndirection; manual, 10.4).
 */
#include "analyze/subscript.h"
#include "resolve/suggest.h"
#include "support/nearest.h"

struct place_assigned {
    const char *column;
    oid type;
    int32_t typmod;
    int location;
};

static const struct attribute *attribute_of(const struct parse *parse, int attno)
{
    const struct rte *rte = parse->scope->rtable.items[parse->scope->target->rte];

    return &rte->relation->attributes.items[attno - 1];
}

int target_attribute(struct parse *parse, const char *name, int location)
{
    struct statement_state *statement = parse->statement;
    const struct rte *rte = parse->scope->rtable.items[parse->scope->target->rte];
    const struct relation *relation = rte->relation;
    struct nearest nearest = {.wanted = name};
    struct diag *diag;

    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];

        if (attribute->is_dropped)
            continue;
        if (name_eq(attribute->name, name))
            return attribute->number;
        nearest_consider(&nearest, attribute->name);
    }
    diag = parse_diag(parse, "42703", location, "column \"%s\" of relation \"%s\" does not exist",
                      name, relation->name);
    if (relation->defined_at.source)
        diag_note(statement->diags, diag, relation->defined_at, "table \"%s\" is defined here",
                  relation->name);
    if (nearest.name)
        diag_hint(statement->diags, diag, "%s", nearest_hint(statement->arena, &nearest));
    parse_fail(parse);
}

static struct expr *coerce_assigned(struct parse *parse, struct expr *expr,
                                    const struct place_assigned *place, const char *what,
                                    int location)
{
    struct expr *result = coerce_to_target(parse, expr, expr->type, place->type, place->typmod,
                                           COERCE_ASSIGNMENT, FORM_ASSIGNMENT, -1);

    if (!result)
        parse_error_hint(
            parse, "42804", location,
            arena_printf(parse->statement->arena,
                         "you will need to rewrite the expression, or to cast it: …::%s",
                         type_text(parse, place->type)),
            "%s \"%s\" is of type %s but expression is of type %s", what, place->column,
            type_text(parse, place->type), type_text(parse, expr->type));
    return result;
}

/* --- Parts: a[1] = x, c.f = x, a[1].f[2] = x -------------------------------------------------- */

static struct expr *assign_part(struct parse *parse, struct expr *expr,
                                const struct place_assigned *place, struct node_list parts);

static struct expr *assign_element(struct parse *parse, struct expr *expr,
                                   const struct place_assigned *place, struct node_list parts,
                                   size_t n_subscripts)
{
    int32_t typmod = place->typmod;
    oid container = subscript_container_type(parse, place->type, &typmod);
    struct node_list subscripts = {parts.items, n_subscripts};
    struct node_list rest = {parts.items + n_subscripts, parts.n - n_subscripts};
    struct subscripts found = subscripts_resolve(parse, container, subscripts, place->location);
    struct place_assigned element = {place->column, found.element_type, -1, place->location};

    if (found.kind == SUBSCRIPT_ARRAY || found.kind == SUBSCRIPT_FIXED)
        element.typmod = typmod;
    if (rest.n)
        return assign_part(parse, expr, &element, rest);
    if (found.kind == SUBSCRIPT_JSONB || expr->type != UNKNOWNOID) {
        struct expr *result =
            coerce_to_target(parse, expr, expr->type, element.type, element.typmod,
                             COERCE_ASSIGNMENT, FORM_ASSIGNMENT, -1);

        if (!result)
            parse_error_hint(
                parse, "42804", place->location, "you will need to rewrite or cast the expression",
                "subscripted assignment to \"%s\" requires type %s but expression is "
                "of type %s",
                place->column, type_text(parse, element.type), type_text(parse, expr->type));
        return result;
    }
    return coerce_assigned(parse, expr, &element, "column", expr_location(expr));
}

static struct expr *assign_field(struct parse *parse, struct expr *expr,
                                 const struct place_assigned *place, struct node_list parts)
{
    const struct catalog *catalog = parse->statement->catalog;
    const struct relation *relation = catalog_type_relation(catalog, place->type);
    const char *name = raw_string(parts.items[0]);
    struct node_list rest = {parts.items + 1, parts.n - 1};
    const struct attribute *attribute;
    struct place_assigned field;

    if (!relation)
        parse_error(parse, "42804", place->location,
                    "cannot assign to field \"%s\" of column \"%s\" because its type %s is not a "
                    "composite type",
                    name, place->column, type_text(parse, place->type));
    attribute = attribute_find(relation, name);
    if (!attribute)
        parse_error(parse, "42703", place->location,
                    "cannot assign to field \"%s\" of column \"%s\" because there is no such "
                    "column in data type %s",
                    name, place->column, type_text(parse, place->type));
    field = (struct place_assigned){name, attribute->type, attribute->typmod, place->location};
    if (rest.n)
        return assign_part(parse, expr, &field, rest);
    return coerce_assigned(parse, expr, &field, "subfield", place->location);
}

static struct expr *assign_part(struct parse *parse, struct expr *expr,
                                const struct place_assigned *place, struct node_list parts)
{
    size_t n_subscripts = 0;

    while (n_subscripts < parts.n &&
           parts.items[n_subscripts]->node_case == PG_QUERY__NODE__NODE_A_INDICES)
        n_subscripts++;
    if (n_subscripts)
        return assign_element(parse, expr, place, parts, n_subscripts);
    if (raw_is_star(parts.items[0]))
        parse_error(parse, "0A000", place->location,
                    "row expansion via \"*\" is not supported here");
    return assign_field(parse, expr, place, parts);
}

/* What the column was: its value in UPDATE, NULL in INSERT. */
static struct expr *old_value(struct parse *parse, const struct attribute *attribute,
                              enum expr_place place, int location)
{
    struct expr *expr;

    if (place != PLACE_INSERT_TARGET)
        return names_column_var(parse, &parse->scope->target->columns[attribute->number - 1], 0,
                                location);
    expr = expr_make(parse->statement->arena, EXPR_CONST, attribute->type, location);
    expr->u.constant.is_null = true;
    return expr;
}

struct expr *assign_to_column(struct parse *parse, struct expr *expr, enum expr_place place,
                              const char *name, int attno, struct node_list indirection,
                              int location)
{
    const struct attribute *attribute = attribute_of(parse, attno);
    struct place_assigned column = {name, attribute->type, attribute->typmod, location};
    enum expr_place before = parse->scope->place;
    struct expr *whole;

    if (expr->kind == EXPR_DEFAULT) {
        if (indirection.n)
            parse_error(parse, "0A000", location,
                        indirection.items[0]->node_case == PG_QUERY__NODE__NODE_A_INDICES
                            ? "cannot set an array element to DEFAULT"
                            : "cannot set a subfield to DEFAULT");
        expr->type = attribute->type;
        expr->typmod = attribute->typmod;
        return expr;
    }
    if (!indirection.n) {
        expr = coerce_assigned(parse, expr, &column, "column", expr_location(expr));
        param_note_assignment(parse, expr, attno);
        return expr;
    }
    parse->scope->place = place;
    expr = assign_part(parse, expr, &column, indirection);
    parse->scope->place = before;
    whole = expr_with_args(parse->statement->arena, EXPR_ASSIGN_PART, attribute->type, location, 2,
                           old_value(parse, attribute, place, location), expr);
    whole->typmod = attribute->typmod;
    return whole;
}

/* Unlike INSERT, which sees no system columns, this names them. */
static int updated_attribute(struct parse *parse, const char *name, int location)
{
    const struct rte *rte = parse->scope->rtable.items[parse->scope->target->rte];

    if (relation_find_system_attribute(rte->relation, name))
        parse_error(parse, "0A000", location, "cannot assign to system column \"%s\"", name);
    return target_attribute(parse, name, location);
}

/* The targets of UPDATE … SET and ON CONFLICT DO UPDATE SET. */
void transform_update_targets(struct parse *parse, struct node_list nodes,
                              struct target_list *targets)
{
    size_t first = targets->n;

    transform_target_list(parse, nodes, PLACE_UPDATE_SOURCE, targets);
    for (size_t i = 0; i < nodes.n; i++) {
        const PgQuery__ResTarget *raw = nodes.items[i]->res_target;
        struct target *target = &targets->items[first + i];
        int attno = updated_attribute(parse, raw->name, raw->location);

        target->expr = assign_to_column(parse, target->expr, PLACE_UPDATE_TARGET, raw->name, attno,
                                        NODES(raw, indirection), raw->location);
        target->name = raw->name;
        target->target_column = attno;
        target->location = raw->location;
    }
}
