/* Transactions and savepoints, what they cost, and streams inside of them. */
#include <libpq-fe.h>

#include <rt/accounts.h>
#include <rt/entries.h>
#include <rt/probes.h>

#include "proxy.h"
#include "server.h"

#define ck_total(expected) ck_ask("SELECT sum(v) FROM account", expected)

START_TEST(commit_keeps_and_rollback_undoes)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_assert_int_eq(tenon_depth(db), 1);
    ck_status(TENON_OK, rt_set_accounts(db, 1));
    ck_total("0");
    ck_status(TENON_OK, tenon_commit(db));
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_total("2");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_set_accounts(db, 9));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_total("2");
}
END_TEST

START_TEST(an_inner_level_is_a_savepoint)
{
    int64_t rows;
    int32_t value;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK,
              rt_add_to_account(db, &(rt_add_to_account_params){.amount = 1, .id = 1}, &rows));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SQL_ERROR, rt_divide_by(db, 0, &value));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK,
              rt_add_to_account(db, &(rt_add_to_account_params){.amount = 10, .id = 2}, &rows));
    ck_assert_int_eq(tenon_depth(db), 2);
    ck_status(TENON_OK, tenon_commit(db));
    ck_status(TENON_OK, tenon_commit(db));
    ck_total("11");
}
END_TEST

START_TEST(a_failed_inner_commit_ends_the_level)
{
    int32_t value;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SQL_ERROR, rt_divide_by(db, 0, &value));
    ck_status(TENON_SQL_ERROR, tenon_commit(db));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "25P02");
    ck_assert_int_eq(tenon_depth(db), 1);
    ck_status(TENON_OK, rt_set_accounts(db, 1));
    ck_status(TENON_OK, tenon_commit(db));
    ck_total("2");
}
END_TEST

/* However the statement failed: a generated call, a batch, text. */
START_TEST(a_commit_that_rolled_back_is_an_error)
{
    static const rt_add_entries_params twice[] = {{1, "a"}, {1, "b"}};
    int32_t value;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_set_accounts(db, 5));
    if (_i == 0)
        ck_status(TENON_SQL_ERROR, rt_divide_by(db, 0, &value));
    else if (_i == 1)
        ck_status(TENON_UNIQUE_VIOLATION, rt_add_entries(db, twice, 2));
    else
        ck_status(TENON_SQL_ERROR, tenon_exec(db, "SELECT 1/0"));
    ck_status(TENON_SQL_ERROR, tenon_commit(db));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "25P02");
    ck_effect(TENON_EFFECT_NONE);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_usable(db);
    ck_total("0");
}
END_TEST

START_TEST(a_rollback_leaves_the_error_that_led_to_it)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_UNIQUE_VIOLATION,
              rt_add_account(db, &(rt_add_account_params){.id = 1, .v = 1}));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_UNIQUE_VIOLATION);
    ck_assert_str_eq(tenon_db_error(db)->constraint_name, "account_pkey");
}
END_TEST

START_TEST(there_is_no_end_without_a_beginning)
{
    ck_status(TENON_INVALID_ARGUMENT, tenon_commit(db));
    ck_status(TENON_INVALID_ARGUMENT, tenon_rollback(db));
    ck_usable(db);
}
END_TEST

START_TEST(options_reach_the_server)
{
    static const struct {
        const char *name, *value;
    } settings[] = {{"transaction_isolation", "serializable"},
                    {"transaction_read_only", "on"},
                    {"transaction_deferrable", "on"}};
    const tenon_transaction_options options = {
        .isolation = TENON_SERIALIZABLE, .read_only = true, .deferrable = true};
    const char *value;

    ck_status(TENON_OK, tenon_begin(db, &options));
    for (size_t i = 0; i < 3; i++) {
        ck_status(TENON_OK, rt_setting_of(db, mem, settings[i].name, &value));
        ck_assert_str_eq(value, settings[i].value);
    }
    ck_status(TENON_INVALID_ARGUMENT, tenon_begin(db, &options));
    ck_assert_int_eq(tenon_depth(db), 1);
    ck_status(TENON_OK, tenon_rollback(db));
}
END_TEST

START_TEST(there_is_no_such_isolation_level)
{
    const tenon_transaction_options beyond = {.isolation =
                                                  (tenon_isolation)(TENON_SERIALIZABLE + 1)},
                                    below = {.isolation = (tenon_isolation)-1};

    ck_status(TENON_INVALID_ARGUMENT, tenon_begin(db, &beyond));
    ck_status(TENON_INVALID_ARGUMENT, tenon_begin(db, &below));
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_usable(db);
}
END_TEST

