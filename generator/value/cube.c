/* cube and seg: numbers in lists or as the ends of an interval (cubeparse.y, segparse.y). */
#include <stdlib.h>
#include <string.h>

#include "value/contrib.h"

enum { MAX_DIMENSIONS = 100 };

static const char *skip_blanks(const char *s)
{
    return s + strspn(s, " \t\n\r\f");
}

/* The longest number at s, or s itself; a point may stand at either end of one of a cube. */
static const char *skip_number(const char *s, bool is_cube)
{
    static const char digits[] = "0123456789";
    const char *start = s;
    s += *s == '+' || *s == '-';
    size_t n_before = strspn(s, digits);
    s += n_before;
    size_t n_after = *s == '.' ? strspn(s + 1, digits) : 0;
    if (n_before == 0 && (n_after == 0 || !is_cube))
        return start;
    if (*s == '.' && (n_after > 0 || is_cube))
        s += 1 + n_after;
    if (*s == 'e' || *s == 'E') {
        const char *exponent = s + 1 + (s[1] == '+' || s[1] == '-');
        size_t n = strspn(exponent, digits);
        s = n ? exponent + n : s;
    }
    return s;
}

/* Length of a word, in any case of letters; 0 when it is not there. */
static size_t word_len(const char *s, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < len; i++)
        if (literal_lower(s[i]) != word[i])
            return 0;
    return len;
}

/* --- cube ---------------------------------------------------------------------------------- */

static _Noreturn void bad_cube(const struct literal *literal)
{
    literal_fail(literal, "22P02", "invalid input syntax for cube");
}

struct values {
    const char *items[MAX_DIMENSIONS];
    size_t n;
};

static const char *skip_coordinate(const char *s)
{
    const char *end = skip_number(s, true);
    if (end > s)
        return end;
    size_t sign = *s == '+' || *s == '-';
    size_t len = word_len(s + sign, "infinity");
    len = len ? len : word_len(s + sign, "inf");
    if (len)
        return s + sign + len;
    return s + word_len(s, "nan");
}

static const char *read_list(const struct literal *literal, const char *s, struct values *values)
{
    for (values->n = 0;;) {
        s = skip_blanks(s);
        const char *end = skip_coordinate(s);
        if (end == s)
            bad_cube(literal);
        if (values->n < MAX_DIMENSIONS)
            values->items[values->n] = arena_strndup(literal->input->arena, s, (size_t)(end - s));
        values->n++;
        s = skip_blanks(end);
        if (*s != ',')
            return s;
        s++;
    }
}

/* ( list ) or ( ); brackets of both kinds are the same outside. */
static const char *read_parentheses(const struct literal *literal, const char *s,
                                    struct values *values)
{
    s = skip_blanks(s);
    values->n = 0;
    if (*s++ != '(')
        bad_cube(literal);
    s = skip_blanks(s);
    if (*s != ')')
        s = read_list(literal, s, values);
    if (*s != ')')
        bad_cube(literal);
    return skip_blanks(s + 1);
}

static void check_values(const struct literal *literal, const struct values *values)
{
    struct literal value = *literal;
    for (size_t i = 0; i < values->n; i++) {
        value.text = values->items[i];
        literal_check_float8(&value);
    }
}

static void check_dimensions(const struct literal *literal, const struct values *lower,
                             const struct values *upper)
{
    if ((upper && upper->n != lower->n) || lower->n > MAX_DIMENSIONS)
        bad_cube(literal);
    check_values(literal, lower);
    if (upper)
        check_values(literal, upper);
}

void literal_check_cube(const struct literal *literal)
{
    struct values lower, upper;
    const char *s = skip_blanks(literal->text);
    bool in_brackets = *s == '[', is_list = *s != '[' && *s != '(', has_upper = false;
    s += in_brackets;
    s = is_list ? read_list(literal, s, &lower) : read_parentheses(literal, s, &lower);
    if (!is_list && (*s == ',' || in_brackets)) {
        if (*s != ',')
            bad_cube(literal);
        s = read_parentheses(literal, s + 1, &upper);
        has_upper = true;
    }
    if (in_brackets && *s++ != ']')
        bad_cube(literal);
    if (*skip_blanks(s))
        bad_cube(literal);
    check_dimensions(literal, &lower, has_upper ? &upper : NULL);
}

/* --- seg ----------------------------------------------------------------------------------- */

static _Noreturn void bad_seg(const struct literal *literal)
{
    literal_fail(literal, "42601", "bad seg representation");
}

static const char *read_value(const struct literal *literal, const char *s, float *value)
{
    struct literal number = *literal;
    const char *end = skip_number(s, false);
    if (end == s)
        bad_seg(literal);
    number.text = arena_strndup(literal->input->arena, s, (size_t)(end - s));
    literal_check_float4(&number);
    *value = strtof(number.text, NULL);
    return skip_blanks(end);
}

/* A number after one of < > ~. */
static const char *read_boundary(const struct literal *literal, const char *s, float *value)
{
    s = skip_blanks(s);
    s += *s == '<' || *s == '>' || *s == '~';
    return read_value(literal, skip_blanks(s), value);
}

static const char *skip_dots(const char *s)
{
    return strncmp(s, "..", 2) == 0 ? skip_blanks(s + 2 + (s[2] == '.')) : s;
}

static const char *read_end(const struct literal *literal, const char *s, float lower)
{
    const char *after_dots = skip_dots(s);
    float upper;
    if (after_dots > s) {
        if (!*after_dots)
            return after_dots;
        s = read_boundary(literal, after_dots, &upper);
        if (!*s && lower > upper)
            literal_fail(literal, "22023", "swapped boundaries: %g is greater than %g",
                         (double)lower, (double)upper);
    } else if (strncmp(s, "(+-)", 4) == 0 || strncmp(s, "'+-'", 4) == 0) {
        s = read_value(literal, skip_blanks(s + 4), &upper);
    }
    return s;
}

void literal_check_seg(const struct literal *literal)
{
    const char *s = skip_blanks(literal->text), *after_dots = skip_dots(s);
    float value;
    s = read_boundary(literal, after_dots, &value);
    if (after_dots == skip_blanks(literal->text))
        s = read_end(literal, s, value);
    if (*s)
        bad_seg(literal);
}
