/* What the files of names share. */
#ifndef TENON_DEPARSE_NAMES_INTERNAL_H
#define TENON_DEPARSE_NAMES_INTERNAL_H

#include "deparse/names.h"

struct naming {
    struct arena *arena;
    struct names_level *level;
};

/* So that items[n - 1] is there. */
void names_make_room(struct naming *naming, struct name_vec *names, size_t n);
/* The wanted name, or with a number the first one that no column of the entry has, and that may not
 * be taken from a merged column. */
const char *names_free(const struct naming *naming, const struct entry_names *entry,
                       const char *wanted);

/* Names the columns that USING merges in a FROM item, and what they merge. (names_merged.c) */
void names_merge(struct naming *naming, const struct join_node *node);
/* Whether a merged column of it can only be written as its bare name. */
bool names_has_bare_column(const struct naming *naming, const struct join_node *node);
/* Names all other columns of the entry; entries that it joins come before it. (names_columns.c) */
void names_columns(struct naming *naming, size_t index);

#endif
