/* Queries without an arena: refused, whatever the optimiser makes of the check. This test and the
 * files of the runtime that look at arenas are compiled with -O2. */
#include <string.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "server.h"

#ifndef __OPTIMIZE__
#error "compile this with -O2"
#endif

#define ck_refused(status)                                                                         \
    do {                                                                                           \
        ck_status(TENON_INVALID_ARGUMENT, status);                                                 \
        ck_assert_ptr_nonnull(strstr(tenon_db_error(db)->message, "the arena is NULL"));           \
        ck_usable(db);                                                                             \
    } while (0)

START_TEST(a_query_without_an_arena_is_refused)
{
    const rt_entry_of_group_params group = {.group = 1};
    const rt_entries_of_group_params groups = {.group = 1};
    const char *text = "as it was";
    bool found = true;
    rt_item_row row;
    rt_item_row_list rows;
    rt_entry_row_list entries;
    rt_entries_of_group_lists lists;
    rt_list_numbers_list numbers;

    ck_refused(rt_get_item(db, NULL, 3, &row));
    ck_refused(rt_find_item(db, NULL, 3, &found, &row));
    ck_refused(rt_list_items(db, NULL, 1, &rows));
    ck_refused(rt_echo(db, NULL, "x", &text));
    ck_refused(rt_list_numbers(db, NULL, 3, &numbers));
    ck_refused(rt_entry_of_group(db, NULL, &group, 1, &entries));
    ck_refused(rt_entries_of_group(db, NULL, &groups, 1, &lists));
    ck_refused(rt_insert_item(db, NULL, &(rt_insert_item_params){.id = 10, .name = "ten"}, &row));
    ck_ask("SELECT count(*) FROM item WHERE id = 10", "0");
    ck_assert_str_eq(text, "as it was");
}
END_TEST

START_TEST(the_arena_null_has_no_memory)
{
    ck_assert_ptr_null(tenon_arena_alloc(NULL, 1));
    ck_assert_ptr_null(tenon_arena_copy(NULL, "x", 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("no_arena");
    TCase *tcase = tcase_create("all");

    server_init("no_arena");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_query_without_an_arena_is_refused);
    tcase_add_test(tcase, the_arena_null_has_no_memory);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
