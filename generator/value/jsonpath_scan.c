/* The tokens of jsonpath (jsonpath_scan.l). Words may hold any characters but the special ones;
 * a number ends where no word could go on.
 */
#include "value/jsonpath.h"

#include <stdlib.h>
#include <string.h>

#include "support/buf.h"

static const struct keyword {
    const char *word;
    int token;
} keywords[] = {
    {"is", JP_IS},           {"unknown", JP_UNKNOWN},
    {"exists", JP_EXISTS},   {"to", JP_TO},
    {"last", JP_LAST},       {"starts", JP_STARTS},
    {"with", JP_WITH},       {"like_regex", JP_LIKE_REGEX},
    {"flag", JP_FLAG},       {"strict", JP_MODE},
    {"lax", JP_MODE},        {"true", JP_CONSTANT},
    {"false", JP_CONSTANT},  {"null", JP_CONSTANT},
    {"abs", JP_METHOD},      {"size", JP_METHOD},
    {"type", JP_METHOD},     {"floor", JP_METHOD},
    {"double", JP_METHOD},   {"ceiling", JP_METHOD},
    {"keyvalue", JP_METHOD}, {"datetime", JP_DATETIME},
};

static bool is_blank(char c)
{
    return c && strchr(" \t\n\r\f", c);
}

/* What can stand in a bare word or a number's neighbourhood. */
static bool is_word_char(char c)
{
    return c && !is_blank(c) && !strchr("?%$.[]{}()|&!=<>@#,*:-+/\\\"", c);
}

/* The message quotes the bytes that were taken for an escape. */
static _Noreturn void bad_escape(const struct jsonpath_reader *reader, const char *what,
                                 const char *end)
{
    literal_fail(reader->literal, "42601",
                 "invalid %s sequence at or near \"%.*s\" of jsonpath input", what,
                 (int)(end - reader->at), reader->at);
}

static size_t hex_digits(const char *s, size_t most)
{
    size_t n = 0;
    while (n < most && literal_is_hex(s[n]))
        n++;
    return n;
}

/* The digits of \u0041 or \u{41}, of which `s` is after the u; NULL for others. */
static const char *unicode_digits(const char *s, size_t *n)
{
    bool in_braces = *s == '{';
    s += in_braces;
    *n = hex_digits(s, in_braces ? 6 : 4);
    return (in_braces ? *n > 0 && s[*n] == '}' : *n == 4) ? s : NULL;
}

static void check_code(const struct jsonpath_reader *reader, unsigned long code,
                       bool *after_high_surrogate)
{
    bool is_high = code >= 0xD800 && code <= 0xDBFF, is_low = code >= 0xDC00 && code <= 0xDFFF;
    if (is_low != *after_high_surrogate)
        literal_fail(reader->literal, "22P02", "invalid input syntax for type jsonpath");
    if (code == 0)
        literal_fail(reader->literal, "22P05", "unsupported Unicode escape sequence");
    *after_high_surrogate = is_high;
}

/* A run of them, so that surrogates are seen in pairs. */
static void skip_unicode(struct jsonpath_reader *reader)
{
    const char *at = reader->at;
    bool after_high_surrogate = false;
    while (at[0] == '\\' && at[1] == 'u') {
        size_t n;
        const char *digits = unicode_digits(at + 2, &n);
        if (!digits)
            bad_escape(reader, "unicode", at + 2 + (at[2] == '{') + n);
        at = digits + n + (at[2] == '{');
    }
    for (const char *s = reader->at; s < at;) {
        size_t n;
        const char *digits = unicode_digits(s + 2, &n);
        check_code(reader, strtoul(digits, NULL, 16), &after_high_surrogate);
        s = digits + n + (s[2] == '{');
    }
    if (after_high_surrogate)
        literal_fail(reader->literal, "22P02", "invalid input syntax for type jsonpath");
    reader->at = at;
}

/* \n, \x41, \u0041, \u{41}, \anything */
static void skip_escape(struct jsonpath_reader *reader)
{
    const char *s = reader->at + 1;
    if (!*s)
        literal_fail(reader->literal, "42601",
                     "unexpected end after backslash at or near \"\\\" of jsonpath input");
    if (*s == 'x') {
        size_t n = hex_digits(s + 1, 2);
        if (n < 2)
            bad_escape(reader, "hex character", s + 1 + n);
        reader->at = s + 3;
    } else if (*s == 'u') {
        skip_unicode(reader);
    } else {
        reader->at = s + 1;
    }
}

static void skip_string(struct jsonpath_reader *reader)
{
    while (*++reader->at != '"') {
        if (!*reader->at)
            literal_fail(reader->literal, "42601",
                         "unexpected end of quoted string at end of jsonpath input");
        if (*reader->at == '\\') {
            skip_escape(reader);
            reader->at--;
        }
    }
    reader->at++;
}

static void skip_digits(struct jsonpath_reader *reader)
{
    while (literal_is_digit(*reader->at))
        reader->at++;
}

static int scan_word(struct jsonpath_reader *reader)
{
    size_t n = sizeof keywords / sizeof *keywords, len;
    while (is_word_char(*reader->at) || *reader->at == '\\')
        if (*reader->at == '\\')
            skip_escape(reader);
        else
            reader->at++;
    len = (size_t)(reader->at - reader->from);
    for (size_t i = 0; i < n; i++) {
        const char *word = keywords[i].word;
        bool exact = keywords[i].token == JP_CONSTANT;
        size_t k = 0;
        while (k < len && word[k] &&
               (exact ? reader->from[k] : literal_lower(reader->from[k])) == word[k])
            k++;
        if (k == len && !word[k])
            return keywords[i].token;
    }
    return JP_IDENTIFIER;
}

