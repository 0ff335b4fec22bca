/* Prepared statements: made once, kept, and made again when they are gone. */
#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>
#include <rt/types.h>

#include <tenon/generated.h>

#include "server.h"

static int prepared_count(tenon_db *on)
{
    int32_t count = -1;

    ck_status(TENON_OK, rt_prepared_count(on, &count));
    return count;
}

START_TEST(a_statement_is_prepared_once)
{
    rt_item_row_list list;

    for (int i = 0; i < 3; i++)
        ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_assert_int_eq(prepared_count(db), 1);
}
END_TEST

START_TEST(a_statement_that_failed_stays_prepared)
{
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "one"}));
    ck_status(TENON_UNIQUE_VIOLATION,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "again"}));
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 2, .note = "two"}));
    ck_assert_int_eq(prepared_count(db), 1);
}
END_TEST

START_TEST(the_first_execution_may_fail)
{
    const rt_add_item_params taken = {.id = 1, .name = "again"}, fresh = {.id = 8, .name = "8"};
    int64_t rows;

    ck_status(TENON_UNIQUE_VIOLATION, rt_add_item(db, &taken, &rows));
    ck_status(TENON_OK, rt_add_item(db, &fresh, &rows));
    ck_assert_int_eq(prepared_count(db), 1);
}
END_TEST

START_TEST(unnamed_mode_prepares_nothing)
{
    const tenon_db_options options = {.unnamed = true};
    tenon_db *other;
    rt_item_row_list list;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_status(TENON_OK, rt_list_items(other, mem, 1, &list));
    ck_assert_uint_eq(list.count, 3);
    ck_assert_int_eq(prepared_count(other), 0);
    tenon_db_close(other);
}
END_TEST

START_TEST(statements_come_back_after_discard_all)
{
    rt_item_row_list list;

    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
    ck_assert_uint_eq(list.count, 3);
}
END_TEST

/* More than a session begins with room for. */
START_TEST(many_statements_stay_known)
{
    static const char text[] = "t";
    const tenon_date date = {1};
    int32_t n, seven;

    for (int round = 0; round < 3; round++) {
        rt_echo_bool_row r1;
        rt_echo_char_row r2;
        rt_echo_int16_row r3;
        rt_echo_int32_row r4;
        rt_echo_int64_row r5;
        rt_echo_oid_row r6;
        rt_echo_float_row r7;
        rt_echo_double_row r8;
        rt_echo_date_row r9;
        rt_echo_text_row r10;
        rt_echo_varchar_row r11;
        rt_echo_name_row r12;
        rt_echo_mood_row r13;
        rt_maybe_text_row r14;
        rt_maybe_json_row r15;
        rt_maybe_name_row r16;
        rt_maybe_varchar_row r17;
        rt_item_row_list list;
        ck_status(TENON_OK, rt_echo_bool(db, mem, true, &r1));
        ck_status(TENON_OK, rt_echo_char(db, mem, 'c', &r2));
        ck_status(TENON_OK, rt_echo_int16(db, mem, 2, &r3));
        ck_status(TENON_OK, rt_echo_int32(db, mem, 4, &r4));
        ck_status(TENON_OK, rt_echo_int64(db, mem, 8, &r5));
        ck_status(TENON_OK, rt_echo_oid(db, mem, 5, &r6));
        ck_status(TENON_OK, rt_echo_float(db, mem, 1.5f, &r7));
        ck_status(TENON_OK, rt_echo_double(db, mem, 2.5, &r8));
        ck_status(TENON_OK, rt_echo_date(db, mem, date, &r9));
        ck_status(TENON_OK, rt_echo_text(db, mem, text, &r10));
        ck_status(TENON_OK, rt_echo_varchar(db, mem, text, &r11));
        ck_status(TENON_OK, rt_echo_name(db, mem, text, &r12));
        ck_status(TENON_OK, rt_echo_mood(db, mem, RT_MOOD_SAD, &r13));
        ck_status(TENON_OK, rt_maybe_text(db, mem, (tenon_opt_text)TENON_TEXT(text), &r14));
        ck_status(TENON_OK, rt_maybe_json(db, mem, (tenon_opt_text)TENON_TEXT("1"), &r15));
        ck_status(TENON_OK, rt_maybe_name(db, mem, (tenon_opt_text)TENON_TEXT(text), &r16));
        ck_status(TENON_OK, rt_maybe_varchar(db, mem, (tenon_opt_text)TENON_TEXT(text), &r17));
        ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
        ck_status(TENON_OK, rt_seven(db, &seven));
        ck_assert_int_eq(r5.value, 8);
        ck_assert_str_eq(r13.text, "sad");
        ck_status(TENON_OK, rt_prepared_count(db, &n));
        ck_assert_int_eq(n, 19);
    }
}
END_TEST

