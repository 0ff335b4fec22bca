/* Text search: dictionaries, and the configurations that ask them. */
#include <string.h>

#include "plan/planner.h"

/* --- Templates and dictionaries --------------------------------------------------------------- */

/* How many of the options after stay where they are: ALTER puts those that it sets behind the
 * others. */
static size_t kept_in_place(const struct change *change)
{
    size_t at = 0, at_before = 0, n = 0;
    const char *option, *old;

    while ((option = item_next(change->after, PROPERTY_CLAUSE, &at))) {
        do
            old = item_next(change->before, PROPERTY_CLAUSE, &at_before);
        while (old && strcmp(old, option) != 0);
        if (!old)
            break;
        n++;
    }
    return n;
}

static void add_unset(struct planner *planner, struct buf *buf, const struct change *change)
{
    size_t at = 0;
    const char *option;

    while ((option = item_next(change->before, PROPERTY_CLAUSE, &at))) {
        const char *name = arena_strndup(planner->arena, option, clause_name_len(option));
        if (!clause_value(change->after, name))
            buf_addf(buf, "%s%s", buf->len ? ", " : "", name);
    }
}

void alter_ts_dictionary_of(struct planner *planner, const struct change *change)
{
    const size_t n_kept = kept_in_place(change);
    struct buf buf = buf_in(planner->arena);
    size_t at = 0, n = 0;
    const char *option;

    add_unset(planner, &buf, change);
    while ((option = item_next(change->after, PROPERTY_CLAUSE, &at)))
        if (n++ >= n_kept)
            buf_addf(&buf, "%s%s", buf.len ? ", " : "", option);
    if (buf.len)
        step_add(planner, "ALTER %s (%s)", item_words(planner->arena, change->after),
                 buf_text(&buf));
}

static bool asks(const struct item *configuration, const struct item *dictionary)
{
    for (size_t i = 0; configuration && i < configuration->needs.n; i++)
        if (configuration->needs.items[i] == dictionary)
            return true;
    return false;
}

/* Configurations ask the new one where they asked the old one. */
void create_ts_dictionary(struct planner *planner, const struct change *change)
{
    create_clauses(planner, change);
    if (!is_swapped(change))
        return;
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *user = planner->changes.items[i];
        if (user->after && user->after->kind == ITEM_TS_CONFIGURATION && !is_created(user) &&
            asks(user->before, change->before))
            step_add(planner, "ALTER %s ALTER MAPPING REPLACE %s WITH %s",
                     item_words(planner->arena, user->after),
                     name_of_swapped(planner, change->before), change->after->qualified);
    }
}

/* --- Configurations --------------------------------------------------------------------------- */

static const char mapping_for[] = "MAPPING FOR ";

/* The token type of "MAPPING FOR word = simple"; NULL: the clause is the parser. */
static const char *token_type(struct arena *arena, const char *clause)
{
    const size_t len = sizeof mapping_for - 1;

    if (strncmp(clause, mapping_for, len) != 0)
        return NULL;
    return arena_strndup(arena, clause + len, clause_name_len(clause) - len);
}

static const char *dictionaries_of(struct arena *arena, const struct item *item, const char *token)
{
    return clause_value(item, arena_printf(arena, "%s%s", mapping_for, token));
}

struct mapping {
    const char *token, *dictionaries;
    bool is_changed; /* another one was there */
};

typedef VEC(struct mapping) mappings;

static mappings mappings_to_write(struct arena *arena, const struct item *item,
                                  const struct item *before)
{
    mappings list = {0};
    size_t at = 0;
    const char *clause;

    while ((clause = item_next(item, PROPERTY_CLAUSE, &at))) {
        const char *token = token_type(arena, clause);
        if (token && !item_has_value(before, PROPERTY_CLAUSE, clause))
            vec_push(arena, &list,
                     (struct mapping){token, dictionaries_of(arena, item, token),
                                      dictionaries_of(arena, before, token) != NULL});
    }
    return list;
}

/* Dictionaries are exchanged by ALTER MAPPING, so that no token is without any in between; tokens
 * that get the same ones are told together. */
static void write_mappings(struct planner *planner, const struct item *item,
                           const struct item *before)
{
    mappings list = mappings_to_write(planner->arena, item, before);

    for (size_t i = 0; i < list.n; i++) {
        const struct mapping first = list.items[i];
        struct buf tokens = buf_in(planner->arena);
        if (!first.token)
            continue;
        for (size_t k = i; k < list.n; k++) {
            struct mapping *other = &list.items[k];
            if (!other->token || other->is_changed != first.is_changed ||
                strcmp(other->dictionaries, first.dictionaries) != 0)
                continue;
            buf_addf(&tokens, "%s%s", tokens.len ? ", " : "", other->token);
            other->token = NULL;
        }
        step_add(planner, "ALTER %s %s MAPPING FOR %s WITH %s", item_words(planner->arena, item),
                 first.is_changed ? "ALTER" : "ADD", buf_text(&tokens), first.dictionaries);
    }
}

void create_ts_configuration(struct planner *planner, const struct change *change)
{
    const char *parser = clause_value(change->after, "PARSER");

    step_add(planner, "CREATE %s (%s = %s)", item_words(planner->arena, change->after),
             parser ? "PARSER" : "COPY", parser ? parser : clause_value(change->after, "COPY"));
    write_mappings(planner, change->after, NULL);
}

void alter_ts_configuration_of(struct planner *planner, const struct change *change)
{
    struct buf tokens = buf_in(planner->arena);
    size_t at = 0;
    const char *clause;

    while ((clause = item_next(change->before, PROPERTY_CLAUSE, &at))) {
        const char *token = token_type(planner->arena, clause);
        if (token && !dictionaries_of(planner->arena, change->after, token))
            buf_addf(&tokens, "%s%s", tokens.len ? ", " : "", token);
    }
    if (tokens.len)
        step_add(planner, "ALTER %s DROP MAPPING FOR %s", item_words(planner->arena, change->after),
                 buf_text(&tokens));
    write_mappings(planner, change->after, change->before);
}
