/* Which statements this connection's server session has prepared: a small hash table by key. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* Keys end in a hash of their own, so their last bytes will do. */
static uint64_t hash_of(const char *key, size_t length)
{
    uint64_t hash = 0;

    if (length >= sizeof hash)
        memcpy(&hash, key + length - sizeof hash, sizeof hash);
    else
        memcpy(&hash, key, length);
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static struct prepared *slot_of(const struct prepared_set *set, uint64_t hash, const char *key,
                                size_t length)
{
    size_t i = (size_t)hash & (set->n_slots - 1);

    while (set->slots[i].key != NULL &&
           (set->slots[i].hash != hash || set->slots[i].length != length ||
            memcmp(set->slots[i].key, key, length) != 0))
        i = (i + 1) & (set->n_slots - 1);
    return &set->slots[i];
}

static bool grow(struct prepared_set *set)
{
    struct prepared_set larger = {.n_slots = set->n_slots == 0 ? 32 : set->n_slots * 2,
                                  .n_used = set->n_used};

    larger.slots = calloc(larger.n_slots, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < set->n_slots; i++)
        if (set->slots[i].key != NULL)
            *slot_of(&larger, set->slots[i].hash, set->slots[i].key, set->slots[i].length) =
                set->slots[i];
    free(set->slots);
    *set = larger;
    return true;
}

struct prepared *tenon__prepared_find(struct prepared_set *set, const char *key)
{
    size_t length = strlen(key);
    uint64_t hash = hash_of(key, length);

    if (set->n_used * 2 >= set->n_slots && !grow(set))
        return NULL;
    struct prepared *slot = slot_of(set, hash, key, length);
    if (slot->key == NULL) {
        slot->key = malloc(length + 1);
        if (slot->key == NULL)
            return NULL;
        memcpy(slot->key, key, length + 1);
        slot->hash = hash;
        slot->length = length;
        set->n_used++;
    }
    return slot;
}

void tenon__prepared_finish(struct prepared_set *set)
{
    for (size_t i = 0; i < set->n_slots; i++)
        free(set->slots[i].key);
    free(set->slots);
    *set = (struct prepared_set){0};
}
