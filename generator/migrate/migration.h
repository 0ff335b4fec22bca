/* A file of the migrations folder, and the folder: texts in, texts and diagnostics out.
 *
 *     -- tenon: parent 20261129090000_start       or none, of the first one
 *     ALTER TABLE …;
 *     -- tenon: commit                            a transaction ends, another one begins
 *     ALTER TABLE … VALIDATE CONSTRAINT …;
 *     -- @effect DROP TABLE t                     what the statement below it does to the schema
 *     DO …;
 *     -- tenon: catalog v1:HASH                   the last line: the schema that it leads to
 *
 * A file with `-- tenon: no-transaction` runs outside of transactions. Each of its statements is
 * one of a closed list (outside.h) and stands below `-- tenon: done QUERY`, which is true when it
 * has happened; an UPDATE or DELETE in batches stands below `-- tenon: batch N` as well.
 */
#ifndef TENON_MIGRATE_MIGRATION_H
#define TENON_MIGRATE_MIGRATION_H

#include "catalog/catalog.h"
#include "sql/statement.h"

enum {
    STAMP_LENGTH = 14,      /* YYYYMMDDHHMMSS */
    LONGEST_MIGRATION = 63, /* of a name, as of all that the server stores under a name */
};

#define NO_PARENT "none"
#define CATALOG_VERSION "v1"

enum mark_kind {
    MARK_PARENT,
    MARK_NO_TRANSACTION,
    MARK_COMMIT,
    MARK_BATCH,
    MARK_DONE,
    MARK_RENAMED,
    MARK_CATALOG,
    MARK_EFFECT, /* -- @effect */
};

/* A comment that says something to tenon. */
struct mark {
    enum mark_kind kind;
    const char *value; /* what stands behind its word; "" for nothing */
    span at, value_at;
};

typedef VEC(struct mark) mark_list;

/* A statement with the marks above it. */
struct move {
    struct statement statement;
    mark_list marks;
    size_t section; /* from 0; `-- tenon: commit` begins the next one */
};

struct migration {
    const char *name;            /* of its file, without .sql */
    const struct source *source; /* with \n for \r\n */
    const char *parent, *hash;   /* NULL: the mark is missing */
    span parent_at, hash_at;     /* of their values */
    bool is_outside;             /* no-transaction */
    mark_list marks;
    VEC(struct move) moves;
    struct migration *before; /* the parent, found; NULL: none */
};

/* In the order of parents once folder_order() was called, before that in that of names. */
struct folder {
    VEC(struct migration *) items;
    VEC(struct migration *) heads; /* those that are nobody's parent */
};

/* Of a file, by its path, with .sql or without. */
const char *migration_name_of(struct arena *arena, const char *path);

/* Whether the stem of a file, or a parent, is YYYYMMDDHHMMSS_name; NULL, or what is wrong. */
const char *migration_name_problem(const char *name);

/* Whether the name that someone gives to a new one can be part of a file's. NULL, or what is wrong.
 */
const char *migration_title_problem(const char *title);

/* The text with \n for \r\n. */
str without_carriage_returns(struct arena *arena, str text);

/* Reads a file. What is wrong with its marks, its transactions and its statements is added to
 * diags; statements that do not parse are left out. */
struct migration *migration_read(struct arena *arena, const char *path, str text,
                                 struct release release, struct diags *diags);

/* Whether the text is that of a migration: above its first statement it names a parent. */
bool is_migration(str text);

/* By the name without .sql; NULL: it has none of that name. */
struct migration *folder_find(const struct folder *folder, const char *name);

/* Finds the parents, and sorts. False after an error was added: a parent that is missing or not
 * there, a name that is none or comes before its parent's. Several heads are no error here. */
bool folder_order(struct arena *arena, struct folder *folder, struct diags *diags);

/* The newest one; NULL: the folder is empty. Of a folder with one head. */
const struct migration *folder_head(const struct folder *folder);

/* What the migration does to the catalog. */
void migration_replay(struct arena *arena, const struct migration *migration,
                      struct catalog *catalog, struct diags *diags);
/* Up to and with the last one; NULL: all. */
void folder_replay(struct arena *arena, const struct folder *folder, const struct migration *last,
                   struct catalog *catalog, struct diags *diags);

/* "v1:" and the SHA-256 of the catalog's inventory. */
const char *catalog_hash(struct arena *arena, struct catalog *catalog);

/* The text with another value of the mark, or with the mark. */
str migration_with_parent(struct arena *arena, const struct migration *migration,
                          const char *parent);
str migration_with_hash(struct arena *arena, const struct migration *migration, const char *hash);

#endif
