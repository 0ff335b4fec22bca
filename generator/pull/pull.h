/* A catalog → the files of its schema, as people would write and order them. */
#ifndef TENON_PULL_PULL_H
#define TENON_PULL_PULL_H

#include "inventory/ignore.h"
#include "support/diag.h"
#include "support/vec.h"

/* The first line of every file. */
#define PULL_MARK "-- Written by tenon pull."

enum pull_split { PULL_ONE_FILE, PULL_BY_SCHEMA, PULL_BY_TABLE };

struct pull_file {
    const char *name; /* "03_public.orders.sql"; "" for the one file */
    const char *text;
};

typedef VEC(struct pull_file) pull_file_list;

/* Files that are replayed in the order of their names and lead to the catalog, which is tried. The
 * same catalog gives the same bytes. False after an error was added to diags. */
bool pull_write(struct arena *arena, struct catalog *catalog, const struct ignore *ignore,
                enum pull_split split, struct diags *diags, pull_file_list *files);

#endif
