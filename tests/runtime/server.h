/* What the suites that need a server share. Statements are written by hand as tenon generates them,
 * with keys of their own. */
#ifndef TESTS_RUNTIME_SERVER_H
#define TESTS_RUNTIME_SERVER_H

#include <check.h>

#include <tenon/generated.h>
#include <tenon/tenon.h>

/** The test's database; set by server_init. */
extern const char *server_conninfo;

/** A connection and an arena for each test: a checked fixture. With TENON_TEST_DOCUMENTED_LIBPQ in
 *  the environment results are read by libpq's documented functions only. */
extern tenon_db *db;
extern tenon_arena *mem;
void server_setup(void);
void server_teardown(void);

/** Gets the database, or exits with 77 when there is no server. */
void server_init(const char *name);

/** Fails the test, with the error's text, unless the status is the one expected. */
#define ck_status(expected, actual) server_check_status(expected, actual, __FILE__, __LINE__)
void server_check_status(tenon_status expected, tenon_status actual, const char *file, int line);

/** Runs SQL on a connection of its own; returns the first value, or "". */
char *server_ask(const char *sql);
/** The process number of the connection's server process. */
int server_pid(tenon_db *of);

/** Runs the suite without forking; returns the exit status. */
int run_suite(Suite *suite);

/** Calls of queries that several suites use. */
tenon_status select_int(tenon_db *on, const char *sql, int32_t *value);

#endif
