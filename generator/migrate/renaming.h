/* What the files that make renames share; not for others. */
#ifndef TENON_MIGRATE_RENAMING_H
#define TENON_MIGRATE_RENAMING_H

#include "migrate/rename.h"

/* A change of name under way. The item is of the schema after; the old names are what the object is
 * called at the moment. */
struct renaming {
    const struct item *item;
    const char *label; /* of an enum */
    const char *schema, *name;
    const char *note; /* for the file */
};

typedef VEC(struct renaming) renaming_list;

/* The statements in an order in which no name is in the way of another; one that is goes by way of
 * a temporary name. */
void renamings_write(struct arena *arena, const struct catalog *before, renaming_list *list,
                     rename_list *renames);

/* Constraints, indexes and sequences of tables of which something was renamed: those that the
 * server named after it, and that are as they were but for that. */
void renamings_of_parts(struct arena *arena, const struct inventory *before,
                        const struct inventory *after, const renaming_list *done,
                        renaming_list *list);

/* Whether two items are the same, and so are their columns, but for names, owners, privileges and
 * comments. */
bool items_look_alike(struct arena *arena, const struct inventory *one, const struct item *a,
                      const struct inventory *other, const struct item *b);

/* "table public.orders", "column user_name of public.users": for people. */
const char *item_title(struct arena *arena, const struct item *item, const char *label);

#endif
