/* Objects that no query asks for: extensions, languages, servers, publications, …, in one list.
 * There are few of them, so that they are looked for one by one. Here too is what every new object
 * has by who makes it: an owner, and the privileges that ALTER DEFAULT PRIVILEGES promised.
 */
#include <string.h>

#include "catalog/privilege.h"
#include "catalog/store.h"
#include "support/str.h"

struct other_object *catalog_add_other(struct catalog *catalog, const struct other_object *other)
{
    struct other_object *copy = arena_new(catalog->arena, struct other_object);

    *copy = *other;
    store_about(catalog, &copy->about, NULL, 0);
    vec_push(catalog->arena, &catalog->others, copy);
    if (!copy->oid)
        copy->oid = store_put(catalog, 0, OBJECT_OTHER, catalog->others.n - 1, copy);
    return copy;
}

static bool is_called(const struct other_object *other, enum other_class class, oid namespace_oid,
                      const char *name, const char *detail)
{
    return other->class == class && other->namespace_oid == namespace_oid &&
           name_eq(other->name, name) && (!detail || name_eq(other->detail, detail));
}

struct other_object *catalog_find_other(const struct catalog *catalog, enum other_class class,
                                        oid namespace_oid, const char *name, const char *detail)
{
    for (size_t i = 0; i < catalog->others.n; i++)
        if (catalog->others.items[i] &&
            is_called(catalog->others.items[i], class, namespace_oid, name, detail))
            return catalog->others.items[i];
    return NULL;
}

struct other_object *catalog_search_other(const struct catalog *catalog, enum other_class class,
                                          const char *schema, const char *name, const char *detail)
{
    const struct namespace *namespace = schema ? catalog_find_namespace(catalog, schema) : NULL;
    struct other_object *found = NULL;

    if (schema)
        return namespace ? catalog_find_other(catalog, class, namespace->oid, name, detail) : NULL;
    for (size_t i = 0; i < catalog->path.n && !found; i++)
        found = catalog_find_other(catalog, class, catalog->path.items[i], name, detail);
    return found;
}

/* A collation has the OID of what queries know of it. */
struct other_object *catalog_get_other(const struct catalog *catalog, oid id)
{
    if (!store_object(catalog, id, OBJECT_COLLATION))
        return store_object(catalog, id, OBJECT_OTHER);
    for (size_t i = 0; i < catalog->others.n; i++)
        if (catalog->others.items[i] && catalog->others.items[i]->oid == id)
            return catalog->others.items[i];
    return NULL;
}

static bool refers_to(const struct other_object *other, oid id)
{
    for (size_t i = 0; i < other->clauses.n; i++)
        if (other->clauses.items[i].kind == CLAUSE_IS_OTHER && other->clauses.items[i].object == id)
            return true;
    return false;
}

void catalog_drop_other(struct catalog *catalog, oid id)
{
    if (store_object(catalog, id, OBJECT_OTHER))
        catalog->objects.items[id - FIRST_USER_OID] = (struct object){0};
    for (size_t i = 0; i < catalog->others.n; i++)
        if (catalog->others.items[i] && catalog->others.items[i]->oid == id)
            catalog->others.items[i] = NULL;
    for (size_t i = 0; i < catalog->others.n; i++)
        if (catalog->others.items[i] && refers_to(catalog->others.items[i], id))
            catalog_drop_other(catalog, catalog->others.items[i]->oid);
}

struct other_object *catalog_next_other(const struct catalog *catalog, size_t *at)
{
    while (*at < catalog->others.n) {
        struct other_object *other = catalog->others.items[(*at)++];
        if (other)
            return other;
    }
    return NULL;
}

/* --- Collations and operator classes ---------------------------------------------------------- */

void catalog_drop_collation(struct catalog *catalog, oid id)
{
    struct collation *collation = store_object(catalog, id, OBJECT_COLLATION);

    if (!collation)
        return;
    map_remove(&store_namespace(catalog, collation->namespace_oid)->collations, collation->name);
    catalog->objects.items[id - FIRST_USER_OID] = (struct object){0};
    catalog_drop_other(catalog, id);
}

