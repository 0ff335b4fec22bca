/* What the files that read comments share; not for others. */
#ifndef TENON_MIGRATE_HINT_H
#define TENON_MIGRATE_HINT_H

#include "migrate/note.h"
#include "sql/statement.h"

/* The bytes of a column, constraint or label in the list of a statement. */
struct element {
    size_t from, to;
};

/* Which element of the statement's list the comment [from, to) stands at. False: none of them, so
 * it is about the statement. */
bool hint_element(struct arena *arena, const struct statement *statement, size_t from, size_t to,
                  struct element *element);

/* Fills in what the statement, or the element of its list (NULL: none), makes. `schema` is where
 * names without one go. */
void hint_object(struct arena *arena, const struct statement *statement,
                 const struct element *element, const char *schema, const struct inventory *after,
                 struct note *note);

/* Whether the bytes between lie in one line. */
bool is_same_line(str text, size_t from, size_t to);

/* What stands between single quotes. */
const char *quoted_text(struct arena *arena, str literal);

#endif
