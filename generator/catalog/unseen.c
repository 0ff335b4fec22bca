/* The last block first: it is the one that a reader looks for. */
#include "catalog/unseen.h"

#include "catalog/store.h"

void catalog_add_unseen(struct catalog *catalog, struct unseen block)
{
    vec_push(catalog->arena, &catalog->unseen, block);
}

static bool may_have_made(const struct unseen *block,
                          bool (*has_word)(const void *statement, const char *word),
                          const void *statement)
{
    for (const char *const *kind = block->kinds; kind && *kind; kind++)
        if (has_word(statement, *kind))
            return true;
    return !block->kinds;
}

const struct unseen *catalog_find_unseen(const struct catalog *catalog,
                                         bool (*has_word)(const void *statement, const char *word),
                                         const void *statement)
{
    for (size_t i = catalog->unseen.n; i-- > 0;)
        if (may_have_made(&catalog->unseen.items[i], has_word, statement))
            return &catalog->unseen.items[i];
    return NULL;
}
