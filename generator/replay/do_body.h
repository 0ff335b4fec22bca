/* The body of a DO block: PL/pgSQL read token by token (do_block.c follows its control structures),
 * and its SQL statements run one by one.
 */
#ifndef TENON_REPLAY_DO_BODY_H
#define TENON_REPLAY_DO_BODY_H

#include "ddl/ddl.h"
#include "sql/lexer.h"

/* SQLSTATEs that do not count as errors, from the inside out. */
struct forgiven {
    const struct forgiven *outer;
    const char *const *codes; /* "*" is any */
    size_t n;
};

struct body {
    struct ddl *ddl;
    str text;
    size_t at;
    span place;       /* of the body in the file */
    bool has_offsets; /* the body stands in the file as it is */
    bool dry;         /* nothing is run, only looked for DDL */
    bool has_skipped_ddl;
    unsigned skipped_kinds; /* of objects that no query's types depend on; see body_kinds() */
    span skipped_at;
    int depth;
};

struct token body_peek(const struct body *body);
bool body_at_end(const struct body *body);
bool body_is_word(const struct body *body, const char *word);
/* The list ends with NULL. */
bool body_is_one_of(const struct body *body, const char *const *words);
/* Takes the word if it is next. */
bool body_accept(struct body *body, const char *word);
/* Past the word at bracket depth 0; a NULL word stands for the semicolon. */
void body_skip_past(struct body *body, const char *word);

/* Whether a statement that can change the catalog is next. */
bool body_is_ddl(const struct body *body);
/* Remembers DDL that is left out, for the warning. */
void body_note_skipped(struct body *body, size_t from);

/* The words of the kinds, ended by NULL; NULL for none. */
const char *const *body_kinds(struct arena *arena, unsigned kinds);

/* The text of a simple '…' or $$…$$ constant; NULL for others. */
const char *body_string_value(struct arena *arena, str token);

/* Takes a statement up to its semicolon and runs it if it is DDL. False when it failed. */
bool body_run_plain(struct body *body, const struct forgiven *forgiven);
/* The same for what follows EXECUTE; only a constant is known. */
bool body_run_execute(struct body *body, const struct forgiven *forgiven);

#endif
