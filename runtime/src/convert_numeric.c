/* numeric to and from text and C numbers.
 *
 * A numeric is n digits of base 10000; digit i has the weight 10000^(weight - i). Everything here
 * works on digits by their power, which reads as zero outside of what is stored. */
#include <tenon/convert.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HERE (sizeof((tenon_numeric *)NULL)->digits.here / 2)
#define MAX_SCALE 0x3fff
#define MAX_EXPONENT 200000

static const unsigned char *digits_of(const tenon_numeric *n)
{
    return n->n_digits > HERE ? n->digits.there : n->digits.here;
}

/* The digit of weight 10000^power. */
static int digit_at(const tenon_numeric *n, int power)
{
    int i = n->weight - power;

    if (i < 0 || i >= n->n_digits)
        return 0;
    const unsigned char *at = digits_of(n) + 2 * i;
    return at[0] << 8 | at[1];
}

static int lowest_power(const tenon_numeric *n)
{
    return n->weight - n->n_digits + 1;
}

static const char *special_name(const tenon_numeric *n)
{
    switch (n->sign) {
    case TENON_NUMERIC_NAN:
        return "NaN";
    case TENON_NUMERIC_INFINITY:
        return "Infinity";
    case TENON_NUMERIC_MINUS_INFINITY:
        return "-Infinity";
    default:
        return NULL;
    }
}

/* --- To text --- */

/* As snprintf: counts everything, writes what fits. */
struct writer {
    char *buffer;
    size_t size, length;
};

static void put_char(struct writer *w, char c)
{
    if (w->length + 1 < w->size)
        w->buffer[w->length] = c;
    w->length++;
}

static void put_text(struct writer *w, const char *text)
{
    while (*text != '\0')
        put_char(w, *text++);
}

/* The first n of a digit's four decimal places. */
static void put_places(struct writer *w, int digit, int n)
{
    for (int place = 1000; n > 0; n--, place /= 10)
        put_char(w, (char)('0' + digit / place % 10));
}

static void put_integer_part(struct writer *w, const tenon_numeric *n)
{
    int first = digit_at(n, n->weight < 0 ? 0 : n->weight);
    int places = first >= 1000 ? 4 : first >= 100 ? 3 : first >= 10 ? 2 : 1;

    for (int place = places; place > 0; place--) {
        int unit = place == 4 ? 1000 : place == 3 ? 100 : place == 2 ? 10 : 1;
        put_char(w, (char)('0' + first / unit % 10));
    }
    for (int power = n->weight - 1; power >= 0; power--)
        put_places(w, digit_at(n, power), 4);
}

size_t tenon_numeric_format(const tenon_numeric *number, char *buffer, size_t size)
{
    struct writer w = {buffer, size, 0};
    const char *special = special_name(number);

    if (special != NULL) {
        put_text(&w, special);
    } else {
        if (number->sign == TENON_NUMERIC_NEGATIVE)
            put_char(&w, '-');
        put_integer_part(&w, number);
        if (number->scale > 0)
            put_char(&w, '.');
        for (int places = number->scale, power = -1; places > 0; places -= 4, power--)
            put_places(&w, digit_at(number, power), places < 4 ? places : 4);
    }
    if (size > 0)
        buffer[w.length < size ? w.length : size - 1] = '\0';
    return w.length;
}

/* --- From text --- */

