/* When what is done: a topological order of the nodes. Among those that wait for nothing, drops
 * come first, from what is outside to what is inside, then what is made, from inside to outside.
 */
#include <stdlib.h>
#include <string.h>

#include "plan/planner.h"
#include "support/bug.h"

/* --- Nodes ------------------------------------------------------------------------------------ */

/* Functions may read tables in bodies that are text: they come after them where nothing else
 * decides. */
static size_t rank_of(enum item_kind kind)
{
    switch (kind) {
    case ITEM_FUNCTION:
    case ITEM_PROCEDURE:
    case ITEM_AGGREGATE:
        return 2 * ITEM_DEFAULT + 1;
    default:
        return 2 * (size_t)kind;
    }
}

static struct node *node_new(struct planner *planner, struct change *change, bool is_drop,
                             size_t place)
{
    struct node *node = arena_new(planner->arena, struct node);
    const size_t rank = rank_of(change_item(change)->kind);

    node->change = change;
    node->is_drop = is_drop;
    node->rank = is_drop ? (size_t)N_ITEM_KINDS * 2 - rank : (size_t)N_ITEM_KINDS * 2 + rank;
    node->rank = node->rank * (planner->changes.n + 1) + place;
    return node;
}

static struct node *end_node_new(struct planner *planner, struct change *change, size_t place)
{
    struct node *node = node_new(planner, change, true, place);

    node->is_end = true;
    return node;
}

/* A sequence that comes to belong to the column is told so when both are there. */
static bool ties_sequence(const struct change *column)
{
    for (size_t i = 0; i < column->parts.n; i++) {
        if (comes_to_column(column->parts.items[i]))
            return true;
    }
    return false;
}

static void make_nodes(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        if ((is_dropped(change) && !change->goes_with_whole && !change->goes_with_type) ||
            leaves_parents(change))
            change->drop = node_new(planner, change, true, i);
        if (is_swapped(change))
            change->end = end_node_new(planner, change, i);
        if ((change->action != ACTION_DROP && change->action != ACTION_KEEP) ||
            (change->after && ties_sequence(change)))
            change->make = node_new(planner, change, false, i);
    }
}

/* --- Those that wait for nothing: a heap by rank ---------------------------------------------- */

struct heap {
    struct arena *arena;
    VEC(struct node *) nodes;
};

static void swap(struct heap *heap, size_t a, size_t b)
{
    struct node *node = heap->nodes.items[a];

    heap->nodes.items[a] = heap->nodes.items[b];
    heap->nodes.items[b] = node;
}

static void heap_put(struct heap *heap, struct node *node)
{
    size_t at = heap->nodes.n;

    vec_push(heap->arena, &heap->nodes, node);
    for (; at && heap->nodes.items[(at - 1) / 2]->rank > heap->nodes.items[at]->rank;
         at = (at - 1) / 2)
        swap(heap, at, (at - 1) / 2);
}

static struct node *heap_take(struct heap *heap)
{
    struct node *first = heap->nodes.items[0];
    size_t at = 0, least;

    heap->nodes.items[0] = heap->nodes.items[--heap->nodes.n];
    for (;; at = least) {
        least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < heap->nodes.n &&
                heap->nodes.items[child]->rank < heap->nodes.items[least]->rank)
                least = child;
        if (least == at)
            return first;
        swap(heap, at, least);
    }
}

/* --- Doing ------------------------------------------------------------------------------------ */

static void write_shells(struct planner *planner, const struct change *change)
{
    for (size_t i = 0; i < change->after->needs.n; i++) {
        struct change *type = change_of(planner, change->after->needs.items[i]);
        if (!type || type->has_shell || !is_created(type) || !is_shell_enough(change, type))
            continue;
        step_add(planner, "CREATE TYPE %s", type->after->qualified);
        type->has_shell = true;
    }
}

static void write_make(struct planner *planner, const struct change *change)
{
    const struct kind_writer *writer = kind_writer(change->after->kind);
    const bool is_new = is_created(change);

    write_shells(planner, change);

    if (change->action == ACTION_ALTER)
        writer->alter(planner, change);
    else if ((is_new || change->action == ACTION_REPLACE) && !change->is_made_with_whole &&
             (!change->after->is_derived || change->is_apart || change->is_ahead) &&
             !is_converted_sequence(change))
        writer->create(planner, change);
    if (change->after->kind == ITEM_COLUMN)
        finish_column(planner, change);
    write_about(planner, change, is_new);
}

static void raise_wave(struct node *node, int wave)
{
    if (node->wave < wave)
        node->wave = wave;
}

/* A partition comes when all that it has to have is proved. */
static int wave_of_parts(const struct change *table, int wave)
{
    for (size_t i = 0; i < table->parts.n; i++) {
        const struct change *part = table->parts.items[i];
        if (part->is_ahead && part->make && part->make->last_wave > wave)
            wave = part->make->last_wave;
    }
    return wave;
}

/* A primary key looks at all rows itself, unless its columns are proved to have no NULL. */
static int first_wave_of(const struct planner *planner, const struct node *node)
{
    const struct item *item = node->is_drop ? NULL : node->change->after;
    int wave = item ? wave_of_parts(node->change, node->wave) : node->wave;

    if (!item || item->kind != ITEM_CONSTRAINT ||
        !name_eq(item_property(item, PROPERTY_TYPE), "PRIMARY KEY"))
        return wave;
    for (size_t i = 0; i < item->needs.n; i++) {
        const struct change *column = change_of(planner, item->needs.items[i]);
        if (column && column->make && column->make->last_wave > wave)
            wave = column->make->last_wave;
    }
    return wave;
}

