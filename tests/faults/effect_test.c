/* What is said of a call that fails on a healthy connection: what it has done, which item it was,
 * and whether the levels of a transaction still fit. And a schema that is not the one that was
 * compiled in any more. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "scenarios.h"

static tenon_db *db;
static tenon_arena *mem;

static void set_up(void)
{
    db = must_open(server_conninfo, 20000);
    mem = tenon_arena_create();
    truth("UPDATE accounts SET balance = 100, parent = NULL");
}

static void tear_down(void)
{
    tenon_db_close(db);
    tenon_arena_destroy(mem);
}

static tenon_effect effect(void)
{
    return tenon_db_error(db)->effect;
}

START_TEST(R2_copy_and_insert_of_one_text_are_two_statements)
{
    int64_t mark = new_mark(), rows;
    const app_load_entries_params items[] = {{mark, 0, "a"}};
    const app_add_entry_batch_params batch[] = {{mark, 1, "b"}};

    ck_status(db, TENON_OK, tenon_begin(db, NULL));
    ck_status(db, TENON_OK, app_load_entries(db, items, 1, &rows));
    ck_status(db, TENON_OK, app_add_entry_batch(db, batch, 1));
    ck_status(db, TENON_OK, app_load_entries(db, items, 1, &rows));
    ck_status(db, TENON_OK,
              app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 2, .note = "c"}));
    ck_status(db, TENON_OK, tenon_commit(db));
    ck_assert_int_eq(stored(mark), 4);
}
END_TEST

static tenon_status leave_a_stream_open(tenon_db *in, void *context)
{
    app_stream_every **stream = context;

    *stream = app_stream_every_begin(in);
    ck_assert_ptr_nonnull(app_stream_every_next(*stream));
    return TENON_NO_ROW;
}

START_TEST(R2_a_level_ends_with_a_stream_open)
{
    app_stream_every *stream;
    tenon_status status = tenon_transaction(db, NULL, leave_a_stream_open, &stream);

    ck_status(db, TENON_NO_ROW, status);
    ck_assert_int_eq(tenon_depth(db), 0);
    if (app_stream_every_end(stream) == TENON_OK)
        ck_assert_int_eq(tenon_depth(db), 0);
    ck_status(db, TENON_OK, tenon_begin(db, NULL));
    int64_t mark = new_mark();
    ck_status(db, TENON_OK,
              app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = "x"}));
    stream = app_stream_every_begin(db);
    ck_assert_ptr_nonnull(app_stream_every_next(stream));
    status = tenon_commit(db);
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_assert_int_eq(stored(mark), status == TENON_OK ? 1 : 0);
    if (app_stream_every_end(stream) == TENON_OK && tenon_db_is_open(db))
        ck_assert_int_eq(tenon_depth(db), 0);
}
END_TEST

START_TEST(R2_a_batch_that_is_judged_has_done_all_or_nothing)
{
    static const app_update_batch_one_params items[] = {{111, 1}, {222, 999999}, {333, 2}};
    app_update_batch_one_list ids;

    ck_status(db, TENON_NO_ROW, app_update_batch_one(db, mem, items, 3, &ids));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_assert_int_eq(effect(), TENON_EFFECT_NONE);
    ck_assert_str_eq(truth("SELECT balance FROM accounts WHERE id = 1"), "100");
    ck_assert_str_eq(truth("SELECT balance FROM accounts WHERE id = 2"), "100");
}
END_TEST

START_TEST(R2_too_many_rows_of_a_write_are_told_with_what_it_did)
{
    int32_t id;

    ck_status(db, TENON_MANY_ROWS,
              app_update_many_one(db, &(app_update_many_one_params){.more = 5, .upto = 9}, &id));
    ck_assert_int_eq(effect(), TENON_EFFECT_DONE);
    ck_assert_str_eq(truth("SELECT count(*) FROM accounts WHERE balance = 105"), "9");
}
END_TEST

START_TEST(R2_a_refused_statement_has_done_nothing)
{
    int64_t rows;

    ck_status(db, TENON_CHECK_VIOLATION,
              app_set_balance(db, &(app_set_balance_params){.balance = -1, .id = 1}, &rows));
    ck_assert_int_eq(effect(), TENON_EFFECT_NONE);
    ck_status(db, TENON_FOREIGN_KEY_VIOLATION,
              app_set_parent(db, &(app_set_parent_params){.parent = TENON_SOME(999999), .id = 1}));
    ck_assert_int_eq(effect(), TENON_EFFECT_NONE);
    ck_assert_str_eq(truth("SELECT count(*) FROM accounts WHERE parent IS NOT NULL"), "0");
    ck_status(db, TENON_OK, tenon_begin(db, NULL));
    ck_status(db, TENON_OK,
              app_set_parent(db, &(app_set_parent_params){.parent = TENON_SOME(999999), .id = 1}));
    ck_status(db, TENON_FOREIGN_KEY_VIOLATION, tenon_commit(db));
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_assert_int_eq(effect(), TENON_EFFECT_NONE);
}
END_TEST

START_TEST(R2_a_commit_that_rolls_back_is_no_success)
{
    int64_t rows, mark = new_mark();

    ck_status(db, TENON_OK, tenon_begin(db, NULL));
    ck_status(db, TENON_OK,
              app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = "x"}));
    ck_status(db, TENON_CHECK_VIOLATION,
              app_set_balance(db, &(app_set_balance_params){.balance = -1, .id = 1}, &rows));
    tenon_status status = tenon_commit(db);
    ck_assert(status != TENON_OK && status != TENON_COMMIT_UNKNOWN);
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "25P02");
    ck_assert_int_eq(stored(mark), 0);
    ck_assert_int_eq(tenon_depth(db), 0);
}
END_TEST

/* A procedure's transaction, say, may have been committed before it failed. */
START_TEST(R2_text_that_may_commit_by_itself_is_unknown)
{
    ck_assert_int_ne(tenon_exec(db, "DO $$ BEGIN COMMIT; RAISE division_by_zero; END $$"),
                     TENON_OK);
    ck_assert_int_eq(effect(), TENON_EFFECT_UNKNOWN);
    ck_assert(tenon_db_is_open(db));
}
END_TEST

