/* Servers that speak other languages: what is a message's is translated, and nothing may be read
 * from it. Skipped where the machine has no such locale. */
#include <pthread.h>
#include <stdio.h>

#include <rt/entries.h>
#include <rt/probes.h>

#include "server.h"

static const char *const languages[] = {"de_DE.UTF-8", "fr_FR.UTF-8"};

static bool speaks(int language)
{
    char sql[96];

    snprintf(sql, sizeof sql, "SET lc_messages = '%s'", languages[language]);
    if (tenon_exec(db, sql) == TENON_OK)
        return true;
    skip_test(languages[language], "no such locale");
    return false;
}

START_TEST(a_statement_timeout_is_one)
{
    int32_t value;

    if (!speaks(_i))
        return;
    ck_status(TENON_OK, tenon_exec(db, "SET statement_timeout = 20"));
    ck_status(TENON_TIMEOUT, rt_sleep(db, 5, &value));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "57014");
    ck_usable(db);
}
END_TEST

static void *cancel_soon(void *context)
{
    pause_ms(200);
    return tenon_db_cancel(context) == TENON_OK ? NULL : context;
}

START_TEST(a_request_to_cancel_is_one)
{
    pthread_t thread;
    int32_t value;

    if (!speaks(_i))
        return;
    pthread_create(&thread, NULL, cancel_soon, db);
    tenon_status status = rt_sleep(db, 20, &value);
    pthread_join(thread, NULL);
    ck_status(TENON_CANCELED, status);
}
END_TEST

/* The context is translated, so the row may not be found in it; but it is never a wrong one. */
START_TEST(the_row_of_a_copy_is_right_or_unknown)
{
    static const rt_load_entries_params twice[] = {{1, "a"}, {2, "b"}, {1, "c"}};
    int64_t rows;

    if (!speaks(_i))
        return;
    ck_status(TENON_UNIQUE_VIOLATION, rt_load_entries(db, twice, 3, &rows));
    size_t item = tenon_db_error(db)->item;
    ck_assert(item == 2 || item == TENON_NO_ITEM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("language");
    TCase *tcase = tcase_create("all");

    server_init("language");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_statement_timeout_is_one, 0, 2);
    tcase_add_loop_test(tcase, a_request_to_cancel_is_one, 0, 2);
    tcase_add_loop_test(tcase, the_row_of_a_copy_is_right_or_unknown, 0, 2);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