static void do_node(struct planner *planner, struct node *node)
{
    const size_t n_before = planner->plan->steps.n;
    int settled;

    planner->current = node->change;
    planner->first_wave = first_wave_of(planner, node);
    planner->wave = (planner->first_wave + 1) / 2 * 2;
    planner->settled_wave = -1;
    if (node->is_end)
        end_swapped(planner, node->change);
    else if (!node->is_drop)
        write_make(planner, node->change);
    else if (is_converted_sequence(node->change))
        convert_sequence(planner, node->change);
    else if (!node->change->before->is_derived || node->change->is_ahead)
        kind_writer(node->change->before->kind)->drop(planner, node->change);
    node->last_wave = planner->plan->steps.n > n_before ? planner->wave : planner->first_wave;
    if (planner->plan->last_wave < node->last_wave)
        planner->plan->last_wave = node->last_wave;
    settled = planner->settled_wave >= 0 ? planner->settled_wave : node->last_wave;
    for (size_t i = 0; i < node->then.n; i++)
        raise_wave(node->then.items[i], settled);
    for (size_t i = 0; i < node->better_then.n; i++)
        raise_wave(node->better_then.items[i], settled);
}

static size_t put_ready(struct planner *planner, struct heap *heap)
{
    size_t n = 0;

    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        struct node *nodes[] = {change->drop, change->make, change->end};
        for (size_t k = 0; k < sizeof nodes / sizeof *nodes; k++)
            if (nodes[k]) {
                n++;
                if (nodes[k]->n_before == 0 && nodes[k]->n_better_before == 0)
                    heap_put(heap, nodes[k]);
            }
    }
    return n;
}

static int compare_waves(const void *a, const void *b)
{
    const struct step *left = *(struct step *const *)a, *right = *(struct step *const *)b;

    if (left->wave != right->wave)
        return left->wave < right->wave ? -1 : 1;
    return left->number < right->number ? -1 : 1;
}

static bool is_one_statement(const struct step *a, const struct step *b)
{
    return a->wave == b->wave && a->head && b->head && !a->note && !b->note &&
           strcmp(a->head, b->head) == 0;
}

static void join_to(struct arena *arena, struct step *first, const struct step *next)
{
    first->tail = arena_printf(arena, "%s,\n    %s", first->tail, next->tail);
    first->sql = arena_printf(arena, "%s\n    %s", first->head, first->tail);
    for (size_t i = 0; i < next->losses.n; i++)
        vec_push(arena, &first->losses, next->losses.items[i]);
}

/* A table is written anew once for all of its columns. */
static void join_steps(struct planner *planner)
{
    struct step **steps = planner->plan->steps.items;
    size_t n = 0;

    for (size_t i = 0; i < planner->plan->steps.n; i++)
        if (n && is_one_statement(steps[n - 1], steps[i]))
            join_to(planner->arena, steps[n - 1], steps[i]);
        else
            steps[n++] = steps[i];
    planner->plan->steps.n = n;
}

/* A view that reads a new table where it read one that goes, whose names the new one takes: it has
 * to go before, and to come behind. */
static bool give_up_replacing(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        if (change->action != ACTION_REPLACE || !change->make || change->make->is_done)
            continue;
        map_put(planner->irreplaceable, change->after->key, change);
        planner->begins_anew = true;
    }
    return planner->begins_anew;
}

/* Objects that need each other: none of them can be first. */
static void refuse_circle(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        if ((change->make && !change->make->is_done) || (change->drop && !change->drop->is_done) ||
            (change->end && !change->end->is_done)) {
            diag_error(planner->diags, "PL701", change_item(change)->at,
                       "by hand: %s cannot be changed, as it and others need each other",
                       change_item(change)->key);
            return;
        }
    }
}

static void release(struct heap *heap, struct node *done)
{
    done->is_done = true;
    for (size_t i = 0; i < done->then.n; i++)
        if (--done->then.items[i]->n_before == 0 && done->then.items[i]->n_better_before == 0)
            heap_put(heap, done->then.items[i]);
    for (size_t i = 0; i < done->better_then.n; i++)
        if (--done->better_then.items[i]->n_better_before == 0 &&
            done->better_then.items[i]->n_before == 0 && !done->better_then.items[i]->is_done)
            heap_put(heap, done->better_then.items[i]);
}

/* Nothing is left that waits for nothing: one of those that could wait no better. */
static bool put_one(const struct planner *planner, struct heap *heap)
{
    struct node *first = NULL;

    for (size_t i = 0; i < planner->changes.n; i++) {
        struct node *node = planner->changes.items[i]->make;
        if (node && !node->is_done && node->n_before == 0 && (!first || node->rank < first->rank))
            first = node;
    }
    if (first)
        heap_put(heap, first);
    return first != NULL;
}

void planner_order(struct planner *planner)
{
    struct heap heap = {.arena = planner->arena};
    size_t n_left;

    make_nodes(planner);
    planner_edges(planner);
    n_left = put_ready(planner, &heap);
    while (heap.nodes.n || put_one(planner, &heap)) {
        struct node *node = heap_take(&heap);
        n_left--;
        do_node(planner, node);
        release(&heap, node);
    }
    if (n_left && !give_up_replacing(planner))
        refuse_circle(planner);
    if (planner->plan->steps.n)
        qsort(planner->plan->steps.items, planner->plan->steps.n,
              sizeof *planner->plan->steps.items, compare_waves);
    join_steps(planner);
}
