/* Calls against a server: rows, errors, results of another shape. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "internal.h"
#include "items.h"

START_TEST(many_reads_every_row_in_order)
{
    item_list list;

    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_assert_uint_eq(list.count, 3);
    ck_assert_str_eq(list.items[0].name, "one");
    ck_assert_ptr_null(list.items[0].note);
    ck_assert(!list.items[0].price.present);
    ck_assert_str_eq(list.items[1].note, "");
    ck_assert(list.items[1].price.present);
    ck_assert_int_eq(list.items[2].price.value, -3);
}
END_TEST

START_TEST(many_without_rows_is_an_empty_list)
{
    item_list list = {7, NULL};

    ck_status(TENON_OK, find_many(db, 99, &list));
    ck_assert_uint_eq(list.count, 0);
    ck_assert_ptr_null(list.items);
}
END_TEST

START_TEST(one_and_opt_count_the_rows)
{
    item row = {.id = -1};
    bool found = true;

    ck_status(TENON_OK, find_one(db, 3, &row));
    ck_assert_int_eq(row.id, 3);
    ck_status(TENON_NO_ROW, find_one(db, 4, &row));
    ck_assert_str_eq(tenon_db_error(db)->query, "FindItem");
    ck_status(TENON_MANY_ROWS, find_one(db, 2, &row));
    ck_status(TENON_OK, find_opt(db, 3, &found, &row));
    ck_assert(found);
    row.id = -1;
    ck_status(TENON_OK, find_opt(db, 4, &found, &row));
    ck_assert(!found);
    ck_assert_int_eq(row.id, -1);
    ck_status(TENON_MANY_ROWS, find_opt(db, 1, &found, &row));
    ck_assert(!found);
}
END_TEST

START_TEST(results_outlive_the_connection)
{
    item_list list;

    ck_status(TENON_OK, find_many(db, 1, &list));
    tenon_db_close(db);
    ck_assert_str_eq(list.items[2].note, "last");
    tenon_arena_reset(mem);
    ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &db));
}
END_TEST

START_TEST(both_ways_to_the_cells_give_the_same)
{
    item_list borrowed, copied;

    if (getenv("TENON_TEST_DOCUMENTED_LIBPQ") == NULL)
        ck_assert(db->borrows); /* the layout of this libpq is known */
    db->borrows = true;
    ck_status(TENON_OK, find_many(db, 1, &borrowed));
    db->borrows = false;
    ck_status(TENON_OK, find_many(db, 1, &copied));
    ck_assert_uint_eq(borrowed.count, copied.count);
    for (size_t i = 0; i < copied.count; i++) {
        ck_assert_int_eq(borrowed.items[i].id, copied.items[i].id);
        ck_assert_str_eq(borrowed.items[i].name, copied.items[i].name);
        ck_assert_pstr_eq(borrowed.items[i].note, copied.items[i].note);
        ck_assert_int_eq(borrowed.items[i].price.present, copied.items[i].price.present);
    }
}
END_TEST

START_TEST(exec_counts_what_it_changed)
{
    const item row = {.id = 4, .name = "four", .price = TENON_SOME(4)};
    int64_t rows = -1;

    ck_status(TENON_OK, add(db, &row, &rows));
    ck_assert_int_eq(rows, 1);
    ck_assert_str_eq(server_ask("SELECT row(item)::text FROM item WHERE id = 4"),
                     "(\"(4,four,,4)\")");
}
END_TEST

START_TEST(a_violation_names_its_constraint)
{
    static const tenon__constraint constraints[] = {{"item_pkey", 1}, {"name_is_short", 2}};
    const item taken = {.id = 1, .name = "again"}, too_long = {.id = 9, .name = "0123456789"};

    ck_status(TENON_UNIQUE_VIOLATION, add(db, &taken, NULL));
    const tenon_error *error = tenon_db_error(db);
    ck_assert_str_eq(error->sqlstate, "23505");
    ck_assert_str_eq(error->constraint_name, "item_pkey");
    ck_assert_str_eq(error->table_name, "item");
    ck_assert_str_eq(error->schema_name, "public");
    ck_assert_str_eq(error->detail, "Key (id)=(1) already exists.");
    ck_assert_str_eq(error->severity, "ERROR");
    ck_assert_str_eq(error->query, "AddItem");
    ck_assert_int_eq(tenon__constraint_of_error(db, constraints, 2, 0), 1);
    ck_status(TENON_CHECK_VIOLATION, add(db, &too_long, NULL));
    ck_assert_int_eq(tenon__constraint_of_error(db, constraints, 2, 0), 2);
    ck_assert_int_eq(tenon__constraint_of_error(db, constraints, 1, 0), 0);
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
}
END_TEST

static const struct {
    const char *sql;
    tenon_status status;
    const char *sqlstate;
} server_errors[] = {
    {"INSERT INTO item VALUES (1, NULL)", TENON_NOT_NULL_VIOLATION, "23502"},
    {"CREATE TABLE part (item int REFERENCES item); INSERT INTO part VALUES (77)",
     TENON_FOREIGN_KEY_VIOLATION, "23503"},
    {"CREATE TABLE span (r int4range, EXCLUDE USING gist (r WITH &&));"
     "INSERT INTO span VALUES ('[1,5]'), ('[3,4]')",
     TENON_EXCLUSION_VIOLATION, "23P01"},
    {"SELECT 1/0", TENON_SQL_ERROR, "22012"},
    {"SELEC 1", TENON_SQL_ERROR, "42601"},
    {"SET statement_timeout = 20; SELECT pg_sleep(5)", TENON_TIMEOUT, "57014"},
    {"DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", TENON_SERIALIZATION_FAILURE, "40001"},
    {"DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$", TENON_DEADLOCK, "40P01"},
};