static int32_t value_of(const tenon__statement *statement)
{
    tenon__call call;
    int32_t value = 0;

    tenon__begin(&call, db, statement);
    if (tenon__fetch(&call) && tenon__next_row(&call))
        value = tenon__read_int32(&call);
    ck_status(TENON_OK, tenon__end_one(&call));
    return value;
}

/* As when a library has been loaded where another one was. */
START_TEST(a_statement_in_the_place_of_another_is_not_taken_for_it)
{
    static const uint32_t types[] = {23};
    tenon__statement statement = {.query = "First",
                                  .key = "tenon_1111111111111111",
                                  .sql = "SELECT 1",
                                  .column_types = types,
                                  .n_columns = 1,
                                  .reads_only = true};

    ck_assert_int_eq(value_of(&statement), 1);
    statement.query = "Second";
    statement.key = "tenon_2222222222222222";
    statement.sql = "SELECT 2";
    ck_assert_int_eq(value_of(&statement), 2);
}
END_TEST

/* The session may be that of another client, behind a pooler, which has prepared the same. */
START_TEST(what_another_has_prepared_is_taken_as_it_is)
{
    rt_item_row_list list;
    tenon_db *other;
    char sql[600];

    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    PGresult *result = PQexec(tenon_db_conn(db),
                              "SELECT name, statement FROM pg_prepared_statements WHERE statement "
                              "LIKE '%item%' AND name LIKE 'tenon%'");
    ck_assert_int_eq(PQntuples(result), 1);
    snprintf(sql, sizeof sql, "PREPARE \"%s\" (integer) AS %s", PQgetvalue(result, 0, 0),
             PQgetvalue(result, 0, 1));
    PQclear(result);
    ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &other));
    ck_status(TENON_OK, tenon_exec(other, sql));
    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq(rt_list_items(other, mem, 2, &list), TENON_OK);
        ck_assert_uint_eq(list.count, 2);
    }
    tenon_db_close(other);
}
END_TEST

START_TEST(a_plan_that_became_useless_is_made_again)
{
    int32_t value;

    server_ask("ALTER TABLE moving ALTER v TYPE bigint; INSERT INTO moving VALUES (1)");
    ck_status(TENON_SCHEMA_MISMATCH, rt_get_moving(db, &value));
    server_ask("ALTER TABLE moving ALTER v TYPE int");
    ck_status(TENON_OK, rt_get_moving(db, &value));
    ck_assert_int_eq(value, 1);
}
END_TEST

static int64_t prepared_at(const char *pattern)
{
    tenon_timestamptz at = {0};

    ck_status(TENON_OK, rt_prepared_at(db, pattern, &at));
    return at.microseconds;
}

START_TEST(what_a_server_is_at_a_loss_with_is_prepared_anew_once)
{
    static const char *const states[] = {"XX000", "42704"};
    static const char statement[] = "SELECT fail_with%";
    tenon_opt_int32 never;

    ck_status(TENON_SQL_ERROR, rt_fail_with(db, states[_i], &never));
    int64_t first = prepared_at(statement);
    ck_status(TENON_SQL_ERROR, rt_fail_with(db, "22012", &never));
    int64_t second = prepared_at(statement);
    ck_assert_int_gt(second, first);
    ck_status(TENON_SQL_ERROR, rt_fail_with(db, "22012", &never));
    ck_assert_int_eq(prepared_at(statement), second);
}
END_TEST

START_TEST(nothing_is_repeated_inside_of_a_transaction)
{
    int32_t value;

    server_ask("INSERT INTO moving VALUES (1)");
    ck_status(TENON_OK, rt_get_moving(db, &value));
    server_ask("ALTER TABLE moving ALTER v TYPE bigint");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_usable(db); /* else there would be nothing but BEGIN to repeat */
    ck_status(TENON_SQL_ERROR, rt_get_moving(db, &value));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "0A000");
    ck_status(TENON_OK, tenon_rollback(db));
    server_ask("ALTER TABLE moving ALTER v TYPE int");
    ck_status(TENON_OK, rt_get_moving(db, &value));
}
END_TEST

