/* What a server that is broken, or means harm, can say. */
#include "lies.h"

static void honest(struct script *s)
{
    script_int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_finish(s);
}

static void three_bytes(struct script *s)
{
    script_int4_column(s);
    script_value(s, 3, "\0\0\7", 3);
    script_finish(s);
}

static void eight_bytes(struct script *s)
{
    script_int4_column(s);
    script_value(s, 8, "\0\0\0\0\0\0\0\7", 8);
    script_finish(s);
}

static void no_bytes(struct script *s)
{
    script_int4_column(s);
    script_value(s, 0, "", 0);
    script_finish(s);
}

static void null_value(struct script *s)
{
    script_int4_column(s);
    script_value(s, -1, "", 0);
    script_finish(s);
}

static void text_format(struct script *s)
{
    script_bound(s);
    script_column(s, "v", 23, 0);
    script_value(s, 4, "1234", 4);
    script_finish(s);
}

static void another_type(struct script *s)
{
    script_bound(s);
    script_column(s, "v", 20, 1);
    script_value(s, 4, "\0\0\0\7", 4);
    script_finish(s);
}

static void no_columns(struct script *s)
{
    script_bound(s);
    size_t begin = script_begin(s, 'T');
    script_int16(s, 0);
    script_end(s, begin);
    begin = script_begin(s, 'D');
    script_int16(s, 0);
    script_end(s, begin);
    script_finish(s);
}

static void no_data(struct script *s)
{
    script_bound(s);
    script_plain(s, 'n');
    script_complete(s, "INSERT 0 1");
    script_ready(s);
}

static void nothing_but_ready(struct script *s)
{
    script_bound(s);
    script_ready(s);
}

static void two_results(struct script *s)
{
    script_int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_complete(s, "SELECT 1");
    script_column(s, "v", 23, 1);
    script_value(s, 4, "\0\0\0\7", 4);
    script_finish(s);
}

static void one_row_with_tag(struct script *s, const char *tag)
{
    script_int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_complete(s, tag);
    script_ready(s);
}

static void tag_of_fewer_rows(struct script *s)
{
    one_row_with_tag(s, "SELECT 0");
}

static void tag_of_more_rows(struct script *s)
{
    one_row_with_tag(s, "SELECT 2");
}

static void second_row_description(struct script *s)
{
    script_int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_column(s, "v", 25, 0);
    script_finish(s);
}

static void more_values_than_columns(struct script *s)
{
    script_int4_column(s);
    size_t begin = script_begin(s, 'D');
    script_int16(s, 2);
    script_int32(s, -1);
    script_int32(s, -1);
    script_end(s, begin);
    script_finish(s);
}

/* libpq makes an error of this one, and a success of what follows. */
static void negative_length_then_success(struct script *s)
{
    script_int4_column(s);
    script_value(s, -7, "\0\0\0\7", 4);
    script_finish(s);
}

static void error_then_success(struct script *s)
{
    script_bound(s);
    script_error(s, "ERROR", "23505", "first");
    script_complete(s, "SELECT 1");
    script_ready(s);
}

static void two_errors(struct script *s)
{
    script_bound(s);
    script_error(s, "ERROR", "23505", "first");
    script_error(s, "ERROR", "23503", "second");
    script_ready(s);
}

static void error_behind_rows(struct script *s)
{
    script_int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_error(s, "ERROR", "22012", "late");
    script_ready(s);
}

static void error_without_fields(struct script *s)
{
    script_bound(s);
    size_t begin = script_begin(s, 'E');
    script_byte(s, 0);
    script_end(s, begin);
    script_ready(s);
}

static void error_with_formats(struct script *s)
{
    script_bound(s);
    script_error(s, "ERROR", "XX000", "%n%s%n%s\033[31m\n");
    script_ready(s);
}

/* Translated texts: the severity that is not (V) and the SQLSTATE have to tell. */
static void timeout_in_german(struct script *s)
{
    script_bound(s);
    script_error(s, "ERROR", "57014",
                 "storniere Anfrage wegen Zeit\xc3\xbc"
                 "berschreitung der Anfrage");
    script_ready(s);
}

static void error_of_class_08(struct script *s)
{
    script_bound(s);
    script_error(s, "ERROR", "08006", "could not connect to server \"loopback\"");
    script_ready(s);
}

