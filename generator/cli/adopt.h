/* What the parts of `tenon migrate adopt` share: the other tool's folder, ours as it will be, and
 * the database.
 */
#ifndef TENON_CLI_ADOPT_H
#define TENON_CLI_ADOPT_H

#include "adopt/folder.h"
#include "cli/apply.h"
#include "cli/mirror.h"
#include "live/foreign.h"
#include "migrate/write.h"

struct adopting {
    struct cli *cli;
    struct applying applying;
    struct mirror mirror; /* the session that holds the locks is its server */
    const struct tool *tool;
    struct foreign_ledger ledger; /* tool NULL: the database has none */
    const char *directory;        /* the other tool's; NULL: there is none */
    struct old_folder old;
    struct folder folder; /* ours, with the drafts */
    draft_list drafts;    /* files to write */
    path_list applied;    /* names of those that count as applied */
    bool is_done;         /* our ledger has rows */
};

/* adopt_files.c: the folder that is made of the other one. What is there already stays as it is. */

/* Reads ours and makes what it lacks. STATUS_INPUT after a message when the result does not replay:
 * then the files are written all the same, to be corrected. */
int adopt_plan_files(struct adopting *adopting);
/* Writes them, with their last lines; files that have none get one. */
int adopt_write_files(struct adopting *adopting);

/* adopt_compare.c: STATUS_INPUT after the differences were named, unless they are accepted. */
int adopt_compare(struct adopting *adopting);

/* adopt_say.c: what is found and done, for people. */

int adopt_say_plan(struct adopting *adopting);
int adopt_say_end(struct adopting *adopting);
/* Refuses with the problems of the folder. */
int adopt_refuse(struct adopting *adopting);

#endif
