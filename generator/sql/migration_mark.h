/* The lines with which migration tools part a file in a way up and a way down. */
#ifndef TENON_SQL_MIGRATION_MARK_H
#define TENON_SQL_MIGRATION_MARK_H

#include "support/str.h"

enum migration_mark { MARK_NONE, MARK_UP, MARK_DOWN };

/* What the line marks, which may end in anything: `-- migrate:down transaction:false`. */
enum migration_mark migration_mark(str line);

/* The start of the line with the next up mark, or the end of the text. */
size_t migration_mark_up(str text, size_t at);

#endif
