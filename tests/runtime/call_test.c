/* Calls against a server: rows, errors, prepared statements, shapes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "internal.h"
#include "server.h"

/* --- A query of each kind, as tenon generates them --- */

typedef struct item {
    int32_t id;
    const char *name;
    const char *note;
    tenon_opt_int64 price;
} item;

typedef struct item_list {
    size_t count;
    item *items;
} item_list;

static const uint32_t item_types[] = {23, 25, 25, 20};

static void read_item(tenon__call *call, item *row)
{
    row->id = tenon__read_int32(call);
    row->name = tenon__read_text(call);
    row->note = tenon__read_opt_text(call);
    row->price = tenon__read_opt_int64(call);
}

static const uint32_t int4_type[] = {23};

static const tenon__statement find_item = {
    .query = "FindItem",
    .key = "tenon_test_find_item",
    .sql = "SELECT id, name, note, price FROM item WHERE id >= $1 ORDER BY id",
    .n_params = 1,
    .param_types = int4_type,
    .n_columns = 4,
    .column_types = item_types,
    .reads_only = true,
};

static tenon_status find_opt(tenon_db *on, int32_t id, bool *found, item *row)
{
    tenon__call call;

    tenon__begin(&call, on, &find_item);
    tenon__bind_int32(&call, id);
    if (tenon__fetch(&call, mem) && tenon__next_row(&call))
        read_item(&call, row);
    return tenon__end_opt(&call, found);
}

static tenon_status find_one(tenon_db *on, int32_t id, item *row)
{
    tenon__call call;

    tenon__begin(&call, on, &find_item);
    tenon__bind_int32(&call, id);
    if (tenon__fetch(&call, mem) && tenon__next_row(&call))
        read_item(&call, row);
    return tenon__end_one(&call);
}

static tenon_status find_many(tenon_db *on, int32_t id, item_list *list)
{
    tenon__call call;

    tenon__begin(&call, on, &find_item);
    tenon__bind_int32(&call, id);
    if (tenon__fetch(&call, mem)) {
        list->items = tenon__alloc_rows(&call, sizeof *list->items, &list->count);
        for (item *row = list->items; tenon__next_row(&call); row++)
            read_item(&call, row);
    }
    return tenon__end(&call);
}

static const uint32_t add_types[] = {23, 25, 25, 20};

static const tenon__statement add_item = {
    .query = "AddItem",
    .key = "tenon_test_add_item",
    .sql = "INSERT INTO item (id, name, note, price) VALUES ($1, $2, $3, $4)",
    .n_params = 4,
    .param_types = add_types,
};

static tenon_status add(tenon_db *on, const item *row, int64_t *rows_affected)
{
    tenon__call call;

    tenon__begin(&call, on, &add_item);
    tenon__bind_int32(&call, row->id);
    tenon__bind_text(&call, "name", row->name);
    tenon__bind_opt_text(&call, row->note);
    tenon__bind_opt_int64(&call, row->price);
    return tenon__end_exec(&call, rows_affected);
}

static void setup(void)
{
    server_setup();
    ck_status(TENON_OK,
              tenon_exec(db, "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL CONSTRAINT "
                             "name_is_short CHECK (length(name) < 10), note text, price bigint);"
                             "INSERT INTO item VALUES (1, 'one', NULL, NULL), (2, 'two', '', 200),"
                             " (3, 'three', 'last', -3)"));
}

static void teardown(void)
{
    server_ask("DROP TABLE IF EXISTS item");
    server_teardown();
}

/* --- Rows --- */

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

/* --- Errors --- */

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

/* --- Shapes --- */

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
    ck_assert(!tenon__fetch(&call, mem));
    ck_status(TENON_SCHEMA_MISMATCH, tenon__end(&call));
    ck_assert_str_eq(tenon_db_error(db)->message,
                     "query Wrong: column 1 \"?column?\" is integer, but the code was generated "
                     "for a type of the schema");
}
END_TEST

/* --- Prepared statements --- */

