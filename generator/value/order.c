/* The order of two values of a type. Each is read once into a key; keys are compared as often as
 * need be. The collation decides about the order of strings; only that of bytes is the same
 * everywhere. Of types that are not known here, equal texts are equal values.
 */
#include "value/literal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"
#include "value/interval.h"


enum key_kind {
    KEY_INTEGER, /* also a truth value, and the place of an enum's label */
    KEY_FLOAT,
    KEY_NUMERIC,
    KEY_TIME,
    KEY_BYTES,  /* strings that are compared as bytes */
    KEY_STRING, /* under another collation */
    KEY_OPAQUE,
};

struct value_key {
    enum key_kind kind;
    int64_t integer;
    double real;
    struct date_value time;
    const char *text;
    size_t len;
};

/* --- Comparing -------------------------------------------------------------------------------- */

static enum value_order order_of(int sign)
{
    return sign < 0 ? VALUE_LESS : sign > 0 ? VALUE_GREATER : VALUE_EQUAL;
}

static enum value_order compare_integers(int64_t x, int64_t y)
{
    return order_of((x > y) - (x < y));
}

/* NaN is the greatest number. */
static enum value_order compare_doubles(double x, double y)
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
static enum value_order compare_numerics(const char *a, const char *b)
{
    struct decimal x = decimal_of(a), y = decimal_of(b);
    bool is_negative = *literal_skip_spaces(a) == '-';
    if (!x.digits || !y.digits || is_negative != (*literal_skip_spaces(b) == '-'))
        return compare_doubles(strtod(a, NULL), strtod(b, NULL));
    int order = compare_decimals(x, y);
    return order_of(is_negative ? -order : order);
}

static enum value_order compare_times(const struct date_value *x, const struct date_value *y)
{
    if (x->infinity || y->infinity)
        return order_of(x->infinity - y->infinity);
    if (x->clock != y->clock || x->clock == DATE_CLOCK_UNKNOWN)
        return VALUE_UNKNOWN;
    return x->days != y->days ? compare_integers(x->days, y->days)
                              : compare_integers(x->microseconds, y->microseconds);
}

static enum value_order compare_bytes(const struct value_key *a, const struct value_key *b)
{
    int sign = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);

    return sign ? order_of(sign) : compare_integers((int64_t)a->len, (int64_t)b->len);
}

static bool is_all_digits(const struct value_key *key)
{
    return strspn(key->text, "0123456789") >= key->len;
}

/* Digits alone have one order in all locales. */
static enum value_order compare_strings(const struct value_key *a, const struct value_key *b)
{
    enum value_order order = compare_bytes(a, b);

    return order == VALUE_EQUAL || (is_all_digits(a) && is_all_digits(b)) ? order : VALUE_UNKNOWN;
}

enum value_order value_compare(const struct value_key *a, const struct value_key *b)
{
    if (!a || !b || a->kind != b->kind)
        return VALUE_UNKNOWN;
    switch (a->kind) {
    case KEY_INTEGER:
        return compare_integers(a->integer, b->integer);
    case KEY_FLOAT:
        return compare_doubles(a->real, b->real);
    case KEY_NUMERIC:
        return compare_numerics(a->text, b->text);
    case KEY_TIME:
        return compare_times(&a->time, &b->time);
    case KEY_BYTES:
        return compare_bytes(a, b);
    case KEY_STRING:
        return compare_strings(a, b);
    case KEY_OPAQUE:
        break;
    }
    return compare_bytes(a, b) == VALUE_EQUAL ? VALUE_EQUAL : VALUE_UNKNOWN;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static int64_t label_position(const struct type *type, const char *label)
{
    size_t i = 0;
    while (i < type->n_labels && strcmp(type->labels[i], label) != 0)
        i++;
    return (int64_t)i;
}

/* Any beginning of true, false, yes and no; on, of, off, 1, 0. */
static bool is_true(const char *text)
{
    const char *s = literal_skip_spaces(text);
    char first = literal_lower(*s);

    return first == 't' || first == 'y' || first == '1' ||
           (first == 'o' && literal_lower(s[1]) == 'n');
}

/* Braces, hyphens and upper case are only how a uuid is written. */
static const char *uuid_digits(struct arena *arena, const char *text)
{
    char *digits = arena_strdup(arena, text);
    size_t n = 0;

    for (; *text; text++)
        if (literal_is_hex(*text))
            digits[n++] = literal_lower(*text);
    digits[n] = 0;
    return digits;
}

static struct value_key string_key(oid type, oid collation, const char *text)
{
    bool is_by_bytes = !collation || collation == C_COLLATION_OID || collation == POSIX_COLLATION_OID;
    struct value_key key = {
        .kind = is_by_bytes ? KEY_BYTES : KEY_STRING, .text = text, .len = strlen(text)};

