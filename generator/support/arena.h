/* Arena: the only allocator of the generator.
 *
 * Memory is handed out from growing blocks and freed all at once. One arena lives as long as a
 * compile; a second, "scratch", is reset after each query. Running out of memory ends the process
 * through the handler in arena.c, so no caller checks for NULL.
 */
#ifndef TENON_SUPPORT_ARENA_H
#define TENON_SUPPORT_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/* A zeroed struct arena is an empty arena. */
struct arena {
    struct arena_block *blocks; /* newest first */
};

/* A zero-filled object of the given type. */
#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
/* A zero-filled array of n objects. */
#define arena_array(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

/* size zero-filled bytes, aligned for any type. Never NULL; size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((returns_nonnull));

/* Grows the object at p from old_size to new_size bytes; in place when it is the newest one. */
void *arena_grow(struct arena *arena, void *p, size_t old_size, size_t new_size)
    __attribute__((returns_nonnull));

/* A NUL-terminated copy of len bytes. */
char *arena_strndup(struct arena *arena, const char *s, size_t len);
char *arena_strdup(struct arena *arena, const char *s);

/* A NUL-terminated formatted string. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Frees all but one block and forgets every object. */
void arena_reset(struct arena *arena);

/* Frees everything; the arena is empty and may be used again. */
void arena_finish(struct arena *arena);

#endif
