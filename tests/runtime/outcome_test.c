/* COMMIT whose answer does not come, and what became of it. */
#include <string.h>

#include <rt/accounts.h>
#include <rt/entries.h>
#include <rt/probes.h>

#include "proxy.h"
#include "server.h"

#define ck_total(expected) ck_ask("SELECT sum(v) FROM account", expected)

static struct proxy proxy;
static tenon_db *behind; /* the proxy */

static void setup(void)
{
    server_setup_schema();
    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
}

static void teardown(void)
{
    tenon_db_close(behind);
    proxy_stop(&proxy);
    server_teardown();
}

static tenon_commit_token begin_with_token(tenon_db *on)
{
    tenon_commit_token token = {0};
    const tenon_transaction_options options = {.token = &token};

    ck_assert_int_eq(tenon_begin(on, &options), TENON_OK);
    ck_assert_uint_ne(token.xid, 0);
    ck_assert_uint_ne(token.cluster, 0);
    return token;
}

static void ck_outcome(tenon_commit_token token, tenon_outcome expected)
{
    tenon_outcome outcome = (tenon_outcome)99;

    ck_status(TENON_OK, tenon_commit_outcome(db, token, &outcome));
    ck_assert_int_eq(outcome, expected);
}

START_TEST(a_commit_without_an_answer_is_unknown)
{
    ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
    ck_assert_int_eq(rt_set_accounts(behind, 1), TENON_OK);
    tenon_db_set_timeout(behind, 200);
    if (_i == 0)
        proxy.hold_answers = true;
    else
        proxy.cut_answer = true;
    ck_assert_int_eq(tenon_commit(behind), TENON_COMMIT_UNKNOWN);
    ck_assert_int_eq(tenon_db_error(behind)->status, TENON_COMMIT_UNKNOWN);
    ck_assert_int_eq(tenon_db_error(behind)->effect, TENON_EFFECT_UNKNOWN);
    ck_assert_int_eq(tenon_depth(behind), 0);
    ck_assert(!tenon_db_is_open(behind));
}
END_TEST

START_TEST(a_judged_batch_without_an_answer_to_its_commit_is_unknown)
{
    static const rt_insert_entries_params items[] = {{1, "one"}, {2, "two"}};
    rt_insert_entries_list ids;

    server_ask("CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS"
               " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(5); END';"
               "CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON entry"
               " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION leave()");
    ck_status(TENON_COMMIT_UNKNOWN, rt_insert_entries(db, mem, items, 2, &ids));
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_assert_int_eq(ids.items[0], 0);
    ck_assert(!tenon_db_is_open(db));
}
END_TEST

START_TEST(a_judged_batch_and_its_commit_have_one_deadline)
{
    static const rt_insert_entries_params items[] = {{1, "one"}};
    rt_insert_entries_list ids;

    server_ask("CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS"
               " 'BEGIN PERFORM pg_sleep(0.7); RETURN NULL; END';"
               "CREATE TRIGGER now AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION doze();"
               "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON entry"
               " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION doze()");
    tenon_db_set_timeout(db, 1000);
    ck_assert_int_ne(rt_insert_entries(db, mem, items, 1, &ids), TENON_OK);
    ck_ask("SELECT count(*) FROM entry", "0");
}
END_TEST

START_TEST(a_connection_that_broke_before_its_commit_has_not_committed)
{
    int32_t value;

    ck_assert_int_eq(tenon_begin(behind, NULL), TENON_OK);
    ck_assert_int_eq(rt_set_accounts(behind, 1), TENON_OK);
    tenon_db_set_timeout(behind, 100);
    proxy.hold_answers = true;
    ck_assert_int_eq(rt_sleep(behind, 20, &value), TENON_TIMEOUT);
    ck_assert_int_eq(tenon_commit(behind), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_depth(behind), 0);
    pause_ms(100);
    ck_total("0");
}
END_TEST

/* The server says by itself that it has rolled back: that is known. */
START_TEST(a_session_that_the_server_ended_has_not_committed)
{
    ck_status(TENON_OK, tenon_exec(db, "SET idle_in_transaction_session_timeout = 50"));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_set_accounts(db, 1));
    pause_ms(500);
    tenon_status status = tenon_commit(db);
    ck_assert_int_ne(status, TENON_OK);
    ck_assert_int_ne(status, TENON_COMMIT_UNKNOWN);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "25P03");
    ck_total("0");
}
END_TEST

START_TEST(a_token_tells_what_was_committed)
{
    tenon_commit_token token = begin_with_token(behind);

    ck_assert_int_eq(rt_set_accounts(behind, 1), TENON_OK);
    ck_assert_int_eq(tenon_commit(behind), TENON_OK);
    ck_outcome(token, TENON_OUTCOME_COMMITTED);
}
END_TEST

START_TEST(a_token_tells_what_was_rolled_back)
{
    tenon_commit_token token = begin_with_token(behind);

    ck_assert_int_eq(rt_set_accounts(behind, 1), TENON_OK);
    ck_assert_int_eq(tenon_rollback(behind), TENON_OK);
    ck_outcome(token, TENON_OUTCOME_ROLLED_BACK);
}
END_TEST

START_TEST(a_token_resolves_an_unknown_commit)
{
    tenon_commit_token token = begin_with_token(behind);

    ck_assert_int_eq(rt_set_accounts(behind, 4), TENON_OK);
    proxy.cut_answer = true;
    ck_assert_int_eq(tenon_commit(behind), TENON_COMMIT_UNKNOWN);
    ck_outcome(token, TENON_OUTCOME_COMMITTED);
    ck_total("8");
}
END_TEST

