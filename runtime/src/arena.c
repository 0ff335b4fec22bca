/* An arena: a list of blocks of which the current one is filled from the front, and a list of
 * objects to release. A reset goes back to the first block and keeps all of them; what is asked for
 * next is found in the blocks that follow, in order. */
#include "internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK 1024
#define LARGEST_STEP ((size_t)1 << 20)

struct block {
    struct block *next;
    size_t size, used;
    max_align_t data[]; /* flexible, aligned for anything */
};

struct adopted {
    struct adopted *next;
    void (*release)(void *);
    void *object;
};

struct tenon_arena {
    struct block *first, *current;
    size_t size; /* of all blocks */
    struct adopted *adopted;
};

static void *block_at(struct block *block, size_t offset)
{
    return (unsigned char *)block->data + offset;
}

static void release_adopted(tenon_arena *arena)
{
    /* The list lies in the arena's own blocks, newest first. */
    for (struct adopted *a = arena->adopted; a != NULL; a = a->next)
        a->release(a->object);
    arena->adopted = NULL;
}

/* Moves to a block with room for `size` bytes: the next ones, or a new one behind the current. */
static TENON_APART struct block *block_with_room(tenon_arena *arena, size_t size)
{
    struct block *block;
    size_t step = FIRST_BLOCK;

    for (block = arena->current; block != NULL && block->next != NULL; block = block->next) {
        block->next->used = 0;
        if (block->next->size >= size)
            return arena->current = block->next;
    }
    if (block != NULL)
        step = block->size < LARGEST_STEP / 2 ? block->size * 2 : LARGEST_STEP;
    if (step < size)
        step = size;
    if (step > SIZE_MAX - sizeof *block)
        return NULL;
    struct block *added = malloc(sizeof *added + step);
    if (added == NULL)
        return NULL;
    *added = (struct block){.size = step};
    arena->size += step;
    if (block == NULL)
        arena->first = added;
    else
        block->next = added;
    return arena->current = added;
}

void *tenon_arena_alloc(tenon_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);

    if (arena == NULL || size > SIZE_MAX - align)
        return NULL;
    struct block *block = arena->current;
    size = (size + align - 1) / align * align;
    if (block == NULL || block->size - block->used < size) {
        block = block_with_room(arena, size);
        if (block == NULL)
            return NULL;
    }
    void *memory = block_at(block, block->used);
    block->used += size;
    return memory;
}

char *tenon_arena_copy(tenon_arena *arena, const char *data, size_t length)
{
    char *copy = length < SIZE_MAX ? tenon_arena_alloc(arena, length + 1) : NULL;

    if (copy == NULL)
        return NULL;
    if (length > 0)
        memcpy(copy, data, length);
    copy[length] = '\0';
    return copy;
}

tenon_arena *tenon_arena_create(void)
{
    return calloc(1, sizeof(tenon_arena));
}

void tenon_arena_reset(tenon_arena *arena)
{
    if (arena == NULL)
        return;
    release_adopted(arena);
    arena->current = arena->first;
    if (arena->first != NULL)
        arena->first->used = 0;
}

static void free_blocks(tenon_arena *arena)
{
    for (struct block *block = arena->first, *next; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
}

static TENON_APART void free_all(tenon_arena *arena)
{
    release_adopted(arena);
    free_blocks(arena);
    *arena = (tenon_arena){0};
}

void tenon__arena_trim(tenon_arena *arena, size_t keep_bytes)
{
    if (arena->size > keep_bytes)
        free_all(arena);
}

void tenon_arena_destroy(tenon_arena *arena)
{
    if (arena == NULL)
        return;
    release_adopted(arena);
    free_blocks(arena);
    free(arena);
}

bool tenon__arena_adopt(tenon_arena *arena, void (*release)(void *), void *object)
{
    struct adopted *adopted = tenon_arena_alloc(arena, sizeof *adopted);

    if (adopted == NULL)
        return false;
    *adopted = (struct adopted){arena->adopted, release, object};
    arena->adopted = adopted;
    return true;
}

arena_mark tenon__arena_mark(const tenon_arena *arena)
{
    return (arena_mark){arena->current, arena->current == NULL ? 0 : arena->current->used};
}

void tenon__arena_rewind(tenon_arena *arena, arena_mark mark)
{
    struct block *block = mark.block == NULL ? arena->first : mark.block;

    arena->current = block;
    if (block != NULL)
        block->used = mark.used;
}
