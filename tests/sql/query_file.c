/* Annotations, doc comments, directives. */
#include "given.h"

/* "Name:command:line|" for each query. */
static const char *queries_of(const char *text)
{
    struct annotated_queries queries = given_queries(text);
    struct buf out = buf_in(&given_arena);

    for (size_t i = 0; i < queries.n; i++)
        buf_addf(&out, "%s:%s:%d|", queries.items[i]->name,
                 ir_commands[queries.items[i]->command].name, queries.items[i]->line);
    return buf_text(&out);
}

static const struct {
    const char *file, *queries;
} files[] = {
    {"", ""},
    {"-- name: A :one\nSELECT 1;", "A:one:1|"},
    {"\xEF\xBB\xBF-- name: A :one\r\nSELECT 1;\r\n", "A:one:1|"},
    {"/* name: A :exec */\nSELECT 1;", "A:exec:1|"},
    {"--name:A   :opt  \nSELECT 1", "A:opt:1|"},
    {"-- name: A :one\nSELECT 1\n-- name: B :many\nSELECT 2", "A:one:1|B:many:3|"},
    {"CREATE TABLE t();\n-- name: A :one\nSELECT 1;\nCREATE TABLE u();", "A:one:2|"},
    {"-- name: A :one\nSELECT '-- name: B :one', $$\n-- name: C :one\n$$;", "A:one:1|"},
    {"-- the name: of a thing\n-- name: A :one\n-- its name\nSELECT 1;", "A:one:2|"},
};

START_TEST(finds_annotated_statements)
{
    ck_assert_str_eq(queries_of(files[_i].file), files[_i].queries);
    ck_assert_str_eq(diag_at(0), "");
}
END_TEST

static const struct {
    const char *file, *diag;
} mistakes[] = {
    {"-- name: A\nSELECT 1;", "PL101 1:10 A"},
    {"-- name:\nSELECT 1;", "PL101 1:1 -- name:"},
    {"-- name: A :two\nSELECT 1;", "PL101 1:12 :two"},
    {"-- name: A one\nSELECT 1;", "PL101 1:12 one"},
    {"-- name: A :lastid\nSELECT 1;", "PL101 1:12 :lastid"},
    {"-- name: A :one :many\nSELECT 1;", "PL101 1:17 :many"},
    {"-- name: ../../x :one\nSELECT 1;", "PL101 1:10 ../../x"},
    {"-- name: 1st :one\nSELECT 1;", "PL101 1:10 1st"},
    {"-- name: Fé :one\nSELECT 1;", "PL101 1:10 Fé"},
    {"-- name: A :one\n", "PL103 1:1 -- name: A :one"},
    {"-- name: A :one\n;", "PL103 1:1 -- name: A :one"},
    {"-- name: A :one\nSELECT 1;\n-- name: A :opt\nSELECT 1;", "PL102 3:10 A"},
    {"-- name: A :one\nSELECT é FROM;", "42601 2:14 "},
    {"-- name: A :one\nSELECT 1;\nDELETE FROM t;", "PL104 3:1 DELETE"},
    {"SELECT 1;", "PL104 1:1 SELECT"},
    {"-- about A\nSELECT 1;\n-- name: A :one\nSELECT 1;", "PL104 2:1 SELECT"},
    {"CREATE TABLE t (); INSERT INTO t DEFAULT VALUES;\n-- name: A :one\nSELECT 1; SELECT 2;",
     "PL104 3:11 SELECT"},
    {"-- nmae: A :one\nSELECT 1;", "PL101 1:1 -- nmae: A :one"},
    {"-- name A :one\nSELECT 1;", "PL101 1:1 -- name A :one"},
    {"/* Name: A :one */\nSELECT 1;", "PL101 1:1 /* Name: A :one */"},
    {"-- name: A :one\nSELECT 1 /* one\n;\n-- name: B :one\nSELECT 2;",
     "42601 2:10 /* one\n;\n-- name: B :one\nSELECT 2;"},
    {"-- name: A :one\n-- @nulable x\nSELECT 1;", "PL120 2:4 @nulable"},
    {"-- name: A :one\n-- @row a-b\nSELECT 1;", "PL120 2:4 @row"},
    {"-- name: A :one\n-- @nullable\nSELECT 1;", "PL120 2:4 @nullable"},
};

