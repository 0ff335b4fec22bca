/* What of a schema file is replayed, and what becomes of statements that do not parse. */
#include "given.h"

/* The texts of the statements, each followed by a '|'. */
static const char *statements_of(const char *text)
{
    struct statements statements = given_schema(text);
    struct buf out = buf_in(&given_arena);

    for (size_t i = 0; i < statements.n; i++)
        buf_addf(&out, "%s|", text_of(&statements.items[i]));
    return buf_text(&out);
}

static const struct {
    const char *file, *statements;
} cases[] = {
    {"", ""},
    {"-- only a comment\n", ""},
    {"SELECT 1; SELECT 2", "SELECT 1|SELECT 2|"},
    {"\xEF\xBB\xBFSELECT 1;\r\nSELECT 2;\r\n", "SELECT 1|SELECT 2|"},
    {"/* a */ SELECT 1 -- b\n; -- c\n-- d\nSELECT 2 /* e */", "SELECT 1|SELECT 2|"},
    {"SELECT ';' AS \";\", $$;$$;", "SELECT ';' AS \";\", $$;$$|"},
    {"CREATE RULE r AS ON INSERT TO a DO (SELECT 1; SELECT 2); SELECT 3",
     "CREATE RULE r AS ON INSERT TO a DO (SELECT 1; SELECT 2)|SELECT 3|"},
    {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT 1",
     "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END|SELECT "
     "1|"},
    /* psql */
    {"\\restrict x'y\nSELECT 1;\n\\connect db\nSELECT 2;", "SELECT 1|SELECT 2|"},
    {"SELECT 1 \\gexec\nSELECT 2;", "SELECT 1|SELECT 2|"},
    {"SELECT '\\restrict';", "SELECT '\\restrict'|"},
    {"COPY a (x) FROM stdin;\n1;'\n\\N\n\\.\nSELECT 1;", "COPY a (x) FROM stdin|SELECT 1|"},
    {"\\copy a from stdin\nit's;\n\\.\nSELECT 1;", "SELECT 1|"},
    {"COPY a TO stdout; SELECT 1;", "COPY a TO stdout|SELECT 1|"},
    /* migration tools */
    {"-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;", "SELECT 1|"},
    {"-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd\n", "SELECT 1|"},
    {"-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;", "SELECT 1|"},
    {"-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;", "SELECT 1|"},
    {"SELECT 1;\n---- create above / drop below ----\nSELECT 2;", "SELECT 1|"},
    {"-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n-- +goose Up\nSELECT 3;",
     "SELECT 1|SELECT 3|"},
    {"# --- !Ups\nSELECT 1;\n# --- !Downs\nSELECT 2;", "SELECT 1|"},
    {"-- !Ups\nSELECT 1 # 2;\n-- !Downs\nSELECT 2;\n# --- !Ups\nSELECT 3;",
     "SELECT 1 # 2|SELECT 3|"},
    {"--migrate:up\nSELECT 1;\n--\t migrate:down transaction:false\nSELECT 2;", "SELECT 1|"},
    {"--+goose up\r\nSELECT 1;\r\n  --   +goose  Down \r\nSELECT 2;\r\n --+goose Up\r\nSELECT 3;",
     "SELECT 1|SELECT 3|"},
    {"--+migrate Down notransaction\nSELECT 2;\n-- +migrate Upwards\nSELECT 3;", ""},
    {"-- rambler up\nSELECT 1;\n-- rambler down\nSELECT 2;", "SELECT 1|"},
    {"-- Up Migration\nSELECT 1;\n--- Down Migration\nSELECT 2;", "SELECT 1|"},
    {"-- ==== UP ====\nSELECT 1;\n-- ==== DOWN ====\nSELECT 2;", "SELECT 1|"},
    {"SELECT 1;\n-- //@UNDO\nSELECT 2;", "SELECT 1|"},
    {"-- -- +goose Down\n-- migrate:downwards\n-- this goes down\nSELECT 1;", "SELECT 1|"},
    {"SELECT '\n-- +goose Down\n'; SELECT 1;", "SELECT '\n-- +goose Down\n'|SELECT 1|"},
    /* annotated queries belong to query files */
    {"CREATE TABLE a();\n-- name: X :one\nSELECT @y;\nCREATE TABLE b();",
     "CREATE TABLE a()|CREATE TABLE b()|"},
    {"SELECT 1; -- name: X :one\nSELECT 2;", "SELECT 1|SELECT 2|"},
    {"-- Name: users; Type: TABLE\nSELECT 1;\n-- name: of a person\nSELECT 2;",
     "SELECT 1|SELECT 2|"},
};

START_TEST(replays_only_what_is_schema)
{
    ck_assert_str_eq(statements_of(cases[_i].file), cases[_i].statements);
    ck_assert_str_eq(diag_at(0), "");
}
END_TEST

