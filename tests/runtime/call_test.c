/* Calls against a server: rows, errors, results of another shape. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rt/accounts.h>
#include <rt/every.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "server.h"

START_TEST(many_reads_every_row_in_order)
{
    rt_item_row_list list;

    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_assert_uint_eq(list.count, 3);
    ck_assert_str_eq(list.items[0].name, "one");
    ck_assert_ptr_null(list.items[0].note.or_null);
    ck_assert(!list.items[0].price.present);
    ck_assert_str_eq(list.items[1].note.or_null, "");
    ck_assert(list.items[1].price.present);
    ck_assert_int_eq(list.items[2].price.value, -3);
}
END_TEST

START_TEST(many_without_rows_is_an_empty_list)
{
    rt_item_row_list list = {7, NULL};

    ck_status(TENON_OK, rt_list_items(db, mem, 99, &list));
    ck_assert_uint_eq(list.count, 0);
    ck_assert_ptr_null(list.items);
}
END_TEST

START_TEST(one_and_opt_count_the_rows)
{
    rt_item_row row = {.id = -1};
    bool found = true;

    ck_status(TENON_OK, rt_get_item(db, mem, 3, &row));
    ck_assert_int_eq(row.id, 3);
    ck_status(TENON_NO_ROW, rt_get_item(db, mem, 4, &row));
    ck_assert_str_eq(tenon_db_error(db)->query, "GetItem");
    ck_status(TENON_MANY_ROWS, rt_get_item(db, mem, 2, &row));
    ck_status(TENON_OK, rt_find_item(db, mem, 3, &found, &row));
    ck_assert(found);
    row.id = -1;
    ck_status(TENON_OK, rt_find_item(db, mem, 4, &found, &row));
    ck_assert(!found);
    ck_assert_int_eq(row.id, -1);
    ck_status(TENON_MANY_ROWS, rt_find_item(db, mem, 1, &found, &row));
    ck_assert(!found);
}
END_TEST

START_TEST(results_outlive_the_connection)
{
    rt_item_row_list list;

    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    tenon_db_close(db);
    ck_assert_str_eq(list.items[2].note.or_null, "last");
    tenon_arena_reset(mem);
    ck_status(TENON_OK, tenon_db_open(server_conninfo, NULL, &db));
}
END_TEST

START_TEST(an_arena_is_asked_for)
{
    rt_item_row_list list;

    ck_status(TENON_INVALID_ARGUMENT, rt_list_items(db, NULL, 1, &list));
    ck_usable(db);
}
END_TEST

START_TEST(both_ways_to_the_cells_give_the_same)
{
    rt_item_row_list borrowed, copied;

    if (getenv("TENON_TEST_DOCUMENTED_LIBPQ") == NULL) /* the layout of this libpq is known */
        ck_assert(server_read_in_place(db, true));
    server_read_in_place(db, true);
    ck_status(TENON_OK, rt_list_items(db, mem, 1, &borrowed));
    server_read_in_place(db, false);
    ck_status(TENON_OK, rt_list_items(db, mem, 1, &copied));
    ck_assert_uint_eq(borrowed.count, copied.count);
    for (size_t i = 0; i < copied.count; i++) {
        ck_assert_int_eq(borrowed.items[i].id, copied.items[i].id);
        ck_assert_str_eq(borrowed.items[i].name, copied.items[i].name);
        ck_assert_pstr_eq(borrowed.items[i].note.or_null, copied.items[i].note.or_null);
        ck_assert_int_eq(borrowed.items[i].price.present, copied.items[i].price.present);
    }
}
END_TEST

START_TEST(exec_counts_what_it_changed)
{
    const rt_add_item_params row = {.id = 4, .name = "four", .price = TENON_SOME(4)};
    int64_t rows = -1;

    ck_status(TENON_OK, rt_add_item(db, &row, &rows));
    ck_assert_int_eq(rows, 1);
    ck_ask("SELECT row(item)::text FROM item WHERE id = 4", "(\"(4,four,,4)\")");
    ck_status(TENON_OK,
              rt_add_to_account(db, &(rt_add_to_account_params){.amount = 1, .id = 77}, &rows));
    ck_assert_int_eq(rows, 0);
}
END_TEST

