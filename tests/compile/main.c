/* compile/: texts in, IR and diagnostics out; what a caller that is no command line relies on. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "catalog/catalog.h"
#include "compile/compile.h"
#include "support/buf.h"

#define SCHEMA "CREATE TABLE notes (id bigint PRIMARY KEY, body text);"
#define QUERY "-- name: FindNote :opt\nSELECT id, body FROM notes WHERE id = @id;\n"

static struct arena arena;
static const struct compile_settings no_settings;

static void setup(void)
{
    arena = (struct arena){0};
}

static void teardown(void)
{
    arena_finish(&arena);
}

static void add_text(source_list *sources, const char *path, const char *text)
{
    vec_push(&arena, sources, source_create(&arena, path, str_from(text)));
}

/* One schema and one query file, as an editor would give them. */
static struct compilation compiled(const char *schema, const char *queries)
{
    struct compile_input input = {0};
    struct compilation compilation;

    add_text(&input.schema, "schema.sql", schema);
    add_text(&input.queries, "queries/notes.sql", queries);
    compile(&arena, &no_settings, &input, &compilation);
    return compilation;
}

/* "code line:column;" of each in its order. */
static const char *places_of(const struct compilation *compilation)
{
    struct buf buf = buf_in(&arena);

    for (size_t i = 0; i < compilation->diags.list.n; i++) {
        const struct diag *diag = compilation->diags.list.items[i];
        struct place place = source_place(diag->at.source, diag->at.offset);
        buf_addf(&buf, "%s %s:%u:%u;", diag->code, diag->at.source->path, place.line, place.column);
    }
    return buf_text(&buf);
}

START_TEST(queries_over_what_was_not_made_have_no_error_of_their_own)
{
    struct compilation compilation =
        compiled("CREATE TABLE notes (id nosuch);\nCREATE VIEW v AS SELECT 1 + 'x';\n"
                 "CREATE TABLE u (a int);\nCREATE SCHEMA s CREATE TABLE \"I n\" (a nosuch);",
                 QUERY "-- name: A :many\nSELECT * FROM V, public . \"notes\", s.\"I n\";\n"
                       "-- name: B :many\nSELECT * FROM u, w;\n"
                       "-- name: C :many\nSELECT * FROM s.\"I n\";\n");

    ck_assert_str_eq(places_of(&compilation), "42P01 queries/notes.sql:6:18;"
                                              "42704 schema.sql:1:24;22P02 schema.sql:2:29;"
                                              "42704 schema.sql:4:39;");
    ck_assert_uint_eq(compilation.diags.n_errors, 4);
}
END_TEST

START_TEST(a_warning_loses_no_table)
{
    struct compilation compilation = compiled("CREATE EXTENSION unheard_of;\n"
                                              "CREATE TABLE w (a int CHECK (f(a)));\nDROP TABLE w;",
                                              "-- name: A :many\nSELECT * FROM w;\n");

    ck_assert_str_eq(places_of(&compilation), "42P01 queries/notes.sql:2:15;"
                                              "PL301 schema.sql:1:18;PL306 schema.sql:2:30;");
}
END_TEST

START_TEST(errors_of_queries_come_behind_those_of_the_schema)
{
    struct compile_input input = {0};
    struct compilation compilation;
    struct source *queries = source_create(&arena, "a.sql", str_from("-- name: A :many\nSELEC;"));

    queries->has_queries = true;
    add_text(&input.schema, "b.sql", "CREATE TABL t ();");
    vec_push(&arena, &input.queries, queries);
    compile(&arena, &no_settings, &input, &compilation);
    ck_assert_str_eq(places_of(&compilation), "42601 b.sql:1:8;42601 a.sql:2:1;");
}
END_TEST

START_TEST(texts_become_a_package)
{
    struct compilation compilation = compiled(SCHEMA, QUERY);
    const struct ir_file *file = compilation.package.files;

    ck_assert_uint_eq(compilation.diags.list.n, 0);
    ck_assert_str_eq(compilation.package.name, "app");
    ck_assert_uint_eq(compilation.package.settings.server_version, 15);
    ck_assert_uint_eq(compilation.package.n_files, 1);
    ck_assert_str_eq(file->path, "queries/notes.sql");
    ck_assert_str_eq(file->module, "notes");
    ck_assert_uint_eq(file->n_queries, 1);
    ck_assert_str_eq(file->queries[0]->name, "FindNote");
    ck_assert(file->queries[0]->at_most_one);
    ck_assert_uint_eq(compilation.package.n_tables, 1);
}
END_TEST

/* A diagnostic points into the text that was given, whatever a file of that name holds. */
START_TEST(errors_have_places_in_the_text)
{
    struct compilation compilation =
        compiled(SCHEMA, QUERY "-- name: Bad :one\nSELECT bdy FROM notes;\n");
    const struct diag *diag = compilation.diags.list.items[0];
    struct place place = source_place(diag->at.source, diag->at.offset);

    ck_assert_uint_eq(compilation.diags.n_errors, 1);
    ck_assert_str_eq(diag->code, "42703");
    ck_assert_str_eq(diag->query, "Bad");
    ck_assert_str_eq(diag->at.source->path, "queries/notes.sql");
    ck_assert_uint_eq(place.line, 4);
    ck_assert_uint_eq(place.column, 8);
    ck_assert_uint_eq(compilation.package.files[0].n_queries, 1);
    ck_assert_uint_eq(compilation.rejected.n, 1);
    ck_assert_ptr_eq(compilation.rejected.items[0].diag, diag);
}
END_TEST

