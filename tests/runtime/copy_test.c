/* :copyfrom: many rows by a binary COPY, all or nothing. */
#include <stdlib.h>
#include <string.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "proxy.h"
#include "server.h"

#define ck_stored(expected) ck_ask("SELECT count(*) FROM entry", expected)

static const rt_load_entries_params three[] = {{10, "ten"}, {11, "eleven"}, {20, "twenty"}};

/* Rows 0 … n - 1 with ids of the same number. */
static rt_load_entries_params *rows_of(size_t n, const char *note)
{
    rt_load_entries_params *rows = malloc(n * sizeof *rows);

    for (size_t i = 0; i < n; i++)
        rows[i] = (rt_load_entries_params){(int32_t)i, note};
    return rows;
}

START_TEST(a_copy_stores_every_row)
{
    int64_t rows = -1;

    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
    ck_assert_int_eq(rows, 3);
    ck_ask("SELECT string_agg(id || note, ',' ORDER BY id) FROM entry", "10ten,11eleven,20twenty");
    ck_status(TENON_OK, rt_load_entries(db, NULL, 0, &rows));
    ck_assert_int_eq(rows, 0);
}
END_TEST

START_TEST(a_copy_of_nullable_columns_keeps_nulls)
{
    static const rt_load_items_params items[] = {
        {.id = 10, .name = "ten", .price = TENON_SOME(10)},
        {.id = 11, .name = "eleven", .note = TENON_TEXT("")}};
    int64_t rows;

    ck_status(TENON_OK, rt_load_items(db, items, 2, &rows));
    ck_ask("SELECT string_agg(item::text, ' ' ORDER BY id) FROM item WHERE id > 9",
           "(10,ten,,10) (11,eleven,\"\",)");
}
END_TEST

START_TEST(a_copy_of_many_and_large_rows)
{
    const size_t n = 30000, large = (size_t)3 << 20;
    rt_load_entries_params *entries = rows_of(n, "a note of usual length");
    char *note = malloc(large + 1);
    int64_t rows = 0;

    memset(note, 'n', large);
    note[large] = '\0';
    for (size_t i = 5; i < n; i += 10000)
        entries[i].note = note;
    ck_status(TENON_OK, rt_load_entries(db, entries, n, &rows));
    ck_assert_int_eq(rows, (int64_t)n);
    ck_ask("SELECT sum(length(note)) FROM entry", "10097118");
    free(note);
    free(entries);
}
END_TEST

/* --- Rows that are refused --- */

START_TEST(a_copy_that_the_server_refuses_names_the_row_and_stores_nothing)
{
    static const size_t bad[] = {1, 5, 29999};
    const size_t n = 30000;
    rt_load_entries_params *entries = rows_of(n, "note");
    int64_t rows;

    entries[bad[_i]].id = 0;
    ck_status(TENON_UNIQUE_VIOLATION, rt_load_entries(db, entries, n, &rows));
    ck_assert_str_eq(tenon_db_error(db)->constraint_name, "entry_pkey");
    ck_assert_str_eq(tenon_db_error(db)->query, "LoadEntries");
    ck_assert_uint_eq(tenon_db_error(db)->item, bad[_i]);
    ck_effect(TENON_EFFECT_NONE);
    ck_stored("0");
    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
    free(entries);
}
END_TEST

START_TEST(a_failure_of_no_row_names_none)
{
    static const rt_load_entries_params one[] = {{1, "a"}};
    int64_t rows;

    server_ask("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
               " $$ BEGIN RAISE EXCEPTION 'not these'; END $$;"
               "CREATE TRIGGER refuse AFTER INSERT ON entry"
               " FOR EACH STATEMENT EXECUTE FUNCTION refuse()");
    ck_status(TENON_SQL_ERROR, rt_load_entries(db, one, 1, &rows));
    ck_assert_str_eq(tenon_db_error(db)->message, "not these");
    ck_assert_uint_eq(tenon_db_error(db)->item, TENON_NO_ITEM);
    ck_effect(TENON_EFFECT_NONE);
    ck_stored("0");
}
END_TEST

START_TEST(a_row_that_cannot_be_bound_ends_the_copy)
{
    static const rt_load_entries_params without_note[] = {{1, "a"}, {2, NULL}};
    int64_t rows;

    ck_status(TENON_INVALID_ARGUMENT, rt_load_entries(db, without_note, 2, &rows));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_effect(TENON_EFFECT_NONE);
    ck_stored("0");
    ck_usable(db);
}
END_TEST

