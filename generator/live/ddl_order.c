/* Of what waits for nothing the one of the lowest rank comes first, then the one that was read
 * first: the order depends on names only. What waits for itself comes last, in the same order;
 * whoever replays it says what is wrong.
 */

#include "live/ddl.h"

/* A heap of numbers of objects; they are in the order of their ranks when they are not in that of
 * their needs. */
struct ready {
    const ddl_object_list *objects;
    size_t *numbers;
    size_t n;
};

static bool is_before(const struct ready *ready, size_t a, size_t b)
{
    const int rank_a = ready->objects->items[a].rank, rank_b = ready->objects->items[b].rank;

    return rank_a != rank_b ? rank_a < rank_b : a < b;
}

static void swap(struct ready *ready, size_t i, size_t k)
{
    const size_t number = ready->numbers[i];

    ready->numbers[i] = ready->numbers[k];
    ready->numbers[k] = number;
}

static void push(struct ready *ready, size_t number)
{
    size_t i = ready->n++;

    ready->numbers[i] = number;
    for (; i && is_before(ready, ready->numbers[i], ready->numbers[(i - 1) / 2]); i = (i - 1) / 2)
        swap(ready, i, (i - 1) / 2);
}

static size_t pop(struct ready *ready)
{
    const size_t first = ready->numbers[0];
    size_t i = 0;

    ready->numbers[0] = ready->numbers[--ready->n];
    while (2 * i + 1 < ready->n) {
        size_t k = 2 * i + 1;
        if (k + 1 < ready->n && is_before(ready, ready->numbers[k + 1], ready->numbers[k]))
            k++;
        if (!is_before(ready, ready->numbers[k], ready->numbers[i]))
            break;
        swap(ready, i, k);
        i = k;
    }
    return first;
}

static void take(struct arena *arena, struct ready *ready, size_t number, ddl_object_list *ordered)
{
    struct ddl_object *object = &ready->objects->items[number];

    vec_push(arena, ordered, *object);
    for (size_t i = 0; i < object->then.n; i++)
        if (--ready->objects->items[object->then.items[i]].n_before == 0)
            push(ready, object->then.items[i]);
}

void ddl_order(struct arena *arena, ddl_object_list *objects)
{
    struct ready ready = {objects, arena_array(arena, size_t, objects->n + 1), 0};
    ddl_object_list ordered = {0};

    for (size_t i = 0; i < objects->n; i++)
        if (!objects->items[i].n_before)
            push(&ready, i);
    while (ready.n)
        take(arena, &ready, pop(&ready), &ordered);
    for (size_t i = 0; i < objects->n; i++)
        if (objects->items[i].n_before)
            vec_push(arena, &ordered, objects->items[i]);
    *objects = ordered;
}
