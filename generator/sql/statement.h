/* A parsed statement, its text and the way back to the file.
 *
 * The text that is parsed is not always the text in the file: psql meta-commands are blanked and
 * named parameters become $n. `struct sql` carries the text that was parsed and maps any byte
 * offset in it to the place in the file.
 */
#ifndef TENON_SQL_STATEMENT_H
#define TENON_SQL_STATEMENT_H

#include "sql/pg.h"
#include "support/diag.h"

/* Text from `offset` on (up to the next segment) stems from `source_offset` in the file. A
 * synthetic segment, such as the $1 for @id, was not copied: all of it maps to the bytes that it
 * replaces. */
struct sql_segment {
    uint32_t offset;
    uint32_t source_offset, source_len;
    bool synthetic;
};

struct sql {
    const struct source *source;
    const char *text; /* what was parsed, NUL-terminated */
    size_t len;
    struct sql_segment *segments; /* by offset; NULL: the text is the file */
    size_t n_segments;
};

/* The span in the file of the token that starts at the byte offset `location` of sql->text, as a
 * lexer sees it (a quoted identifier, a literal, an operator is one token); a qualified name is
 * taken as a whole. location < 0: the first token of the text. */
span sql_span(const struct sql *sql, int location);

/* The span in the file of the qualified name that starts at the byte offset. */
span sql_dotted_span(const struct sql *sql, int location);

/* The span in the file of the bytes [from, to) of sql->text. */
span sql_range_span(const struct sql *sql, int from, int to);

struct statement {
    const struct sql *sql;
    int location, len; /* bytes in sql->text: first token to before the `;`; len is never 0 */
    const PgQuery__Node *tree;
};

struct statements {
    struct statement *items;
    size_t n;
};

/* The release whose grammar is linked: the newest that can be compiled for. */
struct release sql_newest_release(void);

/* Parses a schema file: blanks psql meta-commands and COPY data, cuts migration files to their up
 * part, parses all statements. Every statement with a syntax error is reported (42601) and left
 * out. Also checks UTF-8, NUL and nesting depth. */
struct statements sql_parse_schema(struct arena *arena, const struct source *source,
                                   struct diags *diags);

/* Parses the statements of a function's body. False after a diagnostic was added. */
bool sql_parse_body(struct arena *arena, const struct sql *sql, struct diags *diags,
                    struct statements *statements);

/* Parses one statement of plain SQL into *tree. False after a diagnostic was added. */
bool sql_parse_one(struct arena *arena, const struct sql *sql, struct diags *diags,
                   struct statement *statement);

#endif
