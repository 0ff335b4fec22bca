/* A unified diff. The shortest way from one text to the other is searched as E. W. Myers describes
 * it
 * ("An O(ND) Difference Algorithm and Its Variations", 1986, section 4), between the lines that
 * both have at their start and end; where it is too long to be worth it, all between is removed and
 * added.
 */
#include "cli/diff.h"

#include <string.h>

#include "support/vec.h"

enum { CONTEXT = 3, MAX_EDITS = 1000 };

/* With their ends: the last one may have none. */
struct line_list {
    str *items;
    size_t n;
};

struct diff {
    struct arena *arena;
    struct line_list old, new;
    bool *removed, *added; /* [old.n], [new.n] */
};

static size_t line_len(str text)
{
    const size_t end = str_line_end(text, 0);

    return end + (end < text.len);
}

static struct line_list split_lines(struct arena *arena, str text)
{
    struct line_list lines = {0};

    for (str rest = text; rest.len; rest = str_slice(rest, line_len(rest), rest.len))
        lines.n++;
    lines.items = arena_array(arena, str, lines.n + 1);
    for (size_t i = 0; i < lines.n; i++) {
        lines.items[i] = str_slice(text, 0, line_len(text));
        text = str_slice(text, lines.items[i].len, text.len);
    }
    return lines;
}

/* --- The way from one to the other --------------------------------------------------------------
 */

/* What is left between the common start and end. */
struct middle {
    const str *old, *new;
    ptrdiff_t n_old, n_new;
};

/* Where a way with some edits can end on diagonal k (old line - new line), as old line:
 * reach[edits][k
 * + edits]. */
typedef VEC(ptrdiff_t *) reach_list;

/* The last edit of a way to diagonal k adds a line, and does not remove one. */
static bool adds(const reach_list *reach, ptrdiff_t edits, ptrdiff_t k)
{
    const ptrdiff_t *before = reach->items[edits - 1] + edits - 1;

    return k == -edits || (k != edits && before[k - 1] < before[k + 1]);
}

/* Behind the last edit, before the lines that are the same. */
static ptrdiff_t start_on(const reach_list *reach, ptrdiff_t edits, ptrdiff_t k)
{
    if (edits == 0)
        return 0;
    return adds(reach, edits, k) ? reach->items[edits - 1][k + edits]
                                 : reach->items[edits - 1][k + edits - 2] + 1;
}

static ptrdiff_t follow(const struct middle *middle, ptrdiff_t x, ptrdiff_t k)
{
    while (x < middle->n_old && x - k < middle->n_new && str_eq(middle->old[x], middle->new[x - k]))
        x++;
    return x;
}

/* Whether that many edits are enough. */
static bool step(struct arena *arena, const struct middle *middle, reach_list *reach)
{
    const ptrdiff_t edits = (ptrdiff_t)reach->n;
    ptrdiff_t *row = arena_array(arena, ptrdiff_t, 2 * reach->n + 1);

    vec_push(arena, reach, row);
    for (ptrdiff_t k = -edits; k <= edits; k += 2) {
        const ptrdiff_t x = follow(middle, start_on(reach, edits, k), k);
        row[k + edits] = x;
        if (x >= middle->n_old && x - k >= middle->n_new)
            return true;
    }
    return false;
}

static void mark(const struct middle *middle, const reach_list *reach, bool *removed, bool *added)
{
    ptrdiff_t k = middle->n_old - middle->n_new;

    for (ptrdiff_t edits = (ptrdiff_t)reach->n - 1; edits > 0; edits--) {
        const ptrdiff_t x = start_on(reach, edits, k);
        if (adds(reach, edits, k)) {
            added[x - k - 1] = true;
            k++;
        } else {
            removed[x - 1] = true;
            k--;
        }
    }
}

static void compare(struct diff *diff, size_t same, size_t same_end)
{
    const struct middle middle = {diff->old.items + same, diff->new.items + same,
                                  (ptrdiff_t)(diff->old.n - same - same_end),
                                  (ptrdiff_t)(diff->new.n - same - same_end)};
    reach_list reach = {0};

    while (reach.n <= MAX_EDITS)
        if (step(diff->arena, &middle, &reach)) {
            mark(&middle, &reach, diff->removed + same, diff->added + same);
            return;
        }
    memset(diff->removed + same, true, (size_t)middle.n_old);
    memset(diff->added + same, true, (size_t)middle.n_new);
}