START_TEST(compilations_are_independent)
{
    struct compilation first = compiled(SCHEMA, QUERY);
    struct compilation second =
        compiled("CREATE TABLE notes (id text PRIMARY KEY, body text);", QUERY);

    ck_assert_str_eq(first.package.files[0].queries[0]->params[0].type->name, "int8");
    ck_assert_str_eq(second.package.files[0].queries[0]->params[0].type->name, "text");
    ck_assert_ptr_nonnull(catalog_find_relation(first.catalog, "public", "notes"));
    ck_assert_ptr_ne(first.catalog, second.catalog);
}
END_TEST

START_TEST(errors_keep_the_c_from_being_made)
{
    struct compilation good = compiled(SCHEMA, QUERY);
    struct compilation bad = compiled(SCHEMA, "-- name: Bad :one\nSELECT bdy FROM notes;\n");
    emit_files files = {0};

    ck_assert(!compile_emit(&bad, &files));
    ck_assert_uint_eq(files.n, 0);
    ck_assert(compile_emit(&good, &files));
    ck_assert_uint_gt(files.n, 0);
}
END_TEST

/* Parameters that may be NULL, as "?", and others: by what the columns refuse that they go into. */
static const struct {
    const char *query, *signs;
} stored[] = {
    {"INSERT INTO kept VALUES ($1, $2, $3, $4)", "!?!!"},
    {"UPDATE kept SET plain = $1, checked = $2 WHERE plain = $3", "?!!"},
    {"INSERT INTO shown (num, note, sure, filled) VALUES ($1, $2, $3, $4)", "!?!!"},
    {"INSERT INTO shown_again VALUES ($1, $2) ON CONFLICT (no) DO UPDATE SET words = $3", "!??"},
    {"UPDATE shown SET note = $1, num = $2 WHERE sure = $3", "?!!"},
    {"INSERT INTO handled (id, plain) VALUES ($1, $2)", "??"},
};

START_TEST(a_parameter_may_be_null_where_null_is_not_refused)
{
    struct compilation compilation = compiled(
        "CREATE DOMAIN full_text AS text NOT NULL;"
        "CREATE TABLE kept (id int PRIMARY KEY, plain text, checked int CHECK (checked IS NOT "
        "NULL),"
        " filled full_text);"
        "CREATE VIEW shown AS SELECT id AS num, plain AS note, checked AS sure, filled FROM kept;"
        "CREATE VIEW shown_again AS SELECT num AS no, note AS words FROM shown WHERE num > 0;"
        "CREATE VIEW handled AS SELECT id, plain FROM kept;"
        "CREATE FUNCTION handle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TRIGGER handle INSTEAD OF INSERT ON handled FOR EACH ROW EXECUTE FUNCTION "
        "handle();",
        arena_printf(&arena, "-- name: Store :exec\n%s;\n", stored[_i].query));
    const struct ir_query *query;

    ck_assert_uint_eq(compilation.diags.n_errors, 0);
    query = compilation.package.files->queries[0];
    ck_assert_uint_eq(query->n_params, strlen(stored[_i].signs));
    for (size_t i = 0; i < query->n_params; i++)
        ck_assert_msg(query->params[i].nullable == (stored[_i].signs[i] == '?'), "$%zu of %s",
                      i + 1, stored[_i].query);
}
END_TEST

/* Each of them has a name of its own. Checking one against all the others would take minutes. */
START_TEST(parameters_of_one_column_are_named_in_no_time)
{
    enum { N = 10000 };
    struct buf query = buf_in(&arena);
    struct compilation compilation;
    const struct ir_query *found;

    buf_adds(&query, "-- name: Find :many\nSELECT body FROM notes WHERE id IN ($1");
    for (int i = 2; i <= N; i++)
        buf_addf(&query, ", $%d", i);
    buf_adds(&query, ");\n-- name: Named :many\nSELECT body FROM notes WHERE id IN (@p1");
    for (int i = 2; i <= N; i++)
        buf_addf(&query, ", @p%d", i);
    buf_adds(&query, ");\n");
    compilation = compiled(SCHEMA, buf_text(&query));
    ck_assert_uint_eq(compilation.diags.n_errors, 0);
    found = compilation.package.files->queries[0];
    ck_assert_str_eq(found->params[0].name, "id");
    ck_assert_str_eq(found->params[N - 1].name, "id_10000");
    found = compilation.package.files->queries[1];
    ck_assert_int_eq(found->params[N - 1].number, N);
    ck_assert_str_eq(found->params[N - 1].name, "p10000");
}
END_TEST

