/* The catalog's skeleton: object identifiers, schemas and the search path.
 *
 * Objects of the schema have dense OIDs, so the index by OID is an array. Each schema has maps from
 * names to its objects. The search path is kept twice: as SET wrote it, and resolved to the schemas
 * that exist, which is redone when schemas come and go.
 */
#include "catalog/store.h"

#include <stdio.h>
#include <string.h>

#include "catalog/privilege.h"
#include "support/bug.h"
#include "support/str.h"

void *store_object(const struct catalog *catalog, oid id, enum object_kind kind)
{
    const struct object *object;

    if (id < FIRST_USER_OID || id - FIRST_USER_OID >= catalog->objects.n)
        return NULL;
    object = &catalog->objects.items[id - FIRST_USER_OID];
    return object->kind == kind ? object->object : NULL;
}

void catalog_set_incomplete(struct catalog *catalog)
{
    catalog->is_incomplete = true;
}

bool catalog_is_incomplete(const struct catalog *catalog)
{
    return catalog->is_incomplete;
}

void catalog_set_view_cycle(struct catalog *catalog)
{
    catalog->has_view_cycle = true;
}

bool catalog_has_view_cycle(const struct catalog *catalog)
{
    return catalog->has_view_cycle;
}

oid catalog_new_oid(struct catalog *catalog)
{
    vec_push(catalog->arena, &catalog->objects, (struct object){0});
    return FIRST_USER_OID + (oid)(catalog->objects.n - 1);
}

oid store_put(struct catalog *catalog, oid id, enum object_kind kind, size_t place, void *object)
{
    if (id == 0)
        id = catalog_new_oid(catalog);
    if (id < FIRST_USER_OID || id - FIRST_USER_OID >= catalog->objects.n)
        BUG("an OID that catalog_new_oid() did not give");
    catalog->objects.items[id - FIRST_USER_OID] =
        (struct object){.kind = kind, .place = place, .object = object};
    store_touch(catalog, id);
    return id;
}

void store_touch(struct catalog *catalog, oid id)
{
    struct object *object = &catalog->objects.items[id - FIRST_USER_OID];

    if (object->touched_at == catalog->statement)
        return;
    object->touched_at = catalog->statement;
    vec_push(catalog->arena, &catalog->touched, id);
}

void catalog_touch_all(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->objects.n; i++)
        if (catalog->objects.items[i].object)
            store_touch(catalog, FIRST_USER_OID + (oid)i);
}

void catalog_begin_statement(struct catalog *catalog)
{
    catalog->statement++;
}

const oid *catalog_touched(const struct catalog *catalog, size_t *n)
{
    *n = catalog->touched.n;
    return catalog->touched.items;
}

void catalog_forget_touched(struct catalog *catalog)
{
    size_t n = 0;

    for (size_t i = 0; i < catalog->touched.n; i++) {
        const oid id = catalog->touched.items[i];
        if (catalog->objects.items[id - FIRST_USER_OID].touched_at == catalog->statement)
            catalog->touched.items[n++] = id;
    }
    catalog->touched.n = n;
}

static void init_namespace(struct catalog *catalog, struct namespace_entry *entry, oid id,
                           const char *name)
{
    struct map empty = {.arena = catalog->arena};

    *entry = (struct namespace_entry){
        .namespace = {.oid = id, .name = name},
        .types = empty,
        .relations = empty,
        .collations = empty,
        .functions = empty,
        .operators = empty,
    };
    map_put(&catalog->namespaces, name, entry);
}

/* It is there in every database, and anybody may look into it. */
static void begin_public(struct catalog *catalog)
{
    struct about *about =
        &catalog_edit_namespace(catalog, catalog_find_namespace(catalog, "public")->oid)->about;

    about->owner = "pg_database_owner";
    about->comment = "standard public schema";
    privileges_begin(catalog->arena, about, PRIVILEGES_OF_SCHEMA);
    privilege_add(catalog->arena, about, (struct privilege){NULL, "USAGE", false});
}

struct catalog *catalog_create(struct arena *arena, struct release release)
{
    static const char *const default_path[] = {"$user", "public"};
    struct catalog *catalog = arena_new(arena, struct catalog);
    size_t n;
    const struct namespace *builtin = builtin_namespaces(&n);