static int prepared_count(tenon_db *on)
{
    int32_t count = -1;

    /* This one is prepared itself. */
    ck_status(TENON_OK, select_int(on, "SELECT count(*)::int FROM pg_prepared_statements", &count));
    return count - (on->unnamed ? 0 : 1);
}

START_TEST(a_statement_is_prepared_once)
{
    item_list list;

    for (int i = 0; i < 3; i++)
        ck_status(TENON_OK, find_many(db, 1, &list));
    ck_assert_int_eq(prepared_count(db), 1);
}
END_TEST

START_TEST(a_statement_that_failed_stays_prepared)
{
    const item taken = {.id = 1, .name = "again"}, fresh = {.id = 8, .name = "eight"};

    ck_status(TENON_UNIQUE_VIOLATION, add(db, &taken, NULL));
    ck_status(TENON_OK, add(db, &fresh, NULL));
    ck_assert_int_eq(prepared_count(db), 1);
}
END_TEST

START_TEST(unnamed_mode_prepares_nothing)
{
    const tenon_db_options options = {.unnamed = true};
    tenon_db *other;
    item_list list;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_status(TENON_OK, find_many(other, 1, &list));
    ck_assert_uint_eq(list.count, 3);
    ck_assert_int_eq(prepared_count(other), 0);
    tenon_db_close(other);
}
END_TEST

START_TEST(statements_come_back_after_discard_all)
{
    item_list list;

    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
    ck_assert_uint_eq(list.count, 3);
}
END_TEST

START_TEST(a_plan_that_became_useless_is_made_again)
{
    int32_t value;
    const char *sql = "SELECT * FROM moving";

    ck_status(TENON_OK, tenon_exec(db, "CREATE TABLE moving AS SELECT 1::bigint AS v"));
    ck_status(TENON_SCHEMA_MISMATCH, select_int(db, sql, &value));
    server_ask("ALTER TABLE moving ALTER v TYPE int");
    ck_status(TENON_OK, select_int(db, sql, &value));
    ck_assert_int_eq(value, 1);
    server_ask("DROP TABLE moving");
}
END_TEST

START_TEST(nothing_is_repeated_inside_of_a_transaction)
{
    int32_t value;
    const char *sql = "SELECT * FROM moving2";

    ck_status(TENON_OK, tenon_exec(db, "CREATE TABLE moving2 AS SELECT 1 AS v"));
    ck_status(TENON_OK, select_int(db, sql, &value));
    server_ask("ALTER TABLE moving2 ALTER v TYPE bigint");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SQL_ERROR, select_int(db, sql, &value));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "0A000");
    ck_status(TENON_OK, tenon_rollback(db));
    server_ask("ALTER TABLE moving2 ALTER v TYPE int");
    ck_status(TENON_OK, select_int(db, sql, &value));
    server_ask("DROP TABLE moving2");
}
END_TEST

START_TEST(a_name_that_is_taken_is_used)
{
    item_list list;
    tenon_db *again;

    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_status(TENON_OK, tenon_db_wrap(tenon_db_conn(db), NULL, &again));
    ck_status(TENON_OK, find_many(again, 1, &list));
    ck_status(TENON_OK, find_many(again, 1, &list));
    tenon_db_close(again);
}
END_TEST

/* --- Connections --- */

