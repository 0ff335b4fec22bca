/* DO blocks that do what only a server can know: they may have made objects that are missing here.
 */
#ifndef TENON_CATALOG_UNSEEN_H
#define TENON_CATALOG_UNSEEN_H

#include "catalog/catalog.h"

/* A block; `kinds`: of which kinds objects may have been made, as in CREATE INDEX ("index"), ended
 * by NULL, or NULL for any. */
struct unseen {
    span at;
    const char *const *kinds;
};

void catalog_add_unseen(struct catalog *catalog, struct unseen block);

/* The last block that may have made what a statement is about whose words are these; NULL when
 * there is none. */
const struct unseen *catalog_find_unseen(const struct catalog *catalog,
                                         bool (*has_word)(const void *statement, const char *word),
                                         const void *statement);

#endif