    catalog->arena = arena;
    catalog->release = release;
    catalog->statement = 1;
    catalog->namespaces.arena = arena;
    catalog->casts.arena = arena;
    catalog->text_search_configs.arena = arena;
    catalog->text_search_dictionaries.arena = arena;
    catalog->system = arena_new(arena, struct catalog *);
    catalog->system_views.arena = arena;
    if (n != N_FIXED_NAMESPACES - 1)
        BUG("namespaces.def has other schemas than expected");
    for (size_t i = 0; i < n; i++)
        init_namespace(catalog, &catalog->fixed[i], builtin[i].oid, builtin[i].name);
    init_namespace(catalog, &catalog->fixed[n], PG_TEMP_NAMESPACE, "pg_temp");
    begin_public(catalog);
    catalog_set_search_path(catalog, default_path, 2);
    return catalog;
}

struct release catalog_release(const struct catalog *catalog)
{
    return catalog->release;
}

struct arena *catalog_arena(struct catalog *catalog)
{
    return catalog->arena;
}

struct namespace_entry *store_namespace(const struct catalog *catalog, oid id)
{
    if (id >= FIRST_USER_OID)
        return store_object(catalog, id, OBJECT_NAMESPACE);
    for (size_t i = 0; i < N_FIXED_NAMESPACES; i++)
        if (catalog->fixed[i].namespace.oid == id)
            return (struct namespace_entry *)&catalog->fixed[i];
    return NULL;
}

const struct namespace *catalog_find_namespace(const struct catalog *catalog, const char *name)
{
    const struct namespace_entry *entry = map_find(&catalog->namespaces, name);

    return entry ? &entry->namespace : NULL;
}

const struct namespace *catalog_get_namespace(const struct catalog *catalog, oid id)
{
    const struct namespace_entry *entry = store_namespace(catalog, id);

    return entry ? &entry->namespace : NULL;
}

const struct namespace *catalog_add_namespace(struct catalog *catalog, const char *name)
{
    struct namespace_entry *entry;

    if (map_find(&catalog->namespaces, name))
        return NULL;
    entry = arena_new(catalog->arena, struct namespace_entry);
    init_namespace(catalog, entry, 0, arena_strdup(catalog->arena, name));
    entry->namespace.oid = store_put(catalog, 0, OBJECT_NAMESPACE, 0, entry);
    store_about(catalog, &entry->namespace.about, "SCHEMAS", 0);
    store_update_path(catalog);
    return &entry->namespace;
}

struct namespace *catalog_edit_namespace(struct catalog *catalog, oid id)
{
    struct namespace_entry *entry = store_namespace(catalog, id);

    return entry && (id >= FIRST_USER_OID || strcmp(entry->namespace.name, "public") == 0)
               ? &entry->namespace
               : NULL;
}

const struct namespace *catalog_next_namespace(const struct catalog *catalog, size_t *at)
{
    while (*at < catalog->namespaces.n_entries) {
        const struct map_entry *entry = &catalog->namespaces.entries[(*at)++];
        const struct namespace_entry *found = entry->key ? entry->value : NULL;
        if (found && (found->namespace.oid >= FIRST_USER_OID ||
                      strcmp(found->namespace.name, "public") == 0))
            return &found->namespace;
    }
    return NULL;
}

bool catalog_rename_namespace(struct catalog *catalog, const char *name, const char *new_name)
{
    struct namespace_entry *entry = map_find(&catalog->namespaces, name);

    if (!entry || map_find(&catalog->namespaces, new_name))
        return false;
    map_remove(&catalog->namespaces, name);
    entry->namespace.name = arena_strdup(catalog->arena, new_name);
    map_put(&catalog->namespaces, entry->namespace.name, entry);
    store_update_path(catalog);
    return true;
}

static void drop_overloads(struct catalog *catalog, const struct map *names, bool operators)
{
    for (size_t i = 0; i < names->n_entries; i++) {
        const struct overloads *overloads = names->entries[i].value;
        while (overloads && overloads->list.n > 0) {
            void *last = overloads->list.items[overloads->list.n - 1];
            if (operators)
                catalog_drop_operator(catalog, ((struct operator*)last)->oid);
            else
                catalog_drop_function(catalog, ((struct function *)last)->oid);
        }
    }
}

