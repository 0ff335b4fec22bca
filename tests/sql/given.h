/* Inputs and results of the tests of generator/sql. A fixture frees everything after each test. */
#ifndef TENON_TESTS_SQL_GIVEN_H
#define TENON_TESTS_SQL_GIVEN_H

#include <check.h>

#include "sql/query_file.h"
#include "support/diag.h"

extern struct arena given_arena;
extern struct diags given_diags;

void given_setup(void);
void given_teardown(void);

/* Parses the text as a schema file named schema.sql; diagnostics go to given_diags. */
struct statements given_schema(const char *text);

/* Parses the text as a query file named queries.sql. Operators are those of PostgreSQL. */
struct annotated_queries given_queries(const char *text);

/* The only query of `-- name: Q :many` and the SQL, which must be without errors. */
const struct annotated_query *given_query(const char *sql);

/* The text of a statement. */
const char *text_of(const struct statement *statement);

/* The bytes of the file that a span covers. */
const char *text_at(span at);

/* "code line:column text" of diagnostic i, with text the bytes that it points at; "" past the end.
 * Diagnostics are sorted first. */
const char *diag_at(size_t i);

Suite *lexer_suite(void);
Suite *schema_file_suite(void);
Suite *query_file_suite(void);
Suite *lowering_suite(void);
Suite *places_suite(void);
Suite *depth_suite(void);

#endif
