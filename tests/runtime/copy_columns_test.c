/* :copyfrom into columns that are not what they were when the code was generated: the format tells
 * the server no types, so they are asked for. */
#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "server.h"

#define ck_stored(expected) ck_ask("SELECT count(*) FROM entry", expected)

static const rt_load_entries_params three[] = {{10, "ten"}, {11, "eleven"}, {20, "twenty"}};

START_TEST(a_copy_into_columns_that_moved_is_refused)
{
    int64_t rows;

    server_ask("ALTER TABLE entry ALTER id TYPE bigint");
    ck_status(TENON_SCHEMA_MISMATCH, rt_load_entries(db, three, 3, &rows));
    ck_effect(TENON_EFFECT_NONE);
    ck_assert_uint_eq(tenon_db_error(db)->item, TENON_NO_ITEM);
    server_ask("ALTER TABLE entry DROP note");
    ck_status(TENON_SQL_ERROR, rt_load_entries(db, three, 3, &rows));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "42703");
    ck_stored("0");
    ck_usable(db);
}
END_TEST

/* What was found right holds as long as its lock: not until the next COPY by itself. */
START_TEST(columns_may_move_between_two_copies)
{
    int64_t rows;

    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
    server_ask("ALTER TABLE entry ALTER id TYPE bigint");
    ck_status(TENON_SCHEMA_MISMATCH, rt_load_entries(db, three, 3, &rows));
    server_ask("ALTER TABLE entry ALTER id TYPE integer; TRUNCATE entry");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
    ck_status(TENON_OK, tenon_commit(db));
    server_ask("ALTER TABLE entry ALTER id TYPE bigint");
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_SCHEMA_MISMATCH, rt_load_entries(db, three, 3, &rows));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_stored("3");
}
END_TEST

/* Its own lock does not keep the transaction from moving them. */
START_TEST(a_transaction_may_move_columns_between_its_copies)
{
    static const char move[] = "ALTER TABLE entry ALTER id TYPE bigint";
    int64_t rows;
    int32_t one;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_load_entries(db, three, 1, &rows));
    ck_status(TENON_OK, _i == 0 ? tenon_exec(db, move) : rt_run(db, move, &one));
    ck_status(TENON_SCHEMA_MISMATCH, rt_load_entries(db, three + 1, 2, &rows));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
}
END_TEST

START_TEST(what_one_copy_has_found_is_not_what_another_needs)
{
    static const rt_load_items_params item = {.id = 10, .name = "ten", .price = TENON_SOME(10)};
    int64_t rows;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_OK, rt_load_entries(db, three, 3, &rows));
    server_ask("ALTER TABLE item ALTER price TYPE float");
    ck_status(TENON_SCHEMA_MISMATCH, rt_load_items(db, &item, 1, &rows));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_stored("0");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("copy columns");
    TCase *tcase = tcase_create("all");

    server_init("copy_columns");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_copy_into_columns_that_moved_is_refused);
    tcase_add_test(tcase, columns_may_move_between_two_copies);
    tcase_add_loop_test(tcase, a_transaction_may_move_columns_between_its_copies, 0, 2);
    tcase_add_test(tcase, what_one_copy_has_found_is_not_what_another_needs);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