void catalog_move_collation(struct catalog *catalog, oid id, oid namespace_oid, const char *name)
{
    struct collation *collation = store_object(catalog, id, OBJECT_COLLATION);
    struct other_object *other = catalog_get_other(catalog, id);

    if (!collation || !other)
        return;
    map_remove(&store_namespace(catalog, collation->namespace_oid)->collations, collation->name);
    collation->name = arena_strdup(catalog->arena, name);
    collation->namespace_oid = namespace_oid;
    other->name = collation->name;
    other->namespace_oid = namespace_oid;
    map_put(&store_namespace(catalog, namespace_oid)->collations, collation->name, collation);
}

struct operator_class *const *catalog_operator_classes(const struct catalog *catalog, size_t *n)
{
    *n = catalog->operator_classes.n;
    return catalog->operator_classes.items;
}

struct operator_class *catalog_edit_operator_class(struct catalog *catalog,
                                                   const struct operator_class *class)
{
    for (size_t i = 0; i < catalog->operator_classes.n; i++)
        if (catalog->operator_classes.items[i] == class)
            return catalog->operator_classes.items[i];
    return NULL;
}

void catalog_drop_operator_class(struct catalog *catalog, const struct operator_class *class)
{
    size_t n = 0;

    for (size_t i = 0; i < catalog->operator_classes.n; i++)
        if (catalog->operator_classes.items[i] != class)
            catalog->operator_classes.items[n++] = catalog->operator_classes.items[i];
    catalog->operator_classes.n = n;
}

/* --- Roles and what new objects have ---------------------------------------------------------- */

void catalog_set_role(struct catalog *catalog, const char *role)
{
    catalog->role = role;
}

const char *catalog_role(const struct catalog *catalog)
{
    return catalog->role;
}

static enum privilege_class class_of(const char *kind)
{
    return strcmp(kind, "TABLES") == 0      ? PRIVILEGES_OF_TABLE
           : strcmp(kind, "SEQUENCES") == 0 ? PRIVILEGES_OF_SEQUENCE
           : strcmp(kind, "FUNCTIONS") == 0 ? PRIVILEGES_OF_FUNCTION
           : strcmp(kind, "TYPES") == 0     ? PRIVILEGES_OF_TYPE
                                            : PRIVILEGES_OF_SCHEMA;
}

static const struct other_object *promised(const struct catalog *catalog, const char *kind,
                                           oid namespace_oid)
{
    return catalog_find_other(catalog, OTHER_DEFAULT_PRIVILEGE, namespace_oid, kind,
                              catalog->role ? catalog->role : "");
}

static void add_all(struct catalog *catalog, struct about *about, const struct about *from)
{
    for (size_t i = 0; i < from->privileges.n; i++) {
        struct privilege privilege = from->privileges.items[i];
        if (privilege.grantee && about->owner && strcmp(privilege.grantee, about->owner) == 0)
            privilege.grantee = "";
        privilege_add(catalog->arena, about, privilege);
    }
}

/* Those of all schemas stand instead of what an object begins with, those of a schema are added
 * (get_user_default_acl). */
static void add_promised(struct catalog *catalog, struct about *about, const char *kind,
                         oid namespace_oid)
{
    const struct other_object *all = promised(catalog, kind, 0);
    const struct other_object *own = namespace_oid ? promised(catalog, kind, namespace_oid) : NULL;

    if (all) {
        about->has_privileges = true;
        add_all(catalog, about, &all->about);
    }
    if (own) {
        privileges_begin(catalog->arena, about, class_of(kind));
        add_all(catalog, about, &own->about);
    }
}

void store_about(struct catalog *catalog, struct about *about, const char *kind, oid namespace_oid)
{
    if (!about->extension)
        about->extension = catalog->extension;
    if (!about->owner)
        about->owner = catalog->role;
    if (kind && !about->has_privileges && catalog->others.n > 0)
        add_promised(catalog, about, kind, namespace_oid);
}
