/* libpg_query called safely: big stacks for deep trees, trees in the arena, errors with byte
 * offsets and SQLSTATEs. Inside the room only.
 */
#ifndef TENON_SQL_PARSE_H
#define TENON_SQL_PARSE_H

#include "sql/lexer.h"
#include "sql/statement.h"

enum {
    NESTING_LIMIT = 10000, /* of scanner.deepest; beyond it 54001 is reported instead of parsing */
    MOST_TOKENS = 1000000, /* of a file or query: about 6 MB of DDL, a second, 500 MB of trees */
};

struct parse_failure {
    const char *sqlstate, *message;
    size_t offset; /* byte in the parsed text */
};

/* Parses NUL-terminated text, whose nesting was estimated as `deepest`, as the release does. NULL
 * after *failure was filled. */
PgQuery__ParseResult *parse_text(struct arena *arena, str text, struct release release,
                                 size_t deepest, struct parse_failure *failure);

/* Adds the error of a statement that starts at the byte `from` of sql->text, with a hint when one
 * is likely. */
void report_failure(struct arena *arena, const struct sql *sql, const struct parse_failure *failure,
                    size_t from, struct diags *diags);

/* Reports bytes that are not UTF-8, and NUL (22021). */
bool check_encoding(const struct source *source, struct diags *diags);

/* Adds "too long" (54000). */
struct diag *report_too_long(struct diags *diags, span at);

/* Adds "statement is nested too deeply" (54001). */
void report_too_deep(struct diags *diags, span at);

/* The bytes of the text's statement from its first token on: without comments and white space at
 * both ends and without the ';'. `len` 0 means that the text has no token at all. */
struct statement_extent {
    int location, len;
};
struct statement_extent trim_statement(str text, size_t from, size_t to);

#endif
