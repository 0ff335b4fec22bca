/* Comments of the schema that say something of an object:
 *
 *     user_name text, -- @renamed from username
 *     -- @allow adding-foreign-key
 *     CREATE TABLE orders (…);
 *
 * A comment stands above its object or at the end of its line; within the list of a statement it is
 * about the column, constraint or label that it stands at.
 */
#ifndef TENON_MIGRATE_NOTE_H
#define TENON_MIGRATE_NOTE_H

#include "inventory/inventory.h"
#include "migrate/difference.h"

struct note {
    span at;
    str says;                /* behind the word */
    const struct item *item; /* of the schema after; NULL: it stands at nothing that has a name */
    const char *label;       /* of the enum `item`; NULL: the item itself */
};

typedef VEC(struct note) note_list;

/* The comments that begin with the word, in the order of the texts. */
void notes_read(struct arena *arena, const struct wanted *wanted, const struct inventory *after,
                const char *word, note_list *notes);

#endif
