/* Collecting, sorting and rendering diagnostics. The rendering is the one shown in the manual:
 *
 *     queries/orders.sql:2:24: error: column f.qty does not exist [42703]
 *         2 | SELECT o.id, f.qty FROM orders o
 *           |              ^~~~~
 *           = hint: did you mean "quantity"?
 */
#include "support/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void diag_adopt(struct diags *diags, struct diag *diag)
{
    vec_push(diags->arena, &diags->list, diag);
    if (diag->severity == SEVERITY_ERROR)
        diags->n_errors++;
    else
        diags->n_warnings++;
}

static struct diag *add(struct diags *diags, enum severity severity, const char *code, span at)
{
    struct diag *diag = arena_new(diags->arena, struct diag);

    *diag = (struct diag){.severity = severity,
                          .code = code,
                          .at = at,
                          .query = diags->query ? arena_strdup(diags->arena, diags->query) : NULL};
    diag_adopt(diags, diag);
    return diag;
}

struct diag *diag_error(struct diags *diags, const char *code, span at, const char *format, ...)
{
    struct diag *diag = add(diags, SEVERITY_ERROR, code, at);
    va_list args;

    va_start(args, format);
    diag->message = arena_vprintf(diags->arena, format, args);
    va_end(args);
    return diag;
}

struct diag *diag_warning(struct diags *diags, const char *code, span at, const char *format, ...)
{
    struct diag *diag = add(diags, SEVERITY_WARNING, code, at);
    va_list args;

    va_start(args, format);
    diag->message = arena_vprintf(diags->arena, format, args);
    va_end(args);
    return diag;
}

void diag_note(struct diags *diags, struct diag *diag, span at, const char *format, ...)
{
    struct diag_note note = {.at = at};
    va_list args;

    va_start(args, format);
    note.message = arena_vprintf(diags->arena, format, args);
    va_end(args);
    vec_push(diags->arena, &diag->notes, note);
}

void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    diag->hint = arena_vprintf(diags->arena, format, args);
    va_end(args);
}

void diag_rewind(struct diags *diags, size_t n)
{
    while (diags->list.n > n) {
        struct diag *last = diags->list.items[--diags->list.n];
        if (last->severity == SEVERITY_ERROR)
            diags->n_errors--;
        else
            diags->n_warnings--;
    }
}

static int compare(const void *left, const void *right)
{
    const struct diag *a = *(struct diag *const *)left, *b = *(struct diag *const *)right;
    int order;

    if (!a->at.source && !b->at.source)
        return strcmp(a->message, b->message);
    if (!a->at.source || !b->at.source)
        return a->at.source ? 1 : -1;
    order = (int)a->at.source->has_queries - (int)b->at.source->has_queries;
    if (order == 0)
        order = strcmp(a->at.source->path, b->at.source->path);
    if (order == 0)
        order = (a->at.offset > b->at.offset) - (a->at.offset < b->at.offset);
    if (order == 0)
        order = (int)a->severity - (int)b->severity;
    return order ? order : strcmp(a->message, b->message);
}

void diag_sort(struct diags *diags)
{
    struct diag **items = diags->list.items;
    size_t n = 0;

    if (diags->list.n < 2)
        return;
    qsort(items, diags->list.n, sizeof(struct diag *), compare);
    for (size_t i = 0; i < diags->list.n; i++)
        if (n == 0 || compare(&items[n - 1], &items[i]) != 0)
            items[n++] = items[i];
        else if (items[i]->severity == SEVERITY_ERROR)
            diags->n_errors--;
        else
            diags->n_warnings--;
    diags->list.n = n;
}

/* Control bytes could forge lines or drive a terminal; they are shown as \xNN, as is what is not
 * UTF-8. */
static void add_visible(struct buf *out, str text)
{
    size_t valid = str_valid_utf8(text);

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool is_torn = i == valid;
        if (is_torn)
            valid += 1 + str_valid_utf8(str_slice(text, i + 1, text.len));
        if ((c < 0x20 && c != '\t') || c == 0x7F || is_torn)
            buf_addf(out, "\\x%02x", c);
        else
            buf_addc(out, (char)c);
    }
}

/* The escape sequences of a terminal; all empty for plain text. */
struct palette {
    const char *kind, *text, *frame, *none; /* "error:" and carets, messages, line numbers */
};

