/* Reading files, expanding arguments, paths. */
#include "suites.h"

#include <string.h>
#include <sys/stat.h>

#include "support/file.h"

static struct arena arena;
static struct error error;
static char *directory;

static void setup(void)
{
    arena = (struct arena){0};
    directory = make_directory();
}

static void teardown(void)
{
    arena_finish(&arena);
    remove_directory(directory);
}

START_TEST(a_long_error_ends_between_characters)
{
    char path[1100] = "";

    for (size_t i = 0; i + 3 < sizeof path; i += 3)
        memcpy(path + i, "\xE2\x82\xAC", 4);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(!error_set(&error, "%.*s%s", (int)i, "ab", path));
        ck_assert_uint_gt(strlen(error.text), 1000);
        ck_assert_uint_eq(str_valid_utf8(str_from(error.text)), strlen(error.text));
    }
}
END_TEST

START_TEST(reads_bytes_as_they_are)
{
    str text;

    put_file(path_in(directory, "x"), "a\r\n\xC3");
    ck_assert(file_read(&arena, path_in(directory, "x"), &text, &error));
    ck_assert(str_is(text, "a\r\n\xC3"));
    ck_assert_int_eq(text.data[text.len], 0);
}
END_TEST

START_TEST(refuses_what_is_no_regular_file)
{
    const char *fifo = path_in(directory, "fifo");
    str text;

    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    ck_assert(!file_read(&arena, fifo, &text, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "not a regular file"));
    ck_assert(!file_read(&arena, directory, &text, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "is a directory"));
    ck_assert(!file_read(&arena, path_in(directory, "none"), &text, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "No such file"));
}
END_TEST

/* The base names that an argument expands to. */
static const char *expansion(const char *argument)
{
    path_list files = {0};
    static char names[512];

    names[0] = '\0';
    if (!file_expand(&arena, argument, &files, &error))
        return "error";
    for (size_t i = 0; i < files.n; i++)
        strcat(strcat(names, file_base_name(files.items[i])), " ");
    return names;
}

START_TEST(directories_and_patterns_are_in_natural_order)
{
    static const char *const names[] = {"10_b.sql", "2_a.sql", "R__views.sql", "V1.sql",
                                        "x.txt",    "002.sql", "a.sql"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put_file(path_in(directory, names[i]), "");
    ck_assert_str_eq(expansion(directory), "002.sql 2_a.sql 10_b.sql V1.sql a.sql R__views.sql ");
    ck_assert_str_eq(expansion(path_in(directory, "[0-9]*.sql")), "002.sql 2_a.sql 10_b.sql ");
    ck_assert_str_eq(expansion(path_in(directory, "x.txt")), "x.txt ");
    ck_assert_str_eq(expansion(path_in(directory, "none.sql")), "error");
    ck_assert_str_eq(expansion(path_in(directory, "none*.sql")), "error");
}
END_TEST

START_TEST(patterns_lead_into_directories)
{
    static const char *const names[] = {"1.sql", "sub/2.sql", "sub/deep/3.sql", "sub/deep/x.txt"};

    mkdir(path_in(directory, "sub"), 0700);
    mkdir(path_in(directory, "sub/deep"), 0700);
    mkdir(path_in(directory, "sub/none"), 0700);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put_file(path_in(directory, names[i]), "");
    ck_assert_str_eq(expansion(path_in(directory, "*")), "1.sql 2.sql ");
    ck_assert_str_eq(expansion(path_in(directory, "**")), "1.sql 2.sql 3.sql ");
    ck_assert_str_eq(expansion(path_in(directory, "**/")), "1.sql 2.sql 3.sql ");
    ck_assert_str_eq(expansion(path_in(directory, "**/*.txt")), "x.txt ");
    ck_assert_str_eq(expansion(path_in(directory, "s*/**/[3-9].sql")), "3.sql ");
    ck_assert_str_eq(expansion(path_in(directory, "sub/none/**")), "error");
    ck_assert_str_eq(expansion(path_in(directory, "nowhere/**")), "error");
}
END_TEST

START_TEST(a_name_with_special_bytes_is_itself)
{
    mkdir(path_in(directory, "a[b]*"), 0700);
    put_file(path_in(directory, "a[b]*/x.sql"), "");
    put_file(path_in(directory, "q[1].sql"), "");
    ck_assert_str_eq(expansion(path_in(directory, "a[b]*")), "x.sql ");
    ck_assert_str_eq(expansion(path_in(directory, "q[1].sql")), "q[1].sql ");
}
END_TEST

START_TEST(a_file_is_listed_once)
{
    path_list files = {0};

    put_file(path_in(directory, "a.sql"), "");
    ck_assert(file_expand(&arena, path_in(directory, "a.sql"), &files, &error));
    ck_assert(file_expand(&arena, directory, &files, &error));
    ck_assert_uint_eq(files.n, 1);
}
END_TEST

START_TEST(natural_order)
{
    static const char *const ordered[] = {"1",     "2",       "02a",     "2b",       "10",
                                          "V1__z", "V1.1__a", "V1.2__a", "V1.10__a", "V2__a",
                                          "a1b2",  "a1b10",   "a02",     "b"};

    for (size_t i = 0; i + 1 < sizeof ordered / sizeof *ordered; i++) {
        ck_assert_int_lt(file_natural_compare(ordered[i], ordered[i + 1]), 0);
        ck_assert_int_gt(file_natural_compare(ordered[i + 1], ordered[i]), 0);
    }
    ck_assert_int_ne(file_natural_compare("01", "1"), 0);
    ck_assert_int_eq(file_natural_compare("x9", "x9"), 0);
}
END_TEST

START_TEST(relative_paths)
{
    static const struct {
        const char *root, *path, *relative;
    } cases[] = {
        {NULL, "./a//b.sql", "a/b.sql"},
        {"/src", "/src/q/a.sql", "q/a.sql"},
        {"/src/", "/src/q/a.sql", "q/a.sql"},
        {"/src", "/srcq/a.sql", "/srcq/a.sql"},
        {"/", "/a.sql", "a.sql"},
        {".", "q/a.sql", "q/a.sql"},
        {"../x", "../x/a.sql", "a.sql"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(file_relative(&arena, cases[i].root, cases[i].path), cases[i].relative);
}
END_TEST

Suite *files_suite(void)
{
    Suite *suite = suite_create("files");
    TCase *tests = tcase_create("files");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_long_error_ends_between_characters);
    tcase_add_test(tests, reads_bytes_as_they_are);
    tcase_add_test(tests, refuses_what_is_no_regular_file);
    tcase_add_test(tests, directories_and_patterns_are_in_natural_order);
    tcase_add_test(tests, patterns_lead_into_directories);
    tcase_add_test(tests, a_name_with_special_bytes_is_itself);
    tcase_add_test(tests, a_file_is_listed_once);
    tcase_add_test(tests, natural_order);
    tcase_add_test(tests, relative_paths);
    suite_add_tcase(suite, tests);
    return suite;
}
