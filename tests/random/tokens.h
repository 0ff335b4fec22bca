/* SQL as a row of tokens, to be changed and put together again. */
#ifndef TESTS_RANDOM_TOKENS_H
#define TESTS_RANDOM_TOKENS_H

#include "support/arena.h"
#include "support/vec.h"

struct token {
    const char *text;
    char kind; /* w word, n number, s string, o operator, p parameter, or the character itself */
};

typedef VEC(struct token) tokens;

tokens tokens_cut(struct arena *arena, const char *sql);
const char *tokens_join(struct arena *arena, tokens list);

#endif
