/* Errors of a release that newer ones would not make. */
#ifndef TENON_SQL_NEWER_HINT_H
#define TENON_SQL_NEWER_HINT_H

#include "sql/lexer.h"
#include "support/release.h"

/* What came with which release, and what to write instead, when that is why the text has this error
 * at the byte; NULL when it is not. */
const char *newer_hint(struct arena *arena, str text, struct release release, const char *message,
                       size_t at);

/* The release that brought the function of SQL/JSON, which is one of the grammar; 0 for others. */
int json_function_since(const char *name);

#endif
