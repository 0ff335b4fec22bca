/* What the files that read hints share; not for others. */
#ifndef TENON_MIGRATE_HINT_H
#define TENON_MIGRATE_HINT_H

#include "migrate/rename.h"
#include "sql/statement.h"

/* The bytes of a column, constraint or label in the list of a statement. */
struct element {
    size_t from, to;
};

/* Which element of the statement's list the comment [from, to) stands at. False: none of them, so
 * it is about the statement. */
bool hint_element(struct arena *arena, const struct statement *statement, size_t from, size_t to,
                  struct element *element);

/* What the statement, or the element of its list (NULL: none), makes. `schema` is where names
 * without one go. False when nothing that has a name. */
bool hint_object(struct arena *arena, const struct statement *statement,
                 const struct element *element, const char *schema, const struct inventory *after,
                 struct hint *hint);

#endif