/* Text split up: the decimal digits lie in [digits, end), maybe with one point between them. */
struct decimal {
    bool negative;
    const char *digits, *end;
    long n_integer, n_fraction; /* digits before and behind the point */
    long exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *skip_spaces(const char *text)
{
    while (is_space(*text))
        text++;
    return text;
}

/* Whether text begins with `word` in any case; moves behind it. */
static bool take_word(const char **text, const char *word)
{
    const char *at = *text;

    for (; *word != '\0'; word++, at++)
        if ((*at | 0x20) != *word)
            return false;
    *text = at;
    return true;
}

static bool take_exponent(const char **text, long *exponent)
{
    const char *at = *text + 1;
    bool negative = *at == '-';

    if (*at == '-' || *at == '+')
        at++;
    if (!is_digit(*at))
        return false;
    for (*exponent = 0; is_digit(*at); at++)
        if (*exponent < MAX_EXPONENT)
            *exponent = *exponent * 10 + (*at - '0');
    if (negative)
        *exponent = -*exponent;
    *text = at;
    return true;
}

static bool take_decimal(const char **text, struct decimal *decimal)
{
    const char *at = decimal->digits = *text;

    decimal->n_integer = decimal->n_fraction = decimal->exponent = 0;
    for (; is_digit(*at); at++)
        decimal->n_integer++;
    if (*at == '.')
        for (at++; is_digit(*at); at++)
            decimal->n_fraction++;
    decimal->end = at;
    if (decimal->n_integer + decimal->n_fraction == 0)
        return false;
    *text = at;
    return (*at != 'e' && *at != 'E') || take_exponent(text, &decimal->exponent);
}

/* a / b rounded towards minus infinity, for b > 0. */
static long floor_div(long a, long b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Removes zero digits at both ends. */
static void strip(unsigned char *digits, size_t *n_digits, long *weight)
{
    size_t first = 0, end = *n_digits;

    while (end > 0 && digits[2 * end - 2] == 0 && digits[2 * end - 1] == 0)
        end--;
    while (first < end && digits[2 * first] == 0 && digits[2 * first + 1] == 0)
        first++;
    memmove(digits, digits + 2 * first, 2 * (end - first));
    *n_digits = end - first;
    *weight = end == first ? 0 : *weight - (long)first;
}

/* Groups decimal digits by four, counted from the point. `digits` has room for all of them. */
static void group(const struct decimal *decimal, long weight, unsigned char *digits, size_t n)
{
    static const int units[] = {1, 10, 100, 1000};
    /* The power of ten of the decimal digit to come. */
    long power = decimal->n_integer + decimal->exponent - 1;

    memset(digits, 0, 2 * n);
    for (const char *at = decimal->digits; at < decimal->end; at++) {
        if (*at == '.')
            continue;
        size_t i = (size_t)(weight - floor_div(power, 4));
        int value = (digits[2 * i] << 8 | digits[2 * i + 1]) +
                    (*at - '0') * units[power - 4 * floor_div(power, 4)];
        digits[2 * i] = (unsigned char)(value >> 8);
        digits[2 * i + 1] = (unsigned char)value;
        power--;
    }
}

static tenon_status from_decimal(const struct decimal *decimal, tenon_arena *mem,
                                 tenon_numeric *number)
{
    long n_decimal = decimal->n_integer + decimal->n_fraction;
    long top = decimal->n_integer + decimal->exponent - 1;
    long weight = floor_div(top, 4);
    size_t n = (size_t)(weight - floor_div(top - n_decimal + 1, 4) + 1);
    long scale = decimal->n_fraction - decimal->exponent;
    unsigned char few[64], *digits = few;
    tenon_numeric value = {0, 0, 0, 0, {{0}}};

    if (scale > MAX_SCALE)
        return TENON_INVALID_ARGUMENT;
    if (2 * n > sizeof few) {
        if (mem == NULL)
            return TENON_INVALID_ARGUMENT;
        digits = tenon_arena_alloc(mem, 2 * n);
        if (digits == NULL)
            return TENON_OUT_OF_MEMORY;
    }
    group(decimal, weight, digits, n);
    strip(digits, &n, &weight);
    if (n > UINT16_MAX || weight > INT16_MAX || weight < INT16_MIN)
        return TENON_INVALID_ARGUMENT;
    value.n_digits = (uint16_t)n;
    value.weight = (int16_t)weight;
    value.sign = decimal->negative && n > 0 ? TENON_NUMERIC_NEGATIVE : TENON_NUMERIC_POSITIVE;
    value.scale = (uint16_t)(scale < 0 ? 0 : scale);
    if (n <= HERE) {
        memcpy(value.digits.here, digits, 2 * n);
    } else {
        if (digits == few) {
            digits = mem == NULL ? NULL : tenon_arena_alloc(mem, 2 * n);
            if (digits == NULL)
                return mem == NULL ? TENON_INVALID_ARGUMENT : TENON_OUT_OF_MEMORY;
            memcpy(digits, few, 2 * n);
        }
        value.digits.there = digits;
    }
    *number = value;
    return TENON_OK;
}

tenon_status tenon_numeric_parse(const char *text, tenon_arena *mem, tenon_numeric *number)
{
    tenon_numeric special = {0, 0, 0, 0, {{0}}};
    struct decimal decimal = {0};
    bool has_sign;

    if (text == NULL)
        return TENON_INVALID_ARGUMENT;
    text = skip_spaces(text);
    decimal.negative = *text == '-';
    has_sign = *text == '-' || *text == '+';
    if (has_sign)
        text++;
    if (!has_sign && take_word(&text, "nan"))
        special.sign = TENON_NUMERIC_NAN;
    else if (take_word(&text, "infinity") || take_word(&text, "inf"))
        special.sign = decimal.negative ? TENON_NUMERIC_MINUS_INFINITY : TENON_NUMERIC_INFINITY;
    else if (!take_decimal(&text, &decimal))
        return TENON_INVALID_ARGUMENT;
    if (*skip_spaces(text) != '\0')
        return TENON_INVALID_ARGUMENT;
    if (special.sign == TENON_NUMERIC_POSITIVE)
        return from_decimal(&decimal, mem, number);
    *number = special;
    return TENON_OK;
}

/* --- C numbers --- */

tenon_numeric tenon_numeric_from_scaled(int64_t unscaled, int scale)
{
    uint64_t magnitude = unscaled < 0 ? 0 - (uint64_t)unscaled : (uint64_t)unscaled;
    tenon_numeric value = {0, 0, 0, 0, {{0}}};
    char text[24];
    char *first = text + sizeof text;

    do
        *--first = (char)('0' + magnitude % 10);
    while ((magnitude /= 10) > 0);
    scale = scale < 0 ? 0 : scale > 1000 ? 1000 : scale;
    const struct decimal decimal = {
        .negative = unscaled < 0,
        .digits = first,
        .end = text + sizeof text,
        .n_integer = (long)(text + sizeof text - first),
        .exponent = -scale,
    };
    /* Nineteen places lie in six digits at most: this needs no memory and cannot fail. */
    (void)!from_decimal(&decimal, NULL, &value);
    return value;
}

tenon_numeric tenon_numeric_from_int64(int64_t value)
{
    return tenon_numeric_from_scaled(value, 0);
}

/* *sum = *sum * factor + addend, if that fits. */
static bool multiply_add(uint64_t *sum, unsigned factor, unsigned addend)
{
    if (*sum > (UINT64_MAX - addend) / factor)
        return false;
    *sum = *sum * factor + addend;
    return true;
}

bool tenon_numeric_to_scaled(const tenon_numeric *number, int scale, int64_t *unscaled)
{
    static const unsigned powers_of_ten[] = {1, 10, 100, 1000, 10000};
    bool negative = number->sign == TENON_NUMERIC_NEGATIVE;
    uint64_t sum = 0;

    if (special_name(number) != NULL)
        return false;
    scale = scale < -MAX_EXPONENT ? -MAX_EXPONENT : scale > MAX_EXPONENT ? MAX_EXPONENT : scale;
    int last = (int)floor_div(-scale, 4); /* the last digit that counts, if only in part */
    if (last > lowest_power(number))
        last = lowest_power(number);
    for (int power = number->weight; power >= last; power--) {
        int places = power * 4 + 4 + scale; /* how many of the digit's four places count */
        places = places > 4 ? 4 : places < 0 ? 0 : places;
        unsigned digit = (unsigned)digit_at(number, power), rest = powers_of_ten[4 - places];
        if (digit % rest != 0 || !multiply_add(&sum, powers_of_ten[places], digit / rest))
            return false;
    }
    if (sum > (uint64_t)INT64_MAX + negative)
        return false;
    *unscaled = negative ? (int64_t)(0 - sum) : (int64_t)sum;
    return true;
}

bool tenon_numeric_to_int64(const tenon_numeric *number, int64_t *value)
{
    return tenon_numeric_to_scaled(number, 0, value);
}

/* A double's exact value has at most 767 significant places; any further ones matter only by being
 * there at all. */
#define MAX_DIGITS 200

double tenon_numeric_to_double(const tenon_numeric *number)
{
    char text[MAX_DIGITS * 4 + 32];
    struct writer w = {text, sizeof text, 0};
    int n_digits = number->n_digits > MAX_DIGITS ? MAX_DIGITS : number->n_digits;
    int power = number->weight;

    switch (number->sign) {
    case TENON_NUMERIC_NAN:
        return (double)NAN;
    case TENON_NUMERIC_INFINITY:
        return HUGE_VAL;
    case TENON_NUMERIC_MINUS_INFINITY:
        return -HUGE_VAL;
    }
    if (number->sign == TENON_NUMERIC_NEGATIVE)
        put_char(&w, '-');
    put_char(&w, '0');
    for (int i = 0; i < n_digits; i++, power--)
        put_places(&w, digit_at(number, power), 4);
    if (n_digits < number->n_digits) {
        put_text(&w, "0001");
        power--;
    }
    /* No decimal point, so that no locale matters. */
    snprintf(text + w.length, sizeof text - w.length, "e%d", (power + 1) * 4);
    return strtod(text, NULL);
}

/* -Infinity, finite numbers, Infinity, NaN. */
static int rank_of(const tenon_numeric *n)
{
    switch (n->sign) {
    case TENON_NUMERIC_MINUS_INFINITY:
        return 0;
    case TENON_NUMERIC_INFINITY:
        return 2;
    case TENON_NUMERIC_NAN:
        return 3;
    default:
        return 1;
    }
}

static int compare_magnitudes(const tenon_numeric *a, const tenon_numeric *b)
{
    int top = a->weight > b->weight ? a->weight : b->weight;
    int bottom = lowest_power(a) < lowest_power(b) ? lowest_power(a) : lowest_power(b);

    for (int power = top; power >= bottom; power--)
        if (digit_at(a, power) != digit_at(b, power))
            return digit_at(a, power) < digit_at(b, power) ? -1 : 1;
    return 0;
}

static int sign_of(const tenon_numeric *n)
{
    static const tenon_numeric zero = {0, 0, 0, 0, {{0}}};

    if (compare_magnitudes(n, &zero) == 0)
        return 0;
    return n->sign == TENON_NUMERIC_NEGATIVE ? -1 : 1;
}

int tenon_numeric_compare(const tenon_numeric *a, const tenon_numeric *b)
{
    if (rank_of(a) != rank_of(b) || rank_of(a) != 1)
        return (rank_of(a) > rank_of(b)) - (rank_of(a) < rank_of(b));
    if (sign_of(a) != sign_of(b))
        return sign_of(a) < sign_of(b) ? -1 : 1;
    return sign_of(a) * compare_magnitudes(a, b);
}
