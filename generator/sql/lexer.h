/* The lexical structure of SQL (manual, 4.1), as psql and the server see it with
 * standard_conforming_strings on.
 *
 * The lexer cannot fail: an unterminated string or comment reaches to the end of the text, and the
 * parser reports it later. It is used for what happens before and after parsing: where statements
 * end, which parts of a file are SQL, where named parameters are, how far a token reaches.
 */
#ifndef TENON_SQL_LEXER_H
#define TENON_SQL_LEXER_H

#include "support/arena.h"
#include "support/str.h"

enum token_kind {
    TOKEN_END,
    TOKEN_SPACE,
    TOKEN_COMMENT, /* -- to before the end of the line, or a nested block comment */
    TOKEN_WORD,    /* unquoted identifier or keyword */
    TOKEN_QUOTED,  /* "identifier" or U&"identifier" */
    TOKEN_STRING,  /* every kind of string constant, with its continuations */
    TOKEN_NUMBER,
    TOKEN_PARAM,    /* $1 */
    TOKEN_OPERATOR, /* also + - * / % ^ < > = and => */
    TOKEN_PUNCT,    /* one of ( ) [ ] , ; . : \ and any other byte; also :: := .. */
};

struct token {
    enum token_kind kind;
    size_t from, to; /* bytes of the text */
};

/* The token that starts at `at`, white space and comments included. */
struct token lex_token(str text, size_t at);

/* The first token at or after `at` that is neither white space nor a comment. */
struct token lex_next(str text, size_t at);

/* Whether the token is a block comment that reaches to the end of the text without its end. */
bool lex_is_open_comment(str text, struct token token);

/* Whether the byte can be part of a word: letters, digits, _ $ and all that is not ASCII. */
bool lex_is_word_char(char c);

/* Whether the name is made of ASCII letters, digits and _, and does not start with a digit. */
bool lex_is_c_identifier(str name);

str token_text(str text, struct token token);

/* Whether the token is this unquoted word (given in lower case), in any case of letters. */
bool token_is_word(str text, struct token token, const char *word);

/* Whether the token is this operator or punctuation. */
bool token_is(str text, struct token token, const char *symbol);

/* The identifier that a TOKEN_WORD (folded to lower case) or TOKEN_QUOTED stands for. */
const char *token_identifier(struct arena *arena, str text, struct token token);

#endif
