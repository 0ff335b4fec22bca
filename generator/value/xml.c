/* XML content (libxml2's parser as xml.c calls it): elements that close, attributes that are quoted
 * and named once, references that are known. With a DOCTYPE it must be a document; one that
 * declares anything is accepted as it is. Names are not checked beyond their first character.
 */
#include "value/literal.h"

#include <string.h>

#include "support/str.h"
#include "support/vec.h"

struct reader {
    const struct literal *literal;
    struct arena *arena;
    const char *at;
    VEC(str) open; /* names of the elements around */
};

static _Noreturn void refuse(const struct reader *reader)
{
    literal_fail(reader->literal, "2200N", "invalid XML content");
}

static bool is_name_start(char c)
{
    return literal_is_alpha(c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

static bool is_name_char(char c)
{
    return is_name_start(c) || literal_is_digit(c) || c == '-' || c == '.';
}

static bool accept(struct reader *reader, const char *text)
{
    size_t len = strlen(text);
    bool found = strncmp(reader->at, text, len) == 0;
    if (found)
        reader->at += len;
    return found;
}

static void expect(struct reader *reader, const char *text)
{
    if (!accept(reader, text))
        refuse(reader);
}

static bool skip_spaces(struct reader *reader)
{
    const char *start = reader->at;
    while (*reader->at && strchr(" \t\r\n", *reader->at))
        reader->at++;
    return reader->at > start;
}

static void skip_behind(struct reader *reader, const char *text)
{
    const char *end = strstr(reader->at, text);
    if (!end)
        refuse(reader);
    reader->at = end + strlen(text);
}

static str read_name(struct reader *reader)
{
    const char *start = reader->at;
    if (!is_name_start(*start))
        refuse(reader);
    while (is_name_char(*reader->at))
        reader->at++;
    return (str){start, (size_t)(reader->at - start)};
}

/* The character that &#…; stands for: not one that XML has no place for. */
static void read_number(struct reader *reader, unsigned base)
{
    unsigned long value = 0;
    size_t n = 0;
    for (; base == 16 ? literal_is_hex(*reader->at) : literal_is_digit(*reader->at); n++) {
        char c = literal_lower(*reader->at++);
        value = value * base + (unsigned long)(literal_is_digit(c) ? c - '0' : c - 'a' + 10);
        if (value > 0x10FFFF)
            refuse(reader);
    }
    if (n == 0 || (value < 0x20 && value != 9 && value != 10 && value != 13) ||
        (value >= 0xD800 && value < 0xE000) || value == 0xFFFE || value == 0xFFFF)
        refuse(reader);
}

static void read_reference(struct reader *reader)
{
    static const char *const known[] = {"lt", "gt", "amp", "quot", "apos"};
    bool found = false;
    if (accept(reader, "&#x")) {
        read_number(reader, 16);
    } else if (accept(reader, "&#")) {
        read_number(reader, 10);
    } else {
        reader->at++;
        str name = read_name(reader);
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found = found || str_eq(name, str_from(known[i]));
        if (!found)
            refuse(reader);
    }
    expect(reader, ";");
}

/* One character outside of markup; most control characters are none. */
static void read_character(struct reader *reader)
{
    if (*reader->at == '&') {
        read_reference(reader);
        return;
    }
    if ((unsigned char)*reader->at < 0x20 && !strchr("\t\r\n", *reader->at))
        refuse(reader);
    reader->at++;
}

static void read_attribute(struct reader *reader)
{
    read_name(reader);
    skip_spaces(reader);
    expect(reader, "=");
    skip_spaces(reader);
    char quote = *reader->at;
    if (quote != '"' && quote != '\'')
        refuse(reader);
    for (reader->at++; *reader->at != quote;) {
        if (!*reader->at || *reader->at == '<')
            refuse(reader);
        read_character(reader);
    }
    reader->at++;
}

static void read_attributes(struct reader *reader)
{
    VEC(str) names = {0};
    while (skip_spaces(reader) && is_name_start(*reader->at)) {
        const char *start = reader->at;
        str name = read_name(reader);
        for (size_t i = 0; i < names.n; i++)
            if (str_eq(names.items[i], name))
                refuse(reader);
        vec_push(reader->arena, &names, name);
        reader->at = start;
        read_attribute(reader);
    }
}

static void read_start_tag(struct reader *reader)
{
    str name = read_name(reader);
    read_attributes(reader);
    if (accept(reader, "/>"))
        return;
    expect(reader, ">");
    vec_push(reader->arena, &reader->open, name);
}

static void read_end_tag(struct reader *reader)
{
    str name = read_name(reader);
    if (reader->open.n == 0 || !str_eq(name, reader->open.items[--reader->open.n]))
        refuse(reader);
    skip_spaces(reader);
    expect(reader, ">");
}

static void read_comment(struct reader *reader)
{
    skip_behind(reader, "--");
    expect(reader, ">");
}

/* <?xml …?> may stand at the beginning alone. */
static void read_instruction(struct reader *reader)
{
    str name = read_name(reader);
    if (name.len == 3 && literal_lower(name.data[0]) == 'x' && literal_lower(name.data[1]) == 'm' &&
        literal_lower(name.data[2]) == 'l')
        refuse(reader);
    if (!skip_spaces(reader) && strncmp(reader->at, "?>", 2) != 0)
        refuse(reader);
    skip_behind(reader, "?>");
}

static void read_item(struct reader *reader)
{
    if (accept(reader, "<!--"))
        read_comment(reader);
    else if (accept(reader, "<![CDATA["))
        skip_behind(reader, "]]>");
    else if (accept(reader, "<?"))
        read_instruction(reader);
    else if (accept(reader, "</"))
        read_end_tag(reader);
    else if (accept(reader, "<"))
        read_start_tag(reader);
    else if (strncmp(reader->at, "]]>", 3) == 0)
        refuse(reader);
    else
        read_character(reader);
}

static void read_content(struct reader *reader)
{
    while (*reader->at)
        read_item(reader);
    if (reader->open.n > 0)
        refuse(reader);
}

/* --- Documents ------------------------------------------------------------------------------ */

/* White space, comments and instructions. */
static void read_around(struct reader *reader)
{
    while (skip_spaces(reader) || strncmp(reader->at, "<!--", 4) == 0 ||
           strncmp(reader->at, "<?", 2) == 0)
        if (*reader->at == '<' && (reader->at[1] == '?' || strncmp(reader->at, "<!--", 4) == 0))
            read_item(reader);
}

/* Before a DOCTYPE come comments and instructions, whatever is in them (xml_doctype_in_content). */
static bool has_doctype(const char *s)
{
    for (;;) {
        s += strspn(s, " \t\r\n");
        if (strncmp(s, "<!DOCTYPE", 9) == 0)
            return true;
        bool is_comment = strncmp(s, "<!--", 4) == 0;
        if (!is_comment && strncmp(s, "<?", 2) != 0)
            return false;
        s = is_comment ? strstr(s + 4, "--") : strstr(s + 2, "?>");
        if (!s || (is_comment && s[2] != '>'))
            return false;
        s += is_comment ? 3 : 2;
    }
}

/* One element, with nothing around it that counts. */
static void read_document(struct reader *reader)
{
    read_around(reader);
    expect(reader, "<!DOCTYPE");
    if (!skip_spaces(reader))
        refuse(reader);
    read_name(reader);
    skip_spaces(reader);
    if (*reader->at == '[' || literal_is_alpha(*reader->at))
        return;
    expect(reader, ">");
    read_around(reader);
    expect(reader, "<");
    read_start_tag(reader);
    while (reader->open.n > 0) {
        if (!*reader->at)
            refuse(reader);
        read_item(reader);
    }
    read_around(reader);
    if (*reader->at)
        refuse(reader);
}

/* --- The declaration ------------------------------------------------------------------------ */

static _Noreturn void refuse_declaration(const struct reader *reader)
{
    literal_fail(reader->literal, "2200N", "invalid XML content: invalid XML declaration");
}

/* name="value" of the declaration: the value, without data when another name is next. */
static str read_pseudo_attribute(struct reader *reader, const char *name)
{
    const char *start = reader->at;
    bool has_space = skip_spaces(reader);
    if (!accept(reader, name)) {
        reader->at = start;
        return (str){0};
    }
    if (!has_space)
        refuse_declaration(reader);
    skip_spaces(reader);
    if (!accept(reader, "="))
        refuse_declaration(reader);
    skip_spaces(reader);
    char quote = *reader->at;
    const char *value = reader->at + 1;
    if (quote != '"' && quote != '\'')
        refuse_declaration(reader);
    for (reader->at++; *reader->at != quote; reader->at++)
        if (!*reader->at || (unsigned char)*reader->at >= 0x80)
            refuse_declaration(reader);
    return (str){value, (size_t)(reader->at++ - value)};
}

/* <?xml version="1.0" encoding="UTF-8" standalone="yes"?> */
static void read_declaration(struct reader *reader)
{
    str standalone;
    accept(reader, "<?xml");
    if (!read_pseudo_attribute(reader, "version").data)
        refuse_declaration(reader);
    read_pseudo_attribute(reader, "encoding");
    standalone = read_pseudo_attribute(reader, "standalone");
    if (standalone.data && !str_eq(standalone, str_from("yes")) &&
        !str_eq(standalone, str_from("no")))
        refuse_declaration(reader);
    skip_spaces(reader);
    if (!accept(reader, "?>"))
        refuse_declaration(reader);
}

void literal_check_xml(const struct literal *literal)
{
    struct reader reader = {
        .literal = literal, .arena = literal->input->arena, .at = literal->text};
    if (strncmp(reader.at, "<?xml", 5) == 0 && !is_name_char(reader.at[5]))
        read_declaration(&reader);
    if (has_doctype(reader.at))
        read_document(&reader);
    else
        read_content(&reader);
}
