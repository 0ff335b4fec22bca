/* Options by name: name='value', and OPTIONS (name 'value') of foreign objects; and names that are
 * made up.
 */
#include <ctype.h>
#include <string.h>

#include "plan/planner.h"

/* --- Storage parameters: name='value' --------------------------------------------------------- */

static size_t name_len(const char *option)
{
    return strcspn(option, "=");
}

static bool has_option(const struct item *item, enum property_id id, const char *option)
{
    size_t at = 0;
    const char *other;

    while ((other = item_next(item, id, &at)))
        if (name_len(other) == name_len(option) && strncmp(other, option, name_len(option)) == 0)
            return true;
    return false;
}

const char *names_of_lost(struct arena *arena, const struct item *before, const struct item *after,
                          enum property_id id)
{
    struct buf buf = buf_in(arena);
    size_t at = 0;
    const char *option;

    while ((option = item_next(before, id, &at)))
        if (!has_option(after, id, option))
            buf_addf(&buf, "%s%.*s", buf.len ? ", " : "", (int)name_len(option), option);
    return buf_text(&buf);
}

/* Before each of the names in a list "a='1', b='2'". */
const char *with_prefix(struct arena *arena, const char *prefix, const char *list)
{
    struct buf buf = buf_in(arena);
    bool in_quotes = false;

    if (*list)
        buf_adds(&buf, prefix);
    for (; *list; list++) {
        in_quotes ^= *list == '\'';
        buf_addc(&buf, *list);
        if (!in_quotes && list[0] == ',' && list[1] == ' ') {
            buf_addc(&buf, *++list);
            buf_adds(&buf, prefix);
        }
    }
    return buf_text(&buf);
}

const char *table_options(struct arena *arena, const struct item *table)
{
    const char *own = values_joined(arena, table, PROPERTY_OPTION, ", ");
    const char *toast =
        with_prefix(arena, "toast.", values_joined(arena, table, PROPERTY_TOAST_OPTION, ", "));

    return arena_printf(arena, "%s%s%s", own, *own && *toast ? ", " : "", toast);
}

/* --- OPTIONS (name 'value') ------------------------------------------------------------------- */

/* Names in quotes may have spaces. */
static size_t foreign_name_len(const char *option)
{
    bool is_quoted = false;
    size_t len = 0;

    for (; option[len] && (is_quoted || option[len] != ' '); len++)
        is_quoted ^= option[len] == '"';
    return len;
}

static const char *same_option(const struct item *item, const char *option)
{
    size_t at = 0;
    const char *other;

    while ((other = item_next(item, PROPERTY_FOREIGN_OPTION, &at)))
        if (foreign_name_len(other) == foreign_name_len(option) &&
            strncmp(other, option, foreign_name_len(option)) == 0)
            return other;
    return NULL;
}

const char *foreign_option_changes(struct arena *arena, const struct change *change)
{
    struct buf buf = buf_in(arena);
    size_t at = 0;
    const char *option, *other;

    while ((option = item_next(change->before, PROPERTY_FOREIGN_OPTION, &at)))
        if (!same_option(change->after, option))
            buf_addf(&buf, "%sDROP %.*s", buf.len ? ", " : "", (int)foreign_name_len(option),
                     option);
    at = 0;
    while ((option = item_next(change->after, PROPERTY_FOREIGN_OPTION, &at))) {
        other = same_option(change->before, option);
        if (!other || strcmp(other, option) != 0)
            buf_addf(&buf, "%s%s %s", buf.len ? ", " : "", other ? "SET" : "ADD", option);
    }
    return buf_text(&buf);
}

/* --- Clauses ---------------------------------------------------------------------------------- */

/* The length of the name in front of " = "; 0: the clause is no such pair. Members of operator
 * families, which have numbers, are none. */
size_t clause_name_len(const char *clause)
{
    const char *equal = strstr(clause, " = ");

    if (!equal)
        return 0;
    for (const char *c = clause; c < equal; c++)
        if (!isalpha((unsigned char)*c) && *c != ' ' && *c != '_')
            return 0;
    return (size_t)(equal - clause);
}

/* The value of the clause, or NULL. */
const char *clause_value(const struct item *item, const char *name)
{
    size_t at = 0;
    const char *clause;

    while (item && (clause = item_next(item, PROPERTY_CLAUSE, &at)))
        if (clause_name_len(clause) == strlen(name) && strncmp(clause, name, strlen(name)) == 0)
            return clause + strlen(name) + 3;
    return NULL;
}

/* --- Names of helpers ------------------------------------------------------------------------- */

/* A name that nothing else has: derived from the object's key, so that it is the same each time. */
const char *helper_name(struct planner *planner, const struct item *item, const char *purpose)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (const char *c = item->key; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return arena_printf(planner->arena, "tenon_%s_%016llx", purpose, (unsigned long long)hash);
}