static int scan_number(struct jsonpath_reader *reader)
{
    int token = JP_INTEGER;
    bool starts_with_zero = *reader->at == '0';
    reader->at += starts_with_zero;
    if (!starts_with_zero)
        skip_digits(reader);
    if (*reader->at == '.') {
        reader->at++;
        skip_digits(reader);
        token = JP_NUMBER;
    }
    if (*reader->at == 'e' || *reader->at == 'E') {
        const char *digits = reader->at + 1 + (reader->at[1] == '+' || reader->at[1] == '-');
        if (literal_is_digit(*digits)) {
            reader->at = digits;
            skip_digits(reader);
            token = JP_NUMBER;
        }
    }
    bool is_junk = is_word_char(*reader->at) || *reader->at == '\\';
    size_t run = 0;
    while (is_word_char(reader->from[run]))
        run++;
    /* The longest match wins: junk is one character. */
    if (is_junk && run > (size_t)(reader->at + 1 - reader->from)) {
        reader->at = reader->from;
        reader->is_word = true;
        return scan_word(reader);
    }
    if (is_junk)
        literal_fail(reader->literal, "42601",
                     "trailing junk after numeric literal at or near \"%.*s\" of jsonpath input",
                     (int)(reader->at + 1 - reader->from), reader->from);
    return token;
}

static int scan_symbol(struct jsonpath_reader *reader)
{
    static const struct {
        const char *text;
        int token;
    } symbols[] = {{"&&", JP_AND},        {"||", JP_OR},         {"**", JP_ANY},
                   {"==", JP_COMPARISON}, {"!=", JP_COMPARISON}, {"<>", JP_COMPARISON},
                   {"<=", JP_COMPARISON}, {">=", JP_COMPARISON}, {"<", JP_COMPARISON},
                   {">", JP_COMPARISON}};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        size_t len = strlen(symbols[i].text);
        if (strncmp(reader->at, symbols[i].text, len) == 0) {
            reader->at += len;
            return symbols[i].token;
        }
    }
    return *reader->at++;
}

static void skip_blanks(struct jsonpath_reader *reader)
{
    for (;;) {
        while (is_blank(*reader->at))
            reader->at++;
        if (strncmp(reader->at, "/*", 2) != 0)
            return;
        const char *end = strstr(reader->at + 2, "*/");
        if (!end)
            literal_fail(reader->literal, "42601",
                         "unexpected end of comment at end of jsonpath input");
        reader->at = end + 2;
    }
}

void jsonpath_next(struct jsonpath_reader *reader)
{
    skip_blanks(reader);
    reader->from = reader->at;
    reader->is_word = false;
    char c = *reader->at;
    if (!c) {
        reader->token = JP_END;
    } else if (c == '"') {
        skip_string(reader);
        reader->token = JP_STRING;
    } else if (literal_is_digit(c) || (c == '.' && literal_is_digit(reader->at[1]))) {
        reader->token = scan_number(reader);
    } else if (c == '$' && reader->at[1] == '"') {
        reader->at++;
        skip_string(reader);
        reader->token = JP_VARIABLE;
    } else if (c == '$' && is_word_char(reader->at[1])) {
        reader->at++;
        scan_word(reader);
        reader->token = JP_VARIABLE;
    } else if (is_word_char(c) || c == '\\') {
        reader->token = scan_word(reader);
        reader->is_word = true;
        if (strncmp(reader->at, "/*", 2) == 0) /* the server loses a word before a comment */
            jsonpath_next(reader);
    } else {
        reader->token = scan_symbol(reader);
    }
}

/* --- Values of strings ---------------------------------------------------------------------------
 */

/* The number of an escape behind its u or x; *s moves behind it. */
static unsigned read_code(const char **s)
{
    bool in_braces = **s == 'u' && (*s)[1] == '{';
    size_t most = in_braces ? 6 : **s == 'u' ? 4 : 2, n;
    char digits[8] = "";

    *s += in_braces ? 2 : 1;
    n = hex_digits(*s, most);
    memcpy(digits, *s, n);
    *s += n + in_braces;
    return (unsigned)strtoul(digits, NULL, 16);
}

static void add_utf8(struct buf *text, unsigned code)
{
    if (code < 0x80) {
        buf_addc(text, (char)code);
        return;
    }
    if (code < 0x800) {
        buf_addc(text, (char)(0xC0 | code >> 6));
    } else {
        buf_addc(text, (char)(code < 0x10000 ? 0xE0 | code >> 12 : 0xF0 | code >> 18));
        if (code >= 0x10000)
            buf_addc(text, (char)(0x80 | (code >> 12 & 0x3F)));
        buf_addc(text, (char)(0x80 | (code >> 6 & 0x3F)));
    }
    buf_addc(text, (char)(0x80 | (code & 0x3F)));
}

const char *jsonpath_string(const struct jsonpath_reader *reader)
{
    static const char letters[] = "bfnrtv", values[] = "\b\f\n\r\t\v";
    struct buf text = buf_in(reader->literal->input->arena);
    const char *s = reader->from + 1;

    while (s < reader->at - 1) {
        const char *letter;
        if (*s != '\\') {
            buf_addc(&text, *s++);
            continue;
        }
        s++;
        letter = strchr(letters, *s);
        if (*s == 'u' || *s == 'x') {
            add_utf8(&text, read_code(&s));
        } else {
            buf_addc(&text, letter ? values[letter - letters] : *s);
            s++;
        }
    }
    return buf_text(&text);
}
