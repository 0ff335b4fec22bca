/* Batches and COPY. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

typedef struct entry {
    int32_t id;
    const char *note;
} entry;

typedef struct entry_list {
    size_t count;
    entry *items;
} entry_list;

typedef struct entry_lists {
    size_t count;
    entry_list *items;
} entry_lists;

static const uint32_t entry_types[] = {23, 25};

static const tenon__statement add_entry = {
    .query = "AddEntry",
    .key = "tenon_test_add_entry",
    .sql = "INSERT INTO entry (id, note) VALUES ($1, $2)",
    .n_params = 2,
    .param_types = entry_types,
};

static tenon_status add_entries(tenon_db *on, const entry *items, size_t count, int64_t *rows)
{
    tenon__call call;

    tenon__begin(&call, on, &add_entry);
    for (size_t i = 0; i < count && tenon__ok(&call); i++) {
        tenon__bind_int32(&call, items[i].id);
        tenon__bind_text(&call, "note", items[i].note);
        tenon__batch_add(&call);
    }
    return tenon__batch_end_exec(&call, rows);
}

static const tenon__statement find_entries = {
    .query = "FindEntries",
    .key = "tenon_test_find_entries",
    .sql = "SELECT id, note FROM entry WHERE id / 10 = $1 ORDER BY id",
    .n_params = 1,
    .param_types = entry_types,
    .n_columns = 2,
    .column_types = entry_types,
};

static void read_entry(tenon__call *call, entry *row)
{
    row->id = tenon__read_int32(call);
    row->note = tenon__read_text(call);
}

static void add_groups(tenon__call *call, tenon_db *on, const int32_t *groups, size_t count)
{
    tenon__begin(call, on, &find_entries);
    for (size_t i = 0; i < count && tenon__ok(call); i++) {
        tenon__bind_int32(call, groups[i]);
        tenon__batch_add(call);
    }
}

static tenon_status find_one_each(tenon_db *on, const int32_t *groups, size_t count,
                                  entry_list *rows)
{
    tenon__call call;

    add_groups(&call, on, groups, count);
    if (tenon__batch_send(&call, mem)) {
        rows->items = tenon__batch_alloc(&call, sizeof *rows->items, &rows->count);
        for (entry *row = rows->items; tenon__batch_next_one(&call); row++)
            read_entry(&call, row);
    }
    return tenon__batch_end(&call);
}

static tenon_status find_many_each(tenon_db *on, const int32_t *groups, size_t count,
                                   entry_lists *lists)
{
    tenon__call call;

    add_groups(&call, on, groups, count);
    if (tenon__batch_send(&call, mem)) {
        lists->items = tenon__batch_alloc(&call, sizeof *lists->items, &lists->count);
        for (entry_list *list = lists->items; tenon__batch_next(&call); list++) {
            list->items = tenon__alloc_rows(&call, sizeof *list->items, &list->count);
            for (entry *row = list->items; tenon__next_row(&call); row++)
                read_entry(&call, row);
        }
    }
    return tenon__batch_end(&call);
}

static const tenon__statement copy_entry = {
    .query = "CopyEntry",
    .sql = "COPY entry (id, note) FROM STDIN (FORMAT binary)",
    .copy_check = "SELECT id, note FROM entry",
    .n_params = 2,
    .param_types = entry_types,
    .n_columns = 2,
    .column_types = entry_types,
};

static tenon_status copy_entries(tenon_db *on, const entry *items, size_t count, int64_t *rows)
{
    tenon__call call;

    tenon__copy_begin(&call, on, &copy_entry);
    for (size_t i = 0; i < count && tenon__ok(&call); i++) {
        tenon__bind_int32(&call, items[i].id);
        tenon__bind_text(&call, "note", items[i].note);
        tenon__copy_row(&call);
    }
    return tenon__copy_end(&call, rows);
}

static void setup(void)
{
    server_setup();
    ck_status(TENON_OK, tenon_exec(db, "CREATE TABLE entry (id int PRIMARY KEY, note text)"));
}

static void teardown(void)
{
    server_ask("DROP TABLE entry");
    server_teardown();
}

#define ck_stored(expected) ck_assert_str_eq(server_ask("SELECT count(*) FROM entry"), expected)

static const entry three[] = {{10, "ten"}, {11, "eleven"}, {20, "twenty"}};

START_TEST(a_batch_stores_every_item)
{
    int64_t rows = -1;

    for (int round = 0; round < 2; round++) { /* the second time it is prepared already */
        ck_status(TENON_OK, add_entries(db, three, 3, &rows));
        ck_assert_int_eq(rows, 3);
        ck_stored("3");
        ck_status(TENON_OK, tenon_exec(db, "TRUNCATE entry"));
    }
}
END_TEST

