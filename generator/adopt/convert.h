/* The text of another tool's migration as one of ours. */
#ifndef TENON_ADOPT_CONVERT_H
#define TENON_ADOPT_CONVERT_H

#include "adopt/folder.h"
#include "migrate/migration.h"

/* The way up, as it is written, below the line that names the parent (NULL: none). Lines for the
 * tool alone are left out; BEGIN and COMMIT go, as who applies a migration does them; a file of
 * statements that cannot run in a transaction, and a DO block that says what it does, get the lines
 * that migrations of ours have above such statements. */
str convert_text(struct arena *arena, const struct tool *tool,
                 const struct old_migration *migration, const char *parent, struct release release);

/* Whether the text has what the tool alone replaces, such as ${name}, and where. */
bool convert_leftover(const struct tool *tool, str text, size_t *offset);

#endif
