/* What a user of a pool leaves to the next one: nothing, and at no price where nothing changed. */
#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

#include "pool_support.h"

static tenon_pool *pool;
static int n_told; /* statements that the hook was told of */
static char told[64];

static void tell(void *context, const tenon_event *event)
{
    (void)context;
    n_told++;
    snprintf(told, sizeof told, "%s", event->query);
}

static const tenon_pool_options one = {.max_connections = 1,
                                       .acquire_timeout_ms = 10000,
                                       .ping_after_ms = TENON_NO_TIMEOUT,
                                       .hooks = {.after = tell}};

static void setup(void)
{
    pool = pool_of(&one);
    mem = tenon_arena_create();
    db = NULL;
}

static void teardown(void)
{
    thaw();
    tenon_pool_destroy(pool);
    tenon_arena_destroy(mem);
}

static void replace_pool(const tenon_pool_options *options)
{
    tenon_pool_destroy(pool);
    pool = pool_of(options);
}

/* The session that the next user gets after one who ran this, which is the same session. */
static pooltest_session_row session_after(const char *sql)
{
    pooltest_session_row session;

    db = take(pool);
    int pid = pid_of(db);
    ck_status(TENON_OK, tenon_exec(db, sql));
    give(pool, db);
    db = take(pool);
    ck_assert_int_eq(pid_of(db), pid);
    ck_status(TENON_OK, pooltest_session(db, mem, &session));
    give(pool, db);
    return session;
}

/* --- One kind of state each --- */

START_TEST(the_role_is_not_the_last_users)
{
    ck_assert_str_eq(session_after("SET ROLE pg_monitor").role, "postgres");
}
END_TEST

START_TEST(the_session_authorization_is_not_the_last_users)
{
    pooltest_session_row session = session_after("SET SESSION AUTHORIZATION pg_monitor");

    ck_assert_str_eq(session.session_role, "postgres");
    session = session_after("SET SESSION AUTHORIZATION pg_monitor; SET ROLE pg_monitor");
    ck_assert_str_eq(session.role, "postgres");
}
END_TEST

START_TEST(settings_are_not_the_last_users)
{
    pooltest_session_row session = session_after(
        "SET search_path = pg_catalog; SET TimeZone = 'Asia/Tokyo'; SET tenon.who = 'eve'; "
        "SET default_transaction_read_only = on; SET statement_timeout = 7777");

    ck_assert_str_eq(session.search_path, "\"$user\", public");
    ck_assert_str_ne(session.time_zone, "Asia/Tokyo");
    ck_assert_str_eq(session.custom.or_null == NULL ? "" : session.custom.or_null, "");
    ck_assert_str_eq(session.read_only, "off");
    ck_assert_str_eq(session.statement_timeout, "0");
}
END_TEST

START_TEST(settings_of_the_connection_string_come_back)
{
    char conninfo[1024];

    snprintf(conninfo, sizeof conninfo, "%s options='-c search_path=public -c role=pg_monitor'",
             server_conninfo);
    tenon_pool_destroy(pool);
    ck_assert_int_eq(tenon_pool_create(conninfo, &one, &pool), TENON_OK);
    pooltest_session_row session = session_after("SET search_path = pg_catalog; SET ROLE postgres");
    ck_assert_str_eq(session.search_path, "public");
    ck_assert_str_eq(session.role, "pg_monitor");
}
END_TEST

START_TEST(temporary_tables_are_gone)
{
    ck_assert_int_eq(session_after("CREATE TEMP TABLE notes (id int)").n_temporary, 0);
}
END_TEST

START_TEST(held_cursors_are_closed)
{
    pooltest_session_row session = session_after(
        "CREATE TEMP TABLE t AS SELECT 1; DECLARE c CURSOR WITH HOLD FOR SELECT * FROM t");

    ck_assert_int_eq(session.n_cursors, 0);
    ck_assert_int_eq(session.n_temporary, 0);
}
END_TEST

START_TEST(advisory_locks_are_free)
{
    ck_assert_int_eq(session_after("SELECT pg_advisory_lock(1), pg_advisory_lock(1)").n_locks, 0);
}
END_TEST

START_TEST(nothing_is_listened_to)
{
    ck_assert_int_eq(session_after("LISTEN news").n_channels, 0);
}
END_TEST

START_TEST(notifications_of_the_last_user_are_dropped)
{
    session_after("LISTEN news; NOTIFY news");
    db = take(pool);
    ck_assert_ptr_null(PQnotifies(tenon_db_conn(db)));
    give(pool, db);
}
END_TEST

