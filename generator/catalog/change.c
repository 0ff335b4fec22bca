/* Changes to the objects of the schema: add, edit, drop, move. An object is in three places, which
 * are kept in step here: the array by OID, the list of its kind in the order of creation, and the
 * map of its schema by name.
 */
#include "catalog/store.h"

#include <string.h>

#include "catalog/extension.h"
#include "support/bug.h"
#include "support/str.h"

static struct namespace_entry *namespace_of(const struct catalog *catalog, oid id)
{
    struct namespace_entry *entry = store_namespace(catalog, id);

    if (!entry)
        BUG("an object in no schema");
    return entry;
}

/* The first temporary object puts pg_temp into the search path. */
static void note_temporary(struct catalog *catalog, oid namespace_oid)
{
    if (namespace_oid == PG_TEMP_NAMESPACE && !catalog->has_temporary_objects) {
        catalog->has_temporary_objects = true;
        store_update_path(catalog);
    }
}

static void add_overload(struct catalog *catalog, struct map *names, const char *name, void *object)
{
    struct overloads *overloads = map_find(names, name);

    if (!overloads) {
        overloads = arena_new(catalog->arena, struct overloads);
        map_put(names, name, overloads);
    }
    vec_push(catalog->arena, &overloads->list, object);
}

static void remove_overload(struct map *names, const char *name, const void *object)
{
    struct overloads *overloads = map_find(names, name);
    size_t n = 0;

    if (!overloads)
        return;
    for (size_t i = 0; i < overloads->list.n; i++)
        if (overloads->list.items[i] != object)
            overloads->list.items[n++] = overloads->list.items[i];
    overloads->list.n = n;
}

static void forget(struct catalog *catalog, oid id)
{
    catalog->objects.items[id - FIRST_USER_OID] = (struct object){0};
}

static size_t place_of(const struct catalog *catalog, oid id)
{
    return catalog->objects.items[id - FIRST_USER_OID].place;
}

/* Who gets it may change it. */
static void *edited(struct catalog *catalog, oid id, enum object_kind kind)
{
    void *object = store_object(catalog, id, kind);

    if (object)
        store_touch(catalog, id);
    return object;
}

/* --- Types ------------------------------------------------------------------------------------ */

static bool is_automatic_array(const struct catalog *catalog, const struct type *type)
{
    const struct type *element = type->elem ? catalog_get_type(catalog, type->elem) : NULL;

    return element && element->array == type->oid;
}

static void link_type(struct catalog *catalog, struct type *type)
{
    struct namespace_entry *entry = namespace_of(catalog, type->namespace_oid);
    struct type *present = map_find(&entry->types, type->name);

    if (present && present != type && is_automatic_array(catalog, present))
        catalog_move_type(catalog, present->oid, present->namespace_oid,
                          array_type_name(catalog, present->namespace_oid, present->name));
    map_put(&entry->types, type->name, type);
}

static void unlink_type(struct catalog *catalog, const struct type *type)
{
    struct namespace_entry *entry = namespace_of(catalog, type->namespace_oid);

    if (map_find(&entry->types, type->name) == type)
        map_remove(&entry->types, type->name);
}

const struct type *catalog_find_type_clash(const struct catalog *catalog, oid namespace_oid,
                                           const char *name)
{
    const struct type *present = store_find_type(catalog, namespace_oid, name);

    if (present && present->oid >= FIRST_USER_OID && is_automatic_array(catalog, present))
        return NULL;
    return present;
}

struct type *catalog_add_type(struct catalog *catalog, const struct type *type)
{
    struct type *copy = arena_new(catalog->arena, struct type);

    *copy = *type;
    store_about(catalog, &copy->about, "TYPES", copy->namespace_oid);
    vec_push(catalog->arena, &catalog->types, copy);
    copy->oid = store_put(catalog, type->oid, OBJECT_TYPE, catalog->types.n - 1, copy);
    link_type(catalog, copy);
    note_temporary(catalog, copy->namespace_oid);
    return copy;
}

struct type *catalog_edit_type(struct catalog *catalog, oid id)
{
    return edited(catalog, id, OBJECT_TYPE);
}

/* The constructors of a range or multirange type, which share its name. */
static void drop_constructors(struct catalog *catalog, const struct type *type)
{
    struct namespace_entry *entry = namespace_of(catalog, type->namespace_oid);
    struct overloads *overloads = map_find(&entry->functions, type->name);

    for (size_t i = overloads ? overloads->list.n : 0; i-- > 0;) {
        const struct function *function = overloads->list.items[i];
        if (function->return_type == type->oid)
            catalog_drop_function(catalog, function->oid);
    }
}

void catalog_drop_type(struct catalog *catalog, oid id)
{
    const struct type *type = store_object(catalog, id, OBJECT_TYPE);

    if (!type)
        return;
    if (type->typtype == 'r' || type->typtype == 'm')
        drop_constructors(catalog, type);
    unlink_type(catalog, type);
    catalog->types.items[place_of(catalog, id)] = NULL;
    forget(catalog, id);
    if (type->array)
        catalog_drop_type(catalog, type->array);
    if (type->typtype == 'r')
        catalog_drop_type(catalog, type->range_multirange);
}

