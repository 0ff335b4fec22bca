/* Lines, indentation and the small words of the text. */
#include "deparse/writer.h"

#include <string.h>

/* Deeper levels are indented by less, and then from the start again. */
enum { INDENT_LIMIT = 40 };

void write_text(struct writer *writer, const char *text)
{
    buf_adds(writer->out, text);
}

void write_name(struct writer *writer, const char *identifier)
{
    write_text(writer, catalog_quote_identifier(writer->arena, identifier));
}

void write_string(struct writer *writer, const char *text)
{
    buf_addc(writer->out, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            buf_addc(writer->out, '\'');
        buf_addc(writer->out, *text);
    }
    buf_addc(writer->out, '\'');
}

void write_type(struct writer *writer, oid type, int32_t typmod)
{
    write_text(writer, catalog_format_type_mod(writer->catalog, writer->arena, type, typmod));
}

void write_trim(struct writer *writer)
{
    struct buf *out = writer->out;

    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
}

static int width_of(const struct writer *writer)
{
    const int beyond = writer->indent - INDENT_LIMIT;

    if (beyond < 0)
        return writer->indent > 0 ? writer->indent : 0;
    return (INDENT_LIMIT + beyond / (INDENT_QUERY / 2)) % INDENT_LIMIT;
}

void write_line(struct writer *writer, const char *text, int before, int after, int more)
{
    if (writer->has_layout) {
        writer->indent += before;
        write_trim(writer);
        buf_addf(writer->out, "\n%*s", width_of(writer) + more, "");
        writer->indent += after;
        if (writer->indent < 0)
            writer->indent = 0;
    }
    write_text(writer, text);
}

void write_clause(struct writer *writer, const char *keyword, int more)
{
    write_line(writer, keyword, -INDENT_QUERY, INDENT_QUERY, more);
}

void write_item(struct writer *writer, const char *item)
{
    if (writer->has_layout && item[0] == '\n')
        write_trim(writer);
    else if (writer->has_layout)
        write_clause(writer, "", INDENT_ITEM);
    write_text(writer, item);
}

const char *write_apart(struct writer *writer,
                        void (*write)(struct writer *writer, const void *what), const void *what)
{
    struct buf apart = buf_in(writer->arena), *out = writer->out;

    writer->out = &apart;
    write(writer, what);
    writer->out = out;
    return buf_text(&apart);
}

void write_refuse(struct writer *writer, const char *what)
{
    if (!writer->refused)
        writer->refused = arena_printf(writer->arena, "cannot be written: %s", what);
}

void write_open(struct writer *writer)
{
    if (!writer->is_pretty)
        buf_addc(writer->out, '(');
}

void write_close(struct writer *writer)
{
    if (!writer->is_pretty)
        buf_addc(writer->out, ')');
}
