/* The inside of struct catalog, for the files of this room: the objects of the schema by OID and by
 * name. Built-in objects are not in here (see builtin.h).
 */
#ifndef TENON_CATALOG_STORE_H
#define TENON_CATALOG_STORE_H

#include "catalog/builtin.h"
#include "catalog/unseen.h"
#include "support/map.h"

enum {
    N_FIXED_NAMESPACES = 5,
    /* No server has a schema of this OID: the real ones are made by sessions that need one. */
    PG_TEMP_NAMESPACE = FIRST_USER_OID - 1,
    MAX_NAME_BYTES = 63,
};

enum object_kind {
    OBJECT_NONE, /* dropped, or an OID that is only reserved */
    OBJECT_NAMESPACE,
    OBJECT_TYPE,
    OBJECT_RELATION,
    OBJECT_FUNCTION,
    OBJECT_OPERATOR,
    OBJECT_COLLATION,
    OBJECT_OTHER,
};

struct object {
    enum object_kind kind;
    size_t touched_at; /* the statement that last added or edited it */
    size_t place;      /* in the list of its kind */
    void *object;
};

struct overloads {
    VEC(void *) list; /* struct function * or struct operator *, in the order of creation */
};

struct collation {
    oid oid, namespace_oid;
    const char *name;
};

/* A schema with what the user's SQL put into it, by name. */
struct namespace_entry {
    struct namespace namespace;
    struct map types, relations, collations;
    struct map functions, operators; /* name → struct overloads */
};

struct catalog {
    struct arena *arena;
    struct release release;
    size_t statement;           /* counts them */
    VEC(oid) touched;           /* see catalog_touched() */
    VEC(struct object) objects; /* [oid - FIRST_USER_OID] */
    struct namespace_entry fixed[N_FIXED_NAMESPACES];
    struct map namespaces; /* by name, all of them */
    VEC(struct relation *) relations;
    VEC(struct type *) types;
    VEC(struct function *) functions;
    VEC(struct operator*) operators;
    struct map casts;               /* by cast_key() */
    struct map text_search_configs; /* by name; the user's */
    struct map text_search_dictionaries;
    VEC(struct operator_class *) operator_classes;
    VEC(struct other_object *) others; /* dropped ones are NULL */
    const char *role;
    VEC(const char *) path_names; /* as set */
    VEC(oid) path;                /* as effective */
    oid creation_namespace;
    bool has_temporary_objects;
    bool is_incomplete, has_view_cycle;
    VEC(struct unseen) unseen;
    unsigned n_label_renamings;
    const char *extension;   /* under replay, else NULL */
    struct catalog **system; /* holds catalog_of_system(), once it is made */
    struct map system_views; /* in that catalog: catalog_keep_view_body(), by its name in views/ */
};

/* NULL for an unknown OID. */
struct namespace_entry *store_namespace(const struct catalog *catalog, oid id);
void *store_object(const struct catalog *catalog, oid id, enum object_kind kind);
/* Gives the object an OID of its own when id is 0. */
oid store_put(struct catalog *catalog, oid id, enum object_kind kind, size_t place, void *object);
/* Notes that the object is added or edited. */
void store_touch(struct catalog *catalog, oid id);
void store_update_path(struct catalog *catalog);
/* What a new object has by who makes it, and where: its owner, default privileges, its extension.
 * `kind` is what ALTER DEFAULT PRIVILEGES calls it, "TABLES"; NULL: nothing. */
void store_about(struct catalog *catalog, struct about *about, const char *kind, oid namespace_oid);

enum { CAST_KEY_SIZE = 24 };
void cast_key(char key[CAST_KEY_SIZE], oid source, oid target);

/* A name for the array type of an element type: free in the namespace (makeArrayTypeName). */
const char *array_type_name(const struct catalog *catalog, oid namespace_oid, const char *element);
/* A type of exactly this name in the namespace, built in or not. */
const struct type *store_find_type(const struct catalog *catalog, oid namespace_oid,
                                   const char *name);

#endif