/* Syntax of newer releases: what it is and, behind the semicolon, what to write instead. */
static const struct {
    const char *statement, *what;
} newer[] = {
    {"CREATE TABLE a (NOT NULL b) INHERITS (c)",
     "NOT NULL as a constraint of its own came with PostgreSQL 18"},
    {"CREATE TABLE a (b int, CONSTRAINT c NOT NULL b)", "NOT NULL as a constraint of its own"},
    {"ALTER TABLE a ADD CONSTRAINT c NOT NULL b NOT VALID", "NOT NULL as a constraint of its own"},
    {"CREATE TABLE a (b int GENERATED ALWAYS AS (1 + f(2)) VIRTUAL)", "VIRTUAL generated columns"},
    {"CREATE TABLE a (b int GENERATED ALWAYS AS (1 + f(2)), c int)", "write STORED; "},
    {"CREATE TABLE a (b int GENERATED ALWAYS AS (1))", "write STORED; "},
    {"CREATE TABLE a (b int CHECK (b > 0) NOT ENFORCED)", "[NOT] ENFORCED"},
    {"CREATE TABLE a (PRIMARY KEY (b, c WITHOUT OVERLAPS))", "WITHOUT OVERLAPS"},
    {"CREATE TABLE a (FOREIGN KEY (b, PERIOD c) REFERENCES d)", "PERIOD in a foreign key"},
    {"CREATE TABLE a (b text STORAGE EXTERNAL)", "STORAGE in a column definition"},
    {"CREATE VIEW a AS SELECT b IS NOT JSON FROM c", "IS JSON came with PostgreSQL 16"},
    {"CREATE VIEW a AS SELECT JSON_VALUE(b, '$' RETURNING int) FROM c",
     "this form of json_value()"},
    {"CREATE VIEW a AS SELECT json_object('b' : upper('c'))", "this form of json_object()"},
    {"MERGE INTO a USING b ON c WHEN NOT MATCHED BY SOURCE THEN DELETE", "NOT MATCHED BY SOURCE"},
    {"MERGE INTO a USING b ON c WHEN MATCHED THEN DELETE RETURNING d", "RETURNING of a MERGE"},
    {"CREATE VIEW a AS SELECT now() AT LOCAL", "AT LOCAL came with PostgreSQL 17"},
    {"CREATE VIEW a AS SELECT 1_000", "such a number came with PostgreSQL 16"},
    {"CREATE VIEW a AS SELECT 12abc", NULL},
    {"CREATE TABLE a (b int NOT NULL NULL NULL x)", NULL},
};

START_TEST(newer_syntax_is_told_by_its_release)
{
    const struct diag *diag;

    statements_of(newer[_i].statement);
    diag = given_diags.list.items[0];
    ck_assert_uint_eq(given_diags.list.n, 1);
    ck_assert_str_eq(diag->code, "42601");
    if (newer[_i].what)
        ck_assert_msg(diag->hint &&
                          strncmp(diag->hint, newer[_i].what, strlen(newer[_i].what)) == 0,
                      "%s: %s", newer[_i].statement, diag->hint);
    else
        ck_assert_ptr_null(diag->hint);
}
END_TEST

/* More than can be parsed at once, but for the rows. */
START_TEST(seeds_may_be_of_any_length)
{
    enum { N = 60000 };
    struct buf file = buf_in(&given_arena);

    buf_adds(&file, "CREATE TABLE a (b int);\n-- name: x :one\nINSERT INTO a VALUES (1);\n");
    for (int i = 0; i < N; i++)
        buf_adds(&file, "INSERT INTO a VALUES (1, ';');\n");
    buf_adds(&file, "CREATE TABLE c (d int); INSERT INTO a VALUES (1)");
    for (int i = 0; i < N; i++)
        buf_adds(&file, ", ('(', 2, 3)");
    buf_adds(&file, ";\nCREATE TABLE e (f int)");
    ck_assert_str_eq(statements_of(buf_text(&file)),
                     "CREATE TABLE a (b int)|CREATE TABLE c (d int)|CREATE TABLE e (f int)|");
    ck_assert_uint_eq(given_diags.list.n, 0);
}
END_TEST

/* A server is to run it: no row may be left out. */
START_TEST(what_is_run_is_read_whole_or_not_at_all)
{
    enum { N = 120000 };
    struct buf file = buf_in(&given_arena);
    struct source *source;

    for (int i = 0; i < N; i++)
        buf_adds(&file, "INSERT INTO a VALUES (1, 2);\n");
    source = source_create(&given_arena, "20261130101500_seed.sql", buf_str(&file));
    source->is_run = true;
    ck_assert_uint_eq(sql_parse_schema(&given_arena, source, &given_diags).n, 0);
    ck_assert_uint_eq(given_diags.list.n, 1);
    ck_assert_str_eq(given_diags.list.items[0]->hint, "divide the file");
}
END_TEST

START_TEST(reports_each_bad_statement_and_goes_on)
{
    const char *file = "SELECT 1;\nSELEC 2;\nSELECT 'é', FROM t;\nSELECT (3;\nSELECT 4;";

    ck_assert_str_eq(statements_of(file), "SELECT 1|SELECT 4|");
    ck_assert_str_eq(diag_at(0), "42601 2:1 SELEC");
    ck_assert_str_eq(diag_at(1), "42601 3:13 FROM");
    ck_assert_str_eq(diag_at(2), "42601 4:10 ;");
    ck_assert_str_eq(diag_at(3), "");
}
END_TEST