START_TEST(an_empty_batch_does_nothing)
{
    int64_t rows = -1;
    entry_list list = {9, NULL};

    ck_status(TENON_OK, add_entries(db, NULL, 0, &rows));
    ck_assert_int_eq(rows, 0);
    ck_status(TENON_OK, find_one_each(db, NULL, 0, &list));
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(a_failed_item_undoes_the_batch_and_is_named)
{
    const entry twice[] = {{1, "a"}, {2, "b"}, {1, "again"}, {3, "c"}};

    for (int round = 0; round < 2; round++) {
        ck_status(TENON_UNIQUE_VIOLATION, add_entries(db, twice, 4, NULL));
        ck_assert_uint_eq(tenon_db_error(db)->item, 2);
        ck_assert_str_eq(tenon_db_error(db)->constraint_name, "entry_pkey");
        ck_stored("0");
    }
    ck_status(TENON_OK, add_entries(db, three, 3, NULL));
}
END_TEST

START_TEST(an_item_that_cannot_be_bound_leaves_nothing_behind)
{
    const entry without_note[] = {{1, "a"}, {2, NULL}};

    ck_status(TENON_INVALID_ARGUMENT, add_entries(db, without_note, 2, NULL));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_stored("0");
    ck_status(TENON_OK, add_entries(db, three, 3, NULL));
}
END_TEST

START_TEST(each_item_has_its_rows)
{
    const int32_t groups[] = {2, 7, 1};
    entry_lists lists;

    ck_status(TENON_OK, add_entries(db, three, 3, NULL));
    ck_status(TENON_OK, find_many_each(db, groups, 3, &lists));
    ck_assert_uint_eq(lists.count, 3);
    ck_assert_uint_eq(lists.items[0].count, 1);
    ck_assert_str_eq(lists.items[0].items[0].note, "twenty");
    ck_assert_uint_eq(lists.items[1].count, 0);
    ck_assert_uint_eq(lists.items[2].count, 2);
    ck_assert_str_eq(lists.items[2].items[1].note, "eleven");
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
}
END_TEST

START_TEST(batchone_wants_one_row_for_each)
{
    const int32_t good[] = {2, 2}, none[] = {2, 5, 2}, many[] = {2, 2, 1};
    entry_list list;

    ck_status(TENON_OK, add_entries(db, three, 3, NULL));
    ck_status(TENON_OK, find_one_each(db, good, 2, &list));
    ck_assert_int_eq(list.items[1].id, 20);
    ck_status(TENON_NO_ROW, find_one_each(db, none, 3, &list));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_status(TENON_MANY_ROWS, find_one_each(db, many, 3, &list));
    ck_assert_uint_eq(tenon_db_error(db)->item, 2);
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
}
END_TEST

START_TEST(a_batch_is_sent_again_after_discard_all)
{
    ck_status(TENON_OK, add_entries(db, three, 1, NULL));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    ck_status(TENON_OK, add_entries(db, three + 1, 2, NULL));
    ck_stored("3");
}
END_TEST

START_TEST(a_batch_works_without_names)
{
    const tenon_db_options options = {.unnamed = true};
    tenon_db *other;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_status(TENON_OK, add_entries(other, three, 3, NULL));
    ck_stored("3");
    int32_t count = -1;
    ck_status(TENON_OK,
              select_int(other, "SELECT count(*)::int FROM pg_prepared_statements", &count));
    ck_assert_int_le(count, 1); /* the unnamed one is not listed */
    tenon_db_close(other);
}
END_TEST

/* More than the socket's buffers hold, in both directions at once. */
START_TEST(a_large_batch_does_not_block)
{
    const int32_t n = 20000;
    int32_t *groups = malloc((size_t)n * sizeof *groups);
    entry_lists lists;

    ck_status(TENON_OK, tenon_exec(db, "INSERT INTO entry SELECT g, repeat('x', 200)"
                                       " FROM generate_series(10, 19) g"));
    for (int32_t i = 0; i < n; i++)
        groups[i] = 1;
    ck_status(TENON_OK, find_many_each(db, groups, (size_t)n, &lists));
    ck_assert_uint_eq(lists.items[n - 1].count, 10);
    free(groups);
}
END_TEST

/* --- COPY --- */

START_TEST(a_copy_stores_every_row)
{
    int64_t rows = -1;

    ck_status(TENON_OK, copy_entries(db, three, 3, &rows));
    ck_assert_int_eq(rows, 3);
    ck_assert_str_eq(server_ask("SELECT string_agg(id || note, ',' ORDER BY id) FROM entry"),
                     "10ten,11eleven,20twenty");
    ck_status(TENON_OK, copy_entries(db, NULL, 0, &rows));
    ck_assert_int_eq(rows, 0);
}
END_TEST

START_TEST(a_copy_of_many_and_large_rows)
{
    const size_t n = 30000, large = (size_t)3 << 20;
    entry *entries = malloc(n * sizeof *entries);
    char *note = malloc(large + 1);
    int64_t rows = 0;

    memset(note, 'n', large);
    note[large] = '\0';
    for (size_t i = 0; i < n; i++)
        entries[i] = (entry){(int32_t)i, i % 10000 == 5 ? note : "a note of usual length"};
    ck_status(TENON_OK, copy_entries(db, entries, n, &rows));
    ck_assert_int_eq(rows, (int64_t)n);
    ck_assert_str_eq(server_ask("SELECT sum(length(note)) FROM entry"), "10097118");
    free(note);
    free(entries);
}
END_TEST

START_TEST(a_copy_that_the_server_refuses_stores_nothing)
{
    const size_t n = 30000;
    entry *entries = malloc(n * sizeof *entries);

    for (size_t i = 0; i < n; i++)
        entries[i] = (entry){(int32_t)(i < 2 ? 1 : i), "note"};
    ck_status(TENON_UNIQUE_VIOLATION, copy_entries(db, entries, n, NULL));
    ck_assert_str_eq(tenon_db_error(db)->constraint_name, "entry_pkey");
    ck_stored("0");
    ck_status(TENON_OK, copy_entries(db, three, 3, NULL));
    free(entries);
}
END_TEST

START_TEST(a_row_that_cannot_be_bound_ends_the_copy)
{
    const entry without_note[] = {{1, "a"}, {2, NULL}};

    ck_status(TENON_INVALID_ARGUMENT, copy_entries(db, without_note, 2, NULL));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_stored("0");
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
}
END_TEST

START_TEST(a_copy_into_columns_that_moved_is_refused)
{
    server_ask("ALTER TABLE entry ALTER id TYPE bigint");
    ck_status(TENON_SCHEMA_MISMATCH, copy_entries(db, three, 3, NULL));
    server_ask("ALTER TABLE entry DROP note");
    ck_status(TENON_SQL_ERROR, copy_entries(db, three, 3, NULL));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "42703");
    ck_stored("0");
}
END_TEST

