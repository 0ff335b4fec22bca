/* Two verdicts on a statement as text that can be compared:
 *
 *     (integer, text) -> id bigint, name text
 *     error 42703
 */
#ifndef TENON_TESTS_AGREE_VERDICT_H
#define TENON_TESTS_AGREE_VERDICT_H

#include <libpq-fe.h>

#include "support/arena.h"

struct verdict_maker;

/* Loads schema.sql of the folder into a catalog; ends the program with the diagnostics when that
 * fails. */
struct verdict_maker *verdict_maker_create(struct arena *arena, const char *directory);

/* Reads the names of all types of the database. */
void verdict_load_types(struct verdict_maker *maker, PGconn *conn);

const char *verdict_of_server(struct arena *arena, struct verdict_maker *maker, PGconn *conn,
                              const char *sql);
const char *verdict_of_tenon(struct arena *arena, struct verdict_maker *maker, const char *sql);

#endif