START_TEST(inside_of_the_callers_own_transaction_all_levels_are_savepoints)
{
    ck_status(TENON_OK, tenon_exec(db, "BEGIN"));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_set_accounts(db, 5));
    ck_status(TENON_OK, tenon_commit(db));
    ck_total("0");
    ck_status(TENON_OK, tenon_exec(db, "COMMIT"));
    ck_total("10");
}
END_TEST

START_TEST(a_deferred_constraint_fails_the_commit)
{
    static const rt_add_children_params orphan[] = {{1, 99}};

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_add_children(db, orphan, 1));
    ck_status(TENON_FOREIGN_KEY_VIOLATION, tenon_commit(db));
    ck_effect(TENON_EFFECT_NONE);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_usable(db);
    ck_ask("SELECT count(*) FROM child", "0");
}
END_TEST

/* --- BEGIN goes with the first statement --- */

START_TEST(a_transaction_of_nothing_sends_nothing)
{
    struct proxy proxy;
    tenon_db *behind;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    long before = proxy.bytes_up;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
        ck_assert_int_eq(tenon_depth(behind), 1);
        if (i == 0)
            ck_assert_int_eq(tenon_commit(behind), TENON_OK);
        else
            ck_assert_int_eq(tenon_rollback(behind), TENON_OK);
        ck_assert_int_eq(tenon_depth(behind), 0);
    }
    pause_ms(50);
    ck_assert_int_eq(proxy.bytes_up, before);
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

/* What the program does by itself is not to be outside of it. */
START_TEST(a_connection_is_lent_with_its_transaction_begun)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    PGconn *conn = tenon_db_conn(db);
    ck_assert_int_eq(PQtransactionStatus(conn), PQTRANS_INTRANS);
    PQclear(PQexec(conn, "UPDATE account SET v = 9"));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_total("0");
}
END_TEST

START_TEST(a_failure_in_a_transaction_has_no_effect)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_add_account(db, &(rt_add_account_params){.id = 3, .v = 3}));
    ck_status(TENON_OK, rt_add_account(db, &(rt_add_account_params){.id = 4, .v = 4}));
    ck_status(TENON_UNIQUE_VIOLATION,
              rt_add_account(db, &(rt_add_account_params){.id = 4, .v = 4}));
    ck_effect(TENON_EFFECT_NONE);
    ck_status(TENON_OK, tenon_rollback(db));
}
END_TEST

/* What followed would be part of what should have been undone. */
START_TEST(a_rollback_that_the_server_takes_for_another_closes_the_connection)
{
    struct proxy proxy;
    tenon_db *behind;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
    ck_assert_int_eq(rt_set_accounts(behind, 3), TENON_OK);
    if (_i == 1)
        ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
    proxy.lie_of_state = true;
    tenon_rollback(behind);
    ck_assert(!proxy.lie_of_state);
    ck_assert(!tenon_db_is_open(behind));
    ck_total("0");
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

/* It says COMMIT, and that the transaction is open: what followed would be part of it. */
START_TEST(a_commit_that_leaves_a_transaction_open_closes_the_connection)
{
    struct proxy proxy;
    tenon_db *behind;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
    ck_assert_int_eq(rt_set_accounts(behind, 3), TENON_OK);
    proxy.lie_of_state = true;
    ck_assert_int_eq(tenon_commit(behind), TENON_OK);
    ck_assert(!proxy.lie_of_state);
    ck_assert(!tenon_db_is_open(behind));
    ck_total("6");
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

START_TEST(a_commit_of_what_something_else_has_ended_is_refused)
{
    int32_t value;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_set_accounts(db, 4));
    ck_status(TENON_OK, tenon_exec(db, _i == 0 ? "COMMIT" : "ROLLBACK"));
    ck_status(TENON_INVALID_ARGUMENT, tenon_commit(db));
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_total(_i == 0 ? "8" : "0");
    ck_status(TENON_OK, rt_seven(db, &value));
}
END_TEST

/* What the program did next would not be in a transaction. */
START_TEST(a_failure_that_the_server_takes_for_the_end_closes_the_connection)
{
    struct proxy proxy;
    tenon_db *behind;
    int32_t value;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
    proxy.lie_of_state = true;
    ck_assert_int_eq(rt_divide_by(behind, 0, &value), TENON_SQL_ERROR);
    ck_assert(!tenon_db_is_open(behind));
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

START_TEST(begin_costs_no_round_trip)
{
    static const rt_add_entries_params items[] = {{7, "in a batch"}};
    static const rt_load_entries_params rows[] = {{8, "in a copy"}};
    struct proxy proxy;
    tenon_db *behind;
    int64_t count;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    if (_i % 2 == 1) /* warm */
        ck_assert_int_eq(rt_set_accounts(behind, 0), TENON_OK);
    long before = proxy.turns;
    ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
    if (_i < 2)
        ck_assert_int_eq(rt_set_accounts(behind, 3), TENON_OK);
    else
        ck_assert_int_eq(rt_add_entries(behind, items, 1), TENON_OK);
    ck_assert_int_eq(proxy.turns - before, 1);
    ck_ask("SELECT sum(v) FROM account", "0");
    ck_assert_int_eq(rt_load_entries(behind, rows, 1, &count), TENON_OK);
    ck_ask("SELECT count(*) FROM entry", "0");
    ck_assert_int_eq(tenon_commit(behind), TENON_OK);
    ck_ask("SELECT count(*) FROM entry WHERE id = 8", "1");
    tenon_db_close(behind);
    proxy_stop(&proxy);
}
END_TEST

/* What goes first in a transaction is in it, whatever it is. */
START_TEST(the_first_statement_is_in_the_transaction)
{
    static const rt_load_entries_params rows[] = {{1, "copied"}};
    rt_fill_entries *stream;
    int64_t count;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    switch (_i) {
    case 0:
        ck_status(TENON_OK, rt_load_entries(db, rows, 1, &count));
        break;
    case 1:
        ck_status(TENON_OK, tenon_exec(db, "INSERT INTO entry VALUES (1, 'text')"));
        break;
    case 2:
        stream = rt_fill_entries_begin(db, 3);
        while (rt_fill_entries_next(stream) != NULL)
            continue;
        ck_status(TENON_OK, rt_fill_entries_end(stream));
        break;
    default:
        ck_status(TENON_OK, tenon_begin(db, NULL));
        ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "inner"}));
        ck_status(TENON_OK, tenon_commit(db));
        break;
    }
    ck_ask("SELECT count(*) FROM entry", "0");
    ck_status(TENON_OK, tenon_rollback(db));
    ck_ask("SELECT count(*) FROM entry", "0");
    ck_usable(db);
}
END_TEST