START_TEST(a_violation_names_its_constraint)
{
    const rt_add_item_params taken = {.id = 1, .name = "again"};
    const rt_add_item_params too_long = {.id = 9, .name = "0123456789"};
    int64_t rows;

    ck_status(TENON_UNIQUE_VIOLATION, rt_add_item(db, &taken, &rows));
    const tenon_error *error = tenon_db_error(db);
    ck_assert_str_eq(error->sqlstate, "23505");
    ck_assert_str_eq(error->constraint_name, "item_pkey");
    ck_assert_str_eq(error->table_name, "item");
    ck_assert_str_eq(error->schema_name, "public");
    ck_assert_str_eq(error->detail, "Key (id)=(1) already exists.");
    ck_assert_str_eq(error->severity, "ERROR");
    ck_assert_str_eq(error->query, "AddItem");
    ck_assert_int_eq(rt_constraint_of_error(db), RT_CONSTRAINT_ITEM_PKEY);
    ck_status(TENON_CHECK_VIOLATION, rt_add_item(db, &too_long, &rows));
    ck_assert_int_eq(rt_constraint_of_error(db), RT_CONSTRAINT_NAME_IS_SHORT);
    server_ask("ALTER TABLE item RENAME CONSTRAINT name_is_short TO unknown_to_the_program");
    ck_status(TENON_CHECK_VIOLATION, rt_add_item(db, &too_long, &rows));
    ck_assert_int_eq(rt_constraint_of_error(db), RT_CONSTRAINT_NONE);
    ck_usable(db);
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
    ck_effect(TENON_EFFECT_UNKNOWN); /* the text may have held anything */
}
END_TEST

/* An ERROR is one of a function, whatever its class says of connections: dblink raises these. */
START_TEST(an_error_that_speaks_of_connections_is_not_the_end_of_ours)
{
    static const char *const states[] = {"08006", "08001", "57P01", "57P03", "25P03"};
    tenon_opt_int32 never;

    ck_status(TENON_SQL_ERROR, rt_fail_with(db, states[_i], &never));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, states[_i]);
    ck_effect(TENON_EFFECT_NONE);
    ck_assert(tenon_db_is_open(db));
    ck_usable(db);
}
END_TEST

START_TEST(the_place_of_a_syntax_error_is_told)
{
    ck_status(TENON_SQL_ERROR, tenon_exec(db, "SELECT nothing"));
    ck_assert_int_eq(tenon_db_error(db)->position, 8);
    ck_assert_str_eq(tenon_db_error(db)->source_function, "errorMissingColumn");
}
END_TEST

START_TEST(an_error_inside_of_a_function_tells_its_place_there)
{
    int32_t one;

    ck_status(TENON_SQL_ERROR, rt_run(db, "SELECT  nothing", &one));
    ck_assert_str_eq(tenon_db_error(db)->internal_query, "SELECT  nothing");
    ck_assert_int_eq(tenon_db_error(db)->internal_position, 9);
    ck_assert_int_eq(tenon_db_error(db)->position, 0);
}
END_TEST

START_TEST(a_violation_of_a_domain_names_it)
{
    int32_t one;

    ck_status(TENON_OK, rt_run(db,
                               "CREATE DOMAIN digit AS integer"
                               " CONSTRAINT is_digit CHECK (VALUE < 10)",
                               &one));
    ck_status(TENON_CHECK_VIOLATION, rt_run(db, "SELECT 10::digit", &one));
    ck_assert_str_eq(tenon_db_error(db)->data_type_name, "digit");
    ck_assert_str_eq(tenon_db_error(db)->constraint_name, "is_digit");
    ck_assert_str_eq(tenon_db_error(db)->schema_name, "public");
    ck_assert_str_eq(tenon_db_error(db)->column_name, "");
}
END_TEST

