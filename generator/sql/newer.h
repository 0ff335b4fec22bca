/* What a libpg_query newer than the server lets through.
 *
 * The verdict is that of the server that is compiled for, whichever libpg_query was linked
 * (sql/pg.h). The grammars of 16 and 17 only add to that of 15; additions newer than the server are
 * refused here, by the shape of the tree. What cannot be undone are the words that they reserve:
 * SYSTEM_USER is no name any more, and JSON(x), JSON_ARRAY(x), JSON_QUERY(x, y), … are refused
 * instead of looked up as functions.
 */
#ifndef TENON_SQL_NEWER_H
#define TENON_SQL_NEWER_H

#include "sql/pg.h"
#include "support/arena.h"
#include "support/release.h"
#include "support/str.h"

/* The syntax error that the release would raise in the statement, with the byte in the parsed
 * text; NULL for a statement that it parses too. */
const char *newer_syntax(struct arena *arena, str text, struct release release,
                         const PgQuery__RawStmt *statement, size_t *offset);

#endif
