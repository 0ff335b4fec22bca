/* Batches: many parameter sets in one round trip, all or nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rt/entries.h>
#include <rt/probes.h>

#include "server.h"

#define ck_stored(expected) ck_ask("SELECT count(*) FROM entry", expected)

static const rt_add_entries_params three[] = {{10, "ten"}, {11, "eleven"}, {20, "twenty"}};

START_TEST(a_batch_stores_every_item)
{
    for (int round = 0; round < 2; round++) { /* the second time it is prepared already */
        ck_status(TENON_OK, rt_add_entries(db, three, 3));
        ck_stored("3");
        ck_status(TENON_OK, tenon_exec(db, "TRUNCATE entry"));
    }
}
END_TEST

START_TEST(an_empty_batch_does_nothing)
{
    rt_entry_row_list list = {9, NULL};

    ck_status(TENON_OK, rt_add_entries(db, NULL, 0));
    ck_status(TENON_OK, rt_entry_of_group(db, mem, NULL, 0, &list));
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(a_failed_item_undoes_the_batch_and_is_named)
{
    static const rt_add_entries_params twice[] = {{1, "a"}, {2, "b"}, {1, "again"}, {3, "c"}};

    for (int round = 0; round < 2; round++) {
        ck_status(TENON_UNIQUE_VIOLATION, rt_add_entries(db, twice, 4));
        ck_assert_uint_eq(tenon_db_error(db)->item, 2);
        ck_assert_str_eq(tenon_db_error(db)->constraint_name, "entry_pkey");
        ck_effect(TENON_EFFECT_NONE);
        ck_stored("0");
    }
    ck_status(TENON_OK, rt_add_entries(db, three, 3));
}
END_TEST

START_TEST(an_item_that_cannot_be_bound_leaves_nothing_behind)
{
    static const rt_add_entries_params without_note[] = {{1, "a"}, {2, NULL}};

    ck_status(TENON_INVALID_ARGUMENT, rt_add_entries(db, without_note, 2));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_effect(TENON_EFFECT_NONE);
    ck_stored("0");
    ck_status(TENON_OK, rt_add_entries(db, three, 3));
}
END_TEST

START_TEST(a_failed_batch_fails_its_transaction)
{
    static const rt_add_entries_params twice[] = {{1, "a"}, {1, "again"}};

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_add_entries(db, three, 3));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_UNIQUE_VIOLATION, rt_add_entries(db, twice, 2));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_status(TENON_OK, tenon_commit(db));
    ck_stored("3");
}
END_TEST

START_TEST(each_item_has_its_rows)
{
    static const rt_entries_of_group_params groups[] = {{2}, {7}, {1}};
    rt_entries_of_group_lists lists;

    ck_status(TENON_OK, rt_add_entries(db, three, 3));
    ck_status(TENON_OK, rt_entries_of_group(db, mem, groups, 3, &lists));
    ck_assert_uint_eq(lists.count, 3);
    ck_assert_uint_eq(lists.items[0].count, 1);
    ck_assert_str_eq(lists.items[0].items[0].note, "twenty");
    ck_assert_uint_eq(lists.items[1].count, 0);
    ck_assert_uint_eq(lists.items[2].count, 2);
    ck_assert_str_eq(lists.items[2].items[1].note, "eleven");
    ck_usable(db);
}
END_TEST

/* The server's results go before the caller has read what was made of them. */
START_TEST(what_is_read_of_each_item_stays)
{
    static const rt_json_of_each_params items[] = {{"[1]"}, {"[2]"}, {"[3]"}};
    rt_json_of_each_list values;

    ck_status(TENON_OK, rt_json_of_each(db, mem, items, 3, &values));
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(values.items[i], items[i].value);
}
END_TEST

/* libpq carries the mode in which a stream is read over into a pipeline. */
START_TEST(a_batch_behind_a_stream_has_all_its_rows)
{
    static const rt_entries_of_group_params groups[] = {{1}, {7}, {2}};
    rt_entries_of_group_lists lists;

    ck_status(TENON_OK, rt_add_entries(db, three, 3));
    for (int round = 0; round < 3; round++) { /* from the second on all is prepared */
        rt_stream_numbers *stream = rt_stream_numbers_begin(db, 10);
        while ((_i == 0 || round == 2) && rt_stream_numbers_next(stream) != NULL)
            continue;
        ck_status(TENON_OK, rt_stream_numbers_end(stream));
        ck_status(TENON_OK, rt_entries_of_group(db, mem, groups, 3, &lists));
        ck_assert_uint_eq(lists.items[0].count, 2);
        ck_assert_uint_eq(lists.items[1].count, 0);
        ck_assert_uint_eq(lists.items[2].count, 1);
    }
}
END_TEST

