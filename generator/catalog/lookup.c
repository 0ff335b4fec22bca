/* Lookups by OID and by name. An OID tells where the object is: below FIRST_USER_OID in the
 * constant tables, else in the store. A name is looked for in one schema, or in those of the search
 * path in order; a schema's own objects and the built-in ones of the same schema are both looked
 * at.
 */
#include "catalog/store.h"

#include <stdio.h>
#include <string.h>

#include "support/str.h"

/* The schemas to search: the path, or just the named one. */
struct search {
    const oid *path;
    size_t n;
    oid only;
    bool by_path;
};

static void begin_search(struct search *search, const struct catalog *c, const char *schema)
{
    const struct namespace *namespace;

    *search = (struct search){0};
    if (!schema) {
        search->path = catalog_search_path(c, &search->n);
        search->by_path = true;
        return;
    }
    namespace = catalog_find_namespace(c, schema);
    if (namespace) {
        search->only = namespace->oid;
        search->path = &search->only;
        search->n = 1;
    }
}

const struct type *store_find_type(const struct catalog *catalog, oid namespace_oid,
                                   const char *name)
{
    struct namespace_entry *entry = store_namespace(catalog, namespace_oid);
    const struct type *type = entry ? map_find(&entry->types, name) : NULL;

    return type ? type : builtin_find_type(catalog->release, namespace_oid, name);
}

const struct type *catalog_find_type(const struct catalog *c, const char *schema, const char *name)
{
    struct search search;
    const struct type *type = NULL;

    begin_search(&search, c, schema);
    for (size_t i = 0; i < search.n && !type; i++)
        type = store_find_type(c, search.path[i], name);
    return type;
}

const struct type *catalog_get_type(const struct catalog *catalog, oid id)
{
    return id < FIRST_USER_OID ? builtin_get_type(catalog->release, id)
                               : store_object(catalog, id, OBJECT_TYPE);
}

const struct relation *catalog_find_relation(const struct catalog *c, const char *schema,
                                             const char *name)
{
    struct search search;
    const struct relation *relation = NULL;

    begin_search(&search, c, schema);
    for (size_t i = 0; i < search.n && !relation; i++) {
        struct namespace_entry *entry = store_namespace(c, search.path[i]);
        relation = map_find(&entry->relations, name);
        if (!relation)
            relation = builtin_find_relation(c->release, search.path[i], name);
    }
    return relation;
}

const struct relation *catalog_get_relation(const struct catalog *catalog, oid id)
{
    return id < FIRST_USER_OID ? builtin_get_relation(catalog->release, id)
                               : store_object(catalog, id, OBJECT_RELATION);
}

const struct function *catalog_get_function(const struct catalog *catalog, oid id)
{
    return id < FIRST_USER_OID ? builtin_get_function(catalog->release, id)
                               : store_object(catalog, id, OBJECT_FUNCTION);
}

const struct operator* catalog_get_operator(const struct catalog *catalog, oid id)
{
    return id < FIRST_USER_OID ? builtin_get_operator(catalog->release, id)
                               : store_object(catalog, id, OBJECT_OPERATOR);
}

const struct cast *catalog_find_cast(const struct catalog *catalog, oid source, oid target)
{
    const struct cast *cast = builtin_find_cast(catalog->release, source, target);

    if (!cast && catalog->casts.n_entries > 0) {
        char key[CAST_KEY_SIZE];
        cast_key(key, source, target);
        cast = map_find(&catalog->casts, key);
    }
    return cast;
}

bool catalog_has_operator_name(const struct catalog *catalog, const char *name)
{
    size_t n;
    const struct operator* builtin = builtin_operators_named(name, &n);

    for (size_t i = 0; i < n; i++)
        if (releases_have(builtin[i].releases, catalog->release))
            return true;
    for (size_t i = 0; i < catalog->namespaces.n_entries; i++) {
        const struct namespace_entry *entry = catalog->namespaces.entries[i].value;
        const struct overloads *overloads = entry ? map_find(&entry->operators, name) : NULL;
        if (overloads && overloads->list.n > 0)
            return true;
    }
    return false;
}