/* --- Streams and the ends of a transaction --- */

START_TEST(commit_and_rollback_end_an_open_stream)
{
    ck_status(TENON_OK, rt_set_accounts(db, 0));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_set_accounts(db, 4));
    rt_stream_numbers *stream = rt_stream_numbers_begin(db, 1000);
    ck_assert_ptr_nonnull(rt_stream_numbers_next(stream));
    if (_i == 0)
        ck_status(TENON_OK, tenon_commit(db));
    else
        ck_status(TENON_OK, tenon_rollback(db));
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_assert_ptr_null(rt_stream_numbers_next(stream));
    (void)!rt_stream_numbers_end(stream);
    ck_usable(db);
    ck_total(_i == 0 ? "8" : "0");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("transaction");
    TCase *tcase = tcase_create("all");

    server_init("transaction");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, commit_keeps_and_rollback_undoes);
    tcase_add_test(tcase, an_inner_level_is_a_savepoint);
    tcase_add_test(tcase, a_failed_inner_commit_ends_the_level);
    tcase_add_loop_test(tcase, a_commit_that_rolled_back_is_an_error, 0, 3);
    tcase_add_test(tcase, a_rollback_leaves_the_error_that_led_to_it);
    tcase_add_test(tcase, there_is_no_end_without_a_beginning);
    tcase_add_test(tcase, options_reach_the_server);
    tcase_add_test(tcase, there_is_no_such_isolation_level);
    tcase_add_test(tcase, inside_of_the_callers_own_transaction_all_levels_are_savepoints);
    tcase_add_test(tcase, a_deferred_constraint_fails_the_commit);
    tcase_add_test(tcase, a_transaction_of_nothing_sends_nothing);
    tcase_add_test(tcase, a_connection_is_lent_with_its_transaction_begun);
    tcase_add_test(tcase, a_failure_in_a_transaction_has_no_effect);
    tcase_add_loop_test(tcase, a_rollback_that_the_server_takes_for_another_closes_the_connection,
                        0, 2);
    tcase_add_test(tcase, a_commit_that_leaves_a_transaction_open_closes_the_connection);
    tcase_add_loop_test(tcase, a_commit_of_what_something_else_has_ended_is_refused, 0, 2);
    tcase_add_test(tcase, a_failure_that_the_server_takes_for_the_end_closes_the_connection);
    tcase_add_loop_test(tcase, begin_costs_no_round_trip, 0, 3);
    tcase_add_loop_test(tcase, the_first_statement_is_in_the_transaction, 0, 4);
    tcase_add_loop_test(tcase, commit_and_rollback_end_an_open_stream, 0, 2);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
