/* The order of two literals of a type, for the bounds of ranges. */
#include "value/literal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"
#include "value/date.h"

static enum literal_order order_of(int sign)
{
    return sign < 0 ? LITERAL_LESS : sign > 0 ? LITERAL_GREATER : LITERAL_EQUAL;
}

static enum literal_order compare_integers(const char *a, const char *b)
{
    long long x = strtoll(a, NULL, 10), y = strtoll(b, NULL, 10);
    return order_of((x > y) - (x < y));
}

/* NaN is the greatest number. */
static enum literal_order compare_doubles(double x, double y)
{
    if (isnan(x) || isnan(y))
        return order_of((isnan(x) != 0) - (isnan(y) != 0));
    return order_of((x > y) - (x < y));
}

/* A decimal number that is not 0: its first digit and the power of ten that it counts. */
struct decimal {
    const char *digits; /* NULL for 0; with a point somewhere */
    long weight;
};

static struct decimal decimal_of(const char *s)
{
    struct decimal decimal = {NULL, 0};
    bool has_point = false;
    s = literal_skip_spaces(s);
    for (s += *s == '+' || *s == '-'; literal_is_digit(*s) || *s == '.'; s++) {
        if (*s == '.') {
            has_point = true;
            continue;
        }
        decimal.weight += decimal.digits ? !has_point : -has_point;
        if (!decimal.digits && *s != '0')
            decimal.digits = s;
    }
    if (*s == 'e' || *s == 'E')
        decimal.weight += strtol(s + 1, NULL, 10);
    return decimal;
}

static int next_digit(const char **s)
{
    *s += **s == '.';
    return literal_is_digit(**s) ? *(*s)++ - '0' : -1;
}

/* Of two positive numbers. */
static int compare_decimals(struct decimal x, struct decimal y)
{
    if (x.weight != y.weight)
        return x.weight > y.weight ? 1 : -1;
    for (;;) {
        int a = next_digit(&x.digits), b = next_digit(&y.digits);
        if (a < 0 && b < 0)
            return 0;
        a = a < 0 ? 0 : a;
        b = b < 0 ? 0 : b;
        if (a != b)
            return a - b;
    }
}

/* The sign and the special values of a numeric fit a double, its digits do not. */
static enum literal_order compare_numerics(const char *a, const char *b)
{
    struct decimal x = decimal_of(a), y = decimal_of(b);
    bool is_negative = *literal_skip_spaces(a) == '-';
    if (!x.digits || !y.digits || is_negative != (*literal_skip_spaces(b) == '-'))
        return compare_doubles(strtod(a, NULL), strtod(b, NULL));
    int order = compare_decimals(x, y);
    return order_of(is_negative ? -order : order);
}

static size_t label_position(const struct type *type, const char *label)
{
    size_t i = 0;
    while (i < type->n_labels && strcmp(type->labels[i], label) != 0)
        i++;
    return i;
}

static enum literal_order compare_labels(const struct type *type, const char *a, const char *b)
{
    size_t x = label_position(type, a), y = label_position(type, b);
    return order_of((x > y) - (x < y));
}

static enum literal_order compare_times(const struct literal *literal, oid type, const char *a,
                                        const char *b)
{
    struct date_value x = date_value_of(literal, type, a), y = date_value_of(literal, type, b);
    if (x.infinity || y.infinity)
        return order_of(x.infinity - y.infinity);
    if (x.clock != y.clock || x.clock == DATE_CLOCK_UNKNOWN)
        return LITERAL_UNKNOWN;
    if (x.days != y.days)
        return order_of(x.days > y.days ? 1 : -1);
    return order_of((x.microseconds > y.microseconds) - (x.microseconds < y.microseconds));
}

enum literal_order literal_compare(const struct literal *literal, oid type, const char *a,
                                   const char *b)
{
    const struct type *found = catalog_get_type(literal->input->catalog, type);
    switch (type) {
    case INT2OID:
    case INT4OID:
    case INT8OID:
        return compare_integers(a, b);
    case NUMERICOID:
        return compare_numerics(a, b);
    case FLOAT4OID:
    case FLOAT8OID:
        return compare_doubles(strtod(a, NULL), strtod(b, NULL));
    case DATEOID:
    case TIMEOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
        return compare_times(literal, type, a, b);
    default:
        return found->typtype == 'e' ? compare_labels(found, a, b) : LITERAL_UNKNOWN;
    }
}
