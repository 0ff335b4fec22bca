/* A growing array in an arena: `struct { T *items; size_t n, cap; }`.
 *
 *     VEC(struct column) columns = {0};
 *     vec_push(arena, &columns, column);
 *     for (size_t i = 0; i < columns.n; i++) ... columns.items[i] ...
 */
#ifndef TENON_SUPPORT_VEC_H
#define TENON_SUPPORT_VEC_H

#include <stddef.h>

#include "support/arena.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t n, cap;                                                                             \
    }

/* Appends one item, which may be a compound literal. */
#define vec_push(arena, vec, ...)                                                                  \
    ((vec)->n == (vec)->cap ? (void)((vec)->items = vec_grow((arena), (vec)->items, &(vec)->cap,   \
                                                             sizeof *(vec)->items))                \
                            : (void)0,                                                             \
     (void)((vec)->items[(vec)->n++] = (__VA_ARGS__)))

/* Doubles *cap; used by vec_push only. */
void *vec_grow(struct arena *arena, void *items, size_t *cap, size_t item_size)
    __attribute__((returns_nonnull));

#endif
