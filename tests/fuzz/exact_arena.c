/* support/arena.h with a malloc for each object, so that AddressSanitizer sees a read beyond an
 * object's end; inside of a block it would not. What has grown moves, and the old copy is freed:
 * a pointer into a vector that was kept over a vec_push() is found too.
 *
 * Linked in front of the library, it takes the place of support/arena.c.
 */
#include "support/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next, *previous;
    alignas(max_align_t) unsigned char bytes[];
};

static void *add(struct arena *arena, size_t size)
{
    struct arena_block *block = calloc(1, sizeof *block + size);

    if (!block)
        abort();
    block->next = arena->blocks;
    if (block->next)
        block->next->previous = block;
    arena->blocks = block;
    return block->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return add(arena, size);
}

static void drop(struct arena *arena, void *p)
{
    struct arena_block *block =
        (struct arena_block *)(void *)((unsigned char *)p - offsetof(struct arena_block, bytes));

    if (block->previous)
        block->previous->next = block->next;
    else
        arena->blocks = block->next;
    if (block->next)
        block->next->previous = block->previous;
    free(block);
}

void *arena_grow(struct arena *arena, void *p, size_t old_size, size_t new_size)
{
    void *copy;

    if (new_size <= old_size && p)
        return p;
    copy = add(arena, new_size);
    if (p && old_size > 0) {
        memcpy(copy, p, old_size);
        drop(arena, p);
    }
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

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    char *text;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        abort();
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
    arena_finish(arena);
}

void arena_finish(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}