START_TEST(R2_the_refused_item_of_a_copy_is_named)
{
    enum { N = 1000 };
    static app_load_entries_params items[N];
    int64_t rows, mark = new_mark();

    truth("ALTER TABLE entries ADD CONSTRAINT no_six CHECK (item <> 6 OR note <> 'copied')");
    for (int i = 0; i < N; i++)
        items[i] = (app_load_entries_params){mark, i, "copied"};
    ck_status(db, TENON_CHECK_VIOLATION, app_load_entries(db, items, N, &rows));
    ck_assert_uint_eq(tenon_db_error(db)->item, 6);
    ck_assert_int_eq(effect(), TENON_EFFECT_NONE);
    ck_assert_int_eq(stored(mark), 0);
    truth("ALTER TABLE entries DROP CONSTRAINT no_six");
}
END_TEST

/* What the first wrap prepared is known to the second, also where it may not be tried. */
START_TEST(R2_a_connection_may_be_wrapped_again)
{
    PGconn *conn = PQconnectdb(server_conninfo);

    for (int round = 0; round < 3; round++) {
        int64_t mark = new_mark();
        tenon_db *wrapped;
        ck_assert_int_eq(tenon_db_wrap(conn, NULL, &wrapped), TENON_OK);
        ck_status(wrapped, TENON_OK, tenon_begin(wrapped, NULL));
        ck_status(wrapped, TENON_OK,
                  app_add_entry(wrapped, &(app_add_entry_params){
                                             .mark = mark, .item = 0, .note = "wrapped"}));
        ck_status(wrapped, TENON_OK, tenon_commit(wrapped));
        tenon_db_close(wrapped);
        ck_assert_int_eq(stored(mark), 1);
    }
    PQclear(PQexec(conn, "BEGIN; SELECT 1 / 0"));
    tenon_db *wrapped;
    tenon_status status = tenon_db_wrap(conn, NULL, &wrapped);
    tenon_db_close(wrapped);
    PGresult *result = PQexec(conn, "ROLLBACK");
    ck_assert_msg(PQresultStatus(result) == PGRES_COMMAND_OK, "after %s: %s",
                  tenon_status_name(status), PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
}
END_TEST

START_TEST(R11_a_refused_connection_has_its_sqlstate)
{
    tenon_db *one;
    char conninfo[300];

    snprintf(conninfo, sizeof conninfo, "%s dbname=no_such_database", server_conninfo);
    ck_assert_int_ne(tenon_db_open(conninfo, NULL, &one), TENON_OK);
    ck_assert_str_eq(tenon_db_error(one)->sqlstate, "3D000");
    tenon_db_close(one);
}
END_TEST

START_TEST(R14_without_a_free_descriptor_connecting_fails)
{
    struct rlimit before, few;
    tenon_db *one = NULL;
    int files = open_files(), lowest = dup(0);

    close(lowest);
    getrlimit(RLIMIT_NOFILE, &before);
    for (int room = 0; room < 4; room++) {
        few = before;
        few.rlim_cur = (rlim_t)(lowest + room);
        setrlimit(RLIMIT_NOFILE, &few);
        tenon_status status = tenon_db_open(server_conninfo, NULL, &one);
        setrlimit(RLIMIT_NOFILE, &before);
        ck_assert(tenon_db_is_open(one) == (status == TENON_OK));
        if (room == 0)
            ck_assert_int_ne(status, TENON_OK);
        tenon_db_close(one);
    }
    ck_assert_int_eq(open_files(), files);
}
END_TEST

START_TEST(R17_parameters_beyond_the_limit_are_refused_before_they_leave)
{
    size_t length = (size_t)65 << 20;
    char *text = malloc(length + 1);
    int64_t value, mark = new_mark();

    memset(text, 'x', length);
    text[length] = '\0';
    ck_status(db, TENON_TOO_LARGE,
              app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = text}));
    ck_assert_int_eq(effect(), TENON_EFFECT_NONE);
    ck_assert(tenon_db_is_open(db));
    ck_status(db, TENON_OK, app_echo(db, 1, &value));
    ck_assert_int_eq(stored(mark), 0);
    free(text);
}
END_TEST

