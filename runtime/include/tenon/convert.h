/* Conversions of values: exact, or they say that they cannot be. Nothing here needs a connection,
 * depends on the locale, or allocates other than from the arena that is handed in. */
#ifndef TENON_CONVERT_H
#define TENON_CONVERT_H

#include <tenon/arena.h>
#include <tenon/values.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Reads a number as PostgreSQL does: digits with an optional point and exponent, NaN, Infinity.
 *  Up to eight digits of base 10000 need no arena; without one a longer number is refused.
 *  TENON_INVALID_ARGUMENT for text that is no number, TENON_OUT_OF_MEMORY. */
TENON_NODISCARD tenon_status tenon_numeric_parse(const char *text, tenon_arena *mem,
                                                 tenon_numeric *number);

/** Writes the number as PostgreSQL prints it. Returns the length without the NUL; when that is not
 *  below `size`, the text was cut, as with snprintf. */
size_t tenon_numeric_format(const tenon_numeric *number, char *buffer, size_t size);

/** unscaled * 10^-scale, shown with `scale` decimal places: (12345, 2) is 123.45. Scale 0 to 1000,
 *  others count as the nearer end. */
tenon_numeric tenon_numeric_from_scaled(int64_t unscaled, int scale);
tenon_numeric tenon_numeric_from_int64(int64_t value);

/** number * 10^scale as an integer. False, and *unscaled as it was, unless that is exact. */
TENON_NODISCARD bool tenon_numeric_to_scaled(const tenon_numeric *number, int scale,
                                             int64_t *unscaled);
TENON_NODISCARD bool tenon_numeric_to_int64(const tenon_numeric *number, int64_t *value);

/** The nearest double; infinite when there is none, NaN for NaN. */
double tenon_numeric_to_double(const tenon_numeric *number);

/** Below, equal to or above zero, in PostgreSQL's order: NaN equals NaN and is above all others. */
int tenon_numeric_compare(const tenon_numeric *a, const tenon_numeric *b);

#define TENON_UUID_TEXT_SIZE 37 /**< with the NUL */

/** Reads the 36-character form, in either case. False, and *uuid as it was, for anything else. */
TENON_NODISCARD bool tenon_uuid_parse(const char *text, tenon_uuid *uuid);
/** Writes the 36-character form and a NUL; returns `buffer`. */
char *tenon_uuid_format(tenon_uuid uuid, char buffer[TENON_UUID_TEXT_SIZE]);
bool tenon_uuid_equal(tenon_uuid a, tenon_uuid b);

/** A date of the proleptic Gregorian calendar; year 0 is 1 BC. */
tenon_date tenon_date_from_civil(int year, int month, int day);
/** False, and the outputs as they were, for an infinite date. */
TENON_NODISCARD bool tenon_date_to_civil(tenon_date date, int *year, int *month, int *day);

#define TENON_UNIX_EPOCH_SECONDS INT64_C(946684800) /**< 2000-01-01 00:00 UTC in Unix time */

/** Unix time to timestamptz; a value out of range becomes infinite. */
tenon_timestamptz tenon_timestamptz_from_unix(int64_t seconds, int32_t nanoseconds);
/** The other way, rounding down. False, and the outputs as they were, for an infinite time. */
TENON_NODISCARD bool tenon_timestamptz_to_unix(tenon_timestamptz time, int64_t *seconds,
                                               int32_t *nanoseconds);

#define TENON_TIME_TEXT_SIZE 40 /**< with the NUL */

/** ISO 8601 as PostgreSQL prints it with DateStyle ISO, in UTC: "2024-02-29 12:00:00.5+00". */
char *tenon_timestamptz_format(tenon_timestamptz time, char buffer[TENON_TIME_TEXT_SIZE]);
char *tenon_timestamp_format(tenon_timestamp time, char buffer[TENON_TIME_TEXT_SIZE]);
char *tenon_date_format(tenon_date date, char buffer[TENON_TIME_TEXT_SIZE]);

#ifdef __cplusplus
}
#endif
#endif
