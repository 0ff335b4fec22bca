/* What the files that read a migration share; not for others. */
#ifndef TENON_MIGRATE_READER_H
#define TENON_MIGRATE_READER_H

#include "migrate/migration.h"

/* The comment as a mark; false when it is none. An error when it wants to be one. */
bool mark_read(struct arena *arena, const struct source *source, size_t from, size_t to,
               struct diags *diags, struct mark *mark);

const char *mark_words(enum mark_kind kind);

/* The mark of the kind; NULL: there is none. */
const struct mark *marks_find(const mark_list *marks, enum mark_kind kind);

/* What is wrong with the statements. */
void moves_check(struct arena *arena, struct migration *migration, struct diags *diags);

/* The error of a statement that the server refuses in a transaction, by what it calls it. */
void refuse_in_transaction(struct arena *arena, const struct move *move, const char *what,
                           struct diags *diags);

#endif
