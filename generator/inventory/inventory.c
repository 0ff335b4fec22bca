/* Items, their properties and their order. What objects there are is the affair of the other files:
 * a table here calls them all.
 */
#include "inventory/inventory.h"

#include <stdlib.h>
#include <string.h>

#include "inventory/collect.h"
#include "support/buf.h"

/* --- Facts of kinds and properties ------------------------------------------------------------ */

const char *item_noun(enum item_kind kind)
{
    static const char *const nouns[] = {
#define KIND(id, noun) noun,
#include "inventory/kinds.def"
    };
    return nouns[kind];
}

static const struct {
    const char *name;
    unsigned flags;
} properties[] = {
#define PROPERTY(id, name, flags, of) {name, flags},
#include "inventory/properties.def"
};

const char *property_name(enum property_id id)
{
    return properties[id].name;
}

unsigned property_flags(enum property_id id)
{
    return properties[id].flags;
}

/* --- Making items ----------------------------------------------------------------------------- */

const char *qualified_name(struct collector *collector, const char *schema, const char *name)
{
    const char *quoted = catalog_quote_identifier(collector->arena, name);

    return schema ? arena_printf(collector->arena, "%s.%s",
                                 catalog_quote_identifier(collector->arena, schema), quoted)
                  : quoted;
}

static const char *key_of(struct collector *collector, enum item_kind kind, struct item_name name)
{
    static const char *const ids[] = {
#define KIND(id, noun) #id,
#include "inventory/kinds.def"
    };
    const char *quoted = catalog_quote_identifier(collector->arena, name.name);

    if (name.table)
        return arena_printf(collector->arena, "%s %s: %s", ids[kind],
                            qualified_name(collector, name.schema, name.table), quoted);
    return arena_printf(collector->arena, "%s %s%s", ids[kind],
                        name.schema ? qualified_name(collector, name.schema, name.name) : quoted,
                        name.arguments ? name.arguments : "");
}

struct item *item_named(struct collector *collector, enum item_kind kind, struct item_name name)
{
    const char *key = key_of(collector, kind, name);
    struct item *item = map_find(&collector->inventory->by_key, key);

    if (item)
        return item;
    item = arena_new(collector->arena, struct item);
    item->kind = kind;
    item->schema = name.schema;
    item->table = name.table;
    item->name = name.name;
    item->arguments = name.arguments;
    item->key = key;
    item->qualified =
        arena_printf(collector->arena, "%s%s",
                     qualified_name(collector, name.table ? NULL : name.schema, name.name),
                     name.arguments ? name.arguments : "");
    map_put(&collector->inventory->by_key, key, item);
    vec_push(collector->arena, &collector->inventory->items, item);
    return item;
}

void item_set(struct collector *collector, struct item *item, enum property_id id,
              const char *value)
{
    if (value)
        vec_push(collector->arena, &item->properties,
                 (struct property){id, arena_strdup(collector->arena, value)});
}

void item_setf(struct collector *collector, struct item *item, enum property_id id,
               const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vec_push(collector->arena, &item->properties,
             (struct property){id, arena_vprintf(collector->arena, format, args)});
    va_end(args);
}

void item_mark(struct collector *collector, struct item *item, enum property_id id, bool is_true)
{
    if (is_true)
        item_set(collector, item, id, "true");
}

void item_need(struct collector *collector, struct item *item, struct item *needed)
{
    if (!needed || needed == item || needed == item->part_of)
        return;
    for (size_t i = 0; i < item->needs.n; i++)
        if (item->needs.items[i] == needed)
            return;
    vec_push(collector->arena, &item->needs, needed);
}

/* --- Asking them ------------------------------------------------------------------------------ */

struct item *inventory_find(const struct inventory *inventory, const char *key)
{
    return map_find(&inventory->by_key, key);
}

const char *item_next(const struct item *item, enum property_id id, size_t *at)
{
    while (*at < item->properties.n && item->properties.items[*at].id != id)
        ++*at;
    return *at < item->properties.n ? item->properties.items[(*at)++].value : NULL;
}

const char *item_property(const struct item *item, enum property_id id)
{
    size_t at = 0;

    return item_next(item, id, &at);
}

