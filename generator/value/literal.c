/* What the checkers share: refusals, and characters whatever the locale. */
#include "value/literal.h"

#include <stdarg.h>
#include <string.h>

static const char *formatted(const struct literal *literal, const char *format, va_list args)
{
    return arena_vprintf(literal->input->arena, format, args);
}

void literal_fail(const struct literal *literal, const char *sqlstate, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    *literal->input->why =
        (struct refusal){.sqlstate = sqlstate, .message = formatted(literal, format, args)};
    va_end(args);
    longjmp(literal->input->on_refusal, 1);
}

void literal_fail_hint(const struct literal *literal, const char *sqlstate, const char *hint,
                       const char *format, ...)
{
    va_list args;

    va_start(args, format);
    *literal->input->why = (struct refusal){
        .sqlstate = sqlstate, .message = formatted(literal, format, args), .hint = hint};
    va_end(args);
    longjmp(literal->input->on_refusal, 1);
}

void literal_bad_syntax(const struct literal *literal, const char *type_name)
{
    literal_fail(literal, "22P02", "invalid input syntax for type %s: \"%s\"", type_name,
                 literal->text);
}

void literal_malformed(const struct literal *literal, const char *what)
{
    literal_fail(literal, "22P02", "malformed %s literal: \"%s\"", what, literal->text);
}

bool literal_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool literal_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool literal_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool literal_is_hex(char c)
{
    return literal_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

char literal_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

const char *literal_skip_spaces(const char *s)
{
    while (literal_is_space(*s))
        s++;
    return s;
}

const char *literal_trimmed_lower(const struct literal *literal)
{
    const char *from = literal_skip_spaces(literal->text);
    size_t len = strlen(from);
    while (len && literal_is_space(from[len - 1]))
        len--;
    char *copy = arena_strndup(literal->input->arena, from, len);
    for (size_t i = 0; i < len; i++)
        copy[i] = literal_lower(copy[i]);
    return copy;
}
