/* Statement boundaries and nesting, found on tokens before anything is parsed. */
#ifndef TENON_SQL_SCANNER_H
#define TENON_SQL_SCANNER_H

#include <stdint.h>

#include "sql/lexer.h"
#include "support/vec.h"

/* How much deeper the parse tree gets inside one bracket or CASE. */
struct nesting_level {
    uint32_t operators; /* since the last comma, AND, OR, WHEN … */
    uint32_t joins;     /* JOIN and UNION nest to the left as long as the list goes on */
    bool is_case;
};

/* Fed with the tokens of a text one by one. Zeroed except for arena and text at the start. */
struct scanner {
    struct arena *arena;
    str text;
    size_t from;     /* first token of the current statement */
    size_t to;       /* end of its last token */
    size_t n_tokens; /* of the current statement, without the ';' */
    size_t deepest;  /* estimate, from above, of the depth of its tree */
    bool is_create, is_routine, is_rule, is_copy, is_copy_from_stdin;
    size_t parens, begins;
    size_t depth;
    VEC(struct nesting_level) levels;
};

/* Takes one token that is neither space nor comment. True when it is the ';' that ends the current
 * statement; scanner_restart() then begins the next one. */
bool scanner_feed(struct scanner *scanner, struct token token);

void scanner_restart(struct scanner *scanner);

#endif