/* Much has been sent when the client gives up; the server must not take it for all there is. */
START_TEST(a_copy_given_up_late_stores_nothing)
{
    const size_t n = 3000;
    char note[901];
    int64_t rows;

    memset(note, 'n', sizeof note - 1);
    note[sizeof note - 1] = '\0';
    rt_load_entries_params *entries = rows_of(n, note);
    entries[n - 1].note = NULL;
    /* Lengths at which a flush of 64 KiB ends behind a row, before one, or inside of one. */
    for (size_t cut = 0; cut < 3; cut++) {
        note[900 - cut] = '\0';
        ck_status(TENON_INVALID_ARGUMENT, rt_load_entries(db, entries, n, &rows));
        ck_assert_uint_eq(tenon_db_error(db)->item, n - 1);
        ck_stored("0");
    }
    ck_ask("SELECT pg_relation_size('entry') > 0", "t"); /* rows had arrived */
    free(entries);
}
END_TEST

START_TEST(a_copy_given_up_between_two_rows_stores_nothing)
{
    /* Signature and header have 19 bytes, a row 14 and its note: the buffer is full at row ends. */
    static char first[65536 - 19 - 14 + 1], note[65536 - 14 + 1];
    rt_load_entries_params rows[4] = {{1, first}, {2, note}, {3, note}, {4, NULL}};
    int64_t count;

    memset(first, 'f', sizeof first - 1);
    memset(note, 'n', sizeof note - 1);
    ck_status(TENON_INVALID_ARGUMENT, rt_load_entries(db, rows, 4, &count));
    ck_stored("0");
    rows[3].note = "good";
    ck_status(TENON_OK, rt_load_entries(db, rows, 4, &count));
    ck_stored("4");
}
END_TEST

/* The server may say no long before the client has sent all: the error is read, not waited for. */
START_TEST(an_early_refusal_is_read_while_sending)
{
    const size_t n = 200000;
    rt_load_entries_params *entries = rows_of(n, "a note that fills the socket's buffers");
    int64_t rows;

    entries[1].id = 0;
    tenon_db_set_timeout(db, 10000);
    ck_status(TENON_UNIQUE_VIOLATION, rt_load_entries(db, entries, n, &rows));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_usable(db);
    free(entries);
}
END_TEST

/* A server that talks while it takes rows: nobody may wait for the other. */
START_TEST(a_talkative_copy_does_not_block)
{
    const size_t n = 20000;
    rt_load_entries_params *entries = rows_of(n, "note");
    int64_t rows;

    server_ask("CREATE FUNCTION talk() RETURNS trigger LANGUAGE plpgsql AS"
               " $$ BEGIN RAISE WARNING '%', repeat('x', 1000); RETURN NEW; END $$;"
               "CREATE TRIGGER talk BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION talk()");
    tenon_db_set_timeout(db, 15000);
    tenon_db_set_limits(db, (tenon_limits){.max_bytes = TENON_NO_LIMIT});
    ck_status(TENON_OK, rt_load_entries(db, entries, n, &rows));
    ck_assert_int_eq(rows, (int64_t)n);
    free(entries);
}
END_TEST

/* --- Row by row --- */

static rt_load_entries_copy *begin_with(int n_rows)
{
    rt_load_entries_copy *copy = rt_load_entries_begin(db);

    for (int i = 0; i < n_rows; i++)
        ck_status(TENON_OK, rt_load_entries_row(copy, &three[i]));
    return copy;
}

START_TEST(a_copy_may_go_row_by_row)
{
    int64_t rows = -1;

    rt_load_entries_copy *copy = begin_with(3);
    ck_stored("0");
    ck_status(TENON_OK, rt_load_entries_end(copy, &rows));
    ck_assert_int_eq(rows, 3);
    ck_stored("3");
    ck_status(TENON_UNIQUE_VIOLATION, rt_load_entries_end(begin_with(2), &rows));
    ck_assert_uint_eq(tenon_db_error(db)->item, 0);
    ck_assert_int_eq(rt_load_entries_end(NULL, &rows), TENON_OUT_OF_MEMORY);
    ck_usable(db);
}
END_TEST

/* However long the program has made it wait. */
START_TEST(each_wait_of_a_copy_has_its_own_deadline)
{
    static char note[4 << 20];
    const rt_load_entries_params large = {9, note};
    int64_t rows;

    memset(note, 'x', sizeof note - 1);
    tenon_db_set_timeout(db, 1000);
    rt_load_entries_copy *copy = begin_with(3);
    pause_ms(1100);
    ck_status(TENON_OK, rt_load_entries_row(copy, &large));
    ck_status(TENON_OK, rt_load_entries_end(copy, &rows));
    ck_stored("4");
}
END_TEST

