/* What a server that is broken, or means harm, can send: every answer has a status that is
 * expected, none is taken for a value, and no call outlives its deadline. */
#include <check.h>
#include <string.h>

#include <rt/probes.h>

#include "fake_server.h"
#include "server.h"

#define DEADLINE_MS 300

/* --- Answers to SELECT of one int4 column --- */

static void start(struct script *s)
{
    script_plain(s, '1'); /* ParseComplete */
    script_plain(s, '2'); /* BindComplete */
}

static void int4_column(struct script *s)
{
    start(s);
    script_column(s, "v", 23, 1);
}

static void finish(struct script *s)
{
    script_complete(s, "SELECT 1");
    script_ready(s);
}

static void honest(struct script *s)
{
    int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    finish(s);
}

static void three_bytes(struct script *s)
{
    int4_column(s);
    script_value(s, 3, "\0\0\7", 3);
    finish(s);
}

static void eight_bytes(struct script *s)
{
    int4_column(s);
    script_value(s, 8, "\0\0\0\0\0\0\0\7", 8);
    finish(s);
}

static void no_bytes(struct script *s)
{
    int4_column(s);
    script_value(s, 0, "", 0);
    finish(s);
}

static void null_value(struct script *s)
{
    int4_column(s);
    script_value(s, -1, "", 0);
    finish(s);
}

static void text_format(struct script *s)
{
    start(s);
    script_column(s, "v", 23, 0);
    script_value(s, 4, "1234", 4);
    finish(s);
}

static void another_type(struct script *s)
{
    start(s);
    script_column(s, "v", 20, 1);
    script_value(s, 4, "\0\0\0\7", 4);
    finish(s);
}

static void no_columns(struct script *s)
{
    start(s);
    size_t begin = script_begin(s, 'T');
    script_int16(s, 0);
    script_end(s, begin);
    begin = script_begin(s, 'D');
    script_int16(s, 0);
    script_end(s, begin);
    finish(s);
}

static void no_data(struct script *s)
{
    start(s);
    script_plain(s, 'n');
    script_complete(s, "INSERT 0 1");
    script_ready(s);
}

static void nothing_but_ready(struct script *s)
{
    start(s);
    script_ready(s);
}

static void two_results(struct script *s)
{
    int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_complete(s, "SELECT 1");
    script_column(s, "v", 23, 1);
    script_value(s, 4, "\0\0\0\7", 4);
    finish(s);
}

static void second_row_description(struct script *s)
{
    int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_column(s, "v", 25, 0);
    finish(s);
}

static void more_values_than_columns(struct script *s)
{
    int4_column(s);
    size_t begin = script_begin(s, 'D');
    script_int16(s, 2);
    script_int32(s, -1);
    script_int32(s, -1);
    script_end(s, begin);
    finish(s);
}

/* libpq makes an error of this one, and a success of what follows. */
static void negative_length_then_success(struct script *s)
{
    int4_column(s);
    script_value(s, -7, "\0\0\0\7", 4);
    finish(s);
}

static void error_then_success(struct script *s)
{
    start(s);
    script_error(s, "ERROR", "23505", "first");
    script_complete(s, "SELECT 1");
    script_ready(s);
}

static void two_errors(struct script *s)
{
    start(s);
    script_error(s, "ERROR", "23505", "first");
    script_error(s, "ERROR", "23503", "second");
    script_ready(s);
}

static void error_behind_rows(struct script *s)
{
    int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_error(s, "ERROR", "22012", "late");
    script_ready(s);
}

static void error_without_fields(struct script *s)
{
    start(s);
    size_t begin = script_begin(s, 'E');
    script_byte(s, 0);
    script_end(s, begin);
    script_ready(s);
}

static void error_with_formats(struct script *s)
{
    start(s);
    script_error(s, "ERROR", "XX000", "%n%s%n%s\033[31m\n");
    script_ready(s);
}

static void fatal_error(struct script *s)
{
    start(s);
    script_error(s, "FATAL", "57P01", "terminating");
}

static void copy_out(struct script *s)
{
    start(s);
    size_t begin = script_begin(s, 'H');
    script_byte(s, 0);
    script_int16(s, 0);
    script_end(s, begin);
}

static void copy_in(struct script *s)
{
    start(s);
    size_t begin = script_begin(s, 'G');
    script_byte(s, 0);
    script_int16(s, 0);
    script_end(s, begin);
}

static void other_encoding(struct script *s)
{
    int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    size_t begin = script_begin(s, 'S');
    script_text(s, "client_encoding");
    script_text(s, "LATIN1");
    script_end(s, begin);
    finish(s);
}

static void unknown_message(struct script *s)
{
    start(s);
    script_plain(s, '!');
}

