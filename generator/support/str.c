/* Slices, UTF-8 validation (Unicode 15, table 3-7) and the edit distance behind hints. */
#include "support/str.h"

#include <string.h>

#include "support/arena.h"

str str_from(const char *s)
{
    return (str){s ? s : "", s ? strlen(s) : 0};
}

bool str_eq(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool str_is(str a, const char *b)
{
    return str_eq(a, str_from(b));
}

bool str_starts_with(str s, const char *prefix)
{
    size_t len = strlen(prefix);

    return s.len >= len && memcmp(s.data, prefix, len) == 0;
}

bool str_ends_with(str s, const char *suffix)
{
    size_t len = strlen(suffix);

    return s.len >= len && memcmp(s.data + s.len - len, suffix, len) == 0;
}

str str_slice(str s, size_t from, size_t to)
{
    return (str){s.data + from, to - from};
}

size_t str_line_end(str s, size_t at)
{
    const char *newline = at < s.len ? memchr(s.data + at, '\n', s.len - at) : NULL;

    return newline ? (size_t)(newline - s.data) : s.len;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
    while (s.len && is_space(s.data[0]))
        s = str_slice(s, 1, s.len);
    while (s.len && is_space(s.data[s.len - 1]))
        s.len--;
    return s;
}

bool name_eq(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool name_is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

/* Length of the UTF-8 sequence at the start of s, or 0 when it is not a valid one. */
static size_t sequence_len(str s)
{
    const unsigned char *p = (const unsigned char *)s.data;
    unsigned char low = 0x80, high = 0xBF;
    size_t len;

    if (p[0] == 0)
        return 0;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (p[0] == 0xE0)
        low = 0xA0;
    if (p[0] == 0xED)
        high = 0x9F;
    if (p[0] == 0xF0)
        low = 0x90;
    if (p[0] == 0xF4)
        high = 0x8F;
    if (s.len < len || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

size_t str_valid_utf8(str s)
{
    size_t at = 0;

    while (at < s.len) {
        size_t len = sequence_len(str_slice(s, at, s.len));
        if (len == 0)
            break;
        at += len;
    }
    return at;
}

const char *name_capitals(struct arena *arena, const char *name)
{
    char *copy = arena_strdup(arena, name);

    for (char *c = copy; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    return copy;
}

size_t str_byte_order_mark(str s)
{
    return str_starts_with(s, "\xEF\xBB\xBF") ? 3 : 0;
}