START_TEST(a_copy_that_was_abandoned_stores_nothing)
{
    static const rt_load_entries_params without_note = {9, NULL};

    ck_status(TENON_CANCELED, rt_load_entries_abandon(begin_with(_i)));
    ck_effect(TENON_EFFECT_NONE);
    ck_assert_uint_eq(tenon_db_error(db)->item, TENON_NO_ITEM);
    ck_stored("0");
    ck_usable(db);
    /* What has failed before is what is told. */
    rt_load_entries_copy *copy = begin_with(_i);
    ck_status(TENON_INVALID_ARGUMENT, rt_load_entries_row(copy, &without_note));
    ck_status(TENON_INVALID_ARGUMENT, rt_load_entries_abandon(copy));
    ck_assert_uint_eq(tenon_db_error(db)->item, (size_t)_i);
    ck_assert_int_eq(rt_load_entries_abandon(NULL), TENON_OUT_OF_MEMORY);
    ck_stored("0");
    ck_usable(db);
}
END_TEST

START_TEST(the_end_of_a_transaction_gives_an_open_copy_up)
{
    int64_t rows = -1;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "beside it"}));
    rt_load_entries_copy *copy = begin_with(3);
    ck_status(TENON_INVALID_ARGUMENT,
              rt_add_entry(db, &(rt_add_entry_params){.id = 2, .note = "in its way"}));
    tenon_status ended = _i == 0 ? tenon_commit(db) : tenon_rollback(db);
    ck_assert_int_eq(ended == TENON_OK, _i == 1); /* a COPY that failed fails the transaction */
    ck_assert_int_eq(tenon_depth(db), 0);
    ck_status(TENON_INVALID_ARGUMENT, rt_load_entries_row(copy, &three[0]));
    ck_assert_int_eq(rt_load_entries_end(copy, &rows), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(rows, -1);
    ck_stored("0");
    ck_usable(db);
}
END_TEST

START_TEST(a_closed_connection_leaves_a_copy_to_be_ended)
{
    int64_t rows;

    rt_load_entries_copy *copy = begin_with(3);
    server_teardown();
    ck_assert_int_eq(rt_load_entries_row(copy, &three[0]), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(rt_load_entries_end(copy, &rows), TENON_INVALID_ARGUMENT);
    server_setup();
    ck_stored("0");
}
END_TEST

/* --- Around it --- */

START_TEST(a_copy_lives_in_a_transaction)
{
    int64_t rows;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "beside it"}));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_UNIQUE_VIOLATION, rt_load_entries(db, three, 3, &rows));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_status(TENON_OK, tenon_commit(db));
    ck_stored("4");
}
END_TEST

START_TEST(a_copy_prepares_nothing)
{
    int32_t count = -1;
    int64_t rows;

    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
    ck_status(TENON_OK, rt_prepared_count(db, &count));
    ck_assert_int_eq(count, 0);
}
END_TEST

START_TEST(a_copy_to_a_frozen_server_ends_by_its_deadline)
{
    const size_t n = 200000;
    rt_load_entries_params *entries = rows_of(n, "a note that fills the socket's buffers");
    struct proxy proxy;
    tenon_db *behind;
    int64_t rows;

    proxy_start(&proxy);
    ck_status(TENON_OK, tenon_db_open(proxy.conninfo, NULL, &behind));
    ck_usable(behind);
    tenon_db_set_timeout(behind, 300);
    proxy.hold_answers = true;
    double before = now_ms();
    ck_assert_int_eq(rt_load_entries(behind, entries, n, &rows), TENON_TIMEOUT);
    ck_assert_double_lt(now_ms() - before, 3000);
    tenon_db_close(behind);
    proxy_stop(&proxy);
    free(entries);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("copy");
    TCase *tcase = tcase_create("all");

    server_init("copy");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_copy_stores_every_row);
    tcase_add_test(tcase, a_copy_of_nullable_columns_keeps_nulls);
    tcase_add_test(tcase, a_copy_of_many_and_large_rows);
    tcase_add_loop_test(tcase, a_copy_that_the_server_refuses_names_the_row_and_stores_nothing, 0,
                        3);
    tcase_add_test(tcase, a_failure_of_no_row_names_none);
    tcase_add_test(tcase, a_row_that_cannot_be_bound_ends_the_copy);
    tcase_add_test(tcase, a_copy_given_up_late_stores_nothing);
    tcase_add_test(tcase, a_copy_given_up_between_two_rows_stores_nothing);
    tcase_add_test(tcase, an_early_refusal_is_read_while_sending);
    tcase_add_test(tcase, a_talkative_copy_does_not_block);
    tcase_add_test(tcase, a_copy_may_go_row_by_row);
    tcase_add_test(tcase, each_wait_of_a_copy_has_its_own_deadline);
    tcase_add_loop_test(tcase, a_copy_that_was_abandoned_stores_nothing, 0, 3);
    tcase_add_loop_test(tcase, the_end_of_a_transaction_gives_an_open_copy_up, 0, 2);
    tcase_add_test(tcase, a_closed_connection_leaves_a_copy_to_be_ended);
    tcase_add_test(tcase, a_copy_lives_in_a_transaction);
    tcase_add_test(tcase, a_copy_prepares_nothing);
    tcase_add_test(tcase, a_copy_to_a_frozen_server_ends_by_its_deadline);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