static const struct palette plain = {"", "", "", ""};
static const struct palette on_error = {"\033[1;31m", "\033[1m", "\033[34m", "\033[0m"};
static const struct palette on_warning = {"\033[1;33m", "\033[1m", "\033[34m", "\033[0m"};
static const struct palette on_note = {"\033[1;36m", "", "\033[34m", "\033[0m"};

static void add_header(struct buf *out, const struct palette *palette, span at, const char *kind,
                       const char *message)
{
    if (at.source) {
        struct place place = source_place(at.source, at.offset);
        add_visible(out, str_from(at.source->path));
        buf_addf(out, ":%u:%u: ", place.line, place.column);
    }
    buf_addf(out, "%s%s:%s %s", palette->kind, kind, palette->none, palette->text);
    add_visible(out, str_from(message));
    buf_adds(out, palette->none);
}

/* The part of a line that is shown: all of it, or a window around the caret. */
struct excerpt {
    str text;
    size_t offset; /* of the text in the file */
    bool is_cut_left, is_cut_right;
};

static bool is_inside_character(str line, size_t at)
{
    return at < line.len && (line.data[at] & 0xC0) == 0x80;
}

static struct excerpt cut_line(str line, size_t start, size_t caret)
{
    enum { LONGEST = 160, BEFORE_CARET = 60 };
    size_t from = 0, to = line.len;

    if (caret > line.len)
        caret = line.len;
    if (line.len > LONGEST) {
        from = caret > BEFORE_CARET ? caret - BEFORE_CARET : 0;
        to = from + LONGEST < line.len ? from + LONGEST : line.len;
    }
    while (from > 0 && is_inside_character(line, from))
        from--;
    while (to > from && is_inside_character(line, to))
        to--;
    return (struct excerpt){str_slice(line, from, to), start + from, from > 0, to < line.len};
}

static void add_line(struct buf *out, const struct palette *palette, uint32_t line,
                     const struct excerpt *excerpt)
{
    buf_addf(out, "%s%5u |%s %s", palette->frame, line, palette->none,
             excerpt->is_cut_left ? "..." : "");
    add_visible(out, excerpt->text);
    buf_adds(out, excerpt->is_cut_right ? "...\n" : "\n");
}

/* The caret under the first character of the span, waves under the others. */
static void add_caret(struct buf *out, const struct palette *palette, span at,
                      const struct excerpt *excerpt)
{
    size_t width = 0, from = at.offset - excerpt->offset;

    buf_addf(out, "%s      |%s %s", palette->frame, palette->none,
             excerpt->is_cut_left ? "   " : "");
    for (size_t i = 0; i < from && i < excerpt->text.len; i++)
        if ((excerpt->text.data[i] & 0xC0) != 0x80)
            buf_addc(out, excerpt->text.data[i] == '\t' ? '\t' : ' ');
    for (size_t i = from; i < from + at.len && i < excerpt->text.len; i++)
        width += (excerpt->text.data[i] & 0xC0) != 0x80;
    buf_addf(out, "%s^", palette->kind);
    for (; width > 1; width--)
        buf_addc(out, '~');
    buf_addf(out, "%s\n", palette->none);
}

static void add_excerpt(struct buf *out, const struct palette *palette, span at)
{
    struct place place;
    struct excerpt excerpt;
    uint32_t start;

    if (!at.source)
        return;
    place = source_place(at.source, at.offset);
    start = at.source->lines[place.line - 1];
    excerpt = cut_line(source_line(at.source, place.line), start, at.offset - start);
    add_line(out, palette, place.line, &excerpt);
    add_caret(out, palette, at, &excerpt);
}

void diag_render(struct buf *out, const struct diag *diag, bool color)
{
    bool is_error = diag->severity == SEVERITY_ERROR;
    const struct palette *palette = !color ? &plain : is_error ? &on_error : &on_warning;
    const struct palette *other = color ? &on_note : &plain;

    add_header(out, palette, diag->at, is_error ? "error" : "warning", diag->message);
    buf_addf(out, " [%s]\n", diag->lint ? diag->lint : diag->code);
    add_excerpt(out, palette, diag->at);
    for (size_t i = 0; i < diag->notes.n; i++) {
        add_header(out, other, diag->notes.items[i].at, "note", diag->notes.items[i].message);
        buf_addc(out, '\n');
        add_excerpt(out, other, diag->notes.items[i].at);
    }
    if (diag->hint) {
        buf_addf(out, "%s      =%s %shint:%s ", palette->frame, palette->none, other->kind,
                 other->none);
        add_visible(out, str_from(diag->hint));
        buf_addc(out, '\n');
    }
}
