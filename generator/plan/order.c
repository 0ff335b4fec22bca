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
        if (is_dropped(change) && !change->goes_with_whole)
            change->drop = node_new(planner, change, true, i);
        if ((change->action != ACTION_DROP && change->action != ACTION_KEEP) ||
            (change->after && ties_sequence(change)))
            change->make = node_new(planner, change, false, i);
    }
}

/* --- Edges ------------------------------------------------------------------------------------ */

static struct node *drop_of(const struct change *change)
{
    while (change && change->goes_with_whole)
        change = change->whole;
    return change ? change->drop : NULL;
}

static void edge(struct planner *planner, struct node *first, struct node *second)
{
    if (!first || !second || first == second)
        return;
    vec_push(planner->arena, &first->then, second);
    second->n_before++;
}

static void better_edge(struct planner *planner, struct node *first, struct node *second)
{
    if (!first || !second || first == second)
        return;
    vec_push(planner->arena, &first->better_then, second);
    second->n_better_before++;
}

/* The nodes that write the object: its own, and those of what it is written with. */
static void edge_to_makers(struct planner *planner, struct node *first, const struct change *change)
{
    edge(planner, first, change->make);
    while (change->is_made_with_whole) {
        change = change->whole;
        edge(planner, first, change->make);
    }
}

static const struct change *outermost_maker(const struct change *change)
{
    while (change->is_made_with_whole)
        change = change->whole;
    return change;
}

/* A type and its input function need each other: the type is there as a shell before. */
static bool is_shell_enough(const struct change *change, const struct change *needed)
{
    const struct item *type = needed->after;

    if (type->kind != ITEM_BASE_TYPE && type->kind != ITEM_RANGE)
        return false;
    for (size_t i = 0; i < type->needs.n; i++)
        if (type->needs.items[i] == change->after)
            return true;
    return false;
}

static void edges_of_needs_after(struct planner *planner, const struct change *change)
{
    for (size_t i = 0; i < change->after->needs.n; i++) {
        const struct change *needed = change_of(planner, change->after->needs.items[i]);
        if (!needed || !needed->make || is_shell_enough(change, needed))
            continue;
        if (outermost_maker(needed) == outermost_maker(change))
            edge(planner, needed->make, change->make);
        else
            edge_to_makers(planner, needed->make, change);
    }
}

/* Where two bodies use each other, one of them has to be first. */
static void edges_of_uses(struct planner *planner, const struct change *change)
{
    for (size_t i = 0; i < change->after->uses.n; i++) {
        const struct change *used = change_of(planner, change->after->uses.items[i]);
        if (used)
            better_edge(planner, used->make, change->make);
    }
}

static void edges_of_needs_before(struct planner *planner, const struct change *change)
{
    for (size_t i = 0; i < change->before->needs.n; i++) {
        const struct change *needed = change_of(planner, change->before->needs.items[i]);
        if (!needed)
            continue;
        edge(planner, drop_of(change), drop_of(needed));
        edge(planner, drop_of(change), needed->make);
        if (!drop_of(change) && !change->before->is_derived)
            edge(planner, change->make, drop_of(needed));
    }
}

static void edges_of_whole(struct planner *planner, const struct change *change)
{
    const struct change *whole = change->whole;

    if (!whole)
        return;
    if (change_item(change)->kind == ITEM_SEQUENCE)
        edge(planner, change->make, whole->make);
    else
        edge(planner, whole->make, change->make);
    edge(planner, drop_of(change), drop_of(whole));
    if (change_item(change)->kind != ITEM_DEFAULT || whole->action == ACTION_ALTER)
        edge(planner, drop_of(change), whole->make);
}

/* The column of the same name in a parent of the table. */
static const struct change *parent_column(const struct planner *planner, const struct item *column,
                                          const char *parent)
{
    return map_find(&planner->by_key,
                    arena_printf(planner->arena, "COLUMN %s: %s", parent, column->qualified));
}