static void drop_contents(struct catalog *catalog, struct namespace_entry *entry)
{
    drop_overloads(catalog, &entry->functions, false);
    drop_overloads(catalog, &entry->operators, true);
    for (size_t i = 0; i < entry->relations.n_entries; i++)
        if (entry->relations.entries[i].key)
            catalog_drop_relation(catalog,
                                  ((struct relation *)entry->relations.entries[i].value)->oid);
    for (size_t i = 0; i < entry->types.n_entries; i++)
        if (entry->types.entries[i].key)
            catalog_drop_type(catalog, ((struct type *)entry->types.entries[i].value)->oid);
    for (size_t i = 0; i < catalog->others.n; i++)
        if (catalog->others.items[i] &&
            catalog->others.items[i]->namespace_oid == entry->namespace.oid)
            catalog_drop_other(catalog, catalog->others.items[i]->oid);
}

bool catalog_drop_namespace(struct catalog *catalog, const char *name)
{
    struct namespace_entry *entry = map_find(&catalog->namespaces, name);

    if (!entry)
        return false;
    drop_contents(catalog, entry);
    map_remove(&catalog->namespaces, name);
    if (entry->namespace.oid >= FIRST_USER_OID)
        catalog->objects.items[entry->namespace.oid - FIRST_USER_OID] = (struct object){0};
    store_update_path(catalog);
    return true;
}

static bool path_has(const struct catalog *catalog, oid id)
{
    for (size_t i = 0; i < catalog->path.n; i++)
        if (catalog->path.items[i] == id)
            return true;
    return false;
}

/* recomputeNamespacePath(): "$user" names no schema here, since there is no session user; what is
 * searched implicitly goes in front unless it is listed. */
void store_update_path(struct catalog *catalog)
{
    struct arena *arena = catalog->arena;
    const struct namespace *namespace;
    bool listed_temp = false, listed_catalog = false;

    catalog->path.n = 0;
    catalog->creation_namespace = 0;
    for (size_t i = 0; i < catalog->path_names.n; i++) {
        listed_temp |= name_eq(catalog->path_names.items[i], "pg_temp");
        listed_catalog |= name_eq(catalog->path_names.items[i], "pg_catalog");
    }
    if (!listed_temp && catalog->has_temporary_objects)
        vec_push(arena, &catalog->path, PG_TEMP_NAMESPACE);
    if (!listed_catalog)
        vec_push(arena, &catalog->path, PG_CATALOG_NAMESPACE);
    for (size_t i = 0; i < catalog->path_names.n; i++) {
        namespace = catalog_find_namespace(catalog, catalog->path_names.items[i]);
        if (!namespace)
            continue;
        if (!catalog->creation_namespace)
            catalog->creation_namespace = namespace->oid;
        if (!path_has(catalog, namespace->oid))
            vec_push(arena, &catalog->path, namespace->oid);
    }
}

void catalog_set_search_path(struct catalog *catalog, const char *const *names, size_t n)
{
    catalog->path_names.n = 0;
    for (size_t i = 0; i < n; i++)
        vec_push(catalog->arena, &catalog->path_names, arena_strdup(catalog->arena, names[i]));
    store_update_path(catalog);
}

const oid *catalog_search_path(const struct catalog *catalog, size_t *n)
{
    *n = catalog->path.n;
    return catalog->path.items;
}

const char *const *catalog_search_path_names(const struct catalog *catalog, size_t *n)
{
    *n = catalog->path_names.n;
    return catalog->path_names.items;
}

oid catalog_creation_namespace(const struct catalog *catalog)
{
    return catalog->creation_namespace;
}

void catalog_set_extension(struct catalog *catalog, const char *name)
{
    catalog->extension = name ? arena_strdup(catalog->arena, name) : NULL;
}

const char *catalog_extension(const struct catalog *catalog)
{
    return catalog->extension;
}

void cast_key(char key[CAST_KEY_SIZE], oid source, oid target)
{
    snprintf(key, CAST_KEY_SIZE, "%lu %lu", (unsigned long)source, (unsigned long)target);
}
