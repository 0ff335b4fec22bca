/* What a failure has done to the database: nothing, all of it, or nobody can tell. */
#include <rt/accounts.h>
#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "server.h"

START_TEST(what_the_server_refused_has_not_happened)
{
    int32_t value;

    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "one"}));
    ck_status(TENON_UNIQUE_VIOLATION,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "again"}));
    ck_effect(TENON_EFFECT_NONE);
    ck_status(TENON_SQL_ERROR, rt_divide_by(db, 0, &value));
    ck_effect(TENON_EFFECT_NONE);
}
END_TEST

START_TEST(what_was_refused_before_it_was_sent_has_not_happened)
{
    ck_status(TENON_INVALID_ARGUMENT,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = NULL}));
    ck_effect(TENON_EFFECT_NONE);
    ck_status(TENON_INVALID_ARGUMENT, tenon_commit(db));
    ck_effect(TENON_EFFECT_NONE);
}
END_TEST

/* It is the client that counts rows, and the server has finished by then. */
START_TEST(a_write_of_too_many_or_no_rows_has_happened)
{
    bool found;
    int32_t id;

    ck_status(TENON_MANY_ROWS,
              rt_reprice_one(db, &(rt_reprice_one_params){.price = TENON_SOME(7), .id = 2}, &id));
    ck_effect(TENON_EFFECT_DONE);
    ck_ask("SELECT count(*) FROM item WHERE price = 7", "2");
    ck_status(
        TENON_MANY_ROWS,
        rt_reprice_opt(db, &(rt_reprice_opt_params){.price = TENON_SOME(8), .id = 1}, &found, &id));
    ck_effect(TENON_EFFECT_DONE);
    ck_ask("SELECT count(*) FROM item WHERE price = 8", "3");
    ck_status(TENON_NO_ROW,
              rt_reprice_one(db, &(rt_reprice_one_params){.price = TENON_SOME(9), .id = 77}, &id));
    ck_effect(TENON_EFFECT_DONE);
}
END_TEST

START_TEST(inside_of_a_transaction_it_has_happened_there)
{
    int32_t id;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_MANY_ROWS,
              rt_reprice_one(db, &(rt_reprice_one_params){.price = TENON_SOME(7), .id = 2}, &id));
    ck_effect(TENON_EFFECT_DONE);
    ck_status(TENON_OK, tenon_commit(db));
    ck_ask("SELECT count(*) FROM item WHERE price = 7", "2");
}
END_TEST

/* Both prepared before the change and after it. */
START_TEST(a_write_whose_row_no_longer_fits_has_happened)
{
    rt_item_row row;

    if (_i == 1) {
        ck_status(TENON_OK,
                  rt_insert_item(db, mem, &(rt_insert_item_params){.id = 10, .name = "ten"}, &row));
        ck_status(TENON_OK, tenon_exec(db, "DELETE FROM item WHERE id = 10"));
    }
    server_ask("ALTER TABLE item ALTER note TYPE bytea USING note::bytea");
    ck_status(TENON_SCHEMA_MISMATCH,
              rt_insert_item(db, mem, &(rt_insert_item_params){.id = 10, .name = "ten"}, &row));
    ck_effect(TENON_EFFECT_DONE);
    ck_ask("SELECT count(*) FROM item WHERE id = 10", "1");
}
END_TEST

START_TEST(a_call_may_have_committed_by_itself)
{
    ck_status(TENON_SQL_ERROR, rt_store_half(db, 5));
    ck_assert_str_eq(tenon_db_error(db)->message, "no second half");
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_ask("SELECT note FROM entry WHERE id = 5", "first half");
}
END_TEST

START_TEST(text_may_hold_anything)
{
    ck_status(TENON_SQL_ERROR, tenon_exec(db, "INSERT INTO entry VALUES (1, 'a'); COMMIT;"
                                              "SELECT 1/0"));
    ck_effect(TENON_EFFECT_UNKNOWN);
    ck_ask("SELECT count(*) FROM entry", "1");
}
END_TEST

START_TEST(a_deadline_leaves_a_write_unknown)
{
    int64_t rows;

    server_ask("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
               " $$ BEGIN PERFORM pg_sleep(5); RETURN NEW; END $$;"
               "CREATE TRIGGER slow BEFORE UPDATE ON account EXECUTE FUNCTION slow()");
    tenon_db_set_timeout(db, 150);
    ck_status(TENON_TIMEOUT,
              rt_add_to_account(db, &(rt_add_to_account_params){.amount = 1, .id = 1}, &rows));
    /* A cancel that the server has confirmed settles it; else nobody can tell. */
    if (tenon_db_is_open(db))
        ck_effect(TENON_EFFECT_NONE);
    else
        ck_effect(TENON_EFFECT_UNKNOWN);
}
END_TEST