oid catalog_find_collation(const struct catalog *catalog, const char *schema, const char *name)
{
    struct search search;
    oid found = 0;

    begin_search(&search, catalog, schema);
    for (size_t i = 0; i < search.n && !found; i++) {
        struct namespace_entry *entry = store_namespace(catalog, search.path[i]);
        const struct collation *collation = map_find(&entry->collations, name);
        found = collation ? collation->oid : builtin_find_collation(search.path[i], name);
    }
    return found;
}

const char *catalog_collation_name(const struct catalog *catalog, oid id)
{
    const struct collation *collation = store_object(catalog, id, OBJECT_COLLATION);

    return collation ? collation->name : builtin_collation_name(id);
}

oid catalog_collation_namespace(const struct catalog *catalog, oid id)
{
    const struct collation *collation = store_object(catalog, id, OBJECT_COLLATION);

    return collation ? collation->namespace_oid : PG_CATALOG_OID;
}

/* A NULL schema is any. */
static bool is_of_catalog(const char *schema)
{
    return !schema || strcmp(schema, "pg_catalog") == 0;
}

bool catalog_knows_text_search_config(const struct catalog *catalog, const char *schema,
                                      const char *name)
{
    return (is_of_catalog(schema) && builtin_is_text_search_config(name)) ||
           map_find(&catalog->text_search_configs, name);
}

bool catalog_knows_text_search_dictionary(const struct catalog *catalog, const char *schema,
                                          const char *name)
{
    return (is_of_catalog(schema) && builtin_is_text_search_dictionary(name)) ||
           map_find(&catalog->text_search_dictionaries, name);
}

bool catalog_knows_time_zone(const char *name)
{
    return builtin_is_time_zone(name);
}

bool catalog_may_have_role(const char *name)
{
    bool is_reserved = strncmp(name, "pg_", 3) == 0;

    return *name && strcmp(name, "public") != 0 && strcmp(name, "none") != 0 &&
           (!is_reserved || builtin_is_role(name));
}

