/* Which statements this connection's server session has prepared: a small hash table by key. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a: keys are short and end in a hash of their own. */
static uint64_t hash_of(const char *key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
    return hash;
}

static struct prepared *slot_of(const struct prepared_set *set, uint64_t hash, const char *key)
{
    size_t i = (size_t)hash & (set->n_slots - 1);

    while (set->slots[i].key != NULL &&
           (set->slots[i].hash != hash || strcmp(set->slots[i].key, key) != 0))
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
            *slot_of(&larger, set->slots[i].hash, set->slots[i].key) = set->slots[i];
    free(set->slots);
    *set = larger;
    return true;
}

struct prepared *tenon__prepared_find(struct prepared_set *set, const char *key)
{
    uint64_t hash = hash_of(key);

    if (set->n_used * 2 >= set->n_slots && !grow(set))
        return NULL;
    struct prepared *slot = slot_of(set, hash, key);
    if (slot->key == NULL) {
        size_t size = strlen(key) + 1;
        slot->key = malloc(size);
        if (slot->key == NULL)
            return NULL;
        memcpy(slot->key, key, size);
        slot->hash = hash;
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
