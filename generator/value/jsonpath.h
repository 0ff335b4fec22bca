/* Tokens of a jsonpath literal. Used by literal_jsonpath.c alone.
 */
#ifndef TENON_VALUE_JSONPATH_H
#define TENON_VALUE_JSONPATH_H

#include "value/literal.h"

enum jsonpath_token {
    JP_END = 128, /* others are characters */
    JP_IDENTIFIER,
    JP_STRING,
    JP_NUMBER,
    JP_INTEGER,
    JP_VARIABLE,
    JP_AND,
    JP_OR,
    JP_ANY, /* ** */
    JP_COMPARISON,
    /* keywords */
    JP_IS,
    JP_UNKNOWN,
    JP_EXISTS,
    JP_TO,
    JP_LAST,
    JP_STARTS,
    JP_WITH,
    JP_LIKE_REGEX,
    JP_FLAG,
    JP_MODE,     /* strict, lax */
    JP_CONSTANT, /* true, false, null: in lower case only */
    JP_METHOD,
    JP_DATETIME,
};

struct jsonpath_reader {
    const struct literal *literal;
    const char *at;   /* behind the token */
    const char *from; /* of the token */
    int token;
    bool is_word;   /* without quotes: identifier or keyword */
    int filters;    /* around the token */
    int subscripts; /* around the token */
    int depth;      /* of operands around the token */
};

/* Moves to the next token; a refusal when there is none that is well formed. */
void jsonpath_next(struct jsonpath_reader *reader);

/* What the string that is the token stands for. */
const char *jsonpath_string(const struct jsonpath_reader *reader);

#endif
