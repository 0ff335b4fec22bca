/* A server compiles the body of a function in PL/pgSQL when it is made, and wants the relations
 * whose rows are variables of it. A word that is a relation's name may be one of something else:
 * then the function comes later than it would have to.
 */
#include "pull/words.h"

#include <ctype.h>
#include <string.h>

#include "support/buf.h"

struct named {
    const struct item *relation;
    struct named *next; /* of the same name in another schema */
};

struct search {
    struct arena *arena;
    struct map by_name; /* → struct named */
    relation_visitor *visit;
    void *context;
};

static bool is_relation(const struct item *item)
{
    return item->kind == ITEM_TABLE || item->kind == ITEM_FOREIGN_TABLE ||
           item->kind == ITEM_VIEW || item->kind == ITEM_MATERIALIZED_VIEW;
}

static bool is_read(const struct item *item)
{
    const char *language = item_property(item, PROPERTY_LANGUAGE);
    const char *body = item_property(item, PROPERTY_BODY);

    return (item->kind == ITEM_FUNCTION || item->kind == ITEM_PROCEDURE) && body && *body == '$' &&
           language && strcmp(language, "sql") != 0;
}

static void visit_word(struct search *search, const struct item *function, const char *word)
{
    for (struct named *named = map_find(&search->by_name, word); named; named = named->next)
        search->visit(search->context, function, named->relation);
}

static bool is_in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* What stands in quotes at `at`, without them; *end is behind it. */
static const char *quoted_word(struct arena *arena, const char *at, const char **end)
{
    struct buf word = buf_in(arena);

    for (at++; *at && (*at != '"' || at[1] == '"'); at++) {
        at += *at == '"';
        buf_addc(&word, *at);
    }
    *end = *at ? at + 1 : at;
    return buf_text(&word);
}

static const char *plain_word(struct arena *arena, const char *at, const char **end)
{
    struct buf word = buf_in(arena);

    for (; is_in_word(*at); at++)
        buf_addc(&word, (char)tolower((unsigned char)*at));
    *end = at;
    return buf_text(&word);
}

static void read_body(struct search *search, const struct item *function)
{
    const char *at = item_property(function, PROPERTY_BODY);

    while (*at)
        if (*at == '"')
            visit_word(search, function, quoted_word(search->arena, at, &at));
        else if (is_in_word(*at))
            visit_word(search, function, plain_word(search->arena, at, &at));
        else
            at++;
}

void words_each_relation(struct arena *arena, const struct inventory *inventory,
                         relation_visitor *visit, void *context)
{
    struct search search = {arena, {.arena = arena}, visit, context};

    for (size_t i = 0; i < inventory->items.n; i++) {
        const struct item *item = inventory->items.items[i];
        struct named *named;
        if (!is_relation(item))
            continue;
        named = arena_new(arena, struct named);
        *named = (struct named){item, map_find(&search.by_name, item->name)};
        map_put(&search.by_name, item->name, named);
    }
    for (size_t i = 0; i < inventory->items.n; i++)
        if (is_read(inventory->items.items[i]))
            read_body(&search, inventory->items.items[i]);
}
