/* What was meant where the grammar gave up: a keyword that is misspelt, a comma too many. Inside
 * the room only. */
#ifndef TENON_SQL_SYNTAX_HINT_H
#define TENON_SQL_SYNTAX_HINT_H

#include "sql/lexer.h"

/* The hint for a syntax error at the byte; NULL when nothing is likely. */
const char *syntax_hint(struct arena *arena, str text, size_t at);

#endif