static void two_gigabytes(struct script *s)
{
    int4_column(s);
    script_byte(s, 'D');
    script_int32(s, 0x7ffffffe);
}

static void silence(struct script *s)
{
    (void)s;
}

static void silence_behind_rows(struct script *s)
{
    int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_complete(s, "SELECT 1");
}

static void half_a_message(struct script *s)
{
    honest(s);
    s->length = 40;
    s->closes = true;
}

static void close_behind_rows(struct script *s)
{
    silence_behind_rows(s);
    s->closes = true;
}

static void notices(struct script *s)
{
    start(s);
    for (int i = 0; i < 500; i++) {
        size_t begin = script_begin(s, 'N');
        script_byte(s, 'M');
        script_text(s, "listen to me");
        script_byte(s, 0);
        script_end(s, begin);
    }
    script_column(s, "v", 23, 1);
    script_value(s, 4, "\0\0\0\7", 4);
    finish(s);
}

static const struct {
    const char *name;
    void (*write)(struct script *s);
    tenon_status status;
    bool survives; /* the connection */
} lies[] = {
    {"honest", honest, TENON_OK, true},
    {"notices", notices, TENON_OK, true},
    {"three bytes", three_bytes, TENON_BAD_VALUE, true},
    {"eight bytes", eight_bytes, TENON_BAD_VALUE, true},
    {"no bytes", no_bytes, TENON_BAD_VALUE, true},
    {"null value", null_value, TENON_BAD_VALUE, true},
    {"text format", text_format, TENON_BAD_VALUE, true},
    {"another type", another_type, TENON_SCHEMA_MISMATCH, true},
    {"no columns", no_columns, TENON_SCHEMA_MISMATCH, true},
    {"no data", no_data, TENON_SCHEMA_MISMATCH, true},
    {"nothing but ready", nothing_but_ready, TENON_BAD_VALUE, true},
    {"two results", two_results, TENON_BAD_VALUE, true},
    {"second row description", second_row_description, TENON_BAD_VALUE, true},
    {"more values than columns", more_values_than_columns, TENON_BAD_VALUE, true},
    {"negative length, then success", negative_length_then_success, TENON_BAD_VALUE, true},
    {"error, then success", error_then_success, TENON_UNIQUE_VIOLATION, true},
    {"two errors", two_errors, TENON_UNIQUE_VIOLATION, true},
    {"error behind rows", error_behind_rows, TENON_SQL_ERROR, true},
    {"error without fields", error_without_fields, TENON_BAD_VALUE, true},
    {"error with formats", error_with_formats, TENON_SQL_ERROR, true},
    {"fatal error", fatal_error, TENON_CONNECTION_LOST, false},
    {"copy out", copy_out, TENON_INVALID_ARGUMENT, false},
    {"copy in", copy_in, TENON_INVALID_ARGUMENT, false},
    {"another encoding", other_encoding, TENON_BAD_VALUE, true},
    {"unknown message", unknown_message, TENON_BAD_VALUE, false},
    {"two gigabytes to come", two_gigabytes, TENON_CONNECTION_LOST, false},
    {"silence", silence, TENON_TIMEOUT, false},
    {"silence behind rows", silence_behind_rows, TENON_TIMEOUT, false},
    {"half a message", half_a_message, TENON_CONNECTION_LOST, false},
    {"close behind rows", close_behind_rows, TENON_CONNECTION_LOST, false},
};

START_TEST(a_lie_is_found_out)
{
    static const tenon_db_options options = {.timeout_ms = DEADLINE_MS, .unnamed = true};
    static struct script script;
    struct fake_server server;
    int32_t value = -1;

    script.length = 0;
    script.closes = false;
    lies[_i].write(&script);
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, &options, &db));
    double before = now_ms();
    tenon_status status = rt_seven(db, &value);
    double took = now_ms() - before;
    ck_assert_msg(status == lies[_i].status, "%s: %s: %s", lies[_i].name, tenon_status_name(status),
                  tenon_db_error(db)->message);
    ck_assert_msg(took < DEADLINE_MS + 100, "%s: %g ms", lies[_i].name, took);
    ck_assert_msg(tenon_db_is_open(db) == lies[_i].survives, "%s", lies[_i].name);
    if (status == TENON_OK)
        ck_assert_int_eq(value, 7);
    else
        ck_assert_str_ne(tenon_db_error(db)->message, "");
    if (!lies[_i].survives)
        ck_assert_int_eq(rt_seven(db, &value), TENON_CONNECTION_LOST);
    tenon_db_close(db);
    fake_server_stop(&server);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lying server");
    TCase *tcase = tcase_create("all");

    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_lie_is_found_out, 0, sizeof lies / sizeof *lies);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
