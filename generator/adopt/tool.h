/* The migration tools whose databases can be taken over: what their ledgers are, as rows of one
 * form, and by which lock they keep each other away.
 *
 * What is known of a tool stands in its row of tools.c, with the rule of the tool that it follows.
 */
#ifndef TENON_ADOPT_TOOL_H
#define TENON_ADOPT_TOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/vec.h"

/* How a folder is read; folder.c. */
enum tool_files {
    FILES_DRIZZLE,  /* those of meta/_journal.json */
    FILES_NUMBERED, /* 00001_title.sql, 20260101120000_title.sql; .up.sql as well */
    FILES_ATLAS,    /* version_title.sql, whatever the version is */
    FILES_FLYWAY,   /* V1.2__title.sql */
};

struct tool {
    const char *name;    /* as --from takes it */
    const char *table;   /* what its ledger is called, unless somebody calls it otherwise */
    const char *columns; /* a text[] that the ledger has; no two tools have the same table and
                            columns */
    const char *lacks;   /* a column that it does not have; NULL: no matter */
    /* With the quoted name of the ledger for {}, in the order of applying: version, checksum (NULL:
     * there is none), what is wrong with it (NULL: nothing), when it was applied, by whom, for how
     * many ms, whether all up to it count as applied. */
    const char *query;
    enum tool_files files;
    const char *comment; /* how a comment begins that is for the tool alone; NULL: there are none */
    const char *placeholder; /* how something begins that the tool replaces; NULL: nothing does */
    bool has_digest; /* the checksum is the SHA-384 of the file, which the server computes */
    /* NULL: it takes none. */
    int64_t (*lock)(struct arena *arena, const char *database, const char *schema,
                    const char *table);
};

extern const struct tool tools[];
extern const size_t n_tools;

/* NULL: there is no such tool. */
const struct tool *tool_find(const char *name);
/* "drizzle, goose, …" */
const char *tool_names(struct arena *arena);

/* A row of a tool's ledger. */
struct old_row {
    const char *version, *checksum, *problem; /* the last two may be NULL */
    const char *at, *by;                      /* NULL: not known */
    int64_t duration_ms;
    bool is_mark; /* all versions up to it count as applied */
};

typedef VEC(struct old_row) old_row_list;

#endif
