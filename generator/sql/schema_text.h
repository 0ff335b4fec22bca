/* The part of a schema file that is SQL to be replayed. Inside the room only. */
#ifndef TENON_SQL_SCHEMA_TEXT_H
#define TENON_SQL_SCHEMA_TEXT_H

#include "sql/scanner.h"
#include "support/diag.h"

/* A statement of the file before parsing. */
struct statement_piece {
    size_t from, to; /* first token to end of the last, without the ';' */
};

struct schema_text {
    str text; /* as long as the file; what is not to be replayed is blank */
    VEC(struct statement_piece) pieces;
    size_t deepest;
};

/* Blanks the byte order mark, psql meta-commands, COPY data, the down part of migrations, annotated
 * queries, and statements that are nested too deeply to be parsed (reported); in a file with more
 * than MOST_TOKENS also INSERTs, as rows change nothing that a query's types depend on, unless a
 * server is to run it. Empty after a diagnostic when the file is too long without them. */
struct schema_text schema_text_prepare(struct arena *arena, const struct source *source,
                                       struct diags *diags);

#endif