/* --- Batches --- */

/* Who judges the rows is the client, so the commit waits for it. */
START_TEST(a_batch_that_misses_a_row_has_not_happened)
{
    static const rt_reprice_each_params items[] = {{.id = 1, .price = TENON_SOME(111)},
                                                   {.id = 999, .price = TENON_SOME(222)},
                                                   {.id = 2, .price = TENON_SOME(333)}};
    rt_reprice_each_list names;

    for (int round = 0; round < 2; round++) {
        ck_status(TENON_NO_ROW, rt_reprice_each(db, mem, items, 3, &names));
        ck_assert_uint_eq(tenon_db_error(db)->item, 1);
        ck_effect(TENON_EFFECT_NONE);
        ck_ask("SELECT count(*) FROM item WHERE price > 200", "0");
        ck_usable(db);
        ck_assert_int_eq(tenon_depth(db), 0);
    }
    ck_status(TENON_OK, rt_reprice_each(db, mem, items, 1, &names));
    ck_assert_str_eq(names.items[0], "one");
    ck_ask("SELECT price FROM item WHERE id = 1", "111");
}
END_TEST

START_TEST(a_batch_that_misses_a_row_in_a_transaction_is_left_to_its_owner)
{
    static const rt_reprice_each_params items[] = {{.id = 1, .price = TENON_SOME(111)},
                                                   {.id = 999, .price = TENON_SOME(222)}};
    rt_reprice_each_list names;

    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_NO_ROW, rt_reprice_each(db, mem, items, 2, &names));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    tenon_effect effect = tenon_db_error(db)->effect;
    ck_assert_int_ne(effect, TENON_EFFECT_UNKNOWN);
    ck_status(TENON_OK, tenon_rollback(db));
    ck_ask("SELECT price IS NULL FROM item WHERE id = 1", "t");
}
END_TEST

START_TEST(a_batch_that_the_server_refused_has_not_happened)
{
    static const rt_add_entries_params twice[] = {{1, "a"}, {1, "b"}};

    ck_status(TENON_UNIQUE_VIOLATION, rt_add_entries(db, twice, 2));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    ck_effect(TENON_EFFECT_NONE);
    ck_ask("SELECT count(*) FROM entry", "0");
}
END_TEST

/* Checked behind the last item, by the commit. */
START_TEST(a_deferred_constraint_is_that_of_no_item)
{
    static const rt_add_children_params orphans[] = {{1, 1}, {2, 99}, {3, 2}};

    ck_status(TENON_FOREIGN_KEY_VIOLATION, rt_add_children(db, orphans, 3));
    ck_assert_uint_eq(tenon_db_error(db)->item, TENON_NO_ITEM);
    ck_assert_int_eq(rt_constraint_of_error(db), RT_CONSTRAINT_CHILD_PARENT_FKEY);
    ck_effect(TENON_EFFECT_NONE);
    ck_ask("SELECT count(*) FROM child", "0");
    ck_usable(db);
}
END_TEST

START_TEST(a_single_call_is_that_of_no_item)
{
    int32_t value;

    ck_status(TENON_SQL_ERROR, rt_divide_by(db, 0, &value));
    ck_assert_uint_eq(tenon_db_error(db)->item, TENON_NO_ITEM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("effect");
    TCase *tcase = tcase_create("all");

    server_init("effect");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, what_the_server_refused_has_not_happened);
    tcase_add_test(tcase, what_was_refused_before_it_was_sent_has_not_happened);
    tcase_add_test(tcase, a_write_of_too_many_or_no_rows_has_happened);
    tcase_add_test(tcase, inside_of_a_transaction_it_has_happened_there);
    tcase_add_loop_test(tcase, a_write_whose_row_no_longer_fits_has_happened, 0, 2);
    tcase_add_test(tcase, a_call_may_have_committed_by_itself);
    tcase_add_test(tcase, text_may_hold_anything);
    tcase_add_test(tcase, a_deadline_leaves_a_write_unknown);
    tcase_add_test(tcase, a_batch_that_misses_a_row_has_not_happened);
    tcase_add_test(tcase, a_batch_that_misses_a_row_in_a_transaction_is_left_to_its_owner);
    tcase_add_test(tcase, a_batch_that_the_server_refused_has_not_happened);
    tcase_add_test(tcase, a_deferred_constraint_is_that_of_no_item);
    tcase_add_test(tcase, a_single_call_is_that_of_no_item);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
