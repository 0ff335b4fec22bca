/* From a plan to the files of a migration. */
#ifndef TENON_MIGRATE_WRITE_H
#define TENON_MIGRATE_WRITE_H

#include <time.h>

#include "migrate/migration.h"
#include "plan/plan.h"

struct draft {
    const char *name; /* of the file, without .sql */
    str text;
};

typedef VEC(struct draft) draft_list;

struct writing {
    const char *title;  /* "add_limit" */
    const char *parent; /* NULL: it is the first migration */
    time_t now;
};

/* "20261130101500", of the time or of the second after the parent's, whichever is later. */
const char *stamp_after(struct arena *arena, time_t now, const char *parent);

/* A file for what runs in transactions, one for what does not, and so on in the order of waves;
 * one file if the plan is empty. */
void drafts_write(struct arena *arena, const struct plan *plan, const struct writing *writing,
                  draft_list *drafts);

/* Adds the last lines. The catalog is that of the folder, and is changed to that of the schema. */
void drafts_seal(struct arena *arena, draft_list *drafts, struct catalog *catalog,
                 struct release release, struct diags *diags);

#endif
