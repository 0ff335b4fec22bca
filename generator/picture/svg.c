/* The picture as SVG. Colours also say what they mean by a sign, for those who see none. */
#include <string.h>

#include "picture/layout.h"
#include "support/buf.h"

static const char style[] =
    "  <style>\n"
    "    text { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328 }\n"
    "    .name { font-weight: bold }\n"
    "    .type { fill: #59636e }\n"
    "    .box { fill: #ffffff; stroke: #59636e }\n"
    "    .head { fill: #eaeef2 }\n"
    "    .line { fill: none; stroke: #59636e }\n"
    "    .added { fill: #dafbe1 }\n"
    "    .changed { fill: #fff8c5 }\n"
    "    .removed { fill: #ffebe9 }\n"
    "    .line-added { stroke: #1a7f37; stroke-width: 2 }\n"
    "    .line-removed { stroke: #cf222e; stroke-width: 2; stroke-dasharray: 5 3 }\n"
    "    .gone { text-decoration: line-through }\n"
    "  </style>\n";

static const char *mark_class(enum picture_mark mark)
{
    static const char *const names[] = {"", "added", "changed", "removed"};

    return names[mark];
}

static const char *mark_sign(enum picture_mark mark)
{
    static const char *const signs[] = {"", "+", "~", "-"};

    return signs[mark];
}

static void add_escaped(struct buf *out, const char *text)
{
    for (; *text; text++)
        if (*text == '&')
            buf_adds(out, "&amp;");
        else if (*text == '<')
            buf_adds(out, "&lt;");
        else if (*text == '>')
            buf_adds(out, "&gt;");
        else if (*text == '"')
            buf_adds(out, "&quot;");
        else if ((unsigned char)*text < ' ')
            buf_addc(out, ' ');
        else
            buf_addc(out, *text);
}

static void add_text(struct buf *out, double x, double y, const char *class, const char *text)
{
    buf_addf(out, "    <text x=\"%.0f\" y=\"%.0f\"", x, y);
    if (*class)
        buf_addf(out, " class=\"%s\"", class);
    buf_adds(out, ">");
    add_escaped(out, text);
    buf_adds(out, "</text>\n");
}

static void add_rect(struct buf *out, const struct picture_table *table, double y, double height,
                     const char *class)
{
    buf_addf(out, "    <rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" class=\"%s\"/>\n",
             table->x, y, table->width, height, class);
}

static const char *sign_of(const struct picture_column *column)
{
    if (column->mark != MARK_SAME)
        return mark_sign(column->mark);
    return column->is_key ? "#" : column->is_foreign ? ">" : "";
}

/* "integer → bigint"; a column that may be NULL has a question mark. */
static void add_column(struct arena *arena, struct buf *out, const struct picture_table *table,
                       size_t at)
{
    const struct picture_column *column = &table->columns.items[at];
    const double y = table->y + (double)(at + 1) * ROW;
    const char *type = column->old_type
                           ? arena_printf(arena, "%s → %s%s", column->old_type, column->type,
                                          column->not_null ? "" : "?")
                           : arena_printf(arena, "%s%s", column->type, column->not_null ? "" : "?");
    const size_t n = strlen(type) - (column->old_type ? 2 : 0); /* the arrow has three bytes */

    if (column->mark != MARK_SAME)
        add_rect(out, table, y, ROW, mark_class(column->mark));
    add_text(out, table->x + PADDING, y + 13, "type", sign_of(column));
    add_text(out, table->x + PADDING + 2 * CHARACTER, y + 13,
             column->mark == MARK_REMOVED ? "gone"
             : column->is_key             ? "name"
                                          : "",
             column->name);
    add_text(out, table->x + table->width - PADDING - (double)n * (CHARACTER + 0.25), y + 13,
             "type", type);
}

static void add_table(struct arena *arena, struct buf *out, const struct picture_table *table)
{
    const char *head =
        table->mark == MARK_SAME || table->mark == MARK_CHANGED ? "head" : mark_class(table->mark);
    const char *sign = mark_sign(table->mark);

    buf_adds(out, "  <g>\n");
    add_rect(out, table, table->y, table->height, "box");
    add_rect(out, table, table->y, ROW, head);
    add_text(out, table->x + PADDING, table->y + 13,
             table->mark == MARK_REMOVED ? "name gone" : "name",
             *sign ? arena_printf(arena, "%s %s", sign, table->name) : table->name);
    for (size_t i = 0; i < table->columns.n; i++)
        add_column(arena, out, table, i);
    buf_adds(out, "  </g>\n");
}

static double row_of(const struct picture_table *table, size_t column)
{
    return table->y + ((double)column + 1.5) * ROW;
}

/* From the column that refers to the one that is referred to: across the channel between them, or
 * around on the right where they lie above each other. */
static void add_line(struct buf *out, const struct picture *picture,
                     const struct picture_line *line)
{
    const struct picture_table *from = &picture->tables.items[line->from];
    const struct picture_table *to = &picture->tables.items[line->to];
    const double y1 = row_of(from, line->from_column), y2 = row_of(to, line->to_column);
    const bool is_right = from->x > to->x, is_left = from->x < to->x;
    const double x1 = is_right ? from->x : from->x + from->width;
    const double x2 = is_left ? to->x : to->x + to->width;
    const double bend1 = is_right ? x1 - CHANNEL / 2.0 : x1 + CHANNEL / 2.0;
    const double bend2 = is_left ? x2 - CHANNEL / 2.0 : x2 + CHANNEL / 2.0;

    buf_addf(out,
             "  <path class=\"line%s\" marker-end=\"url(#end)\" "
             "d=\"M%.0f %.0f C%.0f %.0f %.0f %.0f %.0f %.0f\"/>\n",
             line->mark == MARK_ADDED     ? " line-added"
             : line->mark == MARK_REMOVED ? " line-removed"
                                          : "",
             x1, y1, bend1, y1, bend2, y2, x2, y2);
}

static void add_legend(struct arena *arena, struct buf *out, const struct picture *picture,
                       double height)
{
    const char *text = picture->has_marks
                           ? "# key  > foreign key  ? may be NULL    + added  ~ changed  - removed"
                           : "# key  > foreign key  ? may be NULL";

    add_text(out, MARGIN, height + 4, "type",
             picture->n_left_out ? arena_printf(arena, "%s    (%zu other tables are not shown)",
                                                text, picture->n_left_out)
                                 : text);
}

const char *picture_svg(struct arena *arena, struct picture *picture)
{
    struct buf out = buf_in(arena);
    double width, height;

    layout(arena, picture, &width, &height);
    if (width < 640)
        width = 640; /* for the legend */
    buf_addf(&out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
             "viewBox=\"0 0 %.0f %.0f\">\n",
             width, height + ROW, width, height + ROW);
    buf_adds(&out, style);
    buf_adds(&out, "  <defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" "
                   "markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
                   "<path d=\"M0 0 L8 4 L0 8 Z\" fill=\"#59636e\"/></marker></defs>\n");
    buf_addf(&out, "  <rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>\n", width,
             height + ROW);
    for (size_t i = 0; i < picture->lines.n; i++)
        add_line(&out, picture, &picture->lines.items[i]);
    for (size_t i = 0; i < picture->tables.n; i++)
        add_table(arena, &out, &picture->tables.items[i]);
    add_legend(arena, &out, picture, height);
    buf_adds(&out, "</svg>\n");
    return buf_text(&out);
}
