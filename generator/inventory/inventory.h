/* A schema as a list of objects: what they are called, what they have and what they need.
 *
 * The catalog is made for the analysis of queries; the inventory is made for comparing schemas,
 * writing them down and hashing them. Two schemas that the server would keep alike have equal
 * inventories, however they were written: all texts stem from analysed trees (deparse/), and where
 * a tree is not known, from the text as it was written.
 *
 *     struct inventory inventory = inventory_of(arena, catalog);
 *     for each inventory.items[i]: kind, names, properties, needs
 */
#ifndef TENON_INVENTORY_INVENTORY_H
#define TENON_INVENTORY_INVENTORY_H

#include "catalog/catalog.h"
#include "support/map.h"

enum item_kind {
#define KIND(id, noun) ITEM_##id,
#include "inventory/kinds.def"
    N_ITEM_KINDS
};

enum property_id {
#define PROPERTY(id, name, flags, of) PROPERTY_##id,
#include "inventory/properties.def"
    N_PROPERTIES
};

enum property_flag {
    PROPERTY_IS_LISTED = 1, /* several in an order that matters */
    PROPERTY_IS_SORTED = 2, /* several that are a set */
    PROPERTY_IS_NOTED = 4,  /* no difference */
    PROPERTY_IS_KEPT =
        8, /* several that are a set, but stay in the order in which they were said */
};

struct property {
    enum property_id id;
    const char *value;
};

struct item {
    enum item_kind kind;
    /* Unquoted; what is NULL does not belong to the kind. The schema of a part of a table is the
     * table's; `table` is then the table, view, domain or composite type. */
    const char *schema, *table, *name;
    /* Functions: their input types; operators: "(integer, integer)". */
    const char *arguments;
    /* Unique in the inventory: the kind and the quoted, qualified name. */
    const char *key;
    /* As SQL names it: public.orders, public.f(integer); a part has its own name alone. */
    const char *qualified;
    VEC(struct property) properties; /* in the order of their ids */
    /* Without which it cannot be: the normal dependencies of pg_depend. */
    VEC(struct item *) needs;
    /* What a body that is text names: no dependency, but looked for when the function is created.
     */
    VEC(struct item *) uses;
    /* Goes with it, and is not among its needs: the table of a column, the column of its DEFAULT,
     * the column of a serial's sequence. */
    struct item *part_of;
    /* Comes with something else and is not written by itself: the sequence of an identity column, a
     * partition's copy of a constraint, index or trigger, the column of a view. Its properties
     * count. */
    bool is_derived;
    span at; /* where it was defined, for diagnostics */
    /* Of the catalog, for who needs more: struct relation, struct function, … by kind. */
    const void *object;
};

struct inventory {
    VEC(struct item *) items; /* by kind, then by key */
    struct map by_key;        /* key → struct item * */
};

/* All that the schema has, without what belongs to extensions, temporary objects and built-in ones.
 * Allocates in arena; borrows from the catalog. */
struct inventory inventory_of(struct arena *arena, struct catalog *catalog);

struct item *inventory_find(const struct inventory *inventory, const char *key);

/* The first value, or NULL. */
const char *item_property(const struct item *item, enum property_id id);
/* The next value after *at, which is 0 before the first; NULL after the last. */
const char *item_next(const struct item *item, enum property_id id, size_t *at);
/* False without an item. */
bool item_has_value(const struct item *item, enum property_id id, const char *value);
/* Whether all values of the property are equal. */
bool item_same(const struct item *a, const struct item *b, enum property_id id);
/* The item of which it is a part of a part …: a table for the comment of its column's default. */
const struct item *item_whole(const struct item *item);

/* The privileges that a new object of the kind has: values of PROPERTY_PRIVILEGE. */
const char *const *item_first_privileges(struct arena *arena, enum item_kind kind, size_t *n);

const char *item_noun(enum item_kind kind);     /* "TABLE" */
const char *property_name(enum property_id id); /* "not null" */
unsigned property_flags(enum property_id id);

/* The normal form: a line for each item and property, in their order. Equal for equal schemas; what
 * `-- tenon: catalog v1:` hashes. */
const char *inventory_text(struct arena *arena, const struct inventory *inventory);

#endif
