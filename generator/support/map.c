/* Open addressing over an insertion-ordered entry array. Removed entries keep their slot until the
 * next growth, which drops them from the slots but not from the order.
 */
#include "support/map.h"

#include <string.h>

/* FNV-1a, 32 bits. */
static uint32_t hash_name(const char *key)
{
    uint32_t hash = 2166136261u;

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 16777619u;
    return hash;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t find_slot(const struct map *map, const char *key)
{
    size_t mask = map->n_slots - 1, i = hash_name(key) & mask;

    while (map->slots[i]) {
        const char *other = map->entries[map->slots[i] - 1].key;
        if (other && strcmp(other, key) == 0)
            break;
        i = (i + 1) & mask;
    }
    return i;
}

static void grow(struct map *map)
{
    size_t cap = map->cap_entries ? map->cap_entries * 2 : 8;

    map->entries = arena_grow(map->arena, map->entries, map->cap_entries * sizeof *map->entries,
                              cap * sizeof *map->entries);
    map->cap_entries = cap;
    map->n_slots = cap * 2;
    map->slots = arena_array(map->arena, uint32_t, map->n_slots);
    for (size_t i = 0; i < map->n_entries; i++)
        if (map->entries[i].key)
            map->slots[find_slot(map, map->entries[i].key)] = (uint32_t)i + 1;
}

void *map_find(const struct map *map, const char *key)
{
    size_t slot;

    if (!map->n_slots)
        return NULL;
    slot = find_slot(map, key);
    return map->slots[slot] ? map->entries[map->slots[slot] - 1].value : NULL;
}

void map_put(struct map *map, const char *key, void *value)
{
    size_t slot;

    if (map->n_entries == map->cap_entries)
        grow(map);
    slot = find_slot(map, key);
    if (!map->slots[slot]) {
        map->entries[map->n_entries++] = (struct map_entry){.key = key};
        map->slots[slot] = (uint32_t)map->n_entries;
    }
    map->entries[map->slots[slot] - 1].value = value;
}

bool map_remove(struct map *map, const char *key)
{
    size_t slot;

    if (!map->n_slots)
        return false;
    slot = find_slot(map, key);
    if (!map->slots[slot])
        return false;
    map->entries[map->slots[slot] - 1] = (struct map_entry){0};
    return true;
}
