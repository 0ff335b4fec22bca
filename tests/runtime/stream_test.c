/* Streams: rows one by one, ended at any point. */
#include <stdio.h>
#include <time.h>

#include "server.h"

typedef struct stream {
    tenon__call call;
    int32_t n;
    const char *text;
    tenon_int32_array numbers;
} stream;

static const uint32_t int4_type[] = {23};
static const uint32_t row_types[] = {23, 25, 1007};

static const tenon__statement count_to = {
    .query = "CountTo",
    .key = "tenon_test_count_to",
    .sql = "SELECT g, 'row ' || g, ARRAY[g, 100 / (g - 50000)] FROM (SELECT generate_series(1, $1) "
           "AS g) t",
    .n_params = 1,
    .param_types = int4_type,
    .n_columns = 3,
    .column_types = row_types,
    .reads_only = true,
};

static stream *stream_begin(tenon_db *on, int32_t last)
{
    stream *it = tenon__stream_create(on, sizeof *it);

    if (it == NULL)
        return NULL;
    tenon__begin(&it->call, on, &count_to);
    tenon__bind_int32(&it->call, last);
    tenon__stream_start(&it->call);
    return it;
}

static bool stream_next(stream *it)
{
    if (it == NULL || !tenon__stream_next(&it->call))
        return false;
    it->n = tenon__read_int32(&it->call);
    it->text = tenon__read_text(&it->call);
    it->numbers = tenon__read_int32_array(&it->call, 23);
    return tenon__ok(&it->call);
}

static tenon_status stream_end(stream *it)
{
    return tenon__stream_end(it == NULL ? NULL : &it->call);
}

START_TEST(a_stream_delivers_every_row)
{
    char expected[32];
    int32_t n = 0;

    /* The second time it is prepared already. */
    for (int round = 0; round < 2; round++) {
        stream *it = stream_begin(db, 1000);
        for (n = 0; stream_next(it);) {
            n++;
            ck_assert_int_eq(it->n, n);
            snprintf(expected, sizeof expected, "row %d", n);
            ck_assert_str_eq(it->text, expected);
            ck_assert_uint_eq(it->numbers.count, 2);
            ck_assert_int_eq(it->numbers.items[0], n);
        }
        ck_status(TENON_OK, stream_end(it));
        ck_assert_int_eq(n, 1000);
    }
}
END_TEST

START_TEST(a_stream_without_rows_ends_at_once)
{
    stream *it = stream_begin(db, 0);

    ck_assert(!stream_next(it));
    ck_assert(!stream_next(it));
    ck_status(TENON_OK, stream_end(it));
}
END_TEST

START_TEST(an_error_behind_rows_is_reported_at_the_end)
{
    stream *it = stream_begin(db, 60000);
    int32_t n = 0;

    while (stream_next(it))
        n++;
    ck_assert_int_eq(n, 49999);
    ck_status(TENON_SQL_ERROR, stream_end(it));
    ck_assert_str_eq(tenon_db_error(db)->sqlstate, "22012");
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
}
END_TEST

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

START_TEST(a_stream_may_end_early)
{
    double before = seconds();
    stream *it = stream_begin(db, 2000000000);

    ck_assert(stream_next(it));
    /* An ended stream of plain reads is cancelled: nobody waits for two billion rows. It would also
     * have come to the division by zero. */
    ck_status(TENON_OK, stream_end(it));
    ck_assert_double_lt(seconds() - before, 5);
    ck_assert_int_eq(tenon_db_error(db)->status, TENON_OK);
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
}
END_TEST

START_TEST(a_stream_that_ends_early_leaves_its_transaction_alive)
{
    ck_status(TENON_OK, tenon_begin(db, NULL));
    stream *it = stream_begin(db, 40000);
    ck_assert(stream_next(it));
    ck_status(TENON_OK, stream_end(it));
    ck_status(TENON_OK, tenon_exec(db, "SELECT 1"));
    ck_status(TENON_OK, tenon_commit(db));
}
END_TEST

START_TEST(the_connection_is_busy_meanwhile)
{
    stream *it = stream_begin(db, 10), *second;
    int32_t value;

    ck_assert(stream_next(it));
    ck_status(TENON_INVALID_ARGUMENT, select_int(db, "SELECT 1", &value));
    ck_status(TENON_INVALID_ARGUMENT, tenon_begin(db, NULL));
    second = stream_begin(db, 10);
    ck_assert(!stream_next(second));
    ck_status(TENON_INVALID_ARGUMENT, stream_end(second));
    for (int n = 2; n <= 10; n++)
        ck_assert(stream_next(it));
    ck_assert(!stream_next(it));
    ck_status(TENON_OK, stream_end(it));
    ck_status(TENON_OK, select_int(db, "SELECT 1", &value));
}
END_TEST

START_TEST(a_stream_that_could_not_begin_says_so_at_its_end)
{
    ck_assert_int_eq(stream_end(NULL), TENON_OUT_OF_MEMORY);
    stream *it = stream_begin(NULL, 1);
    ck_assert(!stream_next(it));
    ck_assert_int_eq(stream_end(it), TENON_INVALID_ARGUMENT);
}
END_TEST

START_TEST(a_stream_comes_back_after_discard_all)
{
    stream *it = stream_begin(db, 1);

    ck_assert(stream_next(it));
    ck_status(TENON_OK, stream_end(it));
    ck_status(TENON_OK, tenon_exec(db, "DISCARD ALL"));
    it = stream_begin(db, 2);
    ck_assert(stream_next(it));
    ck_assert(stream_next(it));
    ck_assert(!stream_next(it));
    ck_status(TENON_OK, stream_end(it));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stream");
    TCase *tcase = tcase_create("all");

    server_init("stream");
    tcase_add_checked_fixture(tcase, server_setup, server_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_stream_delivers_every_row);
    tcase_add_test(tcase, a_stream_without_rows_ends_at_once);
    tcase_add_test(tcase, an_error_behind_rows_is_reported_at_the_end);
    tcase_add_test(tcase, a_stream_may_end_early);
    tcase_add_test(tcase, a_stream_that_ends_early_leaves_its_transaction_alive);
    tcase_add_test(tcase, the_connection_is_busy_meanwhile);
    tcase_add_test(tcase, a_stream_that_could_not_begin_says_so_at_its_end);
    tcase_add_test(tcase, a_stream_comes_back_after_discard_all);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