START_TEST(R12_a_schema_that_has_changed_is_found)
{
    app_every_row row;
    int64_t balance;

    ck_status(db, TENON_OK, app_get_balance(db, 1, &balance));
    truth("ALTER TABLE accounts ALTER balance TYPE numeric");
    ck_status(db, TENON_SCHEMA_MISMATCH, app_get_balance(db, 1, &balance));
    ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "balance"));
    ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "numeric"));
    truth("ALTER TABLE accounts ALTER balance TYPE bigint");
    ck_status(db, TENON_OK, app_get_balance(db, 1, &balance));
    ck_assert_int_eq(balance, 100);
    truth("ALTER TABLE accounts RENAME balance TO funds");
    ck_status(db, TENON_SQL_ERROR, app_get_balance(db, 1, &balance));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "42703");
    truth("ALTER TABLE accounts RENAME funds TO balance");
    ck_status(db, TENON_OK, app_get_balance(db, 1, &balance));
    truth("ALTER TYPE mood ADD VALUE 'new'");
    truth("UPDATE every SET a_mood = 'new' WHERE id = 1");
    ck_status(db, TENON_BAD_VALUE, app_get_every(db, mem, 1, &row));
    ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "new"));
    truth("ALTER TABLE every ALTER a_text DROP NOT NULL");
    truth("UPDATE every SET a_text = NULL WHERE id = 2");
    ck_status(db, TENON_BAD_VALUE, app_get_every(db, mem, 2, &row));
    ck_assert(tenon_db_is_open(db));
}
END_TEST

int main(void)
{
    support_init("effect");
    Suite *suite = suite_create("effect");
    TCase *tcase = tcase_create("effect");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, R2_copy_and_insert_of_one_text_are_two_statements);
    tcase_add_test(tcase, R2_a_level_ends_with_a_stream_open);
    tcase_add_test(tcase, R2_a_batch_that_is_judged_has_done_all_or_nothing);
    tcase_add_test(tcase, R2_too_many_rows_of_a_write_are_told_with_what_it_did);
    tcase_add_test(tcase, R2_a_refused_statement_has_done_nothing);
    tcase_add_test(tcase, R2_a_commit_that_rolls_back_is_no_success);
    tcase_add_test(tcase, R2_text_that_may_commit_by_itself_is_unknown);
    tcase_add_test(tcase, R2_the_refused_item_of_a_copy_is_named);
    tcase_add_test(tcase, R2_a_connection_may_be_wrapped_again);
    tcase_add_test(tcase, R11_a_refused_connection_has_its_sqlstate);
    tcase_add_test(tcase, R14_without_a_free_descriptor_connecting_fails);
    tcase_add_test(tcase, R17_parameters_beyond_the_limit_are_refused_before_they_leave);
    tcase_add_test(tcase, R12_a_schema_that_has_changed_is_found);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
