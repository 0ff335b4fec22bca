/* Operators, operator classes and casts. */
#include <string.h>

#include "inventory/collect.h"

/* --- Operators ---------------------------------------------------------------------------------
 */

static void set_partner(struct collector *collector, struct item *item, const char *name, oid id)
{
    if (id && catalog_get_operator(collector->catalog, id))
        item_setf(collector, item, PROPERTY_CLAUSE, "%s = OPERATOR(%s)", name,
                  operator_text(collector, id));
}

static void set_function(struct collector *collector, struct item *item, const char *name, oid id)
{
    if (!id)
        return;
    item_setf(collector, item, PROPERTY_CLAUSE, "%s = %s", name, function_text(collector, id));
    item_need(collector, item, function_item(collector, id));
}

static void set_operand(struct collector *collector, struct item *item, const char *name, oid type)
{
    if (!type)
        return;
    item_setf(collector, item, PROPERTY_CLAUSE, "%s = %s", name, type_name_text(collector, type));
    item_need(collector, item, type_item(collector, type));
}

static void collect_operator(struct collector *collector, const struct operator* op)
{
    struct item *item = operator_item(collector, op->oid);

    item->at = op->defined_at;
    item->object = op;
    item_need(collector, item, schema_item(collector, op->namespace_oid));
    item_about(collector, item, &op->about);
    set_function(collector, item, "FUNCTION", op->function);
    set_operand(collector, item, "LEFTARG", op->left);
    set_operand(collector, item, "RIGHTARG", op->right);
    set_partner(collector, item, "COMMUTATOR", op->commutator);
    set_partner(collector, item, "NEGATOR", op->negator);
    set_function(collector, item, "RESTRICT", op->restriction);
    set_function(collector, item, "JOIN", op->join);
    if (op->can_hash)
        item_set(collector, item, PROPERTY_CLAUSE, "HASHES");
    if (op->can_merge)
        item_set(collector, item, PROPERTY_CLAUSE, "MERGES");
}

/* --- Operator classes --------------------------------------------------------------------------
 */

static void collect_class(struct collector *collector, const struct operator_class *class)
{
    const struct other_object *family = catalog_get_other(collector->catalog, class->family);
    struct item *item = item_named(
        collector, ITEM_OPERATOR_CLASS,
        (struct item_name){.schema = schema_name(collector, class->namespace_oid),
                           .name = class->name,
                           .arguments = arena_printf(
                               collector->arena, " USING %s",
                               catalog_quote_identifier(collector->arena, class->method_name))});

    item->at = class->defined_at;
    item->object = class;
    item_need(collector, item, schema_item(collector, class->namespace_oid));
    item_about(collector, item, &class->about);
    item_set(collector, item, PROPERTY_TYPE, type_name_text(collector, class->type));
    item_need(collector, item, type_item(collector, class->type));
    item_set(collector, item, PROPERTY_ACCESS_METHOD, class->method_name);
    if (class->is_default)
        item_set(collector, item, PROPERTY_CLAUSE, "DEFAULT");
    /* A family of the class's own name is made with it. */
    if (family &&
        (family->namespace_oid != class->namespace_oid || strcmp(family->name, class->name) != 0))
        item_setf(
            collector, item, PROPERTY_CLAUSE, "FAMILY = %s",
            qualified_name(collector, schema_name(collector, family->namespace_oid), family->name));
    else if (!family && class->family_name)
        item_setf(collector, item, PROPERTY_CLAUSE, "FAMILY = %s", class->family_name);
    if (family)
        item_need(collector, item, other_item(collector, family->oid));
    item_members(collector, item, &class->clauses);
}

/* --- Casts -------------------------------------------------------------------------------------
 */

static const char *method_text(struct collector *collector, const struct cast *cast)
{
    const struct function *function = catalog_get_function(collector->catalog, cast->function);

    if (cast->method == 'f' && function)
        return arena_printf(collector->arena, "WITH FUNCTION %s%s",
                            function_text(collector, cast->function),
                            function_arguments(collector, function));
    return cast->method == 'i' ? "WITH INOUT" : "WITHOUT FUNCTION";
}

static void collect_cast(struct collector *collector, const struct cast *cast)
{
    struct item *item = item_named(
        collector, ITEM_CAST,
        (struct item_name){.name = arena_printf(collector->arena, "%s AS %s",
                                                type_name_text(collector, cast->source),
                                                type_name_text(collector, cast->target))});

    item->qualified = arena_printf(collector->arena, "(%s)", item->name);
    item->at = cast->defined_at;
    item->object = cast;
    item_need(collector, item, type_item(collector, cast->source));
    item_need(collector, item, type_item(collector, cast->target));
    item_need(collector, item, function_item(collector, cast->function));
    item_about(collector, item, &cast->about);
    item_set(collector, item, PROPERTY_CLAUSE, method_text(collector, cast));
    if (cast->context != 'e')
        item_set(collector, item, PROPERTY_CLAUSE,
                 cast->context == 'i' ? "AS IMPLICIT" : "AS ASSIGNMENT");
}

void collect_operators(struct collector *collector)
{
    size_t n, at = 0;
    struct operator* const * operators = catalog_operators(collector->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (operators[i] && !operators[i]->about.extension)
            collect_operator(collector, operators[i]);
    struct operator_class *const *classes = catalog_operator_classes(collector->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (!classes[i]->about.extension)
            collect_class(collector, classes[i]);
    for (const struct cast *cast; (cast = catalog_next_cast(collector->catalog, &at));)
        if (cast->defined_at.source && !cast->about.extension)
            collect_cast(collector, cast);
}
