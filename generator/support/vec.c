/* The one function behind vec_push. */
#include "support/vec.h"

void *vec_grow(struct arena *arena, void *items, size_t *cap, size_t item_size)
{
    size_t old_cap = *cap;

    *cap = old_cap ? old_cap * 2 : 8;
    return arena_grow(arena, items, old_cap * item_size, *cap * item_size);
}
