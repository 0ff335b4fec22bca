/* Lines that both texts have at their start and end are left out but for some context; what is
 * between is shown as removed and added. Generated files change in few places, so that this is
 * short enough to read.
 */
#include "cli/diff.h"

#include <string.h>

#include "support/vec.h"

enum { CONTEXT = 3 };

typedef VEC(str) line_list;

static line_list split_lines(struct arena *arena, str text)
{
    line_list lines = {0};

    while (text.len) {
        size_t len = str_line_end(text, 0);
        vec_push(arena, &lines, str_slice(text, 0, len));
        text = str_slice(text, len < text.len ? len + 1 : len, text.len);
    }
    return lines;
}

static void add_lines(struct buf *out, char mark, const line_list *lines, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        buf_addc(out, mark);
        buf_add(out, lines->items[i].data, lines->items[i].len);
        buf_addc(out, '\n');
    }
}

void diff_write(struct buf *out, const char *path, str before, str after)
{
    line_list old = split_lines(out->arena, before), new = split_lines(out->arena, after);
    size_t same = 0, same_end = 0, first, last;

    while (same < old.n && same < new.n &&str_eq(old.items[same], new.items[same]))
        same++;
    while (same + same_end < old.n &&
           same + same_end <
               new.n &&str_eq(old.items[old.n - same_end - 1], new.items[new.n - same_end - 1]))
        same_end++;
    first = same > CONTEXT ? same - CONTEXT : 0;
    last = same_end > CONTEXT ? CONTEXT : same_end;
    buf_addf(out, "--- %s\n+++ %s\n", before.len ? path : "/dev/null",
             after.len ? path : "/dev/null");
    buf_addf(out, "@@ -%zu,%zu +%zu,%zu @@\n", old.n ? first + 1 : 0,
             old.n - same_end + last - first, new.n ? first + 1 : 0,
             new.n - same_end + last - first);
    add_lines(out, ' ', &old, first, same);
    add_lines(out, '-', &old, same, old.n - same_end);
    add_lines(out, '+', &new, same, new.n - same_end);
    add_lines(out, ' ', &old, old.n - same_end, old.n - same_end + last);
}