START_TEST(batchone_wants_one_row_for_each)
{
    static const rt_entry_of_group_params good[] = {{2}, {2}}, none[] = {{2}, {5}, {2}},
                                          many[] = {{2}, {2}, {1}};
    rt_entry_row_list list;

    ck_status(TENON_OK, rt_add_entries(db, three, 3));
    ck_status(TENON_OK, rt_entry_of_group(db, mem, good, 2, &list));
    ck_assert_int_eq(list.items[1].id, 20);
    ck_status(TENON_NO_ROW, rt_entry_of_group(db, mem, none, 3, &list));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_status(TENON_MANY_ROWS, rt_entry_of_group(db, mem, many, 3, &list));
    ck_assert_uint_eq(tenon_db_error(db)->item, 2);
    ck_usable(db);
}
END_TEST

/* An arena is used again, and what it held is no row. */
START_TEST(what_a_failed_batch_has_not_reached_is_zero)
{
    static const rt_entry_of_group_params none[] = {{2}, {5}, {2}, {2}};
    rt_entry_row_list list;

    ck_status(TENON_OK, rt_add_entries(db, three, 3));
    memset(tenon_arena_alloc(mem, 900), 0xee, 900);
    tenon_arena_reset(mem);
    ck_status(TENON_NO_ROW, rt_entry_of_group(db, mem, none, 4, &list));
    ck_assert_uint_eq(list.count, 4);
    ck_assert_int_eq(list.items[0].id, 20); /* what it has reached is there */
    for (size_t i = 1; i < 4; i++) {
        ck_assert_int_eq(list.items[i].id, 0);
        ck_assert_ptr_null(list.items[i].note);
    }
}
END_TEST

START_TEST(batchone_of_a_write_gives_each_its_row)
{
    static const rt_insert_entries_params items[] = {{5, "five"}, {3, "three"}};
    static const rt_insert_entries_params twice[] = {{8, "eight"}, {3, "again"}};
    rt_insert_entries_list ids;

    for (int round = 0; round < 2; round++) {
        ck_status(TENON_OK, rt_insert_entries(db, mem, items, 2, &ids));
        ck_assert_uint_eq(ids.count, 2);
        ck_assert_int_eq(ids.items[0], 5);
        ck_assert_int_eq(ids.items[1], 3);
        ck_assert_int_eq(tenon_depth(db), 0);
        ck_stored("2");
        ck_status(TENON_UNIQUE_VIOLATION, rt_insert_entries(db, mem, twice, 2, &ids));
        ck_assert_uint_eq(tenon_db_error(db)->item, 1);
        ck_stored("2");
        ck_status(TENON_OK, tenon_exec(db, "TRUNCATE entry"));
    }
}
END_TEST

START_TEST(a_batch_asks_for_an_arena)
{
    static const rt_entry_of_group_params groups[] = {{2}};
    rt_entry_row_list list;

    ck_status(TENON_INVALID_ARGUMENT, rt_entry_of_group(db, NULL, groups, 1, &list));
    ck_usable(db);
}
END_TEST

START_TEST(a_batch_is_sent_again_after_discard_all)
{
    ck_status(TENON_OK, rt_add_entries(db, three, 1));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    ck_status(TENON_OK, rt_add_entries(db, three + 1, 2));
    ck_stored("3");
}
END_TEST

/* The transaction that it is judged in is begun again with it; one that is the program's has
 * failed.
 */
START_TEST(a_judged_batch_is_sent_again_after_discard_all)
{
    static const rt_insert_entries_params items[] = {{1, "one"}, {2, "two"}, {3, "three"}};
    rt_insert_entries_list ids;

    ck_status(TENON_OK, rt_insert_entries(db, mem, items, 1, &ids));
    ck_status(TENON_OK, tenon_exec(db, "DEALLOCATE ALL"));
    ck_status(TENON_OK, rt_insert_entries(db, mem, items + 1, 1, &ids));
    ck_stored("2");
    ck_status(TENON_OK, tenon_exec(db, "DEALLOCATE ALL"));
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_insert_entries(db, mem, items + 2, 1, &ids));
    ck_stored("2");
    ck_status(TENON_OK, tenon_commit(db));
    ck_stored("3");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, tenon_exec(db, "DEALLOCATE ALL"));
    ck_status(TENON_SQL_ERROR, rt_insert_entries(db, mem, items, 1, &ids));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "26000");
    ck_status(TENON_OK, tenon_rollback(db));
    ck_stored("3");
}
END_TEST

