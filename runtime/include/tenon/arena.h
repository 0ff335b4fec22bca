/* Memory for results.
 *
 * Functions that return memory take an arena and put everything there: one reset frees all of it.
 * A result is not copied: the arena adopts what libpq received, and pointers lead into it. An arena
 * belongs to one thread at a time, and to no connection: it may outlive the tenon_db. */
#ifndef TENON_ARENA_H
#define TENON_ARENA_H

#include <stddef.h>

#include <tenon/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tenon_arena tenon_arena;

/** An empty arena; NULL when there is no memory. A query that is given NULL for its arena is
 *  TENON_INVALID_ARGUMENT, so that it is enough to look at the status of the query. */
TENON_NODISCARD tenon_arena *tenon_arena_create(void);

/** Frees the arena and all that was read into it. NULL is allowed. */
void tenon_arena_destroy(tenon_arena *arena);

/** Forgets everything that was read into the arena and keeps its blocks for reuse: a loop that
 *  resets at its head comes to rest without malloc. NULL is allowed. */
void tenon_arena_reset(tenon_arena *arena);

/** `size` bytes, aligned for any object and not initialised; NULL when there is no memory, and for
 *  the arena NULL. */
TENON_NODISCARD void *tenon_arena_alloc(tenon_arena *arena, size_t size);

/** A copy of `length` bytes and a NUL behind them; NULL as above. */
TENON_NODISCARD char *tenon_arena_copy(tenon_arena *arena, const char *data, size_t length);

#ifdef __cplusplus
}
#endif
#endif