/* The files of a package, and the names of their C files. */
static const struct {
    const char *paths[4], *modules[4];
} named_files[] = {
    {{"queries/notes.sql"}, {"notes"}},
    {{"order-items.sql", "001_users.sql", "my queries.sql"},
     {"order_items", "001_users", "my_queries"}},
    {{"models.sql", "-.sql"}, {"models_queries", "__queries"}},
    {{"a/queries.sql", "b/queries.sql", "notes.sql"}, {"a_queries", "b_queries", "notes"}},
    {{"x/a/q.sql", "y/a/q.sql", "z/q.sql"}, {"x_a_q", "y_a_q", "z_q"}},
    {{"q/users.get.sql", "q/users.list.sql", "q/users.sql"}, {"users_get", "users_list", "users"}},
    {{"Notes.sql", "a/notes.sql"}, {"Notes", "a_notes"}},
    {{"a-b.sql", "a_b.sql"}, {"a_b", "a_b_2"}},
};

START_TEST(any_file_names_make_names_of_c_files)
{
    enum { MOST = 4 };
    struct compile_input input = {0};
    struct compilation compilation;

    add_text(&input.schema, "schema.sql", SCHEMA);
    for (size_t i = 0; i < MOST && named_files[_i].paths[i]; i++)
        add_text(&input.queries, named_files[_i].paths[i],
                 arena_printf(&arena, "-- name: Q%zu :many\nSELECT id FROM notes;\n", i));
    compile(&arena, &no_settings, &input, &compilation);
    ck_assert_uint_eq(compilation.diags.n_errors, 0);
    for (size_t i = 0; i < compilation.package.n_files; i++)
        ck_assert_str_eq(compilation.package.files[i].module, named_files[_i].modules[i]);
}
END_TEST

START_TEST(wrong_settings_are_told)
{
    struct compile_settings settings = {.package = "a-b"};
    struct error error;

    ck_assert(!compile_check(&settings, &error));
    ck_assert_str_eq(error.text, "the package \"a-b\" is not a C identifier");
    settings = (struct compile_settings){.package = "a_b", .server_version = 9};
    ck_assert(!compile_check(&settings, &error));
    ck_assert_str_eq(error.text, "the catalog of PostgreSQL 9 is not known, only that of 15");
    settings.server_version = 99;
    ck_assert(!compile_check(&settings, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "PostgreSQL 99 is newer than the parser"));
    settings.server_version = 15;
    ck_assert(compile_check(&settings, &error));
}
END_TEST

static void put_file(const char *directory, const char *name, const char *text)
{
    FILE *file = fopen(arena_printf(&arena, "%s/%s", directory, name), "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(files_are_read_in_order_and_without_their_undoing)
{
    char directory[] = "/tmp/tenon-compile-XXXXXX";
    static const char *const names[] = {
        "2_body.up.sql",   "10_more.sql", "11_up.sql",    "12_break_down.sql",
        "2_body.down.sql", "11_down.sql", "U3__body.sql", "10_more.rollback.sql",
    };
    enum { KEPT = 4, ALL = sizeof names / sizeof *names };
    struct compile_settings settings = {0};
    struct compile_input input;
    struct error error;

    ck_assert_ptr_nonnull(mkdtemp(directory));
    for (size_t i = 0; i < ALL; i++)
        put_file(directory, names[i], SCHEMA);
    vec_push(&arena, &settings.schema, directory);
    ck_assert_msg(compile_read(&arena, &settings, &input, &error), "%s", error.text);
    ck_assert_uint_eq(input.schema.n, KEPT);
    for (size_t i = 0; i < KEPT; i++)
        ck_assert_str_eq(file_base_name(input.schema.items[i]->path), names[i]);
    for (size_t i = 0; i < ALL; i++)
        unlink(arena_printf(&arena, "%s/%s", directory, names[i]));
    rmdir(directory);
    ck_assert(!compile_read(&arena, &settings, &input, &error));
    ck_assert_ptr_nonnull(strstr(error.text, directory));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compile");
    TCase *tcase = tcase_create("compile");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, queries_over_what_was_not_made_have_no_error_of_their_own);
    tcase_add_test(tcase, a_warning_loses_no_table);
    tcase_add_test(tcase, errors_of_queries_come_behind_those_of_the_schema);
    tcase_add_test(tcase, texts_become_a_package);
    tcase_add_test(tcase, errors_have_places_in_the_text);
    tcase_add_test(tcase, compilations_are_independent);
    tcase_add_test(tcase, errors_keep_the_c_from_being_made);
    tcase_add_test(tcase, wrong_settings_are_told);
    tcase_add_test(tcase, parameters_of_one_column_are_named_in_no_time);
    tcase_add_loop_test(tcase, any_file_names_make_names_of_c_files, 0,
                        sizeof named_files / sizeof *named_files);
    tcase_add_loop_test(tcase, a_parameter_may_be_null_where_null_is_not_refused, 0,
                        sizeof stored / sizeof *stored);
    tcase_add_test(tcase, files_are_read_in_order_and_without_their_undoing);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
