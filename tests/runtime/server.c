#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "internal.h"
#include "pg_cluster.h"

const char *server_conninfo;
tenon_db *db;
tenon_arena *mem;

void server_init(const char *name)
{
    server_conninfo = pg_test_database(name);
}

void server_setup(void)
{
    mem = tenon_arena_create();
    ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &db));
    if (getenv("TENON_TEST_DOCUMENTED_LIBPQ") != NULL)
        db->borrows = false;
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

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}

tenon_status select_int(tenon_db *on, const char *sql, int32_t *value)
{
    static const uint32_t types[] = {23};
    /* One key for each text: as good as a hash here. */
    char key[128];
    snprintf(key, sizeof key, "test_%.50s", sql);
    const tenon__statement statement = {
        .query = "SelectInt", .key = key, .sql = sql, .n_columns = 1, .column_types = types};
    tenon__call call;

    tenon__begin(&call, on, &statement);
    if (tenon__fetch(&call) && tenon__next_row(&call))
        *value = tenon__read_int32(&call);
    return tenon__end_one(&call);
}
