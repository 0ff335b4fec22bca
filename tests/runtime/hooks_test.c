/* What hooks are told: queries, notices, notifications. */
#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

#include <rt/entries.h>
#include <rt/items.h>
#include <rt/probes.h>

#include "server.h"

struct log {
    char text[1024];
    int before;
};

static void write_log(struct log *log, const char *text)
{
    size_t length = strlen(log->text);

    snprintf(log->text + length, sizeof log->text - length, "%s;", text);
}

static void count_before(void *context, const tenon_event *event)
{
    struct log *log = context;

    ck_assert_ptr_eq(event->db, db);
    log->before++;
}

static void log_event(void *context, const tenon_event *event)
{
    char text[256];

    snprintf(text, sizeof text, "%s %s %zu/%zu x%d", event->query, tenon_status_name(event->status),
             event->rows, event->items, event->attempts);
    write_log(context, text);
    ck_assert_int_ge(event->elapsed_ns, 0);
    ck_assert_int_eq(event->error == NULL, event->status == TENON_OK);
    if (event->error != NULL)
        ck_assert_int_eq(event->error->status, event->status);
}

static void log_notice(void *context, const tenon_error *notice)
{
    char text[256];

    snprintf(text, sizeof text, "%s %s: %s, %s", notice->severity, notice->sqlstate,
             notice->message, notice->detail);
    write_log(context, text);
}

static void log_notification(void *context, const tenon_notification *notification)
{
    char text[256];

    ck_assert_int_gt(notification->sender_pid, 0);
    snprintf(text, sizeof text, "%s=%s", notification->channel, notification->payload);
    write_log(context, text);
}

START_TEST(hooks_are_told_of_every_query)
{
    struct log log = {"", 0};
    const tenon_hooks hooks = {.context = &log, .before = count_before, .after = log_event};
    rt_item_row_list list;

    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "one"}));
    ck_status(TENON_UNIQUE_VIOLATION,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "again"}));
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
    ck_assert_int_eq(log.before, 4);
    tenon_db_set_hooks(db, NULL);
    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_assert_int_eq(log.before, 4);
    ck_assert_str_eq(log.text, "ListItems OK 3/0 x1;AddEntry OK 1/0 x1;"
                               "AddEntry UNIQUE_VIOLATION 0/0 x1; OK 0/0 x1;");
}
END_TEST

START_TEST(hooks_are_told_of_what_was_never_sent)
{
    struct log log = {"", 0};
    const tenon_hooks hooks = {.context = &log, .after = log_event};

    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_INVALID_ARGUMENT,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = NULL}));
    ck_assert_str_eq(log.text, "AddEntry INVALID_ARGUMENT 0/0 x0;");
}
END_TEST

START_TEST(hooks_are_told_how_many_items_there_were)
{
    static const rt_add_entries_params items[] = {{1, "a"}, {2, "b"}};
    static const rt_load_entries_params rows[] = {{3, "c"}, {4, "d"}, {5, "e"}};
    struct log log = {"", 0};
    const tenon_hooks hooks = {.context = &log, .after = log_event};
    int64_t count;

    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, rt_add_entries(db, items, 2));
    ck_status(TENON_OK, rt_load_entries(db, rows, 3, &count));
    ck_assert_str_eq(log.text, "AddEntries OK 2/2 x1;LoadEntries OK 3/3 x1;");
}
END_TEST

START_TEST(a_second_attempt_is_told)
{
    struct log log = {"", 0};
    const tenon_hooks hooks = {.context = &log, .after = log_event};
    rt_item_row_list list;

    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, rt_list_items(db, mem, 1, &list));
    ck_assert_str_eq(log.text, "ListItems OK 3/0 x2;");
}
END_TEST

START_TEST(the_ends_of_a_transaction_are_told)
{
    struct log log = {"", 0};
    const tenon_hooks hooks = {.context = &log, .after = log_event};

    ck_status(TENON_OK, rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "one"}));
    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, tenon_begin(db, NULL));
    ck_status(TENON_UNIQUE_VIOLATION,
              rt_add_entry(db, &(rt_add_entry_params){.id = 1, .note = "again"}));
    ck_status(TENON_OK, tenon_rollback(db));
    ck_assert_ptr_nonnull(strstr(log.text, "BEGIN OK"));
    ck_assert_ptr_nonnull(strstr(log.text, "AddEntry UNIQUE_VIOLATION"));
    ck_assert_ptr_nonnull(strstr(log.text, "ROLLBACK OK"));
}
END_TEST

START_TEST(notices_reach_their_hook)
{
    struct log log = {"", 0};
    const tenon_hooks hooks = {.context = &log, .notice = log_notice};
    tenon_opt_int32 one;

    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, rt_warn(db, "careful", &one));
    ck_status(TENON_OK, tenon_exec(db, "DO $$ BEGIN RAISE INFO 'for your information'; END $$"));
    ck_assert_str_eq(log.text, "WARNING 01000: careful, said by warn;"
                               "INFO 00000: for your information, ;");
    tenon_db_set_hooks(db, NULL);
    ck_status(TENON_OK, rt_warn(db, "nobody listens", &one));
    ck_assert_ptr_null(strstr(log.text, "nobody"));
}
END_TEST

START_TEST(notifications_reach_their_hook)
{
    struct log log = {"", 0};
    const tenon_hooks hooks = {.context = &log, .notification = log_notification};

    tenon_db_set_hooks(db, &hooks);
    ck_status(TENON_OK, tenon_exec(db, "LISTEN news"));
    ck_status(TENON_OK, rt_notify(db, &(rt_notify_params){.channel = "news", .payload = "first"}));
    ck_status(TENON_OK,
              rt_notify(db, &(rt_notify_params){.channel = "olds", .payload = "not listened to"}));
    server_ask("NOTIFY news");
    ck_usable(db);
    ck_assert_str_eq(log.text, "news=first;news=;");
}
END_TEST

/* Those that came before a call may be taken until the next; more than that is not kept. */
START_TEST(notifications_that_nobody_takes_do_not_pile_up)
{
    int left = 0;

    ck_status(TENON_OK, tenon_exec(db, "LISTEN news"));
    for (int i = 0; i < 50; i++)
        ck_status(TENON_OK,
                  rt_notify(db, &(rt_notify_params){.channel = "news",
                                                    .payload = i % 2 == 0 ? "even" : "odd"}));
    ck_usable(db);
    for (PGnotify *notify; (notify = PQnotifies(tenon_db_conn(db))) != NULL; left++)
        PQfreemem(notify);
    ck_assert_int_le(left, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hooks");
    TCase *tcase = tcase_create("all");

    server_init("hooks");
    tcase_add_checked_fixture(tcase, server_setup_schema, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, hooks_are_told_of_every_query);
    tcase_add_test(tcase, hooks_are_told_of_what_was_never_sent);
    tcase_add_test(tcase, hooks_are_told_how_many_items_there_were);
    tcase_add_test(tcase, a_second_attempt_is_told);
    tcase_add_test(tcase, the_ends_of_a_transaction_are_told);
    tcase_add_test(tcase, notices_reach_their_hook);
    tcase_add_test(tcase, notifications_reach_their_hook);
    tcase_add_test(tcase, notifications_that_nobody_takes_do_not_pile_up);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
