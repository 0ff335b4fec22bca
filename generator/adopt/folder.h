/* The migrations of another tool, in its order, and what a migration of ours is made of each.
 *
 *     old_folder_read(arena, tool, "db/migrations", &folder, &error)
 *     old_folder_name(arena, &folder)             the names that they get
 *     convert_text(arena, tool, migration, …)     the texts (convert.h)
 *     old_folder_match(arena, &folder, &rows, …)  which of them a ledger says are applied
 */
#ifndef TENON_ADOPT_FOLDER_H
#define TENON_ADOPT_FOLDER_H

#include "adopt/tool.h"
#include "support/error.h"
#include "support/str.h"

struct old_migration {
    const char *version; /* as the ledger's, without what makes no difference: "7" for 00007 */
    const char *title;   /* "add_limit" */
    const char *file;    /* its name in the folder */
    str text;
    const char *checksum; /* as the query of the tool gives it; NULL: there is none */
    const char *name;     /* of ours: YYYYMMDDHHMMSS_title */
    bool is_applied;
    const struct old_row *row; /* that says so; NULL: a later one does */
};

struct old_folder {
    const struct tool *tool;
    VEC(struct old_migration) items;
    VEC(const char *) problems; /* what cannot be taken over, with the way out */
    VEC(const char *) notes;    /* files that the tool does not run either */
};

/* False: a file cannot be read, or the folder is none of the tool. */
bool old_folder_read(struct arena *arena, const struct tool *tool, const char *directory,
                     struct old_folder *folder, struct error *error);

/* Gives names whose order is the tool's: the version, where it is a time; else seconds that count
 * from the year 2000 on, so that every database of the team gets the same ones. */
void old_folder_name(struct arena *arena, struct old_folder *folder);

/* Marks those that are applied. What does not fit is added to problems. */
void old_folder_match(struct arena *arena, struct old_folder *folder, const old_row_list *rows);

/* Adds those of meta/_journal.json; checksum is NULL yet. (journal.c) */
bool journal_read(struct arena *arena, const char *directory, struct old_folder *folder,
                  struct error *error);

/* "1.2" of "001_02.0"; versions that are equal to the tool have equal texts. */
const char *version_normal(struct arena *arena, str version);

#endif
