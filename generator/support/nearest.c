/* Edits are insertions, deletions, replacements, and two neighbours swapped (optimal string
 * alignment).
 */
#include "support/nearest.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST_NAME = 64 };

/* limit + 1 when it is more than the limit. */
static size_t distance_of(const char *a, const char *b, size_t limit)
{
    size_t rows[3][LONGEST_NAME + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    size_t a_len = strlen(a), b_len = strlen(b);

    if (a_len > LONGEST_NAME || b_len > LONGEST_NAME)
        return limit + 1;
    if (a_len > b_len + limit || b_len > a_len + limit)
        return limit + 1;
    for (size_t j = 0; j <= b_len; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *spare = before;
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        before = above;
        above = row;
        row = spare;
    }
    return above[b_len] <= limit ? above[b_len] : limit + 1;
}

static size_t limit_of(const struct nearest *nearest)
{
    size_t len = strlen(nearest->wanted);

    return len < 2 ? 0 : len < 6 ? 1 : 2;
}

void nearest_consider(struct nearest *nearest, const char *name)
{
    size_t limit, distance;

    if (nearest->name && nearest->distance == 0)
        return;
    limit = nearest->name ? nearest->distance - 1 : limit_of(nearest);
    distance = distance_of(nearest->wanted, name, limit);
    if (distance > limit)
        return;
    nearest->name = name;
    nearest->distance = distance;
}

const char *nearest_hint(struct arena *arena, const struct nearest *nearest)
{
    return nearest->name ? arena_printf(arena, "did you mean \"%s\"?", nearest->name) : NULL;
}