START_TEST(a_server_error_becomes_its_status)
{
    ck_status(server_errors[_i].status, tenon_exec(db, server_errors[_i].sql));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, server_errors[_i].sqlstate);
    ck_assert(tenon_db_is_open(db));
}
END_TEST

START_TEST(the_place_of_a_syntax_error_is_told)
{
    ck_status(TENON_SQL_ERROR, tenon_exec(db, "SELECT nothing"));
    ck_assert_int_eq(tenon_db_error(db)->position, 8);
    ck_assert_str_eq(tenon_db_error(db)->source_function, "errorMissingColumn");
}
END_TEST

START_TEST(a_null_for_a_not_null_text_is_refused_before_it_is_sent)
{
    const item row = {.id = 5};

    ck_status(TENON_INVALID_ARGUMENT, add(db, &row, NULL));
    ck_assert_str_eq(tenon_db_error(db)->message,
                     "query AddItem: parameter name is NULL, but is declared NOT NULL");
}
END_TEST

START_TEST(a_missing_connection_is_an_invalid_argument)
{
    item_list list;
    int64_t rows;
    const item row = {.id = 5, .name = "five"};

    ck_assert_int_eq(find_many(NULL, 1, &list), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(add(NULL, &row, &rows), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_begin(NULL, NULL), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_exec(NULL, "SELECT 1"), TENON_INVALID_ARGUMENT);
    ck_assert_str_eq(tenon_db_error(NULL)->message, "out of memory");
    tenon_db_close(NULL);
    tenon_arena_destroy(NULL);
    tenon_arena_reset(NULL);
}
END_TEST

static const struct {
    const char *change;
    tenon_status status;
    const char *message;
} drifts[] = {
    {"ALTER TABLE item ALTER price TYPE int USING price::int", TENON_SCHEMA_MISMATCH,
     "query FindItem: column 4 \"price\" is integer, but the code was generated for bigint"},
    {"ALTER TABLE item ALTER name TYPE varchar(20)", TENON_SCHEMA_MISMATCH,
     "query FindItem: column 2 \"name\" is character varying, but the code was generated for text"},
    {"ALTER TABLE item DROP price", TENON_SQL_ERROR, "column \"price\" does not exist"},
    {"CREATE DOMAIN cents AS bigint; ALTER TABLE item ALTER price TYPE cents", TENON_OK, ""},
    {"ALTER TABLE item ALTER name DROP NOT NULL; UPDATE item SET name = NULL WHERE id = 2",
     TENON_BAD_VALUE, "query FindItem: column 2 \"name\" is NULL, which was ruled out"},
};

/* Both for a statement that was prepared before the change and for one that was not. */
START_TEST(a_schema_that_moved_is_never_misread)
{
    item_list list;

    if (_i % 2 == 0)
        ck_status(TENON_OK, find_many(db, 1, &list));
    server_ask(drifts[_i / 2].change);
    ck_status(drifts[_i / 2].status, find_many(db, 1, &list));
    ck_assert_str_eq(tenon_db_error(db)->message, drifts[_i / 2].message);
    server_ask("DROP TABLE item; DROP DOMAIN IF EXISTS cents");
}
END_TEST

START_TEST(a_type_of_the_schema_has_to_be_one)
{
    static const uint32_t of_the_schema[] = {0};
    static const tenon__statement statement = {.query = "Wrong",
                                               .key = "tenon_test_wrong",
                                               .sql = "SELECT 1",
                                               .n_columns = 1,
                                               .column_types = of_the_schema};
    tenon__call call;

    tenon__begin(&call, db, &statement);
    ck_assert(!tenon__fetch_into(&call, mem));
    ck_status(TENON_SCHEMA_MISMATCH, tenon__end(&call));
    ck_assert_str_eq(tenon_db_error(db)->message,
                     "query Wrong: column 1 \"?column?\" is integer, but the code was generated "
                     "for a type of the schema");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("call");
    TCase *tcase = tcase_create("all");

    server_init("call");
    tcase_add_checked_fixture(tcase, items_setup, items_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, many_reads_every_row_in_order);
    tcase_add_test(tcase, many_without_rows_is_an_empty_list);
    tcase_add_test(tcase, one_and_opt_count_the_rows);
    tcase_add_test(tcase, results_outlive_the_connection);
    tcase_add_test(tcase, both_ways_to_the_cells_give_the_same);
    tcase_add_test(tcase, exec_counts_what_it_changed);
    tcase_add_test(tcase, a_violation_names_its_constraint);
    tcase_add_loop_test(tcase, a_server_error_becomes_its_status, 0,
                        sizeof server_errors / sizeof *server_errors);
    tcase_add_test(tcase, the_place_of_a_syntax_error_is_told);
    tcase_add_test(tcase, a_null_for_a_not_null_text_is_refused_before_it_is_sent);
    tcase_add_test(tcase, a_missing_connection_is_an_invalid_argument);
    tcase_add_loop_test(tcase, a_schema_that_moved_is_never_misread, 0,
                        2 * sizeof drifts / sizeof *drifts);
    tcase_add_test(tcase, a_type_of_the_schema_has_to_be_one);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
