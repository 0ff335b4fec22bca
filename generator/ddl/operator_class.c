/* Operator classes of the columns of an index. */
#include <string.h>

#include "catalog/extension.h"
#include "ddl/table.h"

static const struct method {
    const char *name;
    bool unique, several_keys, included, exclusion;
} methods[] = {
    {"btree", true, true, true, true},  {"hash", false, false, false, true},
    {"gist", false, true, true, true},  {"spgist", false, false, true, true},
    {"gin", false, true, false, false}, {"brin", false, true, false, false},
};

enum { N_METHODS = sizeof methods / sizeof *methods };

/* NULL for access methods that extensions add, whose operator classes are not all known. */
static const struct method *find_method(const char *name)
{
    for (size_t i = 0; i < N_METHODS; i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

void index_method_check(struct ddl *ddl, const struct index *index, size_t n_included,
                        bool is_exclusion, span at)
{
    const struct method *method = find_method(index->method);
    const char *lacks = NULL;

    access_method_check(ddl, index->method, at);
    if (!method)
        return;
    if (index->is_unique && !method->unique)
        lacks = "unique indexes";
    else if (n_included > 0 && !method->included)
        lacks = "included columns";
    else if (index->n_columns > 1 && !method->several_keys)
        lacks = "multicolumn indexes";
    else if (is_exclusion && !method->exclusion)
        lacks = "exclusion constraints";
    if (lacks)
        ddl_fail(ddl, "0A000", at, "access method \"%s\" does not support %s", index->method,
                 lacks);
}

/* A class that exists for another method, as text_ops does, is a wrong method rather than one of an
 * extension that has classes of that name for more methods. */
static void load_operator_class(struct ddl *ddl, struct qualified_name name, const char *method)
{
    for (size_t i = 0; i < N_METHODS; i++)
        if (catalog_find_operator_class(ddl->catalog, methods[i].name, NULL, name.name))
            return;
    ddl->session->load_extension(ddl, extension_of_operator_class(ddl->arena, name.name, method),
                                 name_span(ddl, name), name.name);
}

static const struct operator_class *default_class(struct ddl *ddl, const char *method, oid type,
                                                  span at)
{
    const struct operator_class *class =
        type ? catalog_default_class(ddl->catalog, type, method) : NULL;

    if (type && !class)
        ddl_fail_hint(ddl, "42704", at, "name an operator class that takes the type",
                      "data type %s has no default operator class for access method \"%s\"",
                      ddl_type_text(ddl, type), method);
    return class;
}

void operator_class_check(struct ddl *ddl, const struct operator_class *class, oid type, span at)
{
    if (type && !catalog_is_binary_coercible(
                    ddl->catalog, catalog_base_type(ddl->catalog, type, NULL), class->type))
        ddl_fail(ddl, "42804", at, "operator class \"%s\" does not accept data type %s",
                 class->name, ddl_type_text(ddl, type));
}

const struct operator_class *operator_class_named(struct ddl *ddl, struct qualified_name name,
                                                  const char *method, bool missing_ok)
{
    const struct operator_class *found =
        catalog_find_operator_class(ddl->catalog, method, name.schema, name.name);

    if (found || missing_ok)
        return found;
    if (name.schema)
        namespace_get(ddl, name.schema, name_span(ddl, name));
    ddl_fail(ddl, "42704", name_span(ddl, name),
             "operator class \"%s\" does not exist for access method \"%s\"",
             qualified_text(ddl->arena, name), method);
}

const struct operator_class *operator_class_of_node(struct ddl *ddl, const PgQuery__Node *node,
                                                    bool missing_ok)
{
    const PgQuery__List *list = node->list;

    return operator_class_named(ddl, name_from_list(ddl, list->items + 1, list->n_items - 1),
                                raw_string(list->items[0]), missing_ok);
}

const struct operator_class *operator_class_get(struct ddl *ddl, PgQuery__Node **opclass,
                                                size_t n_opclass, const char *method, oid type,
                                                span at)
{
    const struct operator_class *class;
    struct qualified_name name;

    if (!find_method(method))
        return NULL;
    if (n_opclass == 0)
        return default_class(ddl, method, type, at);
    name = name_from_list(ddl, opclass, n_opclass);
    if (!name.schema)
        load_operator_class(ddl, name, method);
    class = operator_class_named(ddl, name, method, false);
    operator_class_check(ddl, class, type, name_span(ddl, name));
    return class;
}

const char *operator_class_words(struct arena *arena, const struct operator_class *class)
{
    return arena_printf(arena, "operator class %s for access method %s", class->name,
                        class->method_name);
}
