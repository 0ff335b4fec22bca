/* Integers, floats and numeric (int.c, float.c, numeric.c). */
#include "value/literal.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* White space, sign, digits, white space; the value must lie in [−max − 1, max]. Digits too many
 * are refused where they stand, a positive value of max + 1 only when the whole text is a number.
 */
static void check_integer(const struct literal *literal, const char *type_name, int64_t max)
{
    const char *s = literal_skip_spaces(literal->text);
    bool negative = *s == '-', overflow = false;
    uint64_t value = 0, limit = (uint64_t)max + 1;
    if (*s == '-' || *s == '+')
        s++;
    if (!literal_is_digit(*s))
        literal_bad_syntax(literal, type_name);
    for (; literal_is_digit(*s) && !overflow; s++) {
        uint64_t digit = (uint64_t)(*s - '0');
        overflow = value > (limit - digit) / 10;
        value = value * 10 + digit;
    }
    if (!overflow && *literal_skip_spaces(s))
        literal_bad_syntax(literal, type_name);
    if (overflow || (!negative && value == limit))
        literal_fail(literal, "22003", "value \"%s\" is out of range for type %s", literal->text,
                     type_name);
}

void literal_check_int2(const struct literal *literal)
{
    check_integer(literal, "smallint", INT16_MAX);
}

void literal_check_int4(const struct literal *literal)
{
    check_integer(literal, "integer", INT32_MAX);
}

void literal_check_int8(const struct literal *literal)
{
    check_integer(literal, "bigint", INT64_MAX);
}

void literal_check_oid(const struct literal *literal)
{
    char *end;
    if (!*literal->text)
        literal_bad_syntax(literal, "oid");
    errno = 0;
    unsigned long value = strtoul(literal->text, &end, 10);
    if (end == literal->text || (errno != ERANGE && *literal_skip_spaces(end)))
        literal_bad_syntax(literal, "oid");
    /* Also the negative numbers that 32 bits of an OID may be written as. */
    if (errno == ERANGE || (value > UINT32_MAX && (int64_t)value < INT32_MIN) ||
        (value > UINT32_MAX && (int64_t)value > 0))
        literal_fail(literal, "22003", "value \"%s\" is out of range for type oid", literal->text);
}

static bool is_any_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static const char *const special_floats[] = {"nan",       "inf",       "+inf", "-inf", "infinity",
                                             "+infinity", "-infinity", "+nan", "-nan", NULL};

/* strtod() is what the server uses; its decimal point is always '.', for the locale is C here. */
static void check_float(const struct literal *literal, const char *type_name, bool is_single)
{
    const char *start = literal_skip_spaces(literal->text);
    char *end;
    if (is_any_of(literal_trimmed_lower(literal), special_floats))
        return;
    errno = 0;
    double value = is_single ? (double)strtof(start, &end) : strtod(start, &end);
    if (end != start && errno == ERANGE && (value == 0.0 || !isfinite(value))) {
        int len = is_single ? (int)strlen(start) : (int)(end - start);
        literal_fail(literal, "22003", "\"%.*s\" is out of range for type %s", len, start,
                     type_name);
    }
    if (end == start || *literal_skip_spaces(end))
        literal_bad_syntax(literal, type_name);
}

void literal_check_float4(const struct literal *literal)
{
    check_float(literal, "real", true);
}

void literal_check_float8(const struct literal *literal)
{
    check_float(literal, "double precision", false);
}

static const char *const special_numerics[] = {"nan",      "inf",       "+inf",      "-inf",
                                               "infinity", "+infinity", "-infinity", NULL};

/* The digits of a number on both sides of its point; zeros before the first other digit do not
 * count, and a zero has none before the point. */
struct digits {
    long n_before, n_after;
    const char *first; /* the first digit that is not 0; NULL for a zero */
    long weight;       /* the power of ten that it counts */
};

/* Digits with one optional point; NULL without any digit at the right place. */
static const char *skip_decimal(const char *s, struct digits *digits)
{
    bool has_point = *s == '.', is_zero = true;
    *digits = (struct digits){.first = NULL};
    if (has_point)
        s++;
    if (!literal_is_digit(*s))
        return NULL;
    for (; literal_is_digit(*s) || (*s == '.' && !has_point); s++) {
        if (*s == '.') {
            has_point = true;
            continue;
        }
        is_zero &= *s == '0';
        digits->n_before += !has_point && !is_zero;
        digits->n_after += has_point;
        if (!is_zero && !digits->first) {
            digits->first = s;
            digits->weight = -digits->n_after;
        }
    }
    if (digits->n_before)
        digits->weight = digits->n_before - 1;
    return s;
}

/* Only the columns of a row literal are read with their typmod. */
static bool has_precision(const struct literal *literal, int *precision, int *scale)
{
    int32_t typmod = literal->typmod - 4;
    *precision = (typmod >> 16) & 0xFFFF;
    *scale = ((typmod & 0x7FF) ^ 1024) - 1024;
    return literal->typmod >= 4;
}

static void check_special(const struct literal *literal)
{
    int precision, scale;
    if (has_precision(literal, &precision, &scale) &&
        !strstr(literal_trimmed_lower(literal), "nan"))
        literal_fail(literal, "22003", "numeric field overflow");
}

/* Rounding to the scale may carry into one more digit. */
static void check_precision(const struct literal *literal, const struct digits *digits,
                            long exponent)
{
    int precision, scale;
    if (!has_precision(literal, &precision, &scale) || !digits->first)
        return;
    long n_before = digits->weight + exponent + 1, n_kept = n_before + scale;
    const char *s = digits->first;
    for (; n_kept > 0 && (*s == '9' || *s == '.'); s++)
        n_kept -= *s != '.';
    s += *s == '.';
    bool is_carried = n_kept == 0 && *s >= '5' && *s <= '9';
    if (n_before + is_carried > precision - scale)
        literal_fail(literal, "22003", "numeric field overflow");
}

void literal_check_numeric(const struct literal *literal)
{
    enum { MAX_DIGITS_BEFORE_POINT = 131072, MAX_SCALE = 16383 };
    const char *s = literal_skip_spaces(literal->text);
    struct digits digits;
    long exponent = 0;
    if (is_any_of(literal_trimmed_lower(literal), special_numerics)) {
        check_special(literal);
        return;
    }
    if (*s == '+' || *s == '-')
        s++;
    s = skip_decimal(s, &digits);
    if (!s)
        literal_bad_syntax(literal, "numeric");
    if (*s == 'e' || *s == 'E') {
        char *end;
        exponent = strtol(s + 1, &end, 10);
        if (end == s + 1)
            literal_bad_syntax(literal, "numeric");
        s = end;
    }
    if (exponent >= INT_MAX / 2 || exponent <= -(INT_MAX / 2))
        literal_fail(literal, "22003", "value overflows numeric format");
    if (*literal_skip_spaces(s))
        literal_bad_syntax(literal, "numeric");
    if ((digits.first && digits.weight + exponent >= MAX_DIGITS_BEFORE_POINT) ||
        digits.n_after - exponent > MAX_SCALE)
        literal_fail(literal, "22003", "value overflows numeric format");
    check_precision(literal, &digits, exponent);
}
