/* The lines with which migration tools part a file in a way up and a way down. Inside the room
 * only.
 */
#ifndef TENON_SQL_MIGRATION_MARK_H
#define TENON_SQL_MIGRATION_MARK_H

#include "support/str.h"

enum migration_mark { MARK_NONE, MARK_UP, MARK_DOWN };

/* What the line marks, which may end in anything: `-- migrate:down transaction:false`. */
enum migration_mark migration_mark(str line);

#endif