/* A column is inherited: what happens to the parent's happens to it. */
static void edges_of_parents(struct planner *planner, const struct change *change)
{
    const struct item *column = change_item(change);
    size_t at = 0;
    const char *parent;

    if (column->kind != ITEM_COLUMN || !column->part_of)
        return;
    while ((parent = item_next(column->part_of, PROPERTY_PARENT, &at))) {
        const struct change *other = parent_column(planner, column, parent);
        if (!other)
            continue;
        edge(planner, drop_of(change), drop_of(other));
        edge(planner, other->make, change->make);
    }
}

/* A sequence leaves the table that owned it before that goes. */
static void edges_of_owner(struct planner *planner, const struct change *change)
{
    const struct change *owner =
        change->before && change->after ? change_of(planner, change->before->part_of) : NULL;

    if (owner && change->after->kind == ITEM_SEQUENCE && change_has(change, PROPERTY_OWNED_BY))
        edge(planner, change->make, drop_of(owner));
}

/* Relations, indexes and types of a schema share names, and so do functions of the same types. */
static const char *name_slot(struct arena *arena, const struct item *item)
{
    switch (item->kind) {
    case ITEM_SEQUENCE:
    case ITEM_TABLE:
    case ITEM_FOREIGN_TABLE:
    case ITEM_VIEW:
    case ITEM_MATERIALIZED_VIEW:
    case ITEM_INDEX:
    case ITEM_ENUM:
    case ITEM_DOMAIN:
    case ITEM_COMPOSITE:
    case ITEM_RANGE:
    case ITEM_BASE_TYPE:
    case ITEM_SHELL_TYPE:
        return arena_printf(arena, "r %s", item->qualified);
    case ITEM_CONSTRAINT:
        return arena_printf(arena, "r %s.%s", catalog_quote_identifier(arena, item->schema),
                            item->qualified);
    case ITEM_FUNCTION:
    case ITEM_PROCEDURE:
    case ITEM_AGGREGATE:
        return arena_printf(arena, "f %s", item->qualified);
    default:
        return NULL;
    }
}

/* What goes makes room for what takes its name. */
static void edges_of_names(struct planner *planner)
{
    struct map slots = {.arena = planner->arena};

    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        const char *slot = change->before ? name_slot(planner->arena, change->before) : NULL;
        if (slot && drop_of(change))
            map_put(&slots, slot, change);
    }
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        const char *slot =
            change->after && !change->before ? name_slot(planner->arena, change->after) : NULL;
        const struct change *goes = slot ? map_find(&slots, slot) : NULL;
        if (goes)
            edge_to_makers(planner, drop_of(goes), change);
    }
}

static void make_edges(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        edge(planner, drop_of(change), change->make);
        if (change->after && change->make) {
            edges_of_needs_after(planner, change);
            edges_of_uses(planner, change);
        }
        if (change->before)
            edges_of_needs_before(planner, change);
        edges_of_whole(planner, change);
        edges_of_parents(planner, change);
        edges_of_owner(planner, change);
    }
    edges_of_names(planner);
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
             !change->after->is_derived && !is_converted_sequence(change))
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

/* A primary key looks at all rows itself, unless its columns are proved to have no NULL. */
static int first_wave_of(const struct planner *planner, const struct node *node)
{
    const struct item *item = node->is_drop ? NULL : node->change->after;
    int wave = node->wave;

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
    if (!node->is_drop)
        write_make(planner, node->change);
    else if (is_converted_sequence(node->change))
        convert_sequence(planner, node->change);
    else if (!node->change->before->is_derived)
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
        struct node *nodes[] = {planner->changes.items[i]->drop, planner->changes.items[i]->make};
        for (size_t k = 0; k < 2; k++)
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

/* Objects that need each other: none of them can be first. */
static void refuse_circle(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        if ((change->make && !change->make->is_done) || (change->drop && !change->drop->is_done)) {
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
    make_edges(planner);
    n_left = put_ready(planner, &heap);
    while (heap.nodes.n || put_one(planner, &heap)) {
        struct node *node = heap_take(&heap);
        n_left--;
        do_node(planner, node);
        release(&heap, node);
    }
    if (n_left)
        refuse_circle(planner);
    if (planner->plan->steps.n)
        qsort(planner->plan->steps.items, planner->plan->steps.n,
              sizeof *planner->plan->steps.items, compare_waves);
    join_steps(planner);
}
