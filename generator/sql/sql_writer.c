/* Every write appends to the text and, unless it goes on where the last copy ended, opens a segment
 * of the source map.
 */
#include "sql/sql_writer.h"

#include "sql/lexer.h"

static void open_segment(struct sql_writer *writer, size_t from, size_t to, bool synthetic)
{
    uint32_t offset = (uint32_t)writer->out.len;
    struct sql_segment *last =
        writer->segments.n ? &writer->segments.items[writer->segments.n - 1] : NULL;

    if (last && !last->synthetic && !synthetic &&
        last->source_offset + (offset - last->offset) == from)
        return;
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): vec_push has made room */
    vec_push(writer->arena, &writer->segments,
             (struct sql_segment){offset, (uint32_t)from, (uint32_t)(to - from), synthetic});
}

static char last_char(const struct sql_writer *writer)
{
    return writer->out.len ? writer->out.data[writer->out.len - 1] : '\0';
}

/* A space where two words would become one that are not one in the file. */
static void separate(struct sql_writer *writer, char next, size_t at)
{
    const struct sql_segment *last =
        writer->segments.n ? &writer->segments.items[writer->segments.n - 1] : NULL;

    if (!last || !lex_is_word_char(last_char(writer)) || !lex_is_word_char(next))
        return;
    if (!last->synthetic && last->source_offset + (writer->out.len - last->offset) == at)
        return;
    open_segment(writer, at, at, true);
    buf_addc(&writer->out, ' ');
}

void sql_write_copy(struct sql_writer *writer, size_t from, size_t to)
{
    if (from == to)
        return;
    separate(writer, writer->source->text.data[from], from);
    open_segment(writer, from, to, false);
    buf_add(&writer->out, writer->source->text.data + from, to - from);
}

void sql_write_text(struct sql_writer *writer, const char *text, size_t from, size_t to)
{
    if (lex_is_word_char(last_char(writer)) && lex_is_word_char(*text)) {
        open_segment(writer, from, from, true);
        buf_addc(&writer->out, ' ');
    }
    open_segment(writer, from, to, true);
    buf_adds(&writer->out, text);
}

bool sql_is_hint_comment(str comment)
{
    return str_starts_with(comment, "/*+");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

static void drop_trailing_blanks(struct sql_writer *writer, size_t keep)
{
    while (writer->out.len > keep && is_blank(last_char(writer)))
        writer->out.data[--writer->out.len] = '\0';
    while (writer->segments.n &&
           writer->segments.items[writer->segments.n - 1].offset >= writer->out.len &&
           writer->segments.items[writer->segments.n - 1].offset > 0)
        writer->segments.n--;
}

static void copy_space(struct sql_writer *writer, str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!(text.data[i] == '\r' && i + 1 < text.len && text.data[i + 1] == '\n'))
            sql_write_copy(writer, i, i + 1);
}

/* Where the text goes on after a comment that is left out, so that neither a blank line nor a
 * second space stays behind. `start` is where the gap starts in the output. */
static size_t leave_out_comment(struct sql_writer *writer, str text, size_t after, size_t start)
{
    size_t next = after;

    while (next < text.len && (is_blank(text.data[next]) || text.data[next] == '\r'))
        next++;
    if (next < text.len && text.data[next] == '\n') {
        drop_trailing_blanks(writer, start);
        return writer->out.len == 0 || last_char(writer) == '\n' ? next + 1 : next;
    }
    return writer->out.len > start || writer->out.len == 0 ? next : after;
}

void sql_write_gap(struct sql_writer *writer, size_t from, size_t to)
{
    str text = str_slice(writer->source->text, 0, to);
    size_t start = writer->out.len, at = from;
    bool left_out = false;

    while (at < to) {
        struct token token = lex_token(text, at);
        at = token.to;
        if (token.kind != TOKEN_COMMENT) {
            copy_space(writer, text, token.from, token.to);
        } else if (sql_is_hint_comment(token_text(text, token))) {
            sql_write_copy(writer, token.from, token.to);
        } else {
            left_out = true;
            at = leave_out_comment(writer, text, token.to, start);
        }
    }
    if (left_out && writer->out.len == start && start > 0)
        sql_write_text(writer, " ", from, to);
}

struct sql sql_write_finish(struct sql_writer *writer)
{
    return (struct sql){
        .source = writer->source,
        .text = buf_text(&writer->out),
        .len = writer->out.len,
        .segments = writer->segments.items,
        .n_segments = writer->segments.n,
    };
}
