/* Filling templates. A template is copied line by line, for two of the rules are about lines: a
 * hole alone on its line takes whole lines, and a list is wrapped by the column where it starts.
 */
#include "emit/template.h"

#include <string.h>

#include "support/bug.h"

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

static size_t name_length(const char *s)
{
    size_t len = 0;

    while (is_name_char(s[len]))
        len++;
    return len;
}

static const struct hole *find_hole(const struct hole *holes, str name)
{
    for (; holes->name; holes++)
        if (str_is(name, holes->name))
            return holes;
    BUG("a hole of a template has no value");
}

/* Characters since the last line end. */
static size_t column_of(const struct buf *out)
{
    size_t n = 0;

    while (n < out->len && out->data[out->len - 1 - n] != '\n')
        n++;
    return n;
}

static void add_spaces(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_addc(out, ' ');
}

/* Adds each line of text behind the indentation; lines stay empty when they are. */
static void add_block(struct buf *out, size_t indent, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (len > 0)
            add_spaces(out, indent);
        buf_add(out, text, len);
        buf_addc(out, '\n');
        text += len;
        if (*text == '\n')
            text++;
    }
}

static size_t longest(const text_list *list)
{
    size_t max = 0;

    for (size_t i = 0; i < list->n; i++)
        if (strlen(list->items[i]) > max)
            max = strlen(list->items[i]);
    return max;
}

/* Where the continuation lines of a list start: under its first item, or four columns in from the
 * line's own indentation when an item would not fit there. */
static size_t list_column(struct buf *out, const text_list *list, size_t tail)
{
    size_t column = column_of(out), indent = 0;
    const char *line = out->data + out->len - column;

    if (column + longest(list) + tail <= LINE_WIDTH)
        return column;
    while (line[indent] == ' ')
        indent++;
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    buf_addc(out, '\n');
    add_spaces(out, indent + 4);
    return indent + 4;
}

/* `tail` is the length of what follows the list on its line. */
static void add_list(struct buf *out, const text_list *list, size_t tail)
{
    size_t start = list_column(out, list, tail), column = start;

    for (size_t i = 0; i < list->n; i++) {
        size_t len = strlen(list->items[i]), after = i + 1 == list->n ? tail : 1;
        if (i > 0 && column + 1 + len + after > LINE_WIDTH) {
            buf_addc(out, '\n');
            add_spaces(out, start);
            column = start;
        } else if (i > 0) {
            buf_addc(out, ' ');
            column++;
        }
        buf_adds(out, list->items[i]);
        column += len;
        if (i + 1 < list->n) {
            buf_addc(out, ',');
            column++;
        }
    }
}

/* Fills the hole at p (a '$') and returns what follows it. */
static const char *fill_hole(struct buf *out, const char *p, const struct hole *holes)
{
    bool is_list = p[1] == '(';
    const char *start = p + (is_list ? 2 : 1), *rest;
    str name = {start, name_length(start)};
    const struct hole *hole = find_hole(holes, name);

    rest = start + name.len + (is_list ? 1 : 0);
    if (is_list != (hole->list != NULL) || (!is_list && !hole->text))
        BUG("a hole of a template has the wrong kind of value");
    if (is_list)
        add_list(out, hole->list, strcspn(rest, "$\n"));
    else
        buf_adds(out, hole->text);
    return rest;
}

/* The hole that is alone on the line, or NULL; sets its indentation. */
static const struct hole *lone_hole(str line, const struct hole *holes, size_t *indent)
{
    str trimmed = str_trim(line);

    if (trimmed.len < 2 || trimmed.data[0] != '$' || !is_name_char(trimmed.data[1]) ||
        name_length(trimmed.data + 1) != trimmed.len - 1)
        return NULL;
    *indent = (size_t)(trimmed.data - line.data);
    return find_hole(holes, str_slice(trimmed, 1, trimmed.len));
}

static void fill_line(struct buf *out, str line, const struct hole *holes)
{
    const char *p = line.data, *end = line.data + line.len;

    while (p < end) {
        if (*p == '$')
            p = fill_hole(out, p, holes);
        else
            buf_addc(out, *p++);
    }
}

void template_fill(struct buf *out, const char *template, const struct hole *holes)
{
    while (*template) {
        str line = {template, strcspn(template, "\n")};
        bool ends = template[line.len] == '\n';
        size_t indent = 0;
        const struct hole *lone = ends ? lone_hole(line, holes, &indent) : NULL;

        if (lone) {
            add_block(out, indent, lone->text);
        } else {
            fill_line(out, line, holes);
            if (ends)
                buf_addc(out, '\n');
        }
        template += line.len + (ends ? 1 : 0);
    }
}