void catalog_move_type(struct catalog *catalog, oid id, oid namespace_oid, const char *name)
{
    struct type *type = catalog_edit_type(catalog, id);
    bool same_name;

    if (!type)
        return;
    same_name = strcmp(type->name, name) == 0;
    unlink_type(catalog, type);
    type->namespace_oid = namespace_oid;
    type->name = same_name ? type->name : arena_strdup(catalog->arena, name);
    link_type(catalog, type);
    if (type->array) {
        struct type *array = catalog_edit_type(catalog, type->array);
        unlink_type(catalog, array); /* its old name may be kept */
        catalog_move_type(catalog, type->array, namespace_oid,
                          same_name ? array->name
                                    : array_type_name(catalog, namespace_oid, type->name));
    }
}

/* --- Relations -------------------------------------------------------------------------------- */

/* The row type; a sequence has none. */
static void add_row_type(struct catalog *catalog, struct relation *relation)
{
    const struct type *row =
        catalog_add_type_with_array(catalog, &(struct type){
                                                 .namespace_oid = relation->namespace_oid,
                                                 .name = relation->name,
                                                 .typtype = 'c',
                                                 .category = 'C',
                                                 .len = -1,
                                                 .relid = relation->oid,
                                                 .typmod = -1,
                                                 .defined_at = relation->defined_at,
                                             });
    relation->type_oid = row->oid;
}

/* As ALTER DEFAULT PRIVILEGES calls them. */
static const char *kind_of(char relkind)
{
    return relkind == 'c' ? "TYPES" : relkind == 'S' ? "SEQUENCES" : "TABLES";
}

struct relation *catalog_add_relation(struct catalog *catalog, const struct relation *relation)
{
    struct relation *copy = arena_new(catalog->arena, struct relation);
    struct namespace_entry *entry = namespace_of(catalog, relation->namespace_oid);

    *copy = *relation;
    store_about(catalog, &copy->about, kind_of(relation->relkind), copy->namespace_oid);
    vec_push(catalog->arena, &catalog->relations, copy);
    copy->oid = store_put(catalog, relation->oid, OBJECT_RELATION, catalog->relations.n - 1, copy);
    map_put(&entry->relations, copy->name, copy);
    if (!copy->type_oid && copy->relkind != 'S')
        add_row_type(catalog, copy);
    note_temporary(catalog, copy->namespace_oid);
    return copy;
}

struct relation *catalog_edit_relation(struct catalog *catalog, oid id)
{
    return edited(catalog, id, OBJECT_RELATION);
}

void catalog_drop_relation(struct catalog *catalog, oid id)
{
    const struct relation *relation = store_object(catalog, id, OBJECT_RELATION);

    if (!relation)
        return;
    map_remove(&namespace_of(catalog, relation->namespace_oid)->relations, relation->name);
    catalog->relations.items[place_of(catalog, id)] = NULL;
    forget(catalog, id);
    catalog_drop_type(catalog, relation->type_oid);
}

void catalog_move_relation(struct catalog *catalog, oid id, oid namespace_oid, const char *name)
{
    struct relation *relation = catalog_edit_relation(catalog, id);

    if (!relation)
        return;
    map_remove(&namespace_of(catalog, relation->namespace_oid)->relations, relation->name);
    relation->namespace_oid = namespace_oid;
    if (strcmp(relation->name, name) != 0)
        relation->name = arena_strdup(catalog->arena, name);
    map_put(&namespace_of(catalog, namespace_oid)->relations, relation->name, relation);
    catalog_move_type(catalog, relation->type_oid, namespace_oid, relation->name);
}

/* --- Functions, operators, casts, collations -------------------------------------------------- */

struct function *catalog_add_function(struct catalog *catalog, const struct function *function)
{
    struct function *copy = arena_new(catalog->arena, struct function);

    *copy = *function;
    store_about(catalog, &copy->about, "FUNCTIONS", copy->namespace_oid);
    vec_push(catalog->arena, &catalog->functions, copy);
    copy->oid = store_put(catalog, function->oid, OBJECT_FUNCTION, catalog->functions.n - 1, copy);
    add_overload(catalog, &namespace_of(catalog, copy->namespace_oid)->functions, copy->name, copy);
    if (catalog->extension)
        copy->never_null |= extension_never_null(catalog, catalog->extension, copy);
    return copy;
}

struct function *catalog_edit_function(struct catalog *catalog, oid id)
{
    return edited(catalog, id, OBJECT_FUNCTION);
}

void catalog_drop_function(struct catalog *catalog, oid id)
{
    const struct function *function = store_object(catalog, id, OBJECT_FUNCTION);

    if (!function)
        return;
    remove_overload(&namespace_of(catalog, function->namespace_oid)->functions, function->name,
                    function);
    catalog->functions.items[place_of(catalog, id)] = NULL;
    forget(catalog, id);
}

