/* The arithmetic of interval input (AdjustMicroseconds, AdjustDays and their like in datetime.c).
 */
#include "value/interval.h"

enum { DAYS_PER_MONTH = 30, MONTHS_PER_YEAR = 12 };

static const int64_t microseconds_per_day = 86400000000;

static bool add_days(struct interval_value *value, int64_t days)
{
    int64_t sum = value->days + days;

    if (sum < INT32_MIN || sum > INT32_MAX)
        return false;
    value->days = (int32_t)sum;
    return true;
}

static bool add_months(struct interval_value *value, int64_t months)
{
    int64_t sum = value->months + months;

    if (sum < INT32_MIN || sum > INT32_MAX)
        return false;
    value->months = (int32_t)sum;
    return true;
}

static bool add_years(struct interval_value *value, int64_t years)
{
    int64_t sum = value->years + years;

    if (sum < INT32_MIN || sum > INT32_MAX)
        return false;
    value->years = (int32_t)sum;
    return true;
}

static bool add_time(struct interval_value *value, int64_t count, int64_t scale)
{
    const int64_t most = count < 0 ? INT64_MIN : INT64_MAX;
    int64_t product;

    if (count != 0 && (count < 0 ? count < most / scale : count > most / scale))
        return false;
    product = count * scale;
    if (product < 0 ? value->microseconds < INT64_MIN - product
                    : value->microseconds > INT64_MAX - product)
        return false;
    value->microseconds += product;
    return true;
}

static bool add_fraction_of_time(struct interval_value *value, double fraction, int64_t scale)
{
    double exact = fraction * (double)scale;
    int64_t microseconds = (int64_t)exact;

    if (exact - (double)microseconds > 0.5)
        microseconds++;
    else if (exact - (double)microseconds < -0.5)
        microseconds--;
    return add_time(value, microseconds, 1);
}

static bool add_fraction_of_days(struct interval_value *value, double fraction, int scale)
{
    double exact = fraction * scale;
    int64_t days = (int64_t)exact;

    return add_days(value, days) &&
           add_fraction_of_time(value, exact - (double)days, microseconds_per_day);
}

static bool add_fraction_of_years(struct interval_value *value, double fraction, int scale)
{
    double exact = fraction * scale * MONTHS_PER_YEAR;

    return add_months(value, (int64_t)(exact < 0 ? exact - 0.5 : exact + 0.5));
}

static int64_t scale_of(enum interval_unit unit)
{
    switch (unit) {
    case UNIT_MILLISECOND:
        return 1000;
    case UNIT_SECOND:
        return 1000000;
    case UNIT_MINUTE:
        return 60000000;
    case UNIT_HOUR:
        return 3600000000;
    case UNIT_DECADE:
        return 10;
    case UNIT_CENTURY:
        return 100;
    case UNIT_MILLENNIUM:
        return 1000;
    default:
        return 1;
    }
}

/* Of days and what is longer, no more than 32 bits are read; nor is their product longer. */
static bool is_in_range(enum interval_unit unit, int64_t whole)
{
    int64_t scale = unit == UNIT_WEEK ? 7 : scale_of(unit);

    return whole >= INT32_MIN / scale && whole <= INT32_MAX / scale;
}

static bool add(struct interval_value *value, enum interval_unit unit, int64_t whole,
                double fraction)
{
    const int64_t scale = scale_of(unit);

    switch (unit) {
    case UNIT_MICROSECOND:
    case UNIT_MILLISECOND:
    case UNIT_SECOND:
    case UNIT_MINUTE:
    case UNIT_HOUR:
        return add_time(value, whole, scale) && add_fraction_of_time(value, fraction, scale);
    case UNIT_DAY:
        return is_in_range(unit, whole) && add_days(value, whole) &&
               add_fraction_of_time(value, fraction, microseconds_per_day);
    case UNIT_WEEK:
        return is_in_range(unit, whole) && add_days(value, whole * 7) &&
               add_fraction_of_days(value, fraction, 7);
    case UNIT_MONTH:
        return is_in_range(unit, whole) && add_months(value, whole) &&
               add_fraction_of_days(value, fraction, DAYS_PER_MONTH);
    default:
        return is_in_range(unit, whole) && add_years(value, whole * scale) &&
               add_fraction_of_years(value, fraction, (int)scale);
    }
}

enum date_error interval_add(struct interval_value *value, enum interval_unit unit, int64_t whole,
                             double fraction)
{
    return add(value, unit, whole, fraction) ? DATE_OK : DATE_OUT_OF_RANGE;
}

enum date_error interval_negate(struct interval_value *value)
{
    if (value->years == INT32_MIN || value->months == INT32_MIN || value->days == INT32_MIN ||
        value->microseconds == INT64_MIN)
        return DATE_OUT_OF_RANGE;
    *value =
        (struct interval_value){-value->years, -value->months, -value->days, -value->microseconds};
    return DATE_OK;
}

bool interval_fits(const struct interval_value *value)
{
    int64_t months = (int64_t)value->years * MONTHS_PER_YEAR + value->months;

    return months >= INT32_MIN && months <= INT32_MAX;
}
