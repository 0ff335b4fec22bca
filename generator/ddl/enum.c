/* CREATE TYPE … AS ENUM, ALTER TYPE … ADD VALUE, RENAME VALUE. The label array of a type is
 * replaced, never changed: others may hold it.
 */
#include <string.h>

#include "catalog/label.h"
#include "catalog/nearest.h"
#include "ddl/partition.h"
#include "ddl/statements.h"

enum {
    MAX_LABEL = 63,
};

static size_t label_index(const struct type *type, const char *label)
{
    size_t i = 0;

    while (i < type->n_labels && strcmp(type->labels[i], label) != 0)
        i++;
    return i;
}

static void check_label(struct ddl *ddl, const char *label)
{
    if (strlen(label) > MAX_LABEL)
        ddl_fail(ddl, "42602", ddl_string_span(ddl, label), "invalid enum label \"%s\"", label);
}

void ddl_create_enum(struct ddl *ddl, const PgQuery__CreateEnumStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    span at = name_span(ddl, name);
    const char **labels = arena_array(ddl->arena, const char *, statement->n_vals);
    struct type type = {.name = name.name,
                        .typtype = 'e',
                        .category = 'E',
                        .len = 4,
                        .typmod = -1,
                        .labels = labels,
                        .defined_at = at};

    type.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    type_name_check_free(ddl, type.namespace_oid, type.name, at);
    for (size_t i = 0; i < statement->n_vals; i++) {
        const char *label = raw_string(statement->vals[i]);
        check_label(ddl, label);
        if (label_index(&type, label) < type.n_labels)
            ddl_fail(ddl, "23505", ddl_string_span(ddl, label),
                     "enum label \"%s\" specified more than once", label);
        labels[type.n_labels++] = label;
    }
    catalog_add_type_with_array(ddl->catalog, &type);
}

static struct type *enum_get(struct ddl *ddl, const PgQuery__AlterEnumStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    span at = name_span(ddl, name);
    const struct type *type = type_get(ddl, name, at);

    if (type->typtype != 'e')
        ddl_fail_exists(ddl, "42809", at, name.name, type->defined_at, "%s is not an enum",
                        ddl_type_text(ddl, type->oid));
    return type_edit(ddl, type, at);
}

static size_t existing_label(struct ddl *ddl, const struct type *type, const char *label)
{
    size_t i = label_index(type, label);

    if (i == type->n_labels)
        ddl_fail_hint(ddl, "22023", ddl_string_span(ddl, label),
                      nearest_label(ddl->arena, type, label),
                      "\"%s\" is not an existing enum label", label);
    return i;
}

static void rename_value(struct ddl *ddl, struct type *type, const char *old, const char *new)
{
    const char **labels = arena_array(ddl->arena, const char *, type->n_labels);
    size_t place = existing_label(ddl, type, old);

    if (label_index(type, new) < type->n_labels)
        ddl_fail(ddl, "42710", ddl_string_span(ddl, new), "enum label \"%s\" already exists", new);
    memcpy(labels, type->labels, type->n_labels * sizeof *labels);
    catalog_rename_label(ddl->catalog, type, labels[place], new);
    labels[place] = new;
    type->labels = labels;
}

static void add_value(struct ddl *ddl, struct type *type, const PgQuery__AlterEnumStmt *statement)
{
    const char **labels = arena_array(ddl->arena, const char *, type->n_labels + 1);
    const char *neighbor = statement->new_val_neighbor;
    size_t place = type->n_labels;

    if (label_index(type, statement->new_val) < type->n_labels) {
        if (statement->skip_if_new_val_exists)
            return;
        ddl_fail(ddl, "42710", ddl_string_span(ddl, statement->new_val),
                 "enum label \"%s\" already exists", statement->new_val);
    }
    if (neighbor && *neighbor)
        place = existing_label(ddl, type, neighbor) + (statement->new_val_is_after ? 1 : 0);
    if (type->n_labels > 0) {
        memcpy(labels, type->labels, place * sizeof *labels);
        memcpy(labels + place + 1, type->labels + place, (type->n_labels - place) * sizeof *labels);
    }
    labels[place] = statement->new_val;
    type->labels = labels;
    type->n_labels++;
    if (place + 1 < type->n_labels)
        partition_values_of_enum_moved(ddl, type);
}

void ddl_alter_enum(struct ddl *ddl, const PgQuery__AlterEnumStmt *statement)
{
    struct type *type = enum_get(ddl, statement);

    check_label(ddl, statement->new_val);
    if (statement->old_val && *statement->old_val)
        rename_value(ddl, type, statement->old_val, statement->new_val);
    else
        add_value(ddl, type, statement);
}