START_TEST(prepared_statements_of_the_last_user_are_gone_and_tenons_stay)
{
    pooltest_session_row session = session_after("SELECT 1"), after;

    after = session_after("PREPARE mine AS SELECT 1; PREPARE \"My \"\"own\"\"\" AS SELECT 2");
    ck_assert_int_eq(after.n_foreign_statements, 0);
    ck_assert_int_ge(after.n_own_statements, session.n_own_statements);
    ck_assert_int_ge(session.n_own_statements, 2);
    n_told = 0;
    session_after("SELECT 1");
    ck_assert_int_eq(n_told, 5); /* Pid, the text, RESET, Pid, Session: none is prepared again */
}
END_TEST

START_TEST(sequences_are_forgotten)
{
    int64_t value;

    session_after("SELECT nextval('counter')");
    db = take(pool);
    ck_assert_int_eq(pooltest_last_value(db, &value), TENON_SQL_ERROR);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "55000");
    give(pool, db);
}
END_TEST

START_TEST(a_session_that_cannot_be_reset_is_closed)
{
    db = take(pool);
    int pid = pid_of(db);
    /* Its reset asks a question that has not been read. */
    ck_assert_int_eq(PQsendQuery(tenon_db_conn(db), "SELECT 1"), 1);
    give(pool, db);
    db = take(pool);
    ck_assert_int_ne(pid_of(db), pid);
    give(pool, db);
    ck_assert_uint_eq(stats_of(pool).closed_broken, 1);
}
END_TEST

/* --- When --- */

/* It ends between the last statement and the reset. */
START_TEST(a_session_that_ended_is_replaced)
{
    db = take(pool);
    int pid = pid_of(db);
    ck_status(TENON_OK, tenon_exec(db, "SET tenon.who = 'me'"));
    terminate(pid);
    give(pool, db);
    ck_assert_uint_eq(stats_of(pool).closed_broken, 1);
    db = take(pool);
    ck_assert_int_ne(pid_of(db), pid);
    give(pool, db);
}
END_TEST

/* Nothing has a deadline, yet what is idle is asked and what was changed is reset. */
START_TEST(a_pool_may_have_no_deadlines)
{
    const tenon_pool_options patient = {
        .max_connections = 1,
        .acquire_timeout_ms = TENON_NO_TIMEOUT,
        .max_lifetime_ms = TENON_NO_TIMEOUT,
        .idle_timeout_ms = TENON_NO_TIMEOUT,
        .ping_after_ms = 1,
        .db = {.timeout_ms = TENON_NO_TIMEOUT, .connect_timeout_ms = TENON_NO_TIMEOUT},
        .hooks = {.after = tell}};
    pooltest_session_row session;

    replace_pool(&patient);
    session = session_after("SET tenon.who = 'me'");
    ck_assert(session.custom.or_null == NULL || *session.custom.or_null == '\0');
    pause_ms(20);
    n_told = 0;
    db = take(pool);
    ck_assert_int_eq(n_told, 1);
    ck_assert_str_eq(told, "PING");
    ck_assert_int_eq(tenon_db_set_timeout(db, 1), TENON_NO_TIMEOUT);
    give(pool, db);
}
END_TEST

START_TEST(an_untouched_session_is_sent_nothing)
{
    char sql[128];

    db = take(pool);
    int pid = pid_of(db);
    n_told = 0;
    snprintf(sql, sizeof sql, "SELECT state_change FROM pg_stat_activity WHERE pid = %d", pid);
    char before[64];
    snprintf(before, sizeof before, "%.60s", server_ask(sql));
    ck_assert_str_ne(before, "");
    give(pool, db);
    db = take(pool);
    give(pool, db);
    ck_assert_str_eq(server_ask(sql), before); /* the server has heard nothing */
    ck_assert_int_eq(n_told, 0);
    ck_assert_uint_eq(stats_of(pool).resets, 0);
}
END_TEST

START_TEST(a_session_whose_PGconn_was_used_is_reset)
{
    pooltest_session_row session;

    db = take(pool);
    PQclear(PQexec(tenon_db_conn(db), "SET search_path = pg_catalog"));
    give(pool, db);
    ck_assert_uint_eq(stats_of(pool).resets, 1);
    ck_assert_str_eq(told, "RESET");
    db = take(pool);
    ck_status(TENON_OK, pooltest_session(db, mem, &session));
    ck_assert_str_eq(session.search_path, "\"$user\", public");
    give(pool, db);
    ck_assert_uint_eq(stats_of(pool).resets, 1);
}
END_TEST

