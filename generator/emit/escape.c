/* Escaping. Two things can carry foreign text into a C file: string literals and comments. Names
 * cannot: they are made of letters, digits and underscores (names.h).
 *
 * A comment is the more dangerous one, since nothing can be escaped in it: the end mark, a spliced
 * line and a trigraph are all recognised before a comment is. So only printable ASCII gets in, and
 * the few harmful neighbours are parted by a space.
 */
#include "emit/escape.h"

#include <stdint.h>
#include <string.h>

#include "emit/template.h"

enum {
    PIECE_MAX = 4000,   /* bytes of one literal, each of which may become four */
    LITERAL_MAX = 4095, /* characters of a whole literal: C11, 5.2.4.1 */
};

/* Three digits always, so that a following digit is never swallowed. */
static void add_string_char(struct buf *out, unsigned char c, unsigned char previous)
{
    if (c == '\n')
        buf_adds(out, "\\n");
    else if (c == '\t')
        buf_adds(out, "\\t");
    else if (c == '"' || c == '\\')
        buf_addf(out, "\\%c", c);
    else if (c == '?' && previous == '?')
        buf_adds(out, "\\?");
    else if (c < 0x20 || c > 0x7E)
        buf_addf(out, "\\%03o", c);
    else
        buf_addc(out, (char)c);
}

const char *c_string(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);
    unsigned char previous = 0;

    buf_addc(&out, '"');
    for (; *text; text++) {
        add_string_char(&out, (unsigned char)*text, previous);
        previous = (unsigned char)*text;
    }
    buf_addc(&out, '"');
    return buf_text(&out);
}

/* Where the piece that starts at text ends: behind a line end, or behind the last space that still
 * fits into `width`, or behind the first one after that. */
static const char *piece_end(const char *text, size_t width)
{
    const char *space = NULL;

    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '\n')
            return text + i + 1;
        if (i >= width && (space || i + 1 >= PIECE_MAX / 4))
            return space ? space : text + i;
        if (text[i] == ' ')
            space = text + i + 1;
    }
    return text + strlen(text);
}

const char *c_string_lines(struct arena *arena, const char *text, size_t indent)
{
    struct buf out = buf_in(arena);
    size_t width = LINE_WIDTH - indent - 5;
    const char *separator = arena_printf(arena, "\n%*s", (int)indent, "");

    if (strlen(text) > LITERAL_MAX)
        buf_addf(&out, "__extension__ /* longer than 4095 characters */%s", separator);
    do {
        const char *end = piece_end(text, width);
        buf_adds(&out, c_string(arena, arena_strndup(arena, text, (size_t)(end - text))));
        text = end;
        if (*text)
            buf_adds(&out, separator);
    } while (*text);
    return buf_text(&out);
}

/* The code point at s and its length in bytes; -1 and 1 for what is not UTF-8. */
static int32_t decode(const char *s, size_t *len)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t n = *u < 0x80 ? 1 : *u < 0xE0 ? 2 : *u < 0xF0 ? 3 : 4;
    int32_t code;

    if (strnlen(s, n) < n || str_valid_utf8((str){s, n}) < n) {
        *len = 1;
        return -1;
    }
    *len = n;
    code = n == 1 ? *u : *u & (0x7F >> n);
    for (size_t i = 1; i < n; i++)
        code = code << 6 | (u[i] & 0x3F);
    return code;
}

/* Neighbours that would end or open a comment or make a trigraph. */
static bool must_part(char previous, char c)
{
    return (previous == '*' && c == '/') || (previous == '/' && (c == '*' || c == '/')) ||
           (previous == '?' && c == '?');
}

/* Adds characters that a comment cannot hold, as <U+00E9 U+00E8>; returns what follows them. */
static const char *add_code_points(struct buf *out, const char *text)
{
    const char *separator = "<";

    while (*text && *text != '\n' && *text != '\r' && *text != '\t' &&
           (*text < 0x20 || *text > 0x7E || *text == '\\')) {
        size_t len;
        int32_t code = decode(text, &len);
        if (code < 0)
            buf_addf(out, "%s0x%02X", separator, (unsigned)(unsigned char)*text);
        else
            buf_addf(out, "%sU+%04X", separator, (unsigned)code);
        text += len;
        separator = " ";
    }
    buf_addc(out, '>');
    return text;
}

const char *c_comment_text(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);
    char previous = 0;

    while (*text) {
        char c = *text;
        if (c == '\n' || c == '\r') {
            buf_addc(&out, '\n');
            text += c == '\r' && text[1] == '\n' ? 2 : 1;
            previous = '\n';
            continue;
        }
        if (c == '\t')
            c = ' ';
        if (c < 0x20 || c > 0x7E || c == '\\') {
            text = add_code_points(&out, text);
            previous = '>';
            continue;
        }
        if (must_part(previous, c))
            buf_addc(&out, ' ');
        buf_addc(&out, c);
        previous = c;
        text++;
    }
    return buf_text(&out);
}

/* The next line of at most `width` characters, broken at a space where there is one. */
static str take_line(const char **text, size_t width)
{
    size_t len = strcspn(*text, "\n");
    str line = {*text, len};

    if (len > width) {
        size_t at = width;
        while (at > 0 && line.data[at] != ' ')
            at--;
        if (at == 0)
            at = strcspn(line.data, " \n");
        line.len = at;
    }
    *text += line.len;
    *text += **text == '\n' || **text == ' ' ? 1 : 0;
    while (line.len > 0 && line.data[line.len - 1] == ' ')
        line.len--;
    return line;
}

const char *c_doc_comment(struct arena *arena, const char *text, size_t indent)
{
    struct buf out = buf_in(arena);
    str whole = str_trim(str_from(c_comment_text(arena, text)));
    const char *rest = arena_strndup(arena, whole.data, whole.len);
    size_t width = LINE_WIDTH - indent;

    if (whole.len == 0)
        return "";
    if (whole.len + strlen("/**  */") <= width && !strchr(rest, '\n')) {
        buf_addf(&out, "/** %s */\n", rest);
        return buf_text(&out);
    }
    for (const char *lead = "/** "; *rest; lead = " * ") {
        str line = take_line(&rest, width - strlen("/**  */"));
        buf_adds(&out, line.len > 0 ? lead : " *");
        buf_add(&out, line.data, line.len);
        buf_adds(&out, *rest ? "\n" : " */\n");
    }
    return buf_text(&out);
}