void catalog_move_function(struct catalog *catalog, oid id, oid namespace_oid, const char *name)
{
    struct function *function = catalog_edit_function(catalog, id);

    if (!function)
        return;
    remove_overload(&namespace_of(catalog, function->namespace_oid)->functions, function->name,
                    function);
    function->namespace_oid = namespace_oid;
    if (strcmp(function->name, name) != 0)
        function->name = arena_strdup(catalog->arena, name);
    add_overload(catalog, &namespace_of(catalog, namespace_oid)->functions, function->name,
                 function);
}

struct operator* catalog_add_operator(struct catalog *catalog, const struct operator* op)
{
    struct operator* copy = arena_new(catalog->arena, struct operator);

    *copy = *op;
    store_about(catalog, &copy->about, NULL, copy->namespace_oid);
    vec_push(catalog->arena, &catalog->operators, copy);
    copy->oid = store_put(catalog, op->oid, OBJECT_OPERATOR, catalog->operators.n - 1, copy);
    add_overload(catalog, &namespace_of(catalog, copy->namespace_oid)->operators, copy->name, copy);
    return copy;
}

struct operator* catalog_edit_operator(struct catalog *catalog, oid id)
{
    return edited(catalog, id, OBJECT_OPERATOR);
}

void catalog_drop_operator(struct catalog *catalog, oid id)
{
    const struct operator* op = store_object(catalog, id, OBJECT_OPERATOR);

    if (!op)
        return;
    remove_overload(&namespace_of(catalog, op->namespace_oid)->operators, op->name, op);
    catalog->operators.items[place_of(catalog, id)] = NULL;
    forget(catalog, id);
}

void catalog_move_operator(struct catalog *catalog, oid id, oid namespace_oid)
{
    struct operator* op = store_object(catalog, id, OBJECT_OPERATOR);

    if (!op)
        return;
    remove_overload(&namespace_of(catalog, op->namespace_oid)->operators, op->name, op);
    op->namespace_oid = namespace_oid;
    add_overload(catalog, &namespace_of(catalog, namespace_oid)->operators, op->name, op);
}

struct cast *catalog_add_cast(struct catalog *catalog, const struct cast *cast)
{
    struct cast *copy = arena_new(catalog->arena, struct cast);
    char key[CAST_KEY_SIZE];

    *copy = *cast;
    copy->about.extension = catalog->extension;
    cast_key(key, cast->source, cast->target);
    map_put(&catalog->casts, arena_strdup(catalog->arena, key), copy);
    return copy;
}

struct cast *catalog_edit_cast(struct catalog *catalog, oid source, oid target)
{
    char key[CAST_KEY_SIZE];

    cast_key(key, source, target);
    return map_find(&catalog->casts, key);
}

void catalog_drop_cast(struct catalog *catalog, oid source, oid target)
{
    char key[CAST_KEY_SIZE];

    cast_key(key, source, target);
    map_remove(&catalog->casts, key);
}

oid catalog_add_collation(struct catalog *catalog, oid namespace_oid, const char *name)
{
    struct collation *collation = arena_new(catalog->arena, struct collation);

    collation->name = arena_strdup(catalog->arena, name);
    collation->namespace_oid = namespace_oid;
    collation->oid = store_put(catalog, 0, OBJECT_COLLATION, 0, collation);
    map_put(&namespace_of(catalog, namespace_oid)->collations, collation->name, collation);
    return collation->oid;
}

static void remember_name(struct map *names, const char *name)
{
    char *copy = arena_strdup(names->arena, name);

    map_put(names, copy, copy);
}

void catalog_add_text_search_config(struct catalog *catalog, const char *name)
{
    remember_name(&catalog->text_search_configs, name);
}

void catalog_add_text_search_dictionary(struct catalog *catalog, const char *name)
{
    remember_name(&catalog->text_search_dictionaries, name);
}

struct operator_class *catalog_add_operator_class(struct catalog *catalog,
                                                  struct operator_class operator_class)
{
    struct operator_class *copy = arena_new(catalog->arena, struct operator_class);

    *copy = operator_class;
    store_about(catalog, &copy->about, NULL, copy->namespace_oid);
    vec_push(catalog->arena, &catalog->operator_classes, copy);
    return copy;
}

/* --- Lists ------------------------------------------------------------------------------------ */

struct relation *const *catalog_relations(const struct catalog *catalog, size_t *n)
{
    *n = catalog->relations.n;
    return catalog->relations.items;
}

struct type *const *catalog_types(const struct catalog *catalog, size_t *n)
{
    *n = catalog->types.n;
    return catalog->types.items;
}

struct function *const *catalog_functions(const struct catalog *catalog, size_t *n)
{
    *n = catalog->functions.n;
    return catalog->functions.items;
}

struct operator* const * catalog_operators(const struct catalog *catalog, size_t *n)
{
    *n = catalog->operators.n;
    return catalog->operators.items;
}

const struct cast *catalog_next_cast(const struct catalog *catalog, size_t *at)
{
    while (*at < catalog->casts.n_entries) {
        const struct map_entry *entry = &catalog->casts.entries[(*at)++];
        if (entry->key)
            return entry->value;
    }
    return NULL;
}