START_TEST(a_session_that_a_statement_has_changed_is_reset)
{
    pooltest_session_row session;
    const char *zone;

    db = take(pool);
    ck_status(TENON_OK, pooltest_set_time_zone(db, mem, "Asia/Tokyo", &zone));
    give(pool, db);
    db = take(pool);
    ck_status(TENON_OK, pooltest_session(db, mem, &session));
    ck_assert_str_ne(session.time_zone, "Asia/Tokyo");
    give(pool, db);
    ck_assert_uint_eq(stats_of(pool).resets, 1);
}
END_TEST

START_TEST(a_reset_may_be_always_or_never)
{
    tenon_pool_options options = one;

    options.reset = TENON_RESET_ALWAYS;
    replace_pool(&options);
    give(pool, take(pool));
    ck_assert_uint_eq(stats_of(pool).resets, 1);
    options.reset = TENON_RESET_NEVER;
    replace_pool(&options);
    ck_assert_str_eq(session_after("SET TimeZone = 'Asia/Tokyo'").time_zone, "Asia/Tokyo");
    ck_assert_uint_eq(stats_of(pool).resets, 0);
}
END_TEST

/* --- What is kept on this side --- */

static void other_hook(void *context, const tenon_event *event)
{
    (void)event;
    ++*(int *)context;
}

START_TEST(timeout_limits_hooks_and_error_are_the_pools_again)
{
    const tenon_limits limits = {.max_rows = 7};
    int others = 0;

    db = take(pool);
    tenon_db_set_timeout(db, 7);
    tenon_db_set_timeout(db, TENON_NO_TIMEOUT);
    const tenon_limits before = tenon_db_set_limits(db, limits);
    tenon_db_set_hooks(db, &(tenon_hooks){.context = &others, .after = other_hook});
    ck_assert_int_eq(tenon_commit(db), TENON_INVALID_ARGUMENT);
    give(pool, db);
    db = take(pool);
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
    ck_assert_int_eq(tenon_db_set_timeout(db, 0), TENON_DEFAULT_TIMEOUT_MS);
    ck_assert_int_eq(tenon_db_set_limits(db, limits).max_rows, before.max_rows);
    n_told = 0;
    pid_of(db);
    ck_assert_int_eq(n_told, 1);
    ck_assert_int_eq(others, 0);
    give(pool, db);
}
END_TEST

START_TEST(a_release_has_the_pools_deadline)
{
    tenon_pool_options options = one;

    options.db.timeout_ms = 500;
    replace_pool(&options);
    db = take(pool);
    tenon_db_set_timeout(db, TENON_NO_TIMEOUT);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    int pid = freeze(db);
    double before = now_ms();
    give(pool, db);
    double took = now_ms() - before;
    thaw();
    ck_assert_msg(took < 5000, "%g ms", took);
    ck_assert_uint_eq(stats_of(pool).closed_broken, 1);
    db = take(pool);
    ck_assert_int_ne(pid_of(db), pid);
    give(pool, db);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool_session");
    TCase *tcase = tcase_create("all");

    pool_init("pool_session");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, the_role_is_not_the_last_users);
    tcase_add_test(tcase, the_session_authorization_is_not_the_last_users);
    tcase_add_test(tcase, settings_are_not_the_last_users);
    tcase_add_test(tcase, settings_of_the_connection_string_come_back);
    tcase_add_test(tcase, temporary_tables_are_gone);
    tcase_add_test(tcase, held_cursors_are_closed);
    tcase_add_test(tcase, advisory_locks_are_free);
    tcase_add_test(tcase, nothing_is_listened_to);
    tcase_add_test(tcase, notifications_of_the_last_user_are_dropped);
    tcase_add_test(tcase, prepared_statements_of_the_last_user_are_gone_and_tenons_stay);
    tcase_add_test(tcase, sequences_are_forgotten);
    tcase_add_test(tcase, a_session_that_cannot_be_reset_is_closed);
    tcase_add_test(tcase, a_session_that_ended_is_replaced);
    tcase_add_test(tcase, a_pool_may_have_no_deadlines);
    tcase_add_test(tcase, an_untouched_session_is_sent_nothing);
    tcase_add_test(tcase, a_session_whose_PGconn_was_used_is_reset);
    tcase_add_test(tcase, a_session_that_a_statement_has_changed_is_reset);
    tcase_add_test(tcase, a_reset_may_be_always_or_never);
    tcase_add_test(tcase, timeout_limits_hooks_and_error_are_the_pools_again);
    tcase_add_test(tcase, a_release_has_the_pools_deadline);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