START_TEST(a_null_for_a_not_null_text_is_refused_before_it_is_sent)
{
    const rt_add_item_params row = {.id = 5};
    int64_t rows;

    ck_status(TENON_INVALID_ARGUMENT, rt_add_item(db, &row, &rows));
    ck_assert_str_eq(tenon_db_error(db)->message,
                     "query AddItem: parameter name is NULL, but is declared NOT NULL");
    ck_effect(TENON_EFFECT_NONE);
}
END_TEST

START_TEST(a_missing_connection_is_an_invalid_argument)
{
    rt_item_row_list list;
    int64_t rows;
    const rt_add_item_params row = {.id = 5, .name = "five"};

    ck_assert_int_eq(rt_list_items(NULL, mem, 1, &list), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(rt_add_item(NULL, &row, &rows), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_begin(NULL, NULL), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_exec(NULL, "SELECT 1"), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_commit(NULL), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_rollback(NULL), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_depth(NULL), 0);
    ck_assert_uint_eq(tenon_db_call(NULL), 0);
    ck_assert_int_eq(tenon_db_cancel(NULL), TENON_INVALID_ARGUMENT);
    ck_assert_int_eq(tenon_db_cancel_call(NULL, 1, 0), TENON_INVALID_ARGUMENT);
    ck_assert_ptr_null(tenon_db_conn(NULL));
    ck_status(TENON_INVALID_ARGUMENT, tenon_exec(db, NULL));
    ck_usable(db);
    ck_assert_str_eq(tenon_db_error(NULL)->message, "out of memory");
    ck_assert(!tenon_db_is_open(NULL));
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
     "query ListItems: column 4 \"price\" is integer, but the code was generated for bigint"},
    {"ALTER TABLE item ALTER note TYPE bytea USING note::bytea", TENON_SCHEMA_MISMATCH,
     "query ListItems: column 3 \"note\" is bytea, but the code was generated for text"},
    /* What is text stays it. */
    {"ALTER TABLE item ALTER name TYPE varchar(20)", TENON_OK, ""},
    {"ALTER TABLE item ALTER note TYPE char(20)", TENON_OK, ""},
    {"ALTER TABLE item ALTER note TYPE name", TENON_OK, ""},
    {"CREATE DOMAIN word AS varchar(9); ALTER TABLE item ALTER name TYPE word", TENON_OK, ""},
    {"CREATE EXTENSION citext; ALTER TABLE item ALTER name TYPE citext", TENON_OK, ""},
    {"ALTER TABLE item ALTER note TYPE json USING to_json(note)", TENON_SCHEMA_MISMATCH,
     "query ListItems: column 3 \"note\" is json, but the code was generated for text"},
    {"ALTER TABLE item ALTER id TYPE bigint", TENON_SCHEMA_MISMATCH,
     "query ListItems: column 1 \"id\" is bigint, but the code was generated for integer"},
    {"ALTER TABLE item DROP price", TENON_SQL_ERROR, "column \"price\" does not exist"},
    {"CREATE DOMAIN cents AS bigint; ALTER TABLE item ALTER price TYPE cents", TENON_OK, ""},
    {"ALTER TABLE item ALTER name DROP NOT NULL; UPDATE item SET name = NULL WHERE id = 2",
     TENON_BAD_VALUE, "query ListItems: column 2 \"name\" is NULL, which was ruled out"},
};

/* Both for a statement that was prepared before the change and for one that was not. */
START_TEST(a_schema_that_moved_is_never_misread)
{
    rt_item_row_list list;

    if (_i % 2 == 0)
        ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    server_ask(drifts[_i / 2].change);
    ck_status(drifts[_i / 2].status, rt_list_items(db, mem, 1, &list));
    ck_assert_str_eq(tenon_db_error(db)->message, drifts[_i / 2].message);
    ck_usable(db);
}
END_TEST

START_TEST(a_row_that_cannot_be_read_is_not_found)
{
    rt_item_row row;
    bool found = false;

    server_ask("ALTER TABLE item ALTER name DROP NOT NULL; UPDATE item SET name = NULL");
    ck_status(TENON_BAD_VALUE, rt_find_item(db, mem, 3, &found, &row));
    ck_assert(!found);
}
END_TEST