START_TEST(a_wrapped_connection_stays_the_callers)
{
    PGconn *conn = PQconnectdb(server_conninfo);
    tenon_db *wrapped;
    int32_t value = 0;

    ck_assert_int_eq(PQsetClientEncoding(conn, "LATIN1"), 0);
    ck_status(TENON_OK, tenon_db_wrap(conn, NULL, &wrapped));
    ck_status(TENON_OK, select_int(wrapped, "SELECT length('é')", &value));
    ck_assert_int_eq(value, 1);
    tenon_db_close(wrapped);
    ck_assert_int_eq(PQstatus(conn), CONNECTION_OK);
    ck_assert_int_eq(PQisnonblocking(conn), 0);
    PGresult *result = PQexec(conn, "SELECT 1");
    ck_assert_int_eq(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    PQfinish(conn);
    ck_assert_int_eq(tenon_db_wrap(NULL, NULL, &wrapped), TENON_CONNECTION_LOST);
    tenon_db_close(wrapped);
}
END_TEST

START_TEST(a_connection_that_fails_says_why)
{
    tenon_db *none;

    ck_assert_int_eq(tenon_db_open("host=/nowhere dbname=x", NULL, &none), TENON_CONNECTION_LOST);
    ck_assert_ptr_nonnull(strstr(tenon_db_error(none)->message, "/nowhere"));
    ck_assert_int_eq(tenon_exec(none, "SELECT 1"), TENON_CONNECTION_LOST);
    tenon_db_close(none);
    ck_assert_int_eq(tenon_db_open("no such = = option", NULL, &none), TENON_CONNECTION_LOST);
    tenon_db_close(none);
}
END_TEST

START_TEST(text_is_utf8_whatever_the_server_says)
{
    item_list list;

    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = LATIN1"));
    ck_status(TENON_BAD_VALUE, find_many(db, 1, &list));
    ck_status(TENON_OK, tenon_exec(db, "SET client_encoding = UTF8"));
    ck_status(TENON_OK, find_many(db, 1, &list));
}
END_TEST

static void count_event(void *context, const tenon_event *event)
{
    char *log = context;
    size_t length = strlen(log);

    snprintf(log + length, 256 - length, "%s %s %zu;", event->query,
             tenon_status_name(event->status), event->rows);
}

START_TEST(hooks_are_told_of_every_query)
{
    char log[256] = "";
    const tenon_hooks hooks = {log, NULL, count_event};
    item_list list;
    const item taken = {.id = 1, .name = "again"};

    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_status(TENON_UNIQUE_VIOLATION, add(db, &taken, NULL));
    ck_status(TENON_OK, tenon_rollback(db));
    tenon_db_set_hooks(db, NULL);
    ck_status(TENON_OK, find_many(db, 1, &list));
    ck_assert_str_eq(log, "BEGIN OK 0;FindItem OK 3;AddItem UNIQUE_VIOLATION 0;ROLLBACK OK 0;");
}
END_TEST

START_TEST(a_large_value_survives)
{
    static const uint32_t text[] = {25};
    static const tenon__statement echo = {.query = "Echo",
                                          .key = "tenon_test_echo",
                                          .sql = "SELECT $1",
                                          .n_params = 1,
                                          .param_types = text,
                                          .n_columns = 1,
                                          .column_types = text};
    size_t length = (size_t)1 << 24;
    char *value = malloc(length + 1);
    tenon__call call;

    memset(value, 'x', length);
    value[length] = '\0';
    tenon__begin(&call, db, &echo);
    tenon__bind_text(&call, "value", value);
    ck_assert(tenon__fetch(&call, mem) && tenon__next_row(&call));
    ck_assert(strcmp(tenon__read_text(&call), value) == 0);
    ck_status(TENON_OK, tenon__end(&call));
    free(value);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("call");
    TCase *tcase = tcase_create("all");

    server_init("call");
    tcase_add_checked_fixture(tcase, setup, teardown);
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
    tcase_add_test(tcase, a_statement_is_prepared_once);
    tcase_add_test(tcase, a_statement_that_failed_stays_prepared);
    tcase_add_test(tcase, unnamed_mode_prepares_nothing);
    tcase_add_test(tcase, statements_come_back_after_discard_all);
    tcase_add_test(tcase, a_plan_that_became_useless_is_made_again);
    tcase_add_test(tcase, nothing_is_repeated_inside_of_a_transaction);
    tcase_add_test(tcase, a_name_that_is_taken_is_used);
    tcase_add_test(tcase, a_wrapped_connection_stays_the_callers);
    tcase_add_test(tcase, a_connection_that_fails_says_why);
    tcase_add_test(tcase, text_is_utf8_whatever_the_server_says);
    tcase_add_test(tcase, hooks_are_told_of_every_query);
    tcase_add_test(tcase, a_large_value_survives);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
