/* Connections: whose they are, why they fail, what their hooks are told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "internal.h"
#include "items.h"

START_TEST(a_wrapped_connection_stays_the_callers)
{
    PGconn *conn = PQconnectdb(server_conninfo);
    tenon_db *wrapped;
    int32_t value = 0;

    ck_assert_int_eq(PQsetClientEncoding(conn, "LATIN1"), 0);
    ck_status(TENON_OK, tenon_db_wrap(conn, NULL, &wrapped));
    ck_status(TENON_OK, select_int(wrapped, "SELECT length('é')", &value));
    ck_assert_int_eq(value, 1);
    tenon_db_close(wrapped);
    ck_assert_int_eq(PQstatus(conn), CONNECTION_OK);
    ck_assert_int_eq(PQisnonblocking(conn), 0);
    PGresult *result = PQexec(conn, "SELECT 1");
    ck_assert_int_eq(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    PQfinish(conn);
    ck_assert_int_eq(tenon_db_wrap(NULL, NULL, &wrapped), TENON_CONNECTION_LOST);
    tenon_db_close(wrapped);
}
END_TEST

START_TEST(a_connection_that_fails_says_why)
{
    tenon_db *none;

    ck_assert_int_eq(tenon_db_open("host=/nowhere dbname=x", NULL, &none), TENON_CONNECTION_LOST);
    ck_assert_ptr_nonnull(strstr(tenon_db_error(none)->message, "/nowhere"));
    ck_assert_int_eq(tenon_exec(none, "SELECT 1"), TENON_CONNECTION_LOST);
    tenon_db_close(none);
    ck_assert_int_eq(tenon_db_open("no such = = option", NULL, &none), TENON_INVALID_ARGUMENT);
    tenon_db_close(none);
}
END_TEST

START_TEST(text_is_utf8_whatever_the_server_says)
{
    item_list list;

    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = LATIN1"));
    ck_status(TENON_BAD_VALUE, find_many(db, 1, &list));
    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = UTF8"));
    ck_status(TENON_OK, find_many(db, 1, &list));
}
END_TEST

static void count_event(void *context, const tenon_event *event)
{
    char *log = context;
    size_t length = strlen(log);

    snprintf(log + length, 256 - length, "%s %s %zu;", event->query,
             tenon_status_name(event->status), event->rows);
}

START_TEST(hooks_are_told_of_every_query)
{
    char log[256] = "";
    const tenon_hooks hooks = {log, NULL, count_event};
    item_list list;
    const item taken = {.id = 1, .name = "again"};

    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_status(TENON_UNIQUE_VIOLATION, add(db, &taken, NULL));
    ck_status(TENON_OK, tenon_rollback(db));
    tenon_db_set_hooks(db, NULL);
    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_assert_str_eq(log, "BEGIN OK 0;FindItem OK 3;AddItem UNIQUE_VIOLATION 0;ROLLBACK OK 0;");
}
END_TEST

START_TEST(a_large_value_survives)
{
    static const uint32_t text[] = {25};
    static const tenon__statement echo = {.query = "Echo",
                                          .key = "tenon_test_echo",
                                          .sql = "SELECT $1",
                                          .n_params = 1,
                                          .param_types = text,
                                          .n_columns = 1,
                                          .column_types = text};
    size_t length = (size_t)1 << 24;
    char *value = malloc(length + 1);
    tenon__call call;

    memset(value, 'x', length);
    value[length] = '\0';
    tenon__begin(&call, db, &echo);
    tenon__bind_text(&call, "value", value);
    ck_assert(tenon__fetch_into(&call, mem) && tenon__next_row(&call));
    ck_assert(strcmp(tenon__read_text(&call), value) == 0);
    ck_status(TENON_OK, tenon__end(&call));
    free(value);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("connection");
    TCase *tcase = tcase_create("all");

    server_init("connection");
    tcase_add_checked_fixture(tcase, items_setup, items_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_wrapped_connection_stays_the_callers);
    tcase_add_test(tcase, a_connection_that_fails_says_why);
    tcase_add_test(tcase, text_is_utf8_whatever_the_server_says);
    tcase_add_test(tcase, hooks_are_told_of_every_query);
    tcase_add_test(tcase, a_large_value_survives);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
