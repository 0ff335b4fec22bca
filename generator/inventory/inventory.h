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
};

struct property {
    enum property_id id;
    const char *value;
};

struct item {
    enum item_kind kind;
    /* Unquoted. The schema is NULL for what lies in none; of a part of a table it is the table's.
     */
    const char *schema;
    const char *table;     /* of a part: the table, view, domain or composite type; else NULL */
    const char *name;      /* of a cast: "source AS target"; operators: "+"; see the kind's file */
    const char *arguments; /* functions: pg_get_function_identity_arguments() without the names of
                              IN parameters; operators: "(integer, integer)"; else NULL */
    const char *key;       /* unique in the inventory: the kind and the quoted, qualified name */
    const char
        *qualified; /* as SQL names it where that is one name: public.orders, public.f(integer);
                       of a part its own name alone: quoted, without the table */
    VEC(struct property) properties; /* in the order of their ids */
    VEC(struct item *) needs; /* without which it cannot be: pg_depend's normal dependencies */
    struct item
        *part_of;    /* goes with it: the table of a column, the column of its DEFAULT, the table
                        of a constraint, the table's column of a serial's sequence. Not in needs. */
    bool is_derived; /* comes with something else and is not written by itself: the sequence of an
                        identity column, a partition's copy of a constraint, index or trigger, the
                        column of a view, … Its properties count. */
    span at;         /* where it was defined, for diagnostics */
    const void *object; /* of the catalog, for who needs more: struct relation, … by kind */
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
