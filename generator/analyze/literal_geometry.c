/* Geometric types (geo_ops.c): numbers in pairs, with optional parentheses. Brackets are counted,
 * not matched shape by shape; what has the wrong number of numbers is refused.
 */
#include "analyze/literal.h"

#include <stdlib.h>
#include <string.h>

/* How many numbers the text holds between its brackets and commas; -1 for anything else. */
static int count_numbers(const char *s)
{
    int n = 0, depth = 0;
    bool after_number = false;
    while (*(s = literal_skip_spaces(s))) {
        char *end;
        if (strchr("([{<", *s)) {
            depth++;
            s++;
        } else if (strchr(")]}>", *s)) {
            if (--depth < 0)
                return -1;
            s++;
        } else if (*s == ',') {
            after_number = false;
            s++;
        } else {
            strtod(s, &end);
            if (end == s || after_number)
                return -1;
            after_number = true;
            n++;
            s = end;
        }
    }
    return depth == 0 ? n : -1;
}

static void check_exact(const struct literal *literal, const char *type_name, int wanted)
{
    if (count_numbers(literal->text) != wanted)
        literal_bad_syntax(literal, type_name);
}

static void check_pairs(const struct literal *literal, const char *type_name)
{
    int n = count_numbers(literal->text);
    if (n < 2 || n % 2)
        literal_bad_syntax(literal, type_name);
}

void literal_check_point(const struct literal *literal)
{
    check_exact(literal, "point", 2);
}

void literal_check_lseg(const struct literal *literal)
{
    check_exact(literal, "lseg", 4);
}

void literal_check_box(const struct literal *literal)
{
    check_exact(literal, "box", 4);
}

void literal_check_circle(const struct literal *literal)
{
    check_exact(literal, "circle", 3);
}

void literal_check_path(const struct literal *literal)
{
    check_pairs(literal, "path");
}

void literal_check_polygon(const struct literal *literal)
{
    check_pairs(literal, "polygon");
}

/* {A,B,C}, or two points */
void literal_check_line(const struct literal *literal)
{
    bool has_coefficients = *literal_skip_spaces(literal->text) == '{';
    check_exact(literal, "line", has_coefficients ? 3 : 4);
}