START_TEST(a_copy_lives_in_a_transaction)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, copy_entries(db, three, 3, NULL));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_stored("0");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("batch");
    TCase *batch = tcase_create("batch"), *copy = tcase_create("copy");

    server_init("batch");
    tcase_add_checked_fixture(batch, setup, teardown);
    tcase_set_timeout(batch, 60);
    tcase_add_test(batch, a_batch_stores_every_item);
    tcase_add_test(batch, an_empty_batch_does_nothing);
    tcase_add_test(batch, a_failed_item_undoes_the_batch_and_is_named);
    tcase_add_test(batch, an_item_that_cannot_be_bound_leaves_nothing_behind);
    tcase_add_test(batch, each_item_has_its_rows);
    tcase_add_test(batch, batchone_wants_one_row_for_each);
    tcase_add_test(batch, a_batch_is_sent_again_after_discard_all);
    tcase_add_test(batch, a_batch_works_without_names);
    tcase_add_test(batch, a_large_batch_does_not_block);
    suite_add_tcase(suite, batch);
    tcase_add_checked_fixture(copy, setup, teardown);
    tcase_set_timeout(copy, 60);
    tcase_add_test(copy, a_copy_stores_every_row);
    tcase_add_test(copy, a_copy_of_many_and_large_rows);
    tcase_add_test(copy, a_copy_that_the_server_refuses_stores_nothing);
    tcase_add_test(copy, a_row_that_cannot_be_bound_ends_the_copy);
    tcase_add_test(copy, a_copy_into_columns_that_moved_is_refused);
    tcase_add_test(copy, a_copy_lives_in_a_transaction);
    suite_add_tcase(suite, copy);
    return run_suite(suite);
}
