/* Range and multirange literals: [a,b), (,b], empty; {[a,b),[c,d)} (range_in, multirange_in). */
#include "analyze/literal.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/coerce_types.h"
#include "support/buf.h"

/* A bound up to the comma or closing bracket; NULL when it is left out. */
static const char *read_bound(const struct literal *literal, const char **s, const char *what)
{
    struct buf text = buf_in(literal->parse->statement->arena);
    bool in_quotes = false;
    if (**s == ',' || **s == ')' || **s == ']')
        return NULL;
    for (; in_quotes || (**s != ',' && **s != ')' && **s != ']'); (*s)++) {
        if (**s == '"') {
            bool is_doubled = in_quotes && (*s)[1] == '"';
            in_quotes = is_doubled || !in_quotes;
            if (!is_doubled)
                continue;
            ++*s;
        } else if (**s == '\\') {
            ++*s;
        }
        if (!**s)
            literal_malformed(literal, what);
        buf_addc(&text, **s);
    }
    return buf_text(&text);
}

static const char *skip_empty(const char *s)
{
    static const char word[] = "empty";
    for (size_t i = 0; word[i]; i++)
        if (literal_lower(s[i]) != word[i])
            return NULL;
    return s + sizeof word - 1;
}

struct bounds {
    const char *lower, *upper; /* NULL: infinite, or the range is empty */
};

static size_t label_position(const struct type *type, const char *label)
{
    size_t i = 0;
    while (i < type->n_labels && strcmp(type->labels[i], label) != 0)
        i++;
    return i;
}

/* Whether the first bound is certainly above the second one; only types whose order is plain are
 * looked at. */
static bool is_above(const struct literal *literal, oid subtype, const char *lower,
                     const char *upper)
{
    const struct type *type = catalog_get_type(literal->parse->statement->catalog, subtype);
    if (type->typtype == 'e')
        return label_position(type, lower) > label_position(type, upper);
    return (subtype == INT4OID || subtype == INT8OID || subtype == NUMERICOID ||
            subtype == FLOAT8OID) &&
           strtod(lower, NULL) > strtod(upper, NULL);
}

static void check_bounds(const struct literal *literal, oid subtype, const struct bounds *bounds)
{
    const char *lower = bounds->lower, *upper = bounds->upper;
    if (lower)
        literal_check(literal->parse, subtype, -1, lower, literal->location);
    if (upper)
        literal_check(literal->parse, subtype, -1, upper, literal->location);
    if (lower && upper && is_above(literal, subtype, lower, upper))
        literal_fail(literal, "22000",
                     "range lower bound must be less than or equal to range upper bound");
}

/* One range; s stops after it. */
static const char *read_range(const struct literal *literal, const char *s, struct bounds *bounds,
                              const char *what)
{
    const char *after_empty = skip_empty(s);
    *bounds = (struct bounds){NULL, NULL};
    if (after_empty)
        return after_empty;
    if (*s != '[' && *s != '(')
        literal_malformed(literal, what);
    s++;
    bounds->lower = read_bound(literal, &s, what);
    if (*s++ != ',')
        literal_malformed(literal, what);
    bounds->upper = read_bound(literal, &s, what);
    if (*s != ']' && *s != ')')
        literal_malformed(literal, what);
    return s + 1;
}

void literal_check_range(const struct literal *literal, oid subtype)
{
    struct bounds bounds;
    const char *s = literal_skip_spaces(literal->text);
    s = read_range(literal, s, &bounds, "range");
    if (*literal_skip_spaces(s))
        literal_malformed(literal, "range");
    check_bounds(literal, subtype, &bounds);
}

void literal_check_multirange(const struct literal *literal, oid range)
{
    oid subtype = type_range_subtype(literal->parse->statement->catalog, range);
    const char *s = literal_skip_spaces(literal->text);
    if (*s++ != '{')
        literal_malformed(literal, "multirange");
    s = literal_skip_spaces(s);
    while (*s != '}') {
        struct bounds bounds;
        s = literal_skip_spaces(read_range(literal, s, &bounds, "multirange"));
        check_bounds(literal, subtype, &bounds);
        if (*s == ',') {
            s = literal_skip_spaces(s + 1);
            if (*s == '}')
                literal_malformed(literal, "multirange");
        } else if (*s != '}') {
            literal_malformed(literal, "multirange");
        }
    }
    if (*literal_skip_spaces(s + 1))
        literal_malformed(literal, "multirange");
}
