/* Geometric types (geo_ops.c): pairs of numbers, singly or as the points of a shape, with
 * parentheses that may be left out.
 */
#include "value/literal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const struct literal *literal;
    const char *type_name;
    const char *at;
};

struct point {
    double x, y;
};

static struct reader reader_of(const struct literal *literal, const char *type_name)
{
    return (struct reader){literal, type_name, literal_skip_spaces(literal->text)};
}

static _Noreturn void refuse(const struct reader *reader)
{
    literal_bad_syntax(reader->literal, reader->type_name);
}

static void skip_spaces(struct reader *reader)
{
    reader->at = literal_skip_spaces(reader->at);
}

static void expect(struct reader *reader, char c)
{
    if (*reader->at != c)
        refuse(reader);
    reader->at++;
}

static void expect_end(const struct reader *reader)
{
    if (*reader->at)
        refuse(reader);
}

static double read_number(struct reader *reader)
{
    const char *start = literal_skip_spaces(reader->at);
    char *end;
    errno = 0;
    double value = strtod(start, &end);
    if (end == start)
        refuse(reader);
    if (errno == ERANGE && (value == 0.0 || !isfinite(value)))
        literal_fail(reader->literal, "22003", "\"%.*s\" is out of range for type double precision",
                     (int)(end - start), start);
    reader->at = end;
    skip_spaces(reader);
    return value;
}

/* x,y or (x,y) */
static struct point read_pair(struct reader *reader)
{
    struct point point;
    skip_spaces(reader);
    bool in_parentheses = *reader->at == '(';
    reader->at += in_parentheses;
    point.x = read_number(reader);
    expect(reader, ',');
    point.y = read_number(reader);
    if (in_parentheses) {
        expect(reader, ')');
        skip_spaces(reader);
    }
    return point;
}

/* n points, perhaps in parentheses or, if may_be_open, in brackets. */
static struct point read_points(struct reader *reader, bool may_be_open, size_t n)
{
    struct point last = {0, 0}, first = {0, 0};
    int depth = 0;
    skip_spaces(reader);
    bool is_open = *reader->at == '[';
    if (is_open && !may_be_open)
        refuse(reader);
    const char *inner = literal_skip_spaces(reader->at + (*reader->at != '\0'));
    bool is_outer = *reader->at == '(' && (*inner == '(' || strrchr(reader->at, '(') == reader->at);
    if (is_open || is_outer) {
        depth = 1;
        reader->at = is_open ? reader->at + 1 : inner;
    }
    for (size_t i = 0; i < n; i++) {
        last = read_pair(reader);
        if (i == 0)
            first = last;
        if (*reader->at == ',')
            reader->at++;
    }
    if (depth) {
        expect(reader, is_open && *reader->at == ']' ? ']' : ')');
        skip_spaces(reader);
    }
    return (struct point){last.x - first.x, last.y - first.y};
}

/* How many points the commas make; 0 when they make none. */
static size_t count_points(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += *s == ',';
    return n % 2 ? (n + 1) / 2 : 0;
}

void literal_check_point(const struct literal *literal)
{
    struct reader reader = reader_of(literal, "point");
    read_pair(&reader);
    expect_end(&reader);
}

void literal_check_lseg(const struct literal *literal)
{
    struct reader reader = reader_of(literal, "lseg");
    read_points(&reader, true, 2);
    expect_end(&reader);
}

void literal_check_box(const struct literal *literal)
{
    struct reader reader = reader_of(literal, "box");
    read_points(&reader, false, 2);
    expect_end(&reader);
}

void literal_check_path(const struct literal *literal)
{
    struct reader reader = reader_of(literal, "path");
    size_t n = count_points(literal->text);
    if (!n)
        refuse(&reader);
    bool has_single = *reader.at == '(' && strrchr(reader.at, '(') == reader.at;
    reader.at += has_single;
    read_points(&reader, true, n);
    if (has_single) {
        expect(&reader, ')');
        skip_spaces(&reader);
    }
    expect_end(&reader);
}

void literal_check_polygon(const struct literal *literal)
{
    struct reader reader = reader_of(literal, "polygon");
    size_t n = count_points(literal->text);
    if (!n)
        refuse(&reader);
    read_points(&reader, false, n);
    expect_end(&reader);
}

/* <(x,y),r>, ((x,y),r), (x,y),r or x,y,r */
void literal_check_circle(const struct literal *literal)
{
    struct reader reader = reader_of(literal, "circle");
    bool has_angles = *reader.at == '<';
    const char *inner = literal_skip_spaces(reader.at + (*reader.at != '\0'));
    bool is_outer = has_angles || (*reader.at == '(' && *inner == '(');
    if (is_outer)
        reader.at = inner;
    read_pair(&reader);
    if (*reader.at == ',')
        reader.at++;
    if (read_number(&reader) < 0)
        refuse(&reader);
    if (is_outer) {
        expect(&reader, *reader.at == '>' ? '>' : ')');
        skip_spaces(&reader);
    }
    expect_end(&reader);
}

/* {A,B,C}, or two points */
void literal_check_line(const struct literal *literal)
{
    struct reader reader = reader_of(literal, "line");
    if (*reader.at != '{') {
        struct point difference = read_points(&reader, true, 2);
        expect_end(&reader);
        if (difference.x == 0 && difference.y == 0)
            literal_fail(literal, "22P02",
                         "invalid line specification: must be two distinct points");
        return;
    }
    reader.at++;
    double a = read_number(&reader);
    expect(&reader, ',');
    double b = read_number(&reader);
    expect(&reader, ',');
    read_number(&reader);
    expect(&reader, '}');
    skip_spaces(&reader);
    expect_end(&reader);
    if (a == 0 && b == 0)
        literal_fail(literal, "22P02", "invalid line specification: A and B cannot both be zero");
}
