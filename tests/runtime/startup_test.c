/* What a program finds out at its start, and what it writes when something fails. */
#include <string.h>

#include <rt/items.h>
#include <rt/models.h>
#include <rt/prepare.h>
#include <rt/probes.h>

#include "server.h"

static const char *message(void)
{
    return tenon_db_error(db)->message;
}

/* --- All queries at once --- */

START_TEST(a_schema_that_fits_leaves_all_prepared)
{
    int32_t n;

    ck_status(TENON_OK, rt_prepare(db));
    ck_status(TENON_OK, rt_prepared_count(db, &n));
    ck_assert_int_gt(n, 100);
    ck_status(TENON_OK, rt_prepare(db));
    ck_usable(db);
}
END_TEST

START_TEST(all_that_differs_is_told_at_once)
{
    server_ask("ALTER TABLE item ALTER price TYPE int USING price::int");
    server_ask("ALTER TABLE entry RENAME note TO remark");
    server_ask("DROP TABLE moving");
    for (int i = 0; i < 2; i++) {
        ck_status(TENON_SCHEMA_MISMATCH, rt_prepare(db));
        ck_assert_ptr_nonnull(strstr(message(), "query FindItem: column 4 \"price\" is integer"));
        ck_assert_ptr_nonnull(strstr(message(), "\nquery ListItems: column 4 \"price\""));
        ck_assert_ptr_nonnull(
            strstr(message(), "query GetMoving: relation \"moving\" does not exist [42P01]"));
        ck_assert_ptr_nonnull(strstr(message(), "query AddEntry: column \"note\" of relation"));
        ck_assert_ptr_nonnull(strstr(message(), "query LoadEntries: column \"note\" does not"));
        ck_assert_ptr_null(strstr(message(), "query Seven"));
        ck_usable(db);
    }
}
END_TEST

START_TEST(a_transaction_is_not_failed_by_it)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_INVALID_ARGUMENT, rt_prepare(db));
    ck_usable(db);
    ck_status(TENON_OK, tenon_commit(db));
    ck_assert_int_eq(rt_prepare(NULL), TENON_INVALID_ARGUMENT);
}
END_TEST

START_TEST(a_connection_that_prepares_nothing_is_asked_all_the_same)
{
    const tenon_db_options options = {.unnamed = true};
    tenon_db *other;

    ck_status(TENON_OK, tenon_db_open(server_conninfo, &options, &other));
    ck_assert_int_eq(rt_prepare(other), TENON_OK);
    server_ask("DROP TABLE moving");
    ck_assert_int_eq(rt_prepare(other), TENON_SCHEMA_MISMATCH);
    tenon_db_close(other);
}
END_TEST

/* --- Failures as text --- */

START_TEST(a_failure_is_written_with_all_that_is_known)
{
    const rt_add_item_params item = {.id = 1, .name = "one"};
    char text[1024], cut[20];
    int64_t rows;

    ck_status(TENON_UNIQUE_VIOLATION, rt_add_item(db, &item, &rows));
    size_t length = tenon_error_format(tenon_db_error(db), text, sizeof text);
    ck_assert_str_eq(text,
                     "UNIQUE_VIOLATION [23505] in query AddItem: duplicate key value violates "
                     "unique constraint \"item_pkey\"\n"
                     "    detail: Key (id)=(1) already exists.\n"
                     "    constraint: item_pkey of public.item");
    ck_assert_uint_eq(length, strlen(text));
    ck_assert_uint_eq(tenon_error_format(tenon_db_error(db), cut, sizeof cut), length);
    ck_assert_uint_eq(strlen(cut), sizeof cut - 1);
    ck_assert(memcmp(text, cut, sizeof cut - 1) == 0);
    ck_assert_uint_eq(tenon_error_format(tenon_db_error(db), NULL, 0), length);
    ck_assert_int_eq(rt_constraint_of_error(db), RT_CONSTRAINT_ITEM_PKEY);
    ck_assert_str_eq(rt_constraint_name(RT_CONSTRAINT_ITEM_PKEY), "item_pkey");
    ck_assert_ptr_null(rt_constraint_name(RT_CONSTRAINT_NONE));
}
END_TEST

START_TEST(the_place_in_the_sql_has_a_caret)
{
    int32_t value;
    char text[1024];

    server_ask("DROP TABLE moving");
    ck_status(TENON_SQL_ERROR, rt_get_moving(db, &value));
    tenon_error_format(tenon_db_error(db), text, sizeof text);
    ck_assert_str_eq(text,
                     "SQL_ERROR [42P01] in query GetMoving: relation \"moving\" does not exist\n"
                     "    1 | SELECT v FROM moving\n"
                     "                      ^");
}
END_TEST

/* Characters are counted, not bytes, and lines; what would disturb a log is not written. */
START_TEST(a_caret_stands_under_its_character)
{
    const tenon_error error = {.status = TENON_SQL_ERROR,
                               .effect = TENON_EFFECT_UNKNOWN,
                               .query = "",
                               .sql = "SELECT '\xc3\xa9',\n\t'\xc3\xa9', x",
                               .message = "first\nsecond\x1b[2J",
                               .sqlstate = "",
                               .detail = "",
                               .hint = "look",
                               .context = "",
                               .schema_name = "",
                               .table_name = "",
                               .data_type_name = "",
                               .constraint_name = "",
                               .internal_query = "",
                               .item = 3,
                               .position = 19};
    char text[1024];

    tenon_error_format(&error, text, sizeof text);
    ck_assert_str_eq(text, "SQL_ERROR: first\n    second?[2J\n"
                           "    hint: look\n"
                           "    item: 3\n"
                           "    2 |  '\xc3\xa9', x\n"
                           "              ^\n"
                           "    effect: UNKNOWN");
}
END_TEST

/* A domain says of what it is that its constraint was broken. */
START_TEST(a_domain_has_its_constraints_in_the_enum)
{
    ck_status(TENON_CHECK_VIOLATION,
              rt_add_rating(db, &(rt_add_rating_params){.id = 1, .stars = 7}));
    ck_assert_int_eq(rt_constraint_of_error(db), RT_CONSTRAINT_STARS_ARE_FEW);
    ck_status(TENON_OK, rt_add_rating(db, &(rt_add_rating_params){.id = 1, .stars = 5}));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("startup");
    TCase *tcase = tcase_create("all");

    server_init("startup");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_schema_that_fits_leaves_all_prepared);
    tcase_add_test(tcase, all_that_differs_is_told_at_once);
    tcase_add_test(tcase, a_transaction_is_not_failed_by_it);
    tcase_add_test(tcase, a_connection_that_prepares_nothing_is_asked_all_the_same);
    tcase_add_test(tcase, a_failure_is_written_with_all_that_is_known);
    tcase_add_test(tcase, the_place_in_the_sql_has_a_caret);
    tcase_add_test(tcase, a_caret_stands_under_its_character);
    tcase_add_test(tcase, a_domain_has_its_constraints_in_the_enum);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