bool item_has_value(const struct item *item, enum property_id id, const char *wanted)
{
    size_t at = 0;
    const char *value;

    while (item && (value = item_next(item, id, &at)))
        if (strcmp(value, wanted) == 0)
            return true;
    return false;
}

static bool has_all(const struct item *item, const struct item *other, enum property_id id)
{
    size_t at = 0;
    const char *value;

    while ((value = item_next(other, id, &at)))
        if (!item_has_value(item, id, value))
            return false;
    return true;
}

bool item_same(const struct item *a, const struct item *b, enum property_id id)
{
    size_t at_a = 0, at_b = 0;
    const char *value;

    if (properties[id].flags & PROPERTY_IS_KEPT)
        return has_all(a, b, id) && has_all(b, a, id);
    do {
        value = item_next(a, id, &at_a);
        if (!name_eq(value, item_next(b, id, &at_b)))
            return false;
    } while (value);
    return true;
}

const struct item *item_whole(const struct item *item)
{
    while (item->part_of)
        item = item->part_of;
    return item;
}

/* --- The order -------------------------------------------------------------------------------- */

/* In the order of their ids; a list keeps its order, a set has that of its bytes. */
static int compare_properties(const struct property *a, const struct property *b)
{
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return properties[a->id].flags & PROPERTY_IS_SORTED ? strcmp(a->value, b->value) : 0;
}

static void sort_properties(struct item *item)
{
    struct property *all = item->properties.items;

    for (size_t i = 1; i < item->properties.n; i++)
        for (size_t k = i; k > 0 && compare_properties(&all[k - 1], &all[k]) > 0; k--) {
            struct property swapped = all[k];
            all[k] = all[k - 1];
            all[k - 1] = swapped;
        }
}

static int compare_items(const void *a, const void *b)
{
    const struct item *left = *(struct item *const *)a, *right = *(struct item *const *)b;

    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return strcmp(left->key, right->key);
}

static void sort_all(struct inventory *inventory)
{
    for (size_t i = 0; i < inventory->items.n; i++)
        sort_properties(inventory->items.items[i]);
    if (inventory->items.n)
        qsort(inventory->items.items, inventory->items.n, sizeof *inventory->items.items,
              compare_items);
}

struct inventory inventory_of(struct arena *arena, struct catalog *catalog)
{
    static collect_fn *const collects[] = {collect_schemas,   collect_types,     collect_functions,
                                           collect_operators, collect_relations, collect_others};
    static const char *const system_path[] = {"pg_catalog"};
    struct inventory inventory = {.by_key = {.arena = arena}};
    struct collector collector = {arena, catalog, &inventory, {.arena = arena}};
    size_t n;
    const char *const *kept = catalog_search_path_names(catalog, &n);
    const char **path = arena_array(arena, const char *, n);

    /* Names are written as the server does where it finds none but its own. */
    for (size_t i = 0; i < n; i++)
        path[i] = kept[i];
    catalog_set_search_path(catalog, system_path, 1);
    for (size_t i = 0; i < sizeof collects / sizeof *collects; i++)
        collects[i](&collector);
    catalog_set_search_path(catalog, path, n);
    sort_all(&inventory);
    return inventory;
}

/* Sets in the order of their bytes, whatever order they are kept in. */
static void add_properties(struct arena *arena, struct buf *buf, const struct item *item)
{
    struct property *sorted = arena_array(arena, struct property, item->properties.n + 1);

    for (size_t i = 0; i < item->properties.n; i++) {
        size_t at = i;
        const struct property *property = &item->properties.items[i];
        for (;
             at && properties[property->id].flags & PROPERTY_IS_KEPT &&
             sorted[at - 1].id == property->id && strcmp(sorted[at - 1].value, property->value) > 0;
             at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = *property;
    }
    for (size_t i = 0; i < item->properties.n; i++)
        if (!(properties[sorted[i].id].flags & PROPERTY_IS_NOTED))
            buf_addf(buf, "  %s: %s\n", properties[sorted[i].id].name, sorted[i].value);
}

const char *inventory_text(struct arena *arena, const struct inventory *inventory)
{
    struct buf buf = buf_in(arena);

    for (size_t i = 0; i < inventory->items.n; i++) {
        buf_addf(&buf, "%s\n", inventory->items.items[i]->key);
        add_properties(arena, &buf, inventory->items.items[i]);
    }
    return buf_text(&buf);
}
