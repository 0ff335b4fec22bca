/* The inventory under construction, for the files of this room: one function for each kind of
 * object, which makes items and says what they have and need.
 */
#ifndef TENON_INVENTORY_COLLECT_H
#define TENON_INVENTORY_COLLECT_H

#include "deparse/deparse.h"
#include "inventory/inventory.h"

struct collector {
    struct arena *arena;
    struct catalog *catalog;
    struct inventory *inventory;
    struct map constraints; /* by their addresses, to items: keys by which a query groups */
};

/* How an object is called; what is NULL does not belong to its kind. */
struct item_name {
    const char *schema, *table, *name, *arguments;
};

/* A new item, or the one that was made before of that name: needs may be said ahead. */
struct item *item_named(struct collector *collector, enum item_kind kind, struct item_name name);

/* Values are copied; NULL says nothing, so that an absent thing needs no test. */
void item_set(struct collector *collector, struct item *item, enum property_id id,
              const char *value);
void item_setf(struct collector *collector, struct item *item, enum property_id id,
               const char *format, ...) __attribute__((format(printf, 4, 5)));
void item_mark(struct collector *collector, struct item *item, enum property_id id, bool is_true);
/* Once for each; an item does not need itself, nor what it is part of. */
void item_need(struct collector *collector, struct item *item, struct item *needed);

/* "public.orders", quoted as needed. */
const char *qualified_name(struct collector *collector, const char *schema, const char *name);
/* '…' as the server's quote_literal() prints it. */
const char *quoted_literal(struct collector *collector, const char *text);

/* --- One file each ---------------------------------------------------------------------------- */

typedef void collect_fn(struct collector *collector);
collect_fn collect_schemas;
collect_fn collect_relations;

#endif