/* As from a pooler that leaves V out: S, which may be translated, is all there is. */
static void fatal_in_french(struct script *s)
{
    script_bound(s);
    size_t begin = script_begin(s, 'E');
    script_byte(s, 'S');
    script_text(s, "FATAL");
    script_byte(s, 'C');
    script_text(s, "57P01");
    script_byte(s, 'M');
    script_text(s, "arr\xc3\xaat des connexions");
    script_byte(s, 0);
    script_end(s, begin);
}

static void fatal_error(struct script *s)
{
    script_bound(s);
    script_error(s, "FATAL", "57P01", "terminating");
}

static void copy_out(struct script *s)
{
    script_bound(s);
    size_t begin = script_begin(s, 'H');
    script_byte(s, 0);
    script_int16(s, 0);
    script_end(s, begin);
}

static void copy_in(struct script *s)
{
    script_bound(s);
    size_t begin = script_begin(s, 'G');
    script_byte(s, 0);
    script_int16(s, 0);
    script_end(s, begin);
}

static void other_encoding(struct script *s)
{
    script_int4_column(s);
    script_value(s, 4, "\0\0\0\7", 4);
    script_parameter(s, "client_encoding", "LATIN1");
    script_finish(s);
}

static void unknown_message(struct script *s)
{
    script_bound(s);
    script_plain(s, '!');
}

static void two_gigabytes(struct script *s)
{
    script_int4_column(s);
    script_byte(s, 'D');
    script_int32(s, 0x7ffffffe);
}

static void silence(struct script *s)
{
    (void)s;
}

static void silence_behind_rows(struct script *s)
{
    script_int4_column(s);
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
    script_bound(s);
    for (int i = 0; i < 500; i++)
        script_notice(s);
    script_column(s, "v", 23, 1);
    script_value(s, 4, "\0\0\0\7", 4);
    script_finish(s);
}

const struct lie lies[] = {
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
    {"nothing but ready", nothing_but_ready, TENON_PROTOCOL_VIOLATION, false},
    {"two results", two_results, TENON_PROTOCOL_VIOLATION, false},
    {"a tag of fewer rows", tag_of_fewer_rows, TENON_PROTOCOL_VIOLATION, false},
    {"a tag of more rows", tag_of_more_rows, TENON_PROTOCOL_VIOLATION, false},
    {"second row description", second_row_description, TENON_PROTOCOL_VIOLATION, false},
    {"more values than columns", more_values_than_columns, TENON_PROTOCOL_VIOLATION, false},
    {"negative length, then success", negative_length_then_success, TENON_PROTOCOL_VIOLATION,
     false},
    {"error, then success", error_then_success, TENON_UNIQUE_VIOLATION, true},
    {"two errors", two_errors, TENON_UNIQUE_VIOLATION, true},
    {"error behind rows", error_behind_rows, TENON_SQL_ERROR, true},
    {"error without fields", error_without_fields, TENON_PROTOCOL_VIOLATION, false},
    {"error with formats", error_with_formats, TENON_SQL_ERROR, true},
    {"timeout in German", timeout_in_german, TENON_TIMEOUT, true},
    {"error of a function about connections", error_of_class_08, TENON_SQL_ERROR, true},
    {"fatal error in French", fatal_in_french, TENON_CONNECTION_LOST, false},
    {"fatal error", fatal_error, TENON_CONNECTION_LOST, false},
    {"copy out", copy_out, TENON_INVALID_ARGUMENT, false},
    {"copy in", copy_in, TENON_INVALID_ARGUMENT, false},
    {"another encoding", other_encoding, TENON_BAD_VALUE, true},
    {"unknown message", unknown_message, TENON_PROTOCOL_VIOLATION, false},
    {"two gigabytes to come", two_gigabytes, TENON_CONNECTION_LOST, false},
    {"silence", silence, TENON_TIMEOUT, false},
    {"silence behind rows", silence_behind_rows, TENON_TIMEOUT, false},
    {"half a message", half_a_message, TENON_CONNECTION_LOST, false},
    {"close behind rows", close_behind_rows, TENON_CONNECTION_LOST, false},
};

const size_t n_lies = sizeof lies / sizeof *lies;