START_TEST(a_batch_works_without_names)
{
    const tenon_db_options options = {.unnamed = true};
    tenon_db *other;
    int32_t count = -1;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_assert_int_eq(rt_add_entries(other, three, 3), TENON_OK);
    ck_stored("3");
    ck_assert_int_eq(rt_prepared_count(other, &count), TENON_OK);
    ck_assert_int_eq(count, 0);
    tenon_db_close(other);
}
END_TEST

/* What it did to texts the server says behind them all, where it is 14 or newer. */
START_TEST(a_batch_that_changes_client_encoding_has_no_texts)
{
    static const rt_set_each_params items[] = {{"client_encoding", "LATIN1"},
                                               {"application_name", "a"}};
    rt_set_each_lists lists;

    ck_status(TENON_BAD_VALUE, rt_set_each(db, mem, items, 2, &lists));
    ck_effect(TENON_EFFECT_DONE);
    ck_assert_uint_eq(tenon_db_error(db)->item, TENON_NO_ITEM);
    ck_assert_uint_eq(lists.items[0].count, 0);
    ck_status(TENON_INVALID_ARGUMENT, rt_add_entries(db, three, 3));
    ck_stored("0");
    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = UTF8"));
    ck_status(TENON_OK, rt_set_each(db, mem, items + 1, 1, &lists));
    ck_status(TENON_OK, rt_add_entries(db, three, 3));
}
END_TEST

/* More than the socket's buffers hold, in both directions at once. */
START_TEST(a_large_batch_does_not_block)
{
    const int32_t n = 5000;
    rt_entries_of_group_params *groups = malloc((size_t)n * sizeof *groups);
    rt_entries_of_group_lists lists;

    ck_status(TENON_OK, tenon_exec(db, "INSERT INTO entry SELECT g, repeat('x', 200)"
                                       " FROM generate_series(10, 19) g"));
    for (int32_t i = 0; i < n; i++)
        groups[i].group = 1;
    tenon_db_set_limits(db, (tenon_limits){.max_bytes = TENON_NO_LIMIT});
    ck_status(TENON_OK, rt_entries_of_group(db, mem, groups, (size_t)n, &lists));
    ck_assert_uint_eq(lists.items[n - 1].count, 10);
    free(groups);
}
END_TEST

/* --- The same INSERT as :exec, :batchexec and :copyfrom --- */

static void store(int how, int32_t id)
{
    const rt_add_entries_params item = {id, "batch"};
    const rt_load_entries_params row = {id, "copy"};
    int64_t rows;

    if (how == 0)
        ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = id, .note = "exec"}));
    else if (how == 1)
        ck_status(TENON_OK, rt_add_entries(db, &item, 1));
    else
        ck_status(TENON_OK, rt_load_entries(db, &row, 1, &rows));
}

/* In each order, for none may take what another has prepared for its own. */
START_TEST(the_ways_to_store_do_not_get_in_each_others_way)
{
    for (int first = 0; first < 3; first++)
        for (int second = 0; second < 3; second++) {
            server_teardown();
            server_setup_schema();
            if (_i == 1)
                ck_status(TENON_OK, tenon_begin(db, NULL));
            store(first, 1);
            store(second, 2);
            store(first, 3);
            if (_i == 1)
                ck_status(TENON_OK, tenon_commit(db));
            ck_stored("3");
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("batch");
    TCase *tcase = tcase_create("all");

    server_init("batch");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_batch_stores_every_item);
    tcase_add_test(tcase, an_empty_batch_does_nothing);
    tcase_add_test(tcase, a_failed_item_undoes_the_batch_and_is_named);
    tcase_add_test(tcase, an_item_that_cannot_be_bound_leaves_nothing_behind);
    tcase_add_test(tcase, a_failed_batch_fails_its_transaction);
    tcase_add_test(tcase, each_item_has_its_rows);
    tcase_add_test(tcase, what_is_read_of_each_item_stays);
    tcase_add_loop_test(tcase, a_batch_behind_a_stream_has_all_its_rows, 0, 2);
    tcase_add_test(tcase, batchone_wants_one_row_for_each);
    tcase_add_test(tcase, what_a_failed_batch_has_not_reached_is_zero);
    tcase_add_test(tcase, batchone_of_a_write_gives_each_its_row);
    tcase_add_test(tcase, a_batch_asks_for_an_arena);
    tcase_add_test(tcase, a_batch_is_sent_again_after_discard_all);
    tcase_add_test(tcase, a_judged_batch_is_sent_again_after_discard_all);
    tcase_add_test(tcase, a_batch_works_without_names);
    tcase_add_test(tcase, a_batch_that_changes_client_encoding_has_no_texts);
    tcase_add_test(tcase, a_large_batch_does_not_block);
    tcase_add_loop_test(tcase, the_ways_to_store_do_not_get_in_each_others_way, 0, 2);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