START_TEST(points_at_the_mistake)
{
    given_queries(mistakes[_i].file);
    ck_assert_str_eq(diag_at(0), mistakes[_i].diag);
    ck_assert_str_eq(diag_at(1), "");
}
END_TEST

START_TEST(errors_carry_the_name_of_their_query)
{
    given_queries("-- name: A :one\nSELECT FROM WHERE;\n-- name: B :one\nSELECT 1;");
    ck_assert_str_eq(given_diags.list.items[0]->query, "A");
    ck_assert_ptr_null(given_diags.query);
}
END_TEST

START_TEST(comments_under_the_name_are_the_doc)
{
    const struct annotated_query *query = given_query("-- Finds it.\n"
                                                      "--\n"
                                                      "--   - indented\n"
                                                      "/* and\n"
                                                      " * a block */\n"
                                                      "SELECT 1 -- no doc\n;");

    ck_assert_str_eq(query->doc, "Finds it.\n\n  - indented\nand\na block");
    ck_assert_str_eq(query->sql.text, "SELECT 1");
}
END_TEST

START_TEST(doxygen_commands_are_doc_text)
{
    ck_assert_str_eq(given_query("-- @return the row\nSELECT 1;")->doc, "@return the row");
    ck_assert_ptr_null(given_query("-- @sqlc-vet-disable\nSELECT 1;")->doc);
}
END_TEST

START_TEST(directives_are_no_doc)
{
    const struct annotated_query *query = given_query("-- @param id: the id: really\n"
                                                      "-- @param other text\n"
                                                      "-- @nullable a, b\n"
                                                      "-- @row OrderRow\n"
                                                      "SELECT @id -- @notnull c\n"
                                                      "-- @allow no-where cross-join\n;");

    ck_assert_ptr_null(query->doc);
    ck_assert_str_eq(query->params.items[0].doc, "the id: really");
    ck_assert_uint_eq(query->param_docs.n, 1);
    ck_assert_str_eq(query->param_docs.items[0].name, "other");
    ck_assert_str_eq(query->param_docs.items[0].text, "text");
    ck_assert_uint_eq(query->null_overrides.n, 3);
    ck_assert_str_eq(query->null_overrides.items[1].name, "b");
    ck_assert(query->null_overrides.items[1].nullable);
    ck_assert_str_eq(query->null_overrides.items[2].name, "c");
    ck_assert(!query->null_overrides.items[2].nullable);
    ck_assert_str_eq(query->row_name, "OrderRow");
    ck_assert_uint_eq(query->allowed_lints.n, 2);
    ck_assert_str_eq(query->allowed_lints.items[1].name, "cross-join");
}
END_TEST

START_TEST(the_user_decides_on_the_nullability_of_parameters)
{
    const struct annotated_query *query =
        given_query("-- @nullable a\n-- @notnull b\nSELECT @a, sqlc.narg(b), sqlc.narg(c)");

    ck_assert(query->params.items[0].nullable);
    ck_assert(!query->params.items[1].nullable);
    ck_assert(query->params.items[2].nullable);
}
END_TEST

Suite *query_file_suite(void)
{
    Suite *suite = suite_create("query file");
    TCase *tests = tcase_create("query file");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_loop_test(tests, finds_annotated_statements, 0, (int)(sizeof files / sizeof *files));
    tcase_add_loop_test(tests, points_at_the_mistake, 0, (int)(sizeof mistakes / sizeof *mistakes));
    tcase_add_test(tests, errors_carry_the_name_of_their_query);
    tcase_add_test(tests, comments_under_the_name_are_the_doc);
    tcase_add_test(tests, doxygen_commands_are_doc_text);
    tcase_add_test(tests, directives_are_no_doc);
    tcase_add_test(tests, the_user_decides_on_the_nullability_of_parameters);
    suite_add_tcase(suite, tests);
    return suite;
}
