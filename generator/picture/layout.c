/* Tables lie in layers from left to right: each to the right of those that it refers to (a cycle is
 * cut where it is met). In a layer a table lies about as high as those it has lines to. Layers that
 * are too high go on in another column; tables without lines come last.
 */
#include "picture/layout.h"

#include <string.h>

enum { MOST_SWEEPS = 4, LONELY = 1 << 20 };

struct placing {
    struct arena *arena;
    struct picture *picture;
    char *states; /* of tables: 0 not seen, 1 on the way, 2 done */
};

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* By Newton's method, which takes few steps from above. */
static double root(double square)
{
    double result = square + 1;

    for (int i = 0; i < 64; i++)
        result = (result + square / result) / 2;
    return result;
}

static double measure(const struct picture_column *column)
{
    const size_t old = column->old_type ? strlen(column->old_type) + 4 : 0;

    return (double)(strlen(column->name) + strlen(column->type) + old + 6) * CHARACTER;
}

static void size_table(struct picture_table *table)
{
    table->width = (double)strlen(table->name) * (CHARACTER + 1) + 3 * PADDING;
    table->height = (double)(table->columns.n + 1) * ROW + PADDING;
    for (size_t i = 0; i < table->columns.n; i++)
        table->width = larger(table->width, measure(&table->columns.items[i]) + 2 * PADDING);
}

/* --- Layers ----------------------------------------------------------------------------------- */

static int layer_of(struct placing *placing, size_t at)
{
    struct picture_table *table = &placing->picture->tables.items[at];

    if (placing->states[at] == 2)
        return table->layer;
    if (placing->states[at] == 1)
        return -1;
    placing->states[at] = 1;
    for (size_t i = 0; i < placing->picture->lines.n; i++) {
        const struct picture_line *line = &placing->picture->lines.items[i];
        if (line->from == at && line->to != at) {
            const int below = layer_of(placing, line->to) + 1;
            table->layer = below > table->layer ? below : table->layer;
        }
    }
    placing->states[at] = 2;
    return table->layer;
}

static bool has_lines(const struct picture *picture, size_t at)
{
    for (size_t i = 0; i < picture->lines.n; i++)
        if (picture->lines.items[i].from == at || picture->lines.items[i].to == at)
            return true;
    return false;
}

static void find_layers(struct placing *placing)
{
    placing->states = arena_array(placing->arena, char, placing->picture->tables.n + 1);
    for (size_t i = 0; i < placing->picture->tables.n; i++) {
        layer_of(placing, i);
        placing->picture->tables.items[i].rank = (double)i;
        if (!has_lines(placing->picture, i))
            placing->picture->tables.items[i].layer = LONELY;
    }
}

/* --- The order in a layer --------------------------------------------------------------------- */

static double mean_of_neighbours(const struct picture *picture, size_t at)
{
    double sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < picture->lines.n; i++) {
        const struct picture_line *line = &picture->lines.items[i];
        if (line->from == line->to || (line->from != at && line->to != at))
            continue;
        sum += picture->tables.items[line->from == at ? line->to : line->from].rank;
        n++;
    }
    return n ? sum / (double)n : picture->tables.items[at].rank;
}

static int by_place(const struct picture_table *a, const struct picture_table *b)
{
    if (a->layer != b->layer)
        return a->layer < b->layer ? -1 : 1;
    if (a->rank < b->rank || a->rank > b->rank)
        return a->rank < b->rank ? -1 : 1;
    return strcmp(a->name, b->name);
}

static size_t *sorted(struct placing *placing)
{
    const struct picture_table *tables = placing->picture->tables.items;
    const size_t n = placing->picture->tables.n;
    size_t *order = arena_array(placing->arena, size_t, n + 1);

    for (size_t i = 0; i < n; i++) {
        size_t k = i;
        for (; k > 0 && by_place(&tables[i], &tables[order[k - 1]]) < 0; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}

/* Ranks become numbers from 0 in each layer, as shares of its length. */
static size_t *sweep(struct placing *placing)
{
    struct picture *picture = placing->picture;
    double *means = arena_array(placing->arena, double, picture->tables.n + 1);
    size_t *order;

    for (size_t i = 0; i < picture->tables.n; i++)
        means[i] = mean_of_neighbours(picture, i);
    for (size_t i = 0; i < picture->tables.n; i++)
        picture->tables.items[i].rank = means[i];
    order = sorted(placing);
    for (size_t i = 0, k; i < picture->tables.n; i = k) {
        const int layer = picture->tables.items[order[i]].layer;
        for (k = i; k < picture->tables.n && picture->tables.items[order[k]].layer == layer; k++)
            continue;
        for (size_t j = i; j < k; j++)
            picture->tables.items[order[j]].rank = ((double)(j - i) + 0.5) / (double)(k - i);
    }
    return order;
}

/* --- Places ----------------------------------------------------------------------------------- */

/* So that the whole is about as wide as high. */
static double tallest(const struct picture *picture)
{
    double area = 0, highest = 0;

    for (size_t i = 0; i < picture->tables.n; i++) {
        const struct picture_table *table = &picture->tables.items[i];
        area += (table->width + CHANNEL) * (table->height + GAP);
        highest = larger(highest, table->height);
    }
    return larger(root(area), highest);
}

struct cursor {
    double x, y, width, height;
    int layer;
};

static void next_column(struct cursor *cursor)
{
    cursor->x += cursor->width + CHANNEL;
    cursor->y = MARGIN;
    cursor->width = 0;
}

static void put(struct cursor *cursor, struct picture_table *table, double limit)
{
    if (cursor->y > MARGIN &&
        (table->layer != cursor->layer || cursor->y + table->height > limit + MARGIN))
        next_column(cursor);
    cursor->layer = table->layer;
    table->x = cursor->x;
    table->y = cursor->y;
    cursor->y += table->height + GAP;
    cursor->width = larger(cursor->width, table->width);
    cursor->height = larger(cursor->height, cursor->y - GAP + MARGIN);
}

void layout(struct arena *arena, struct picture *picture, double *width, double *height)
{
    struct placing placing = {.arena = arena, .picture = picture};
    struct cursor cursor = {.x = MARGIN, .y = MARGIN, .height = 2 * MARGIN};
    size_t *order = NULL;
    double limit;

    for (size_t i = 0; i < picture->tables.n; i++)
        size_table(&picture->tables.items[i]);
    find_layers(&placing);
    for (int i = 0; i < MOST_SWEEPS; i++)
        order = sweep(&placing);
    limit = tallest(picture);
    for (size_t i = 0; i < picture->tables.n; i++)
        put(&cursor, &picture->tables.items[order[i]], limit);
    *width = cursor.x + cursor.width + MARGIN;
    *height = cursor.height;
}
