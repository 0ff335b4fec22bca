/* The database of a suite and its fixtures. Only server_read_in_place looks inside of a tenon_db:
 * which way results are read cannot be chosen, nor seen, from outside. */
#include "internal.h" /* in front of a header with a variable called db, for -Wshadow */

#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <libpq-fe.h>

#include <rt/probes.h>

#include "pg_cluster.h"

const char *server_conninfo;
tenon_db *db;
tenon_arena *mem;

static bool skipped;

void server_init(const char *name)
{
    server_conninfo = pg_test_database(name);
}

bool server_read_in_place(tenon_db *of, bool in_place)
{
    bool before = of->borrows;

    of->borrows = in_place;
    return before;
}

void server_setup(void)
{
    mem = tenon_arena_create();
    ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &db));
    if (getenv("TENON_TEST_DOCUMENTED_LIBPQ") != NULL)
        server_read_in_place(db, false);
}

static const char *schema_text(void)
{
    static const char header[] = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;";
    static const char data[] = "INSERT INTO item VALUES (1, 'one', NULL, NULL),"
                               " (2, 'two', '', 200), (3, 'three', 'last', -3);"
                               "INSERT INTO account VALUES (1, 0), (2, 0)";
    static char text[1 << 14];

    if (text[0] != '\0')
        return text;
    FILE *file = fopen(RT_SCHEMA, "r");
    ck_assert_msg(file != NULL, "%s", RT_SCHEMA);
    size_t length = sizeof header - 1;
    memcpy(text, header, length);
    length += fread(text + length, 1, sizeof text - length - sizeof data, file);
    ck_assert(feof(file));
    fclose(file);
    memcpy(text + length, data, sizeof data);
    return text;
}

void server_setup_schema(void)
{
    server_ask(schema_text());
    server_setup();
}

void server_teardown(void)
{
    tenon_db_close(db);
    tenon_arena_destroy(mem);
}

void server_check_status(tenon_status expected, tenon_status actual, const char *file, int line)
{
    if (expected != actual)
        ck_abort_msg("%s:%d: %s instead of %s: %s", file, line, tenon_status_name(actual),
                     tenon_status_name(expected), tenon_db_error(db)->message);
}

void server_check_effect(tenon_effect expected, const char *file, int line)
{
    const tenon_error *error = tenon_db_error(db);

    if (error->effect != expected)
        ck_abort_msg("%s:%d: effect %s instead of %s: %s", file, line,
                     tenon_effect_name(error->effect), tenon_effect_name(expected), error->message);
}

void server_check_usable(tenon_db *of, const char *file, int line)
{
    int32_t seven = 0;
    tenon_status status = rt_seven(of, &seven);

    if (status != TENON_OK || seven != 7)
        ck_abort_msg("%s:%d: not usable: %s: %s", file, line, tenon_status_name(status),
                     tenon_db_error(of)->message);
}

static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

char *server_ask(const char *sql)
{
    static char value[1024];
    PGconn *conn = PQconnectdb(server_conninfo);

    PQsetNoticeProcessor(conn, ignore_notice, NULL);
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
        ck_abort_msg("%s: %s", sql, PQerrorMessage(conn));
    snprintf(value, sizeof value, "%s", PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    PQfinish(conn);
    return value;
}

int server_pid(tenon_db *of)
{
    return PQbackendPID(tenon_db_conn(of));
}

bool server_comes_to_rest(int pid)
{
    char sql[128];

    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM pg_stat_activity WHERE pid = %d AND state = 'active'", pid);
    for (int i = 0; i < 40; i++) {
        if (strcmp(server_ask(sql), "0") == 0)
            return true;
        pause_ms(50);
    }
    return false;
}

double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void pause_ms(int ms)
{
    const struct timespec pause = {ms / 1000, ms % 1000 * 1000000L};

    nanosleep(&pause, NULL);
}

#ifdef TENON_COVERAGE
void __gcov_dump(void);
#endif

void server_end_child(int status)
{
#ifdef TENON_COVERAGE
    __gcov_dump();
#endif
    _exit(status);
}

void skip_test(const char *name, const char *why)
{
    fprintf(stderr, "skipped: %s: %s\n", name, why);
    skipped = true;
}

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    /* CK_FORK=yes: each test in a process of its own, so that one that hangs or crashes is but one.
     */
    if (getenv("CK_FORK") == NULL)
        srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (failed == 0 && skipped)
        return 77;
    return failed == 0 ? 0 : 1;
}
