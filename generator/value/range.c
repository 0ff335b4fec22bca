/* Range and multirange literals: [a,b), (,b], empty; {[a,b),[c,d)} (range_in, multirange_in). */
#include "value/literal.h"

#include <stdlib.h>
#include <string.h>

#include "support/buf.h"
#include "types/conversion.h"
#include "value/date.h"

/* A bound up to the comma or closing bracket; NULL when it is left out. */
static const char *read_bound(const struct literal *literal, const char **s)
{
    struct buf text = buf_in(literal->input->arena);
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
            literal_malformed(literal, "range");
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
    bool lower_inclusive, upper_inclusive;
};

/* Ranges of whole numbers and days are kept as [lower, upper): the next value must exist. */
static void check_next(const struct literal *literal, oid subtype, const char *bound)
{
    if (subtype == INT4OID && strtoll(bound, NULL, 10) == INT32_MAX)
        literal_fail(literal, "22003", "integer out of range");
    if (subtype == INT8OID && strtoll(bound, NULL, 10) == INT64_MAX)
        literal_fail(literal, "22003", "bigint out of range");
    if (subtype == DATEOID && date_value_of(literal, subtype, bound).days == LAST_DAY)
        literal_fail(literal, "22008", "date out of range");
}

static void check_bounds(const struct literal *literal, oid subtype, const struct bounds *bounds)
{
    const char *lower = bounds->lower, *upper = bounds->upper;
    enum value_order order = VALUE_LESS;
    if (lower)
        literal_check_part(literal, subtype, -1, lower);
    if (upper)
        literal_check_part(literal, subtype, -1, upper);
    if (lower && upper)
        order = literal_compare(literal, subtype, lower, upper);
    if (order == VALUE_GREATER)
        literal_fail(literal, "22000",
                     "range lower bound must be less than or equal to range upper bound");
    bool is_empty = order == VALUE_EQUAL && !(bounds->lower_inclusive && bounds->upper_inclusive);
    if (lower && !bounds->lower_inclusive && !is_empty)
        check_next(literal, subtype, lower);
    if (upper && bounds->upper_inclusive && !is_empty)
        check_next(literal, subtype, upper);
}

void literal_check_range(const struct literal *literal, oid subtype)
{
    const char *s = literal_skip_spaces(literal->text), *after_empty = skip_empty(s);
    struct bounds bounds = {.lower_inclusive = *s == '['};
    if (after_empty && !*literal_skip_spaces(after_empty))
        return;
    if (after_empty || (*s != '[' && *s != '('))
        literal_malformed(literal, "range");
    s++;
    bounds.lower = read_bound(literal, &s);
    if (*s++ != ',')
        literal_malformed(literal, "range");
    bounds.upper = read_bound(literal, &s);
    bounds.upper_inclusive = *s == ']';
    if (*s == ',' || *literal_skip_spaces(s + 1))
        literal_malformed(literal, "range");
    check_bounds(literal, subtype, &bounds);
}

/* --- Multiranges --------------------------------------------------------------------------- */

static const char *skip_quoted(const struct literal *literal, const char *s)
{
    for (s++; *s && (*s != '"' || s[1] == '"'); s++)
        s += (*s == '"' || *s == '\\') && s[1];
    if (!*s)
        literal_malformed(literal, "multirange");
    return s;
}

/* From the opening bracket to after the closing one. */
static const char *skip_range(const struct literal *literal, const char *s)
{
    for (; *s != ']' && *s != ')'; s++) {
        if (*s == '"')
            s = skip_quoted(literal, s);
        s += *s == '\\' && s[1];
        if (!*s)
            literal_malformed(literal, "multirange");
    }
    return s + 1;
}

void literal_check_multirange(const struct literal *literal, oid range)
{
    oid subtype = type_range_subtype(literal->input->catalog, range);
    const char *s = literal_skip_spaces(literal->text);
    bool is_first = true;
    if (*s++ != '{')
        literal_malformed(literal, "multirange");
    for (s = literal_skip_spaces(s); *s != '}' || !is_first; is_first = false) {
        const char *end = skip_empty(s);
        if (!end && *s != '[' && *s != '(')
            literal_malformed(literal, "multirange");
        if (!end) {
            struct literal part = *literal;
            end = skip_range(literal, s);
            part.text = arena_strndup(literal->input->arena, s, (size_t)(end - s));
            literal_check_range(&part, subtype);
        }
        s = literal_skip_spaces(end);
        if (*s == '}')
            break;
        if (*s != ',')
            literal_malformed(literal, "multirange");
        s = literal_skip_spaces(s + 1);
    }
    if (*literal_skip_spaces(s + 1))
        literal_malformed(literal, "multirange");
}
