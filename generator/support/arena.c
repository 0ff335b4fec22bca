/* Blocks are doubled up to 1 MiB; an object larger than that gets a block of its own. The newest
 * object can grow in place, which makes buffers and vectors that are built one at a time cheap;
 * text is formatted where it will stay, in one pass when the block has room.
 */
#include "support/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/bug.h"

enum {
    FIRST_BLOCK = 16 * 1024,
    LARGEST_BLOCK = 1024 * 1024,
};

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

static size_t aligned(size_t size)
{
    const size_t mask = alignof(max_align_t) - 1;

    if (size > SIZE_MAX / 2)
        out_of_memory();
    return (size + mask) & ~mask;
}

static struct arena_block *add_block(struct arena *arena, size_t need)
{
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    struct arena_block *block;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < need)
        size = need;
    block = malloc(sizeof *block + size);
    if (!block)
        out_of_memory();
    *block = (struct arena_block){.next = arena->blocks, .size = size};
    arena->blocks = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->blocks;
    size_t need = aligned(size ? size : 1);
    void *p;

    if (!block || block->size - block->used < need)
        block = add_block(arena, need);
    p = block->bytes + block->used;
    block->used += need;
    return memset(p, 0, need);
}

void *arena_grow(struct arena *arena, void *p, size_t old_size, size_t new_size)
{
    struct arena_block *block = arena->blocks;
    size_t old_need = aligned(old_size ? old_size : 1), new_need = aligned(new_size);
    void *copy;

    if (new_size <= old_size && p)
        return p;
    if (p && (unsigned char *)p + old_need == block->bytes + block->used &&
        block->size - block->used >= new_need - old_need) {
        memset(block->bytes + block->used, 0, new_need - old_need);
        block->used += new_need - old_need;
        return p;
    }
    copy = arena_alloc(arena, new_size);
    if (p)
        memcpy(copy, p, old_size);
    return copy;
}

char *arena_strndup(struct arena *arena, const char *s, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len)
        memcpy(copy, s, len);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return arena_strndup(arena, s, strlen(s));
}

/* Tries the rest of the newest block first: most texts fit. */
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    struct arena_block *block = arena->blocks;
    size_t space = block ? block->size - block->used : 0, need;
    char *text = space ? (char *)block->bytes + block->used : NULL;
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(text, space, format, again);
    va_end(again);
    if (len < 0)
        BUG("bad format");
    need = aligned((size_t)len + 1);
    if (block && need <= space) {
        block->used += need;
        return text;
    }
    text = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, args);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *first = arena->blocks;

    if (!first)
        return;
    while (first->next) {
        struct arena_block *next = first->next;
        first->next = next->next;
        free(next);
    }
    first->used = 0;
}

void arena_finish(struct arena *arena)
{
    arena_reset(arena);
    free(arena->blocks);
    arena->blocks = NULL;
}
