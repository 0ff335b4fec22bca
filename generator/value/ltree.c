/* ltree, lquery and ltxtquery (ltree_io.c, ltxtquery_io.c). Places in messages count characters
 * from one.
 */
#include <stdlib.h>
#include <string.h>

#include "value/contrib.h"

enum {
    MAX_LEVELS = 65535,
    MAX_LABEL = 255, /* characters */
};

struct path {
    const struct literal *literal;
    const char *at;
    const char *type;
    int position;
};

static bool is_label(char c)
{
    return literal_is_alnum(c) || c == '_';
}

static _Noreturn void bad_character(const struct path *path, int position)
{
    literal_fail(path->literal, "42601", "%s syntax error at character %d", path->type, position);
}

static void next(struct path *path)
{
    path->at += literal_char_len(path->at);
    path->position++;
}

static void check_levels(const struct path *path, const char *what)
{
    int n = 1;
    for (const char *s = path->at; *s; s++)
        n += *s == '.';
    if (n > MAX_LEVELS)
        literal_fail(path->literal, "54000", "number of %s (%d) exceeds the maximum allowed (%d)",
                     what, n, MAX_LEVELS);
}

static void read_label(struct path *path)
{
    int start = path->position;
    while (is_label(*path->at))
        next(path);
    if (path->position - start > MAX_LABEL)
        literal_fail(path->literal, "42622", "label string is too long");
}

void literal_check_ltree(const struct literal *literal)
{
    struct path path = {literal, literal->text, "ltree", 1};
    check_levels(&path, "ltree labels");
    if (!*path.at)
        return;
    for (;;) {
        int start = path.position;
        read_label(&path);
        if (*path.at && (*path.at != '.' || path.position == start))
            bad_character(&path, path.position);
        if (!*path.at && path.position == start)
            literal_fail(literal, "42601", "ltree syntax error");
        if (!*path.at)
            return;
        next(&path);
    }
}

/* --- lquery -------------------------------------------------------------------------------- */

static _Noreturn void bad_end(const struct path *path)
{
    literal_fail(path->literal, "42601", "%s syntax error", path->type);
}

/* A number of levels; only its first digits are looked at for the bounds. */
static int read_count(struct path *path)
{
    int value = atoi(path->at);
    if (value < 0 || value > MAX_LEVELS)
        literal_fail(path->literal, "54000", "lquery syntax error");
    while (literal_is_digit(*path->at))
        next(path);
    return value;
}

static void expect_more(const struct path *path)
{
    if (!*path->at)
        bad_end(path);
}

/* {n}, {n,}, {n,m}, {,m}, {,}: the brace is read. */
static void read_repetition(struct path *path)
{
    int low = 0;
    expect_more(path);
    if (literal_is_digit(*path->at))
        low = read_count(path);
    else if (*path->at != ',')
        bad_character(path, path->position);
    expect_more(path);
    if (*path->at == ',') {
        next(path);
        expect_more(path);
        if (literal_is_digit(*path->at)) {
            if (atoi(path->at) >= 0 && atoi(path->at) < low)
                bad_end(path);
            read_count(path);
        }
        expect_more(path);
    }
    if (*path->at != '}')
        bad_character(path, path->position);
    next(path);
}

/* label@*%, where flags end the label. */
static void read_variant(struct path *path)
{
    int start = path->position;
    read_label(path);
    int end = path->position;
    while (*path->at && strchr("@*%", *path->at))
        next(path);
    bool is_end = !*path->at || strchr("|{.", *path->at);
    if (!is_end)
        bad_character(path, path->position);
    if (end == start)
        bad_character(path, end);
}

/* One level between dots, up to what follows it. */
static void read_level(struct path *path)
{
    expect_more(path);
    if (*path->at == '*') {
        next(path);
        if (*path->at == '{') {
            next(path);
            read_repetition(path);
        }
        return;
    }
    if (*path->at == '!')
        next(path);
    else if (!is_label(*path->at))
        bad_character(path, path->position);
    read_variant(path);
    while (*path->at == '|') {
        next(path);
        expect_more(path);
        if (!is_label(*path->at))
            bad_character(path, path->position);
        read_variant(path);
    }
    if (*path->at == '{') {
        next(path);
        read_repetition(path);
    }
}

void literal_check_lquery(const struct literal *literal)
{
    struct path path = {literal, literal->text, "lquery", 1};
    check_levels(&path, "lquery items");
    for (;;) {
        read_level(&path);
        if (!*path.at)
            return;
        if (*path.at != '.')
            bad_character(&path, path.position);
        next(&path);
    }
}

/* --- ltxtquery ----------------------------------------------------------------------------- */

static _Noreturn void bad_query(const struct literal *literal, const char *message)
{
    literal_fail(literal, "42601", "%s", message);
}

/* A word with its flags. */
static const char *read_operand(const struct literal *literal, const char *s)
{
    const char *start = s;
    while (is_label(*s))
        s++;
    size_t len = (size_t)(s - start);
    while (*s && strchr("%@*", *s))
        s++;
    if (is_label(*s))
        bad_query(literal, "modifiers syntax error");
    if (len > MAX_LABEL)
        literal_fail(literal, "22023",
                     len > MAX_LEVELS ? "word is too long" : "operand is too long");
    return s;
}

void literal_check_ltxtquery(const struct literal *literal)
{
    const char *s = literal->text;
    int depth = 0;
    for (;;) {
        s = literal_skip_spaces(s);
        if (*s == '!' || *s == '(') {
            depth += *s++ == '(';
            continue;
        }
        if (!is_label(*s))
            bad_query(literal, "operand syntax error");
        s = read_operand(literal, s);
        for (; *s == ' ' || (*s == ')' && depth > 0); s++)
            depth -= *s == ')';
        if (!*s && depth == 0)
            return;
        if (*s != '&' && *s != '|')
            bad_query(literal, "syntax error");
        s++;
    }
}