static void find_changes(struct diff *diff)
{
    const struct line_list *old = &diff->old, *new = &diff->new;
    size_t same = 0, same_end = 0;

    diff->removed = arena_array(diff->arena, bool, old->n + 1);
    diff->added = arena_array(diff->arena, bool, new->n + 1);
    while (same < old->n && same < new->n &&str_eq(old->items[same], new->items[same]))
        same++;
    while (same + same_end < old->n &&
           same + same_end < new->n &&str_eq(old->items[old->n - same_end - 1],
                                             new->items[new->n - same_end - 1]))
        same_end++;
    compare(diff, same, same_end);
}

/* --- Hunks --------------------------------------------------------------------------------------
 */

/* A place in both texts. */
struct place {
    size_t old, new;
};

static bool is_change(const struct diff *diff, struct place at)
{
    return (at.old < diff->old.n && diff->removed[at.old]) ||
           (at.new < diff->new.n && diff->added[at.new]);
}

static bool at_end(const struct diff *diff, struct place at)
{
    return at.old >= diff->old.n && at.new >= diff->new.n;
}

static struct place next(const struct diff *diff, struct place at)
{
    if (at.old < diff->old.n && diff->removed[at.old])
        return (struct place){at.old + 1, at.new};
    if (at.new < diff->new.n && diff->added[at.new])
        return (struct place){at.old, at.new + 1};
    return (struct place){at.old + 1, at.new + 1};
}

/* Behind the last change that is not more than two contexts from the one before. */
static struct place end_of_changes(const struct diff *diff, struct place at)
{
    struct place end = at;

    for (size_t n_same = 0; !at_end(diff, at) && n_same <= 2 * CONTEXT;) {
        n_same = is_change(diff, at) ? 0 : n_same + 1;
        at = next(diff, at);
        if (n_same == 0)
            end = at;
    }
    return end;
}

static void add_line(struct buf *out, char mark, str line)
{
    buf_addc(out, mark);
    buf_add(out, line.data, line.len);
    if (line.data[line.len - 1] != '\n')
        buf_adds(out, "\n\\ No newline at end of file\n");
}

static void add_range(struct buf *out, char mark, size_t from, size_t to)
{
    const size_t n = to - from;

    buf_addf(out, "%c%zu", mark, n ? from + 1 : from);
    if (n != 1)
        buf_addf(out, ",%zu", n);
}

static void add_hunk(struct buf *out, const struct diff *diff, struct place from, struct place to)
{
    buf_adds(out, "@@ ");
    add_range(out, '-', from.old, to.old);
    buf_addc(out, ' ');
    add_range(out, '+', from.new, to.new);
    buf_adds(out, " @@\n");
    for (struct place at = from; at.old < to.old || at.new < to.new; at = next(diff, at)) {
        const bool removed = at.old < diff->old.n && diff->removed[at.old];
        if (!removed && at.new < diff->new.n && diff->added[at.new])
            add_line(out, '+', diff->new.items[at.new]);
        else if (at.old < diff->old.n)
            add_line(out, removed ? '-' : ' ', diff->old.items[at.old]);
    }
}

void diff_write(struct buf *out, const char *path, str before, str after)
{
    struct diff diff = {out->arena, split_lines(out->arena, before), split_lines(out->arena, after),
                        NULL, NULL};
    struct place at = {0};

    find_changes(&diff);
    buf_addf(out, "--- %s\n+++ %s\n", before.len ? path : "/dev/null",
             after.len ? path : "/dev/null");
    while (!at_end(&diff, at)) {
        if (is_change(&diff, at)) {
            const struct place end = end_of_changes(&diff, at);
            const size_t left = diff.old.n - end.old;
            const size_t before_it = at.old < CONTEXT ? at.old : CONTEXT;
            const size_t behind_it = left < CONTEXT ? left : CONTEXT;
            add_hunk(out, &diff, (struct place){at.old - before_it, at.new - before_it},
                     (struct place){end.old + behind_it, end.new + behind_it});
            at = end;
        } else {
            at = next(&diff, at);
        }
    }
}