const char *catalog_setting(const char *name)
{
    char folded[64];
    size_t len = strlen(name);

    if (len >= sizeof folded)
        return NULL;
    for (size_t i = 0; i <= len; i++)
        folded[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
    return builtin_setting(folded);
}

static const struct operator_class *builtin_class(struct release release, const char *method,
                                                  const char *name)
{
    size_t n;
    const struct operator_class *classes = builtin_operator_classes(&n);

    for (size_t i = 0; i < n; i++)
        if (strcmp(classes[i].name, name) == 0 && strcmp(classes[i].method_name, method) == 0 &&
            releases_have(classes[i].releases, release))
            return &classes[i];
    return NULL;
}

const struct operator_class *catalog_find_operator_class(const struct catalog *catalog,
                                                         const char *method, const char *schema,
                                                         const char *name)
{
    struct search search;

    begin_search(&search, catalog, schema);
    for (size_t i = 0; i < search.n; i++) {
        const struct operator_class *builtin = search.path[i] == PG_CATALOG_NAMESPACE
                                                   ? builtin_class(catalog->release, method, name)
                                                   : NULL;
        if (builtin)
            return builtin;
        for (size_t k = 0; k < catalog->operator_classes.n; k++) {
            const struct operator_class *class = catalog->operator_classes.items[k];
            if (class->namespace_oid == search.path[i] && strcmp(class->name, name) == 0 &&
                strcmp(class->method_name, method) == 0)
                return class;
        }
    }
    return NULL;
}

bool catalog_has_index(const struct catalog *catalog, const char *schema, const char *name)
{
    struct search search;

    begin_search(&search, catalog, schema);
    for (size_t i = 0; i < search.n; i++) {
        if (builtin_has_index(search.path[i], name))
            return true;
        for (size_t k = 0; k < catalog->relations.n; k++) {
            const struct relation *relation = catalog->relations.items[k];
            if (relation && relation->namespace_oid == search.path[i] &&
                relation_has_index(relation, name))
                return true;
        }
    }
    return false;
}

struct function_list catalog_find_functions(const struct catalog *c, struct arena *arena,
                                            const char *schema, const char *name)
{
    VEC(const struct function *) found = {0};
    struct search search;
    size_t n_builtin;
    const struct function *builtin = builtin_functions_named(name, &n_builtin);

    begin_search(&search, c, schema);
    for (size_t i = 0; i < search.n; i++) {
        struct namespace_entry *entry = store_namespace(c, search.path[i]);
        const struct overloads *own = map_find(&entry->functions, name);
        if (search.by_path && search.path[i] == PG_TEMP_NAMESPACE)
            continue; /* never searched for functions */
        for (size_t k = 0; k < n_builtin; k++)
            if (builtin[k].namespace_oid == search.path[i] &&
                releases_have(builtin[k].releases, c->release))
                vec_push(arena, &found, &builtin[k]);
        for (size_t k = 0; own && k < own->list.n; k++)
            vec_push(arena, &found, own->list.items[k]);
    }
    return (struct function_list){found.items, found.n};
}

struct operator_list catalog_find_operators(const struct catalog *c, struct arena *arena,
                                            const char *schema, const char *name)
{
    VEC(const struct operator*) found = {0};
    struct search search;
    size_t n_builtin;
    const struct operator* builtin = builtin_operators_named(name, &n_builtin);

    begin_search(&search, c, schema);
    for (size_t i = 0; i < search.n; i++) {
        struct namespace_entry *entry = store_namespace(c, search.path[i]);
        const struct overloads *own = map_find(&entry->operators, name);
        if (search.by_path && search.path[i] == PG_TEMP_NAMESPACE)
            continue;
        for (size_t k = 0; k < n_builtin; k++)
            if (builtin[k].namespace_oid == search.path[i] &&
                releases_have(builtin[k].releases, c->release))
                vec_push(arena, &found, &builtin[k]);
        for (size_t k = 0; own && k < own->list.n; k++)
            vec_push(arena, &found, own->list.items[k]);
    }
    return (struct operator_list){found.items, found.n};
}

bool relation_has_rules_instead(const struct relation *relation)
{
    for (size_t i = 0; i < relation->rules.n; i++)
        if (relation->rules.items[i]->instead)
            return true;
    return false;
}

bool relation_has_index(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (strcmp(relation->indexes.items[i]->name, name) == 0)
            return true;
    return false;
}

const char *relation_system_column_name(int attno)
{
    static const char *const names[] = {"ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"};

    return names[-attno - 1];
}

const struct attribute *relation_find_system_attribute(const struct relation *relation,
                                                       const char *name)
{
    static const struct attribute attributes[] = {
        {.name = "ctid", .type = TIDOID, .typmod = -1, .number = -1, .not_null = true},
        {.name = "xmin", .type = XIDOID, .typmod = -1, .number = -2, .not_null = true},
        {.name = "cmin", .type = CIDOID, .typmod = -1, .number = -3, .not_null = true},
        {.name = "xmax", .type = XIDOID, .typmod = -1, .number = -4, .not_null = true},
        {.name = "cmax", .type = CIDOID, .typmod = -1, .number = -5, .not_null = true},
        {.name = "tableoid", .type = OIDOID, .typmod = -1, .number = -6, .not_null = true},
    };

    if (relation->relkind == 'v' || relation->relkind == 'c')
        return NULL;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (strcmp(attributes[i].name, name) == 0)
            return &attributes[i];
    return NULL;
}

const struct constraint *relation_find_null_check(const struct relation *relation, int attno)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *check = relation->constraints.items[i];

        for (size_t c = 0; check->validated && c < check->n_excluding_null; c++) {
            if (check->excluding_null[c] == attno)
                return check;
        }
    }
    return NULL;
}

struct attribute *attribute_find(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->attributes.n; i++) {
        struct attribute *attribute = &relation->attributes.items[i];
        if (!attribute->is_dropped && strcmp(attribute->name, name) == 0)
            return attribute;
    }
    return NULL;
}

struct constraint *constraint_find(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (strcmp(relation->constraints.items[i]->name, name) == 0)
            return relation->constraints.items[i];
    for (size_t i = 0; i < relation->constraints.n; i++)
        for (size_t k = 0; k < relation->constraints.items[i]->parts.n; k++)
            if (strcmp(relation->constraints.items[i]->parts.items[k]->name, name) == 0)
                return relation->constraints.items[i]->parts.items[k];
    return NULL;
}
