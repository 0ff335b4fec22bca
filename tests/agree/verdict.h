/* Two verdicts on a statement as text that can be compared:
 *
 *     (integer, text) -> id bigint, name text
 *     error 42703
 */
#ifndef TENON_TESTS_AGREE_VERDICT_H
#define TENON_TESTS_AGREE_VERDICT_H

#include <libpq-fe.h>

#include "describe/describe.h"

struct verdict_maker;

/* Loads schema.sql of the folder into a catalog; ends the program with the diagnostics when that
 * fails. */
struct verdict_maker *verdict_maker_create(struct arena *arena, const char *directory);

/* The same from the text of a schema; NULL when it has errors. */
struct verdict_maker *verdict_maker_of(struct arena *arena, const char *schema,
                                       struct diags *diags);
struct catalog *verdict_catalog(const struct verdict_maker *maker);

/* Reads the names of all types of the database. */
void verdict_load_types(struct verdict_maker *maker, PGconn *conn);

const char *verdict_of_server(struct arena *arena, struct verdict_maker *maker, PGconn *conn,
                              const char *sql);
const char *verdict_of_tenon(struct arena *arena, struct verdict_maker *maker, const char *sql);
/* The same; *analysis is what was found when the statement is accepted, else has no query. */
const char *verdict_analyze(struct arena *arena, struct verdict_maker *maker, const char *sql,
                            struct analysis *analysis);

#endif