/* 0A000 and 26000 speak of a plan only when it is the server that raises them before execution. */
START_TEST(an_error_of_a_function_is_no_reason_to_repeat_it)
{
    static const char *const states[] = {"0A000", "26000"};
    tenon_opt_int32 never;

    for (int round = 0; round < 2; round++) { /* once cold, once prepared */
        ck_status(TENON_SQL_ERROR, rt_fail_with(db, states[_i], &never));
        ck_assert_str_eq(tenon_db_error(db)->sqlstate, states[_i]);
    }
    ck_ask("SELECT last_value FROM attempts", "2");
}
END_TEST

/* The type of a parameter is that of the time of the Parse. */
/* In a transaction, whose BEGIN goes with the question, as well as outside. */
START_TEST(parameters_are_compared_on_request)
{
    const tenon_db_options options = {.checks_params = true};
    tenon_db *careful;

    ck_assert_int_eq(tenon_db_open(server_conninfo, &options, &careful), TENON_OK);
    if (_i == 1)
        ck_assert_int_eq(tenon_begin(careful, NULL), TENON_OK);
    ck_assert_int_eq(
        rt_add_feeling(careful, &(rt_add_feeling_params){.id = 1, .mood = RT_MOOD_HAPPY}),
        TENON_OK);
    ck_assert_int_eq(
        rt_add_feeling(careful, &(rt_add_feeling_params){.id = 2, .mood = RT_MOOD_SAD}), TENON_OK);
    if (_i == 1)
        ck_assert_int_eq(tenon_commit(careful), TENON_OK);
    tenon_db_close(careful);
    server_ask("ALTER TABLE feeling ALTER id TYPE smallint");
    ck_status(TENON_OK,
              rt_add_feeling(db, &(rt_add_feeling_params){.id = 3, .mood = RT_MOOD_HAPPY}));
    ck_assert_int_eq(tenon_db_open(server_conninfo, &options, &careful), TENON_OK);
    if (_i == 1)
        ck_assert_int_eq(tenon_begin(careful, NULL), TENON_OK);
    ck_assert_int_eq(
        rt_add_feeling(careful, &(rt_add_feeling_params){.id = 4, .mood = RT_MOOD_HAPPY}),
        TENON_SCHEMA_MISMATCH);
    ck_assert_int_eq(tenon_db_error(careful)->effect, TENON_EFFECT_NONE);
    ck_assert_ptr_nonnull(strstr(tenon_db_error(careful)->message, "$1 is smallint"));
    ck_assert_int_eq(
        rt_add_feeling(careful, &(rt_add_feeling_params){.id = 4, .mood = RT_MOOD_HAPPY}),
        TENON_SCHEMA_MISMATCH);
    tenon_db_close(careful);
    ck_ask("SELECT count(*) FROM feeling WHERE id = 4", "0");
}
END_TEST

START_TEST(a_type_that_was_replaced_fails_at_most_once)
{
    ck_status(TENON_OK,
              rt_add_feeling(db, &(rt_add_feeling_params){.id = 1, .mood = RT_MOOD_HAPPY}));
    server_ask("CREATE TYPE other AS ENUM ('sad', 'so so', 'happy');"
               "ALTER TABLE feeling ALTER mood TYPE other USING mood::text::other;"
               "ALTER TYPE mood RENAME TO old_mood; ALTER TYPE other RENAME TO mood");
    if (rt_add_feeling(db, &(rt_add_feeling_params){.id = 2, .mood = RT_MOOD_HAPPY}) != TENON_OK)
        ck_effect(TENON_EFFECT_NONE);
    ck_status(TENON_OK, rt_add_feeling(db, &(rt_add_feeling_params){.id = 3, .mood = RT_MOOD_SAD}));
    ck_ask("SELECT mood FROM feeling WHERE id = 3", "sad");
}
END_TEST

/* --- A connection that is wrapped more than once --- */

static PGconn *caller;

