/* Which changes of a column's type lose nothing and cannot fail. */
#include <stdio.h>
#include <string.h>

#include "plan/planner.h"

struct type_words {
    char base[64];
    int first, second; /* modifiers; -1: none */
};

static struct type_words split(const char *type)
{
    struct type_words words = {.first = -1, .second = -1};
    const size_t len = strcspn(type, "(");

    snprintf(words.base, sizeof words.base, "%.*s", (int)len, type);
    if (type[len])
        sscanf(type + len, "(%d,%d)", &words.first, &words.second);
    return words;
}

static bool is_any(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static bool is_number_step(const char *from, const char *to)
{
    static const char *const order[] = {"smallint", "integer", "bigint", "numeric"};
    size_t a = 0, b = 0;

    for (; a < 4 && strcmp(order[a], from) != 0; a++)
        ;
    for (; b < 4 && strcmp(order[b], to) != 0; b++)
        ;
    return a < 4 && b < 4 && a < b;
}

/* A modifier that leaves more room, or none. */
static bool is_wider(const struct type_words *from, const struct type_words *to)
{
    if (to->first < 0)
        return true;
    if (from->first < 0)
        return false;
    if (strcmp(from->base, "numeric") == 0) {
        const int from_scale = from->second < 0 ? 0 : from->second;
        const int to_scale = to->second < 0 ? 0 : to->second;
        return to_scale >= from_scale && to->first - to_scale >= from->first - from_scale;
    }
    return to->first >= from->first;
}

/* What is stored stays as it is (ATColumnChangeRequiresRewrite, numeric_support and its like). */
bool rewrites_table(const struct change *column)
{
    static const char *const texts[] = {"text", "character varying", NULL};
    const struct type_words from = split(item_property(column->before, PROPERTY_TYPE));
    const struct type_words to = split(item_property(column->after, PROPERTY_TYPE));

    if (is_any(from.base, texts) && is_any(to.base, texts))
        return !is_wider(&from, &to);
    if (strcmp(from.base, to.base) != 0)
        return true;
    if (strcmp(from.base, "numeric") == 0 && to.first >= 0)
        return !is_wider(&from, &to) || from.second != to.second;
    return strcmp(from.base, "character") == 0 || !is_wider(&from, &to);
}

bool widens_type(const struct planner *planner, const struct change *column)
{
    static const char *const texts[] = {"text", "character varying", NULL};
    const struct type_words from = split(item_property(column->before, PROPERTY_TYPE));
    const struct type_words to = split(item_property(column->after, PROPERTY_TYPE));

    (void)planner;
    if (strcmp(from.base, to.base) == 0)
        return is_wider(&from, &to);
    if (strcmp(to.base, "text") == 0)
        return strcmp(from.base, "character") != 0;
    if (is_any(from.base, texts) && is_any(to.base, texts))
        return to.first < 0;
    if (is_number_step(from.base, to.base))
        return to.first < 0;
    return strcmp(from.base, "real") == 0 && strcmp(to.base, "double precision") == 0;
}
