/* bool, uuid, bytea, bit strings, and two types of the server's insides (pg_lsn, tid). */
#include "value/literal.h"

#include <stdlib.h>
#include <string.h>

void literal_check_bool(const struct literal *literal)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "1", "0"};
    const char *word = literal_trimmed_lower(literal);
    size_t len = strlen(word);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool is_short_o = len == 1 && word[0] == 'o'; /* on or off? */
        if (len > 0 && !is_short_o && strncmp(words[i], word, len) == 0)
            return;
    }
    literal_bad_syntax(literal, "boolean");
}

/* 32 hex digits, a dash allowed after every fourth, all of it perhaps in braces. */
void literal_check_uuid(const struct literal *literal)
{
    const char *s = literal->text;
    bool braces = *s == '{';
    s += braces;
    for (int i = 1; i <= 32; i++) {
        if (!literal_is_hex(*s))
            literal_bad_syntax(literal, "uuid");
        s++;
        if (*s == '-' && i % 4 == 0 && i < 32)
            s++;
    }
    if (braces && *s++ != '}')
        literal_bad_syntax(literal, "uuid");
    if (*s)
        literal_bad_syntax(literal, "uuid");
}

/* Bytes of the character at s. */
static int character_length(const char *s)
{
    int len = 1;
    while (((unsigned char)s[len] & 0xC0) == 0x80)
        len++;
    return len;
}

static void check_hex_bytes(const struct literal *literal, const char *s)
{
    size_t n = 0;
    while (*s) {
        if (n % 2 == 0 && (*s == ' ' || *s == '\n' || *s == '\t' || *s == '\r')) {
            s++;
            continue;
        }
        if (!literal_is_hex(*s))
            literal_fail(literal, "22023", "invalid hexadecimal digit: \"%.*s\"",
                         character_length(s), s);
        s++;
        n++;
    }
    if (n % 2)
        literal_fail(literal, "22023", "invalid hexadecimal data: odd number of digits");
}

static bool is_octal(const char *s)
{
    return s[0] >= '0' && s[0] <= '3' && s[1] >= '0' && s[1] <= '7' && s[2] >= '0' && s[2] <= '7';
}

void literal_check_bytea(const struct literal *literal)
{
    const char *s = literal->text;
    if (s[0] == '\\' && s[1] == 'x') {
        check_hex_bytes(literal, s + 2);
        return;
    }
    for (; *s; s++) {
        if (*s != '\\')
            continue;
        if (s[1] == '\\')
            s++;
        else if (is_octal(s + 1))
            s += 3;
        else
            literal_fail(literal, "22P02", "invalid input syntax for type bytea");
    }
}

/* Only the columns of a row literal are read with their typmod. */
static void check_bit_length(const struct literal *literal, size_t n)
{
    size_t limit = (size_t)literal->typmod;
    if (literal->typmod <= 0)
        return;
    if (literal->type == BITOID && n != limit)
        literal_fail(literal, "22026", "bit string length %zu does not match type bit(%zu)", n,
                     limit);
    if (literal->type == VARBITOID && n > limit)
        literal_fail(literal, "22001", "bit string too long for type bit varying(%zu)", limit);
}

void literal_check_bit(const struct literal *literal)
{
    const char *s = literal->text;
    bool is_hex = *s == 'x' || *s == 'X';
    if (is_hex || *s == 'b' || *s == 'B')
        s++;
    size_t n_digits = strlen(s);
    for (; *s; s++) {
        if (!is_hex && *s != '0' && *s != '1')
            literal_fail(literal, "22P02", "\"%.*s\" is not a valid binary digit",
                         character_length(s), s);
        if (is_hex && !literal_is_hex(*s))
            literal_fail(literal, "22P02", "\"%.*s\" is not a valid hexadecimal digit",
                         character_length(s), s);
    }
    check_bit_length(literal, is_hex ? n_digits * 4 : n_digits);
}

void literal_check_lsn(const struct literal *literal)
{
    const char *s = literal->text;
    for (int half = 0; half < 2; half++) {
        size_t n = strspn(s, "0123456789abcdefABCDEF");
        if (n < 1 || n > 8 || s[n] != (half ? '\0' : '/'))
            literal_bad_syntax(literal, "pg_lsn");
        s += n + 1;
    }
}

/* (block,offset); a number may be missing, and the parenthesis if there are two commas. */
void literal_check_tid(const struct literal *literal)
{
    const char *parts[2] = {NULL, NULL};
    char *end;
    size_t n = 0;
    for (const char *s = literal->text; *s && *s != ')' && n < 2; s++)
        if (*s == ',' || (*s == '(' && n == 0))
            parts[n++] = s + 1;
    if (n < 2)
        literal_bad_syntax(literal, "tid");
    unsigned long block = strtoul(parts[0], &end, 10);
    bool fits = block == (uint32_t)block || block == (unsigned long)(int32_t)(uint32_t)block;
    if (*end != ',' || !fits)
        literal_bad_syntax(literal, "tid");
    unsigned long offset = strtoul(parts[1], &end, 10);
    if (*end != ')' || offset > UINT16_MAX)
        literal_bad_syntax(literal, "tid");
}

/* xmin:xmax:xip,… in ascending order, from xmin to below xmax */
void literal_check_snapshot(const struct literal *literal)
{
    const char *s = literal->text;
    char *end;
    unsigned long long xmin = strtoull(s, &end, 10), xmax = 0, last = 0;
    bool is_valid = *end == ':';
    if (is_valid)
        xmax = strtoull(end + 1, &end, 10);
    is_valid = is_valid && *end == ':' && xmin > 0 && xmin <= xmax && xmax <= INT64_MAX;
    while (is_valid && *++end) {
        unsigned long long xip = strtoull(end, &end, 10);
        is_valid = xip >= xmin && xip < xmax && xip >= last && (!*end || *end == ',');
        last = xip;
        if (!*end)
            break;
    }
    if (!is_valid)
        literal_bad_syntax(literal, "pg_snapshot");
}
