/* The comments of an annotated query: its doc text and its directives. Inside the room only. */
#ifndef TENON_SQL_DIRECTIVE_H
#define TENON_SQL_DIRECTIVE_H

#include "sql/query_file.h"

/* Reads the comments in the bytes [from, to) of the file, from after the annotation to the end of
 * the statement. Those before `first`, the statement's first token, that are no directives make up
 * the doc text. False after a diagnostic was added. */
bool directives_read(struct arena *arena, const struct source *source, size_t from, size_t first,
                     size_t to, struct diags *diags, struct annotated_query *query);

#endif
