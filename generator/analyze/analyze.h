/* Parse analysis: parse tree + catalog → analysed query (manual, chapters 7 and 10). */
#ifndef TENON_ANALYZE_ANALYZE_H
#define TENON_ANALYZE_ANALYZE_H

#include "sql/query_file.h"
#include "tree/query.h"

/* Analyses one statement as the server's Parse would. False after a diagnostic with the server's
 * SQLSTATE was added; the first error of a statement is the one the server would report. */
bool analyze_statement(struct arena *arena, const struct catalog *catalog,
                       const struct statement *statement, struct diags *diags,
                       struct analysis *analysis);

/* The same for the body of a view, which the server does not rewrite before somebody reads it. */
bool analyze_view(struct arena *arena, const struct catalog *catalog,
                  const struct statement *statement, struct diags *diags,
                  struct analysis *analysis);

#endif
