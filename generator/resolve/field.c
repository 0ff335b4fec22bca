/* x.name and name(x) where x is a row: the column of that name (ParseComplexProjection).
 *
 * The columns come from the range-table entry of a whole-row reference, from the relation of a
 * composite type, from the OUT parameters of a function that returns record, or from a ROW(…).
 */
#include "resolve/candidates.h"

#include <stdio.h>
#include <string.h>

#include "catalog/catalog.h"

static bool field_of_attribute(const struct attribute *attribute, struct field *field)
{
    if (!attribute)
        return false;
    *field = (struct field){attribute->number, attribute->type};
    return true;
}

static const struct rte *whole_row(const struct parse *parse, const struct expr *row)
{
    const struct scope *scope = parse->scope;
    if (row->kind != EXPR_VAR || row->u.var.attno != 0)
        return NULL;
    for (int up = row->u.var.levels_up; up > 0 && scope; up--)
        scope = scope->parent;
    if (!scope || row->u.var.rte < 0 || (size_t)row->u.var.rte >= scope->rtable.n)
        return NULL;
    return scope->rtable.items[row->u.var.rte];
}

static bool field_of_rte(struct parse *parse, const struct rte *rte, const char *name, int location,
                         struct field *field)
{
    bool found = false;
    for (size_t i = 0; i < rte->n_columns; i++) {
        if (rte->columns[i].is_dropped || strcmp(rte->columns[i].name, name) != 0)
            continue;
        if (found)
            parse_error(parse, "42702", location, "column reference \"%s\" is ambiguous", name);
        *field = (struct field){(int)i + 1, rte->columns[i].type};
        found = true;
    }
    if (found || rte->kind != RTE_RELATION)
        return found;
    return field_of_attribute(relation_find_system_attribute(rte->relation, name), field);
}

static bool field_of_function(const struct function *function, const char *name,
                              struct field *field)
{
    int attno = 0;
    if (!function || function->return_type != RECORDOID || !function->arg_names)
        return false;
    for (size_t i = 0; i < function->n_all_args; i++) {
        if (!strchr("obt", function->arg_modes[i]))
            continue;
        attno++;
        if (function->arg_names[i] && strcmp(function->arg_names[i], name) == 0) {
            *field = (struct field){attno, function->all_arg_types[i]};
            return true;
        }
    }
    return false;
}

/* The columns of ROW(…) are f1, f2, … */
static bool field_of_row(const struct expr *row, const char *name, struct field *field)
{
    char text[24];
    for (size_t i = 0; i < row->n_args; i++) {
        snprintf(text, sizeof text, "f%zu", i + 1);
        const char *known = row->u.row.names ? row->u.row.names[i] : text;
        if (known && strcmp(known, name) == 0) {
            *field = (struct field){(int)i + 1, row->args[i]->type};
            return true;
        }
    }
    return false;
}

bool resolve_field(struct parse *parse, const struct expr *row, const char *name,
                   struct field *field)
{
    const struct rte *rte = whole_row(parse, row);
    const struct relation *relation = catalog_type_relation(parse->statement->catalog, row->type);
    if (rte)
        return field_of_rte(parse, rte, name, row->location, field);
    if (relation)
        return field_of_attribute(attribute_find(relation, name), field);
    if (row->type == RECORDOID && row->kind == EXPR_ROW)
        return field_of_row(row, name, field);
    if (row->type == RECORDOID && row->kind == EXPR_FUNC)
        return field_of_function(row->u.call.function, name, field);
    return false;
}
