/* What the suites that need a server share. What they call is generated: the package rt, made of
 * sql/schema.sql and sql/queries, as a program's own would be. */
#ifndef TESTS_RUNTIME_SERVER_H
#define TESTS_RUNTIME_SERVER_H

#include <check.h>

#include <tenon/tenon.h>

/** The test's database; set by server_init. */
extern const char *server_conninfo;

/** A connection and an arena for each test: a checked fixture. With TENON_TEST_DOCUMENTED_LIBPQ in
 *  the environment results are read by libpq's documented functions only. */
extern tenon_db *db;
extern tenon_arena *mem;
void server_setup(void);
void server_teardown(void);

/** The same, after the schema of sql/schema.sql has been made anew, with the items 1 to 3 and the
 *  accounts 1 and 2 of nothing. */
void server_setup_schema(void);

/** Whether the cells of results are read in place; returns what was before. */
bool server_read_in_place(tenon_db *of, bool in_place);

/** Gets the database, or exits with 77 when there is no server. */
void server_init(const char *name);

/** Fails the test, with the error's text, unless the status is the one expected. */
#define ck_status(expected, actual) server_check_status(expected, actual, __FILE__, __LINE__)
void server_check_status(tenon_status expected, tenon_status actual, const char *file, int line);

/** The same for the effect of the last failure of db. */
#define ck_effect(expected) server_check_effect(expected, __FILE__, __LINE__)
void server_check_effect(tenon_effect expected, const char *file, int line);

/** That calls on it succeed. */
#define ck_usable(of) server_check_usable(of, __FILE__, __LINE__)
void server_check_usable(tenon_db *of, const char *file, int line);

/** Runs SQL on a connection of its own; returns the first value, or "". */
char *server_ask(const char *sql);
#define ck_ask(sql, expected) ck_assert_str_eq(server_ask(sql), expected)

/** The process number of the connection's server process. */
int server_pid(tenon_db *of);
/** Whether that process comes to rest soon: executing nothing. */
bool server_comes_to_rest(int pid);

/** A monotonic clock. */
double now_ms(void);
void pause_ms(int ms);

/** Ends a child that a test has forked, without the ends of its parent: nothing is written but what
 *  the child has covered. */
_Noreturn void server_end_child(int status);

/** Says aloud that a test was skipped, so that the suite does not count as passed: run_suite then
 *  returns 77 unless a test failed. */
void skip_test(const char *name, const char *why);

/** Runs the suite, without forking unless CK_FORK is set; returns the exit status. */
int run_suite(Suite *suite);

#endif
