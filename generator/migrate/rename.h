/* Renames that the schema's text asks for: `-- @renamed from old_name`.
 *
 *     hints_read()      comments → what each names, and its old name
 *     renames_make()    hints → statements, replayed on the schema before
 *
 * A hint is followed when its old name is gone and its new one there. It is done when the schema
 * before has the new name already. All else is an error: nothing is ever dropped and added instead.
 */
#ifndef TENON_MIGRATE_RENAME_H
#define TENON_MIGRATE_RENAME_H

#include "inventory/inventory.h"
#include "migrate/difference.h"

struct rename {
    const char *sql;
    const char *note;        /* for the file; NULL: none */
    const struct item *item; /* of the schema after; NULL: a schema made on the way */
};

typedef VEC(struct rename) rename_list;

/* A comment of the schema and the object that it names. */
struct hint {
    span at;
    const char *old_schema, *old_name; /* old_schema may be NULL */
    const char *old_label;             /* the same where a label is meant: letters are as written */
    const struct item *item;           /* of the schema after */
    const char *label;                 /* of the enum `item`; NULL: the item itself */
};

typedef VEC(struct hint) hint_list;

/* Errors for comments that cannot be read, that name nothing, and for the second of two that name
 * the same. */
void hints_read(struct arena *arena, const struct wanted *wanted, const struct inventory *after,
                struct diags *diags, hint_list *hints);

/* False after an error was added. Changes `before` as the statements will change the server. */
bool renames_make(struct arena *arena, struct catalog *before, const struct wanted *wanted,
                  const struct folder *folder, struct diags *diags, rename_list *renames);

/* Warns of what is dropped and added as like as if it had been renamed. */
void renames_suggest(struct arena *arena, const struct inventory *before,
                     const struct inventory *after, struct diags *diags);

#endif