START_TEST(a_number_is_junk_with_its_whole_word)
{
    statements_of("SELECT 12abc_1é + 1;\nSELECT 1.5e+a;");
    ck_assert_str_eq(given_diags.list.items[0]->message,
                     "trailing junk after numeric literal at or near \"12abc_1é\"");
    ck_assert_str_eq(given_diags.list.items[1]->message,
                     "trailing junk after numeric literal at or near \"1.5e+\"");
    statements_of("SELECT $1é€b");
    ck_assert_str_eq(given_diags.list.items[2]->message,
                     "trailing junk after parameter at or near \"$1é€b\"");
}
END_TEST

START_TEST(locations_are_bytes_of_the_file_after_recovery)
{
    struct statements statements = given_schema("SELEC 'é';\nSELECT a");
    const PgQuery__SelectStmt *select;

    ck_assert_uint_eq(statements.n, 1);
    select = statements.items[0].tree->select_stmt;
    ck_assert_str_eq(
        text_at(sql_span(statements.items[0].sql, select->target_list[0]->res_target->location)),
        "a");
}
END_TEST

START_TEST(reports_the_first_byte_that_is_not_utf8)
{
    ck_assert_str_eq(statements_of("SELECT 'é\xFF';"), "");
    ck_assert_str_eq(diag_at(0), "22021 1:10 \xFF");
}
END_TEST

START_TEST(reports_a_nul_byte)
{
    const struct source *source =
        source_create(&given_arena, "schema.sql", STR("SELECT 1;\n\0SELECT 2;"));

    ck_assert_uint_eq(sql_parse_schema(&given_arena, source, &given_diags).n, 0);
    ck_assert_str_eq(diag_at(0), "22021 2:1 ");
}
END_TEST

START_TEST(warns_of_included_files)
{
    ck_assert_str_eq(statements_of("\\i other.sql\nSELECT 1;"), "SELECT 1|");
    ck_assert_str_eq(diag_at(0), "PL105 1:1 \\i other.sql");
    ck_assert_uint_eq(given_diags.n_errors, 0);
    ck_assert_str_eq(statements_of("SELECT 1;\n  {{ template \"shared/x.sql\" . }}\nSELECT 2;"),
                     "SELECT 1|SELECT 2|");
    ck_assert_str_eq(diag_at(1), "PL105 2:3 {{ template \"shared/x.sql\" . }}");
    ck_assert_uint_eq(given_diags.n_errors, 0);
}
END_TEST

START_TEST(a_placeholder_is_an_error_of_its_statement)
{
    ck_assert_str_eq(statements_of("CREATE TABLE ${schema}.t ();\nSELECT 1;\n"
                                   "CREATE TABLE {{ .prefix }}_t ();"),
                     "SELECT 1|");
    ck_assert_str_eq(diag_at(0), "42601 1:14 $");
    ck_assert_str_eq(given_diags.list.items[0]->hint,
                     "a placeholder of a template or a migration tool must be filled in first");
    ck_assert_str_eq(diag_at(1), "42601 3:14 {");
}
END_TEST

START_TEST(other_raw_parser_errors_keep_their_state)
{
    given_schema("SELECT 1 OVER (ROWS UNBOUNDED FOLLOWING);\n"
                 "SELECT sum(1) OVER (ROWS UNBOUNDED FOLLOWING);\n"
                 "CREATE TABLE t (a float(0));\n");
    ck_assert_str_eq(diag_at(1), "42P20 2:26 UNBOUNDED");
    ck_assert_str_eq(diag_at(2), "22023 3:25 0");
}
END_TEST

Suite *schema_file_suite(void)
{
    Suite *suite = suite_create("schema file");
    TCase *tests = tcase_create("schema file"), *large = tcase_create("large files");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_loop_test(tests, replays_only_what_is_schema, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(tests, reports_each_bad_statement_and_goes_on);
    tcase_add_loop_test(tests, newer_syntax_is_told_by_its_release, 0,
                        sizeof newer / sizeof *newer);
    tcase_add_test(tests, a_number_is_junk_with_its_whole_word);
    tcase_add_test(tests, locations_are_bytes_of_the_file_after_recovery);
    tcase_add_test(tests, reports_the_first_byte_that_is_not_utf8);
    tcase_add_test(tests, reports_a_nul_byte);
    tcase_add_test(tests, warns_of_included_files);
    tcase_add_test(tests, a_placeholder_is_an_error_of_its_statement);
    tcase_add_test(tests, other_raw_parser_errors_keep_their_state);
    tcase_set_timeout(large, 60);
    tcase_add_checked_fixture(large, given_setup, given_teardown);
    tcase_add_test(large, seeds_may_be_of_any_length);
    tcase_add_test(large, what_is_run_is_read_whole_or_not_at_all);
    suite_add_tcase(suite, large);
    suite_add_tcase(suite, tests);
    return suite;
}
