/* Numbers in the form of int8out, numeric_out and float8out. */
#include "deparse/number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/buf.h"

/* In which the server's input functions agree with strtod and strtoll. */
static const char spaces[] = " \t\n\r\f\v";

static bool is_end(const char *text)
{
    return text[strspn(text, spaces)] == '\0';
}

const char *number_integer(struct arena *arena, const char *text)
{
    char *end;
    long long value;

    errno = 0;
    value = strtoll(text, &end, 10);
    return errno || end == text || !is_end(end) ? text : arena_printf(arena, "%lld", value);
}

/* --- numeric ---------------------------------------------------------------------------------- */

enum { MOST_DIGITS = 2000 };

/* The digits of a decimal number, and how many of them stand in front of the point: it may be less
 * than none, and more than there are. */
struct decimal {
    bool is_negative;
    char digits[MOST_DIGITS + 1];
    int n, n_before, scale;
};

static const char *read_digits(const char *text, struct decimal *decimal)
{
    for (; *text >= '0' && *text <= '9' && decimal->n < MOST_DIGITS; text++)
        decimal->digits[decimal->n++] = *text;
    return text;
}

static const char *read_exponent(const char *text, struct decimal *decimal)
{
    char *end;
    long exponent;

    if (*text != 'e' && *text != 'E')
        return text;
    exponent = strtol(text + 1, &end, 10);
    if (end == text + 1 || labs(exponent) > MOST_DIGITS)
        return text;
    decimal->n_before += (int)exponent;
    decimal->scale -= (int)exponent;
    return end;
}

static bool read_decimal(const char *text, struct decimal *decimal)
{
    text += strspn(text, spaces);
    decimal->is_negative = *text == '-';
    text += *text == '-' || *text == '+';
    text = read_digits(text, decimal);
    decimal->n_before = decimal->n;
    if (*text == '.')
        text = read_digits(text + 1, decimal);
    decimal->scale = decimal->n - decimal->n_before;
    if (decimal->n == 0)
        return false;
    text = read_exponent(text, decimal);
    if (decimal->scale < 0)
        decimal->scale = 0;
    return is_end(text);
}

static char digit_at(const struct decimal *decimal, int at)
{
    return at >= 0 && at < decimal->n ? decimal->digits[at] : '0';
}

static bool is_zero(const struct decimal *decimal)
{
    for (int i = 0; i < decimal->n; i++)
        if (decimal->digits[i] != '0')
            return false;
    return true;
}

const char *number_numeric(struct arena *arena, const char *text)
{
    struct decimal *decimal = arena_new(arena, struct decimal);
    struct buf out = buf_in(arena);
    int first = 0;

    if (!read_decimal(text, decimal))
        return text;
    while (first < decimal->n_before - 1 && digit_at(decimal, first) == '0')
        first++;
    if (decimal->is_negative && !is_zero(decimal))
        buf_addc(&out, '-');
    if (decimal->n_before <= 0)
        buf_addc(&out, '0');
    for (int i = first; i < decimal->n_before; i++)
        buf_addc(&out, digit_at(decimal, i));
    if (decimal->scale > 0)
        buf_addc(&out, '.');
    for (int i = 0; i < decimal->scale; i++)
        buf_addc(&out, digit_at(decimal, decimal->n_before + i));
    return buf_text(&out);
}

/* --- float ------------------------------------------------------------------------------------ */

static bool is_same(const char *text, double value, bool is_short)
{
    return is_short ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value;
}

/* The shortest digits that are read as the number, "d.ddde+x". */
static void shortest(char *text, size_t size, double value, bool is_short)
{
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, size, "%.*e", precision, value);
        if (is_same(text, value, is_short))
            return;
    }
}

static const char *special(double value)
{
    if (isnan(value))
        return "NaN";
    return value > 0 ? "Infinity" : "-Infinity";
}

const char *number_float(struct arena *arena, const char *text, bool is_short)
{
    enum { MOST_FIXED = 15, MOST_FIXED_SHORT = 6, LEAST_FIXED = -4 };
    const int most = is_short ? MOST_FIXED_SHORT : MOST_FIXED;
    char digits[64], *end;
    double value = is_short ? (double)strtof(text, &end) : strtod(text, &end);
    int exponent, n_digits;

    if (end == text || !is_end(end))
        return text;
    if (!isfinite(value))
        return special(value);
    shortest(digits, sizeof digits, value, is_short);
    exponent = atoi(strchr(digits, 'e') + 1);
    if (exponent < LEAST_FIXED || exponent >= most)
        return arena_strdup(arena, digits);
    n_digits = (int)strcspn(digits, "e") - (digits[0] == '-') - (strchr(digits, '.') != NULL);
    return arena_printf(arena, "%.*f", n_digits > exponent + 1 ? n_digits - exponent - 1 : 0,
                        value);
}
