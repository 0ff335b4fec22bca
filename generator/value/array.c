/* Array literals: [bounds]={…} with nested braces, quotes and backslashes (array_in). The shape is
 * read first, then each element is checked as a literal of the element type.
 */
#include "value/literal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "support/buf.h"
#include "support/vec.h"

enum { MAX_DIMENSIONS = 6, BOX_TYPE = 603 };

struct array {
    const struct literal *literal;
    const char *at;
    const char *text; /* for messages: without the bounds once they are read */
    char delimiter;
    long lengths[MAX_DIMENSIONS]; /* of each level; -1 not yet known */
    long bounds[MAX_DIMENSIONS];  /* the lengths that were announced */
    long lowest[MAX_DIMENSIONS];  /* and the first subscripts */
    int n_bounds;
    int n_levels;               /* of the elements; -1 not yet known */
    VEC(const char *) elements; /* NULL for the word NULL */
};

static _Noreturn void malformed(const struct array *array)
{
    literal_fail(array->literal, "22P02", "malformed array literal: \"%s\"", array->text);
}

/* Digits and signs, read as C does up to what makes no sense. */
static int read_bound(struct array *array)
{
    size_t len = strspn(array->at, "+-0123456789");
    if (len == 0)
        malformed(array);
    int value = (int)strtol(array->at, NULL, 10);
    array->at += len;
    return value;
}

/* [1:3][-2:-1]= */
static void read_bounds(struct array *array)
{
    while (*(array->at = literal_skip_spaces(array->at)) == '[') {
        array->at++;
        if (array->n_bounds == MAX_DIMENSIONS)
            literal_fail(array->literal, "54000",
                         "number of array dimensions (%d) exceeds the maximum allowed (%d)",
                         MAX_DIMENSIONS + 1, MAX_DIMENSIONS);
        int lower = 1, upper = read_bound(array);
        if (*array->at == ':') {
            array->at++;
            lower = upper;
            upper = read_bound(array);
        }
        if (*array->at++ != ']')
            malformed(array);
        if (upper < lower)
            literal_fail(array->literal, "2202E", "upper bound cannot be less than lower bound");
        array->lowest[array->n_bounds] = lower;
        array->bounds[array->n_bounds++] = (long)upper - lower + 1;
    }
    if (array->n_bounds && *array->at++ != '=')
        malformed(array);
}

static bool is_null_word(const char *s)
{
    static const char null[] = "null";
    size_t i = 0;
    while (null[i] && literal_lower(s[i]) == null[i])
        i++;
    return !null[i] && !s[i];
}

/* One element up to its delimiter; white space around unquoted text does not belong to it. */
static void read_element(struct array *array)
{
    struct arena *arena = array->literal->input->arena;
    struct buf text = buf_in(arena);
    bool quoted = false, in_quotes = false, escaped = false;
    size_t kept = 0; /* length without trailing white space */
    for (;; array->at++) {
        char c = *array->at;
        if (!c || (!in_quotes && c == '{'))
            malformed(array);
        if (!in_quotes && (c == array->delimiter || c == '}'))
            break;
        if (c == '"') {
            if (!in_quotes && (quoted || text.len))
                malformed(array);
            in_quotes = !in_quotes;
            quoted = true;
            continue;
        }
        bool is_space = literal_is_space(c);
        if (quoted && !in_quotes && !is_space)
            malformed(array);
        if (c == '\\' && !*++array->at)
            malformed(array);
        escaped |= c == '\\';
        if (quoted && !in_quotes)
            continue;
        buf_addc(&text, *array->at);
        if (!is_space || in_quotes)
            kept = text.len;
    }
    if (!quoted && kept == 0)
        malformed(array);
    const char *value = arena_strndup(arena, buf_text(&text), kept);
    vec_push(arena, &array->elements, quoted || escaped || !is_null_word(value) ? value : NULL);
}

static void read_level(struct array *array, int level);

static void read_item(struct array *array, int level)
{
    array->at = literal_skip_spaces(array->at);
    bool is_nested = *array->at == '{';
    if (array->n_levels >= 0 && is_nested != (level + 1 < array->n_levels))
        malformed(array);
    if (is_nested) {
        read_level(array, level + 1);
        return;
    }
    array->n_levels = level + 1;
    read_element(array);
}

static void read_level(struct array *array, int level)
{
    long n = 0;
    if (level >= MAX_DIMENSIONS)
        literal_fail(array->literal, "54000",
                     "number of array dimensions (%d) exceeds the maximum allowed (%d)", level + 1,
                     MAX_DIMENSIONS);
    array->at = literal_skip_spaces(array->at + 1);
    if (*array->at == '}' && level > 0)
        malformed(array);
    if (*array->at != '}') {
        for (;; array->at++) {
            read_item(array, level);
            n++;
            array->at = literal_skip_spaces(array->at);
            if (*array->at == '}')
                break;
            if (*array->at != array->delimiter)
                malformed(array);
        }
    }
    array->at++;
    if (array->lengths[level] >= 0 && array->lengths[level] != n)
        malformed(array);
    array->lengths[level] = n;
}

/* The bounds that were written must be those of the elements. */
static void check_bounds(struct array *array)
{
    int n_levels = array->n_levels < 0 ? 1 : array->n_levels;
    array->text = array->literal->text;
    if (array->n_bounds && array->n_bounds != n_levels)
        malformed(array);
    for (int i = 0; i < array->n_bounds; i++)
        if (array->bounds[i] != array->lengths[i])
            malformed(array);
    for (int i = 0; i < array->n_bounds; i++)
        if (array->lowest[i] + array->bounds[i] > INT32_MAX)
            literal_fail(array->literal, "54000", "array lower bound is too large: %ld",
                         array->lowest[i]);
}

void literal_check_array(const struct literal *literal, oid element)
{
    struct array array = {
        .literal = literal, .at = literal->text, .text = literal->text, .n_levels = -1};
    array.delimiter = element == BOX_TYPE ? ';' : ',';
    for (int i = 0; i < MAX_DIMENSIONS; i++)
        array.lengths[i] = -1;
    read_bounds(&array);
    array.at = literal_skip_spaces(array.at);
    if (*array.at != '{')
        malformed(&array);
    array.text = array.at;
    read_level(&array, 0);
    if (*literal_skip_spaces(array.at))
        malformed(&array);
    check_bounds(&array);
    for (size_t i = 0; i < array.elements.n; i++)
        literal_check_part(literal, element, literal->typmod, array.elements.items[i]);
}

/* The message shows the rest of the text. An OID may follow another one without a space. */
void literal_check_vector(const struct literal *literal, oid element)
{
    struct literal rest = *literal;
    const char *name = element == OIDOID ? "oid" : "smallint";
    for (const char *s = literal->text; *(s = literal_skip_spaces(s));) {
        char *end;
        rest.text = s;
        errno = 0;
        long value = element == OIDOID ? (long)strtoul(s, &end, 10) : strtol(s, &end, 10);
        bool is_in_range = element == OIDOID ? value >= INT32_MIN && value <= UINT32_MAX
                                             : value >= INT16_MIN && value <= INT16_MAX;
        if (end == s)
            literal_bad_syntax(&rest, name);
        if (errno == ERANGE || !is_in_range)
            literal_fail(literal, "22003", "value \"%s\" is out of range for type %s", s, name);
        if (element != OIDOID && *end && *end != ' ')
            literal_bad_syntax(&rest, name);
        s = end;
    }
}
