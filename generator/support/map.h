/* A hash map from names to pointers, in an arena, that keeps the order of insertion.
 *
 * Iteration goes over `entries` in that order, so that no output ever depends on hash order; a
 * removed entry stays there with a NULL key.
 */
#ifndef TENON_SUPPORT_MAP_H
#define TENON_SUPPORT_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

struct map_entry {
    const char *key; /* borrowed; NULL when removed */
    void *value;
};

/* A map with only `arena` set is empty. */
struct map {
    struct arena *arena;
    struct map_entry *entries;
    size_t n_entries, cap_entries;
    uint32_t *slots; /* index into entries + 1; 0 is free */
    size_t n_slots;
};

/* NULL when the key is absent. */
void *map_find(const struct map *map, const char *key);

/* Sets the value of the key, which must outlive the map; a present key keeps its place. */
void map_put(struct map *map, const char *key, void *value);

/* False when the key was absent. */
bool map_remove(struct map *map, const char *key);

#endif