static void wrap(tenon_db **wrapped)
{
    ck_status(TENON_OK, tenon_db_wrap(caller, NULL, wrapped));
}

static void ask_caller(const char *sql)
{
    PGresult *result = PQexec(caller, sql);

    ck_assert_msg(PQresultStatus(result) == PGRES_COMMAND_OK, "%s: %s", sql,
                  PQerrorMessage(caller));
    PQclear(result);
}

START_TEST(what_was_prepared_stays_known_to_the_next_wrapper)
{
    rt_item_row_list list;
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    for (int round = 0; round < 3; round++) {
        wrap(&wrapped);
        if (_i == 1)
            ck_status(TENON_OK, tenon_begin(wrapped, NULL));
        ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
        ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
        ck_assert_uint_eq(list.count, 3);
        if (_i == 1)
            ck_assert_int_eq(tenon_commit(wrapped), TENON_OK);
        tenon_db_close(wrapped);
        ck_assert_int_eq(PQtransactionStatus(caller), PQTRANS_IDLE);
    }
    PQfinish(caller);
}
END_TEST

START_TEST(a_wrapper_works_in_the_callers_transaction)
{
    rt_item_row_list list;
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    wrap(&wrapped);
    ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
    tenon_db_close(wrapped);
    ask_caller("BEGIN");
    wrap(&wrapped);
    ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
    tenon_db_close(wrapped);
    ck_assert_int_eq(PQtransactionStatus(caller), PQTRANS_INTRANS);
    ask_caller("COMMIT");
    PQfinish(caller);
}
END_TEST

START_TEST(what_the_caller_deallocated_is_prepared_again)
{
    rt_item_row_list list;
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    wrap(&wrapped);
    ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
    tenon_db_close(wrapped);
    ask_caller("DEALLOCATE ALL");
    wrap(&wrapped);
    ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
    ck_assert_uint_eq(list.count, 3);
    tenon_db_close(wrapped);
    PQfinish(caller);
}
END_TEST

/* In a transaction, where nothing could be prepared again after an error. */
START_TEST(a_reset_between_two_wrappers_is_noticed)
{
    rt_item_row_list list;
    tenon_db *wrapped;

    caller = PQconnectdb(server_conninfo);
    wrap(&wrapped);
    ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
    tenon_db_close(wrapped);
    PQreset(caller);
    wrap(&wrapped);
    ck_assert_int_eq(tenon_begin(wrapped, NULL), TENON_OK);
    ck_usable(wrapped);
    ck_assert_int_eq(rt_list_items(wrapped, mem, 1, &list), TENON_OK);
    ck_assert_int_eq(tenon_commit(wrapped), TENON_OK);
    tenon_db_close(wrapped);
    PQfinish(caller);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("prepared");
    TCase *tcase = tcase_create("all");

    server_init("prepared");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_statement_is_prepared_once);
    tcase_add_test(tcase, a_statement_that_failed_stays_prepared);
    tcase_add_test(tcase, the_first_execution_may_fail);
    tcase_add_test(tcase, unnamed_mode_prepares_nothing);
    tcase_add_test(tcase, statements_come_back_after_discard_all);
    tcase_add_test(tcase, many_statements_stay_known);
    tcase_add_test(tcase, a_statement_in_the_place_of_another_is_not_taken_for_it);
    tcase_add_test(tcase, what_another_has_prepared_is_taken_as_it_is);
    tcase_add_test(tcase, a_plan_that_became_useless_is_made_again);
    tcase_add_loop_test(tcase, what_a_server_is_at_a_loss_with_is_prepared_anew_once, 0, 2);
    tcase_add_test(tcase, nothing_is_repeated_inside_of_a_transaction);
    tcase_add_loop_test(tcase, an_error_of_a_function_is_no_reason_to_repeat_it, 0, 2);
    tcase_add_test(tcase, a_type_that_was_replaced_fails_at_most_once);
    tcase_add_loop_test(tcase, parameters_are_compared_on_request, 0, 2);
    tcase_add_loop_test(tcase, what_was_prepared_stays_known_to_the_next_wrapper, 0, 2);
    tcase_add_test(tcase, a_reset_between_two_wrappers_is_noticed);
    tcase_add_test(tcase, a_wrapper_works_in_the_callers_transaction);
    tcase_add_test(tcase, what_the_caller_deallocated_is_prepared_again);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