START_TEST(a_type_of_the_schema_has_to_be_one)
{
    rt_every_row_list list;

    server_ask("ALTER TABLE every ALTER v_mood TYPE text");
    ck_status(TENON_SCHEMA_MISMATCH, rt_list_every(db, mem, &list));
    ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message,
                                 "\"v_mood\" is text, but the code was generated for a type of "
                                 "the schema"));
}
END_TEST

START_TEST(a_label_that_the_program_does_not_know_is_a_bad_value)
{
    rt_every_row_list list;

    ck_status(TENON_OK, tenon_exec(db, "ALTER TYPE mood ADD VALUE 'new'"));
    ck_status(TENON_OK, tenon_exec(db, "INSERT INTO every (id, v_mood) VALUES (1, 'new')"));
    ck_status(TENON_BAD_VALUE, rt_list_every(db, mem, &list));
    ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "new"));
    ck_usable(db);
}
END_TEST

/* However deep it lies, the column is that of the row. */
START_TEST(a_bad_value_inside_of_another_names_its_column)
{
    static const struct {
        const char *column, *value, *name;
    } places[] = {
        {"v_mood_array", "'{sad,new}'", "column 50 \"v_mood_array\" has the label \"new\""},
        {"v_remark", "ROW(1, 'a', 'new')", "column 51 \"v_remark\" has the label \"new\""},
        {"v_remark_array", "ARRAY[ROW(1, 'a', 'sad'), ROW(2, 'b', 'new')]::remark[]",
         "column 52 \"v_remark_array\" has the label \"new\""},
    };
    char sql[256];
    rt_every_row_list list;

    ck_status(TENON_OK, tenon_exec(db, "ALTER TYPE mood ADD VALUE 'new'"));
    snprintf(sql, sizeof sql, "INSERT INTO every (id, %s) VALUES (1, %s)", places[_i].column,
             places[_i].value);
    ck_status(TENON_OK, tenon_exec(db, sql));
    ck_status(TENON_BAD_VALUE, rt_list_every(db, mem, &list));
    ck_assert_msg(strstr(tenon_db_error(db)->message, places[_i].name) != NULL, "%s",
                  tenon_db_error(db)->message);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("call");
    TCase *tcase = tcase_create("all");

    server_init("call");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, many_reads_every_row_in_order);
    tcase_add_test(tcase, many_without_rows_is_an_empty_list);
    tcase_add_test(tcase, one_and_opt_count_the_rows);
    tcase_add_test(tcase, results_outlive_the_connection);
    tcase_add_test(tcase, an_arena_is_asked_for);
    tcase_add_test(tcase, both_ways_to_the_cells_give_the_same);
    tcase_add_test(tcase, exec_counts_what_it_changed);
    tcase_add_test(tcase, a_violation_names_its_constraint);
    tcase_add_loop_test(tcase, a_server_error_becomes_its_status, 0,
                        sizeof server_errors / sizeof *server_errors);
    tcase_add_loop_test(tcase, an_error_that_speaks_of_connections_is_not_the_end_of_ours, 0, 5);
    tcase_add_test(tcase, the_place_of_a_syntax_error_is_told);
    tcase_add_test(tcase, an_error_inside_of_a_function_tells_its_place_there);
    tcase_add_test(tcase, a_violation_of_a_domain_names_it);
    tcase_add_test(tcase, a_null_for_a_not_null_text_is_refused_before_it_is_sent);
    tcase_add_test(tcase, a_missing_connection_is_an_invalid_argument);
    tcase_add_loop_test(tcase, a_schema_that_moved_is_never_misread, 0,
                        2 * sizeof drifts / sizeof *drifts);
    tcase_add_test(tcase, a_row_that_cannot_be_read_is_not_found);
    tcase_add_test(tcase, a_type_of_the_schema_has_to_be_one);
    tcase_add_test(tcase, a_label_that_the_program_does_not_know_is_a_bad_value);
    tcase_add_loop_test(tcase, a_bad_value_inside_of_another_names_its_column, 0, 3);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