    /* Blanks at the end are no part of a character(n). */
    while (type == BPCHAROID && key.len > 0 && text[key.len - 1] == ' ')
        key.len--;
    return key;
}

static struct value_key bytes_key(enum key_kind kind, const char *text)
{
    return (struct value_key){.kind = kind, .text = text, .len = strlen(text)};
}

/* \x and hexadecimal digits, or \\ and \ooo among other characters. */
static struct value_key bytea_key(struct arena *arena, const char *text)
{
    char *bytes = arena_strdup(arena, text);
    const bool is_hex = text[0] == '\\' && text[1] == 'x';
    size_t n = 0;

    for (text += is_hex ? 2 : 0; *text;) {
        if (is_hex && !literal_is_hex(*text)) {
            text++;
        } else if (is_hex) {
            const char digits[] = {text[0], text[1], 0};
            bytes[n++] = (char)strtol(digits, NULL, 16);
            text += 2;
        } else if (text[0] == '\\' && literal_is_digit(text[1])) {
            const char digits[] = {text[1], text[2], text[3], 0};
            bytes[n++] = (char)strtol(digits, NULL, 8);
            text += 4;
        } else {
            text += *text == '\\';
            bytes[n++] = *text++;
        }
    }
    return (struct value_key){.kind = KEY_BYTES, .text = bytes, .len = n};
}

/* A month counts 30 days, a day 24 hours (interval_cmp_value). */
static struct value_key interval_key(const struct literal *literal, const char *text)
{
    const int64_t microseconds_per_day = 86400000000;
    struct interval_value value = {0};
    int64_t days;

    if (interval_read(literal, text, &value))
        return bytes_key(KEY_OPAQUE, text);
    days = (value.years * INT64_C(12) + value.months) * 30 + value.days +
           value.microseconds / microseconds_per_day;
    value.microseconds %= microseconds_per_day;
    if (value.microseconds < 0) {
        value.microseconds += microseconds_per_day;
        days--;
    }
    return (struct value_key){
        .kind = KEY_TIME,
        .time = {.clock = DATE_CLOCK_UTC, .days = (long)days, .microseconds = value.microseconds}};
}

static struct value_key integer_key(int64_t value)
{
    return (struct value_key){.kind = KEY_INTEGER, .integer = value};
}

static struct value_key key_of(const struct literal *literal, const struct type *type,
                               oid collation, const char *text)
{
    switch (type->oid) {
    case INT2OID:
    case INT4OID:
    case INT8OID:
        return integer_key(strtoll(text, NULL, 10));
    case BOOLOID:
        return integer_key(is_true(text));
    case NUMERICOID:
        return bytes_key(KEY_NUMERIC, text);
    case FLOAT4OID:
    case FLOAT8OID:
        return (struct value_key){.kind = KEY_FLOAT, .real = strtod(text, NULL)};
    case DATEOID:
    case TIMEOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
        return (struct value_key){.kind = KEY_TIME,
                                  .time = date_value_of(literal, type->oid, text)};
    case TEXTOID:
    case VARCHAROID:
    case BPCHAROID:
    case NAMEOID:
        return string_key(type->oid, collation, text);
    case INTERVALOID:
        return interval_key(literal, text);
    case BYTEAOID:
        return bytea_key(literal->input->arena, text);
    case JSONBOID: /* numbers among each other */
        return bytes_key(strpbrk(text, "[{\"tfn") ? KEY_OPAQUE : KEY_NUMERIC, text);
    case UUIDOID:
        return bytes_key(KEY_BYTES, uuid_digits(literal->input->arena, text));
    default:
        return type->typtype == 'e' ? integer_key(label_position(type, text))
                                    : bytes_key(KEY_OPAQUE, text);
    }
}

enum value_order literal_compare(const struct literal *literal, oid type, const char *a,
                                 const char *b)
{
    const struct type *found = catalog_get_type(literal->input->catalog, type);
    struct value_key x = key_of(literal, found, DEFAULT_COLLATION_OID, a);
    struct value_key y = key_of(literal, found, DEFAULT_COLLATION_OID, b);

    return value_compare(&x, &y);
}

/* What the clock decides is another value at another time. */
static bool is_lasting(const struct value_key *key, oid type)
{
    if (key->kind == KEY_OPAQUE && type == TIMETZOID)
        return false;
    return key->kind != KEY_TIME || key->time.infinity ||
           (key->time.clock != DATE_CLOCK_TODAY && key->time.clock != DATE_CLOCK_UNKNOWN);
}

const struct value_key *value_key(struct arena *arena, const struct catalog *catalog, oid type,
                                  oid collation, const char *text)
{
    struct refusal why;
    struct input input = {.arena = arena, .catalog = catalog, .why = &why};
    struct literal literal = {.input = &input, .type = type, .typmod = -1, .text = text};
    const struct type *found = catalog_get_type(catalog, catalog_base_type(catalog, type, NULL));
    struct value_key *key;

    if (!found || setjmp(input.on_refusal))
        return NULL;
    key = arena_new(arena, struct value_key);
    *key = key_of(&literal, found, collation, text);
    return is_lasting(key, found->oid) ? key : NULL;
}