START_TEST(a_transaction_in_progress_is_waited_for)
{
    tenon_outcome outcome;
    tenon_commit_token token = begin_with_token(behind);

    ck_assert_int_eq(rt_set_accounts(behind, 4), TENON_OK);
    tenon_db_set_timeout(db, 200);
    double before = now_ms();
    ck_status(TENON_TIMEOUT, tenon_commit_outcome(db, token, &outcome));
    ck_assert_double_ge(now_ms() - before, 150);
    tenon_db_set_timeout(db, 5000);
    ck_usable(db); /* nothing was sent that could not be taken back */
    ck_assert_int_eq(tenon_rollback(behind), TENON_OK);
    ck_outcome(token, TENON_OUTCOME_ROLLED_BACK);
}
END_TEST

START_TEST(what_another_cluster_did_is_unknown)
{
    tenon_commit_token token = begin_with_token(behind);

    ck_assert_int_eq(tenon_commit(behind), TENON_OK);
    token.cluster++;
    ck_outcome(token, TENON_OUTCOME_UNKNOWN);
    token = (tenon_commit_token){0};
    ck_outcome(token, TENON_OUTCOME_UNKNOWN);
}
END_TEST

/* What has been begun is of no use without the token. */
START_TEST(a_token_that_cannot_be_had_begins_nothing)
{
    tenon_commit_token token = {0};
    const tenon_transaction_options options = {.token = &token};

    server_ask("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
    ck_status(TENON_OK, tenon_exec(db, "SET ROLE pg_read_all_data"));
    ck_status(TENON_SQL_ERROR, tenon_begin(db, &options));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "42501");
    ck_assert_uint_eq(token.xid, 0);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_usable(db);
    ck_status(TENON_OK, tenon_exec(db, "RESET ROLE"));
    ck_status(TENON_OK, rt_set_accounts(db, 1)); /* by itself */
    ck_total("2");
    server_ask("GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC");
}
END_TEST

/* A number that is not given out yet is an error of the server, but an answer to the question. */
START_TEST(what_has_not_been_given_out_is_unknown)
{
    tenon_commit_token token = begin_with_token(behind);

    ck_assert_int_eq(tenon_rollback(behind), TENON_OK);
    token.xid += 1000000;
    ck_outcome(token, TENON_OUTCOME_UNKNOWN);
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
    ck_usable(db);
}
END_TEST

/* Its number may be another transaction's, on the timeline that has won. */
START_TEST(what_another_timeline_did_is_unknown)
{
    tenon_commit_token token = begin_with_token(behind);

    ck_assert_int_eq(tenon_commit(behind), TENON_OK);
    ck_outcome(token, TENON_OUTCOME_COMMITTED);
    token.timeline++;
    ck_outcome(token, TENON_OUTCOME_UNKNOWN);
}
END_TEST

START_TEST(an_outcome_is_asked_for_outside_of_a_transaction)
{
    tenon_commit_token token = begin_with_token(behind);
    tenon_outcome outcome = TENON_OUTCOME_COMMITTED;

    ck_assert_int_eq(tenon_commit_outcome(NULL, token, &outcome), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_commit_outcome(db, token, NULL), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_commit_outcome(behind, token, &outcome), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(outcome, TENON_OUTCOME_UNKNOWN);
    ck_assert_int_eq(tenon_commit(behind), TENON_OK);
    ck_status(TENON_OK, tenon_begin(db, NULL)); /* of which the server does not know yet */
    ck_status(TENON_INVALID_ARGUMENT, tenon_commit_outcome(db, token, &outcome));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_status(TENON_OK, tenon_exec(db, "BEGIN"));
    ck_status(TENON_INVALID_ARGUMENT, tenon_commit_outcome(db, token, &outcome));
    ck_status(TENON_OK, tenon_exec(db, "ROLLBACK"));
    ck_outcome(token, TENON_OUTCOME_COMMITTED);
    proxy.cut_answer = true;
    ck_assert_int_eq(tenon_commit_outcome(behind, token, &outcome), TENON_CONNECTION_LOST);
    ck_assert_int_eq(tenon_commit_outcome(behind, token, &outcome), TENON_CONNECTION_LOST);
    ck_assert_int_eq(outcome, TENON_OUTCOME_UNKNOWN);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("outcome");
    TCase *tcase = tcase_create("all");

    server_init("outcome");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_commit_without_an_answer_is_unknown, 0, 2);
    tcase_add_test(tcase, a_judged_batch_without_an_answer_to_its_commit_is_unknown);
    tcase_add_test(tcase, a_judged_batch_and_its_commit_have_one_deadline);
    tcase_add_test(tcase, a_connection_that_broke_before_its_commit_has_not_committed);
    tcase_add_test(tcase, a_session_that_the_server_ended_has_not_committed);
    tcase_add_test(tcase, a_token_tells_what_was_committed);
    tcase_add_test(tcase, a_token_tells_what_was_rolled_back);
    tcase_add_test(tcase, a_token_resolves_an_unknown_commit);
    tcase_add_test(tcase, a_transaction_in_progress_is_waited_for);
    tcase_add_test(tcase, what_another_cluster_did_is_unknown);
    tcase_add_test(tcase, a_token_that_cannot_be_had_begins_nothing);
    tcase_add_test(tcase, what_has_not_been_given_out_is_unknown);
    tcase_add_test(tcase, what_another_timeline_did_is_unknown);
    tcase_add_test(tcase, an_outcome_is_asked_for_outside_of_a_transaction);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
