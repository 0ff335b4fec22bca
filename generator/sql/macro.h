/* sqlc.arg(x), sqlc.narg(x), sqlc.slice(x), sqlc.embed(t); `tenon.` is the same as `sqlc.`.
 * Inside the room only.
 */
#ifndef TENON_SQL_MACRO_H
#define TENON_SQL_MACRO_H

#include "sql/lexer.h"
#include "support/diag.h"
#include "support/vec.h"

enum macro_kind { MACRO_ARG, MACRO_NARG, MACRO_SLICE, MACRO_EMBED };

struct macro {
    enum macro_kind kind;
    const char *name;         /* of the parameter, or the last part of the embedded table's name */
    size_t n_tokens;          /* that the call takes, its parentheses included */
    struct token first, last; /* first and last token of the argument */
};

struct token_list {
    str text;
    struct token *items; /* no space, no comments */
    size_t n;
};

enum macro_result { MACRO_NONE, MACRO_FOUND, MACRO_ERROR };

/* Reads the macro call that starts at token i. */
enum macro_result macro_read(struct arena *arena, const struct source *source,
                             const struct token_list *tokens, size_t i, struct diags *diags,
                             struct macro *macro);

/* The value of an ordinary string constant; NULL for the other kinds (E'', U&'', …). */
const char *macro_string_value(struct arena *arena, str text, struct token token);

#endif
