/* The order of two literals of a type, for the bounds of ranges. */
#include "analyze/literal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/literal_date.h"
#include "catalog/catalog.h"

static const int64_t MICROSECONDS_PER_DAY = INT64_C(86400000000);

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

/* Numbers that differ beyond a double's digits are too close to tell. */
static enum literal_order compare_numerics(const char *a, const char *b)
{
    enum literal_order order = compare_doubles(strtod(a, NULL), strtod(b, NULL));
    return order == LITERAL_EQUAL && strcmp(a, b) != 0 ? LITERAL_UNKNOWN : order;
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
    int64_t difference =
        (x.days - y.days) * MICROSECONDS_PER_DAY + (x.microseconds - y.microseconds);
    return order_of((difference > 0) - (difference < 0));
}

enum literal_order literal_compare(const struct literal *literal, oid type, const char *a,
                                   const char *b)
{
    const struct type *found = catalog_get_type(literal->parse->statement->catalog, type);
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
