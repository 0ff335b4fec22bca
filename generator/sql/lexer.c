/* One function per lexical class; lex_token() looks at the first byte and hands over.
 *
 * The rules that are easy to get wrong are PostgreSQL's own: an operator ends before a comment that
 * starts inside it; a trailing + or - belongs to a longer operator only when that has one of the
 * characters ~ ! @ # % ^ & | ` ?; block comments nest; strings on following lines continue the one
 * before.
 */
#include "sql/lexer.h"

#include <string.h>

static char at_or_nul(str text, size_t at)
{
    return at < text.len ? text.data[at] : '\0';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_word_part(char c)
{
    return is_word_start(c) || is_digit(c) || c == '$';
}

static bool is_operator_char(char c)
{
    return c && strchr("~!@#^&|`?+-*/%<>=", c) != NULL;
}

static bool starts_line_comment(str text, size_t at)
{
    return at_or_nul(text, at) == '-' && at_or_nul(text, at + 1) == '-';
}

static bool starts_block_comment(str text, size_t at)
{
    return at_or_nul(text, at) == '/' && at_or_nul(text, at + 1) == '*';
}

static size_t skip_space(str text, size_t at)
{
    while (at < text.len && is_space(text.data[at]))
        at++;
    return at;
}

static size_t skip_line_comment(str text, size_t at)
{
    while (at < text.len && !is_newline(text.data[at]))
        at++;
    return at;
}

/* To after its end, or the end of the text; *depth tells how many comments are open there. */
static size_t skip_nested_comment(str text, size_t at, size_t *depth)
{
    *depth = 0;
    do {
        if (starts_block_comment(text, at)) {
            ++*depth;
            at += 2;
        } else if (text.data[at] == '*' && at_or_nul(text, at + 1) == '/') {
            --*depth;
            at += 2;
        } else {
            at++;
        }
    } while (*depth && at < text.len);
    return at;
}

static size_t skip_block_comment(str text, size_t at)
{
    size_t depth;

    return skip_nested_comment(text, at, &depth);
}

bool lex_is_open_comment(str text, struct token token)
{
    size_t depth;

    if (token.kind != TOKEN_COMMENT || token.to < text.len ||
        !starts_block_comment(text, token.from))
        return false;
    skip_nested_comment(text, token.from, &depth);
    return depth > 0;
}

/* From the opening quote to after the closing one; a doubled quote stands for itself. */
static size_t skip_quoted(str text, size_t at, bool has_escapes)
{
    char quote = text.data[at++];

    while (at < text.len) {
        if (has_escapes && text.data[at] == '\\' && at + 1 < text.len)
            at += 2;
        else if (text.data[at] != quote)
            at++;
        else if (at_or_nul(text, at + 1) == quote)
            at += 2;
        else
            return at + 1;
    }
    return at;
}

/* The start of the quote that continues a string closed at `at`, or `at`: between the two is white
 * space with at least one newline. The server also allows comments there, libpg_query does not. */
static size_t find_continuation(str text, size_t at)
{
    size_t next = at;
    bool has_newline = false;

    while (next < text.len && is_space(text.data[next]))
        has_newline |= is_newline(text.data[next++]);
    return has_newline && at_or_nul(text, next) == '\'' ? next : at;
}

static size_t skip_string(str text, size_t at, bool has_escapes)
{
    for (;;) {
        size_t end = skip_quoted(text, at, has_escapes);
        at = find_continuation(text, end);
        if (at == end)
            return end;
    }
}

/* After the closing tag of $tag$…$tag$; `at` when no dollar quote starts there. */
static size_t skip_dollar_quoted(str text, size_t at)
{
    size_t body = at + 1, tag_len;

    if (is_word_start(at_or_nul(text, body)))
        while (is_word_part(at_or_nul(text, body)) && text.data[body] != '$')
            body++;
    if (at_or_nul(text, body) != '$')
        return at;
    body++;
    tag_len = body - at;
    for (size_t end = body; end + tag_len <= text.len; end++) {
        const char *dollar = memchr(text.data + end, '$', text.len - end);
        if (!dollar)
            break;
        end = (size_t)(dollar - text.data);
        if (end + tag_len <= text.len && memcmp(dollar, text.data + at, tag_len) == 0)
            return end + tag_len;
    }
    return text.len;
}

static size_t skip_digits(str text, size_t at)
{
    while (is_digit(at_or_nul(text, at)))
        at++;
    return at;
}

/* Integer, decimal or with an exponent; in 1..10 the dots are not the number's. */
static size_t skip_number(str text, size_t at)
{
    size_t exponent;

    at = skip_digits(text, at);
    if (at_or_nul(text, at) == '.' && at_or_nul(text, at + 1) != '.')
        at = skip_digits(text, at + 1);
    if (at_or_nul(text, at) == 'e' || at_or_nul(text, at) == 'E') {
        exponent = at + 1;
        if (at_or_nul(text, exponent) == '+' || at_or_nul(text, exponent) == '-')
            exponent++;
        if (is_digit(at_or_nul(text, exponent)))
            at = skip_digits(text, exponent);
    }
    return at;
}

static size_t skip_operator(str text, size_t from)
{
    size_t to = from;
    bool keeps_sign = false;

    while (is_operator_char(at_or_nul(text, to)) && !starts_line_comment(text, to) &&
           !starts_block_comment(text, to)) {
        keeps_sign = keeps_sign || strchr("~!@#^&|`?%", text.data[to]) != NULL;
        to++;
    }
    while (!keeps_sign && to - from > 1 && strchr("+-", text.data[to - 1]))
        to--;
    return to;
}

static struct token lex_punct(str text, size_t at)
{
    static const char *const pairs[] = {"::", ":=", ".."};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (text.data[at] == pairs[i][0] && at_or_nul(text, at + 1) == pairs[i][1])
            return (struct token){TOKEN_PUNCT, at, at + 2};
    return (struct token){TOKEN_PUNCT, at, at + 1};
}

/* A word, or the string or quoted identifier that it is the prefix of: E'', B'', X'', N'', U&''. */
static struct token lex_word(str text, size_t at)
{
    char first = (char)(text.data[at] | 0x20), second = at_or_nul(text, at + 1);
    size_t to = at + 1;

    if (second == '\'' && strchr("ebxn", first))
        return (struct token){TOKEN_STRING, at, skip_string(text, at + 1, first == 'e')};
    if (first == 'u' && second == '&' && at_or_nul(text, at + 2) == '\'')
        return (struct token){TOKEN_STRING, at, skip_string(text, at + 2, false)};
    if (first == 'u' && second == '&' && at_or_nul(text, at + 2) == '"')
        return (struct token){TOKEN_QUOTED, at, skip_quoted(text, at + 2, false)};
    while (is_word_part(at_or_nul(text, to)))
        to++;
    return (struct token){TOKEN_WORD, at, to};
}

static struct token lex_dollar(str text, size_t at)
{
    size_t to;

    if (is_digit(at_or_nul(text, at + 1)))
        return (struct token){TOKEN_PARAM, at, skip_digits(text, at + 1)};
    to = skip_dollar_quoted(text, at);
    if (to > at)
        return (struct token){TOKEN_STRING, at, to};
    return (struct token){TOKEN_PUNCT, at, at + 1};
}

struct token lex_token(str text, size_t at)
{
    char c = at_or_nul(text, at);

    if (at >= text.len)
        return (struct token){TOKEN_END, text.len, text.len};
    if (is_space(c))
        return (struct token){TOKEN_SPACE, at, skip_space(text, at)};
    if (starts_line_comment(text, at))
        return (struct token){TOKEN_COMMENT, at, skip_line_comment(text, at)};
    if (starts_block_comment(text, at))
        return (struct token){TOKEN_COMMENT, at, skip_block_comment(text, at)};
    if (is_word_start(c))
        return lex_word(text, at);
    if (is_digit(c) || (c == '.' && is_digit(at_or_nul(text, at + 1))))
        return (struct token){TOKEN_NUMBER, at, skip_number(text, at)};
    if (c == '\'')
        return (struct token){TOKEN_STRING, at, skip_string(text, at, false)};
    if (c == '"')
        return (struct token){TOKEN_QUOTED, at, skip_quoted(text, at, false)};
    if (c == '$')
        return lex_dollar(text, at);
    if (is_operator_char(c))
        return (struct token){TOKEN_OPERATOR, at, skip_operator(text, at)};
    return lex_punct(text, at);
}

struct token lex_next(str text, size_t at)
{
    struct token token = lex_token(text, at);

    while (token.kind == TOKEN_SPACE || token.kind == TOKEN_COMMENT)
        token = lex_token(text, token.to);
    return token;
}

bool lex_is_word_char(char c)
{
    return is_word_part(c);
}

bool lex_is_c_identifier(str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_word_part(name.data[i]) || (unsigned char)name.data[i] >= 0x80 ||
            name.data[i] == '$' || (i == 0 && is_digit(name.data[i])))
            return false;
    return name.len > 0;
}

str token_text(str text, struct token token)
{
    return str_slice(text, token.from, token.to);
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool token_is_word(str text, struct token token, const char *word)
{
    if (token.kind != TOKEN_WORD || strlen(word) != token.to - token.from)
        return false;
    for (size_t i = token.from; i < token.to; i++)
        if (fold(text.data[i]) != word[i - token.from])
            return false;
    return true;
}

bool token_is(str text, struct token token, const char *symbol)
{
    return (token.kind == TOKEN_OPERATOR || token.kind == TOKEN_PUNCT) &&
           str_is(token_text(text, token), symbol);
}

const char *token_identifier(struct arena *arena, str text, struct token token)
{
    char *name = arena_strndup(arena, text.data + token.from, token.to - token.from);
    size_t len = 0;

    if (token.kind == TOKEN_WORD) {
        for (char *c = name; *c; c++)
            *c = fold(*c);
        return name;
    }
    for (size_t i = token.from + 1; i + 1 < token.to; i++) {
        name[len++] = text.data[i];
        if (text.data[i] == '"')
            i++;
    }
    name[len] = '\0';
    return name;
}
