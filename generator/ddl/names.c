/* Names of parse trees and the objects they mean. An error names the nearest existing name. */
#include <string.h>

#include "catalog/nearest.h"
#include "ddl/ddl.h"

const char *qualified_text(struct arena *arena, struct qualified_name name)
{
    return name.schema ? arena_printf(arena, "%s.%s", name.schema, name.name) : name.name;
}

static const char *joined(struct arena *arena, PgQuery__Node **items, size_t n)
{
    struct buf text = buf_in(arena);

    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%s%s", i ? "." : "", raw_string(items[i]) ? raw_string(items[i]) : "*");
    return buf_text(&text);
}

struct qualified_name name_from_list(struct ddl *ddl, PgQuery__Node **items, size_t n)
{
    const char *last = n ? raw_string(items[n - 1]) : NULL;

    if (!last)
        ddl_fail(ddl, "42601", ddl_span(ddl, -1), "a name is expected here");
    if (n == 3)
        ddl_fail(ddl, "0A000", ddl_name_span(ddl, -1, raw_string(items[0])),
                 "cross-database references are not implemented: %s", joined(ddl->arena, items, n));
    if (n > 3)
        ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, raw_string(items[0])),
                 "improper qualified name (too many dotted names): %s",
                 joined(ddl->arena, items, n));
    return (struct qualified_name){n == 2 ? raw_string(items[0]) : NULL, last};
}

struct qualified_name name_from_node(struct ddl *ddl, const PgQuery__Node *node)
{
    PgQuery__Node *copy = NULL;

    if (NODE_IS(node, LIST))
        return name_from_list(ddl, node->list->items, node->list->n_items);
    if (NODE_IS(node, TYPE_NAME))
        return name_from_list(ddl, node->type_name->names, node->type_name->n_names);
    if (NODE_IS(node, STRING))
        return (struct qualified_name){NULL, node->string->sval};
    return name_from_list(ddl, &copy, 1);
}

struct qualified_name name_from_range_var(const PgQuery__RangeVar *relation)
{
    const char *schema = relation->schemaname;

    return (struct qualified_name){schema && *schema ? schema : NULL, relation->relname};
}

span name_span(const struct ddl *ddl, struct qualified_name name)
{
    span first, last;

    last = ddl_name_span(ddl, -1, name.name);
    if (!name.schema)
        return last;
    first = ddl_name_span(ddl, -1, name.schema);
    if (last.source != first.source || last.offset < first.offset)
        return last;
    first.len = last.offset + last.len - first.offset;
    return first;
}

/* --- Namespaces ------------------------------------------------------------------------------- */

oid namespace_get(struct ddl *ddl, const char *schema, span at)
{
    const struct namespace *found = catalog_find_namespace(ddl->catalog, schema);

    if (!found && strcmp(schema, "pg_temp") == 0)
        return namespace_temporary(ddl);
    if (!found)
        ddl_fail(ddl, "3F000", at, "schema \"%s\" does not exist", schema);
    return found->oid;
}

oid namespace_temporary(struct ddl *ddl)
{
    const struct namespace *found = catalog_find_namespace(ddl->catalog, "pg_temp");

    if (!found)
        found = catalog_add_namespace(ddl->catalog, "pg_temp");
    return found->oid;
}

oid namespace_for_creation(struct ddl *ddl, const char *schema, span at)
{
    oid found;

    if (schema)
        return namespace_get(ddl, schema, at);
    found = catalog_creation_namespace(ddl->catalog);
    if (!found)
        ddl_fail(ddl, "3F000", at, "no schema has been selected to create in");
    return found;
}

const char *namespace_name(const struct ddl *ddl, oid id)
{
    const struct namespace *found = catalog_get_namespace(ddl->catalog, id);

    return found ? found->name : "";
}

/* --- Relations -------------------------------------------------------------------------------- */

const struct relation *relation_find(struct ddl *ddl, const PgQuery__RangeVar *range_var)
{
    struct qualified_name name = name_from_range_var(range_var);

    return catalog_find_relation(ddl->catalog, name.schema, name.name);
}

const struct relation *relation_named(struct ddl *ddl, struct qualified_name name, span at)
{
    const struct relation *found = catalog_find_relation(ddl->catalog, name.schema, name.name);

    if (!found && name.schema)
        namespace_get(ddl, name.schema, at);
    if (!found)
        ddl_fail_hint(ddl, "42P01", at, nearest_relation(ddl->arena, ddl->catalog, name.name),
                      "relation \"%s\" does not exist", qualified_text(ddl->arena, name));
    return found;
}

const struct relation *relation_find_in(struct ddl *ddl, oid namespace_oid, const char *name)
{
    return catalog_find_relation(ddl->catalog, namespace_name(ddl, namespace_oid), name);
}

const struct relation *relation_get(struct ddl *ddl, const PgQuery__RangeVar *range_var)
{
    const struct relation *found = relation_find(ddl, range_var);

    return found ? found
                 : relation_named(ddl, name_from_range_var(range_var),
                                  range_var_span(ddl, range_var));
}

struct relation *relation_edit(struct ddl *ddl, const struct relation *relation, span at)
{
    struct relation *editable = catalog_edit_relation(ddl->catalog, relation->oid);

    if (!editable)
        ddl_fail(ddl, "42501", at, "permission denied: \"%s\" is a system catalog", relation->name);
    return editable;
}

bool is_system_column(const char *name)
{
    static const char *const names[] = {"ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

struct attribute *attribute_get(struct ddl *ddl, const struct relation *relation, const char *name,
                                span at)
{
    struct attribute *found = attribute_find(relation, name);

    if (!found && is_system_column(name))
        ddl_fail(ddl, "0A000", at, "cannot alter system column \"%s\"", name);
    if (!found)
        ddl_fail_hint(ddl, "42703", at, nearest_column(ddl->arena, relation, name),
                      "column \"%s\" of relation \"%s\" does not exist", name, relation->name);
    return found;
}

/* --- Types ------------------------------------------------------------------------------------ */

const struct type *type_find_in(struct ddl *ddl, oid namespace_oid, const char *name)
{
    return catalog_find_type(ddl->catalog, namespace_name(ddl, namespace_oid), name);
}

const struct type *type_get(struct ddl *ddl, struct qualified_name name, span at)
{
    const struct type *found;

    if (name.schema)
        namespace_get(ddl, name.schema, at);
    found = catalog_find_type(ddl->catalog, name.schema, name.name);
    if (!found)
        ddl_fail_hint(ddl, "42704", at, nearest_type(ddl->arena, ddl->catalog, name.name),
                      "type \"%s\" does not exist", qualified_text(ddl->arena, name));
    return found;
}

struct type *type_edit(struct ddl *ddl, const struct type *type, span at)
{
    struct type *editable = catalog_edit_type(ddl->catalog, type->oid);

    if (!editable)
        ddl_fail(ddl, "42501", at, "must be owner of type %s", ddl_type_text(ddl, type->oid));
    return editable;
}

void type_check_no_array(struct ddl *ddl, const struct type *type, span at)
{
    const oid element = catalog_element_type(ddl->catalog, type->oid);

    if (element && catalog_array_type(ddl->catalog, element) == type->oid)
        ddl_fail_hint(ddl, "42809", at, "alter its element type, which the array type follows",
                      "cannot alter array type %s", ddl_type_text(ddl, type->oid));
}

const char *ddl_type_text(const struct ddl *ddl, oid id)
{
    return catalog_format_type(ddl->catalog, ddl->arena, id);
}
