#define _XOPEN_SOURCE 700 /* nftw */
#include "suites.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *make_directory(void)
{
    char *directory = strdup("/tmp/tenon-test-XXXXXX");

    ck_assert_ptr_nonnull(mkdtemp(directory));
    return directory;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void remove_directory(char *directory)
{
    nftw(directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(directory);
}

const char *path_in(const char *directory, const char *name)
{
    static char paths[8][512];
    static size_t next;
    char *path = paths[next++ % 8];

    snprintf(path, sizeof paths[0], "%s/%s", directory, name);
    return path;
}

void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    fclose(file);
}

char *get_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 65536);

    if (!file || !text) {
        free(text);
        return NULL;
    }
    ck_assert_uint_lt(fread(text, 1, 65535, file), 65535);
    fclose(file);
    return text;
}

int main(void)
{
    SRunner *runner = srunner_create(text_suite());
    int failed;

    srunner_add_suite(runner, containers_suite());
    srunner_add_suite(runner, diagnostics_suite());
    srunner_add_suite(runner, json_suite());
    srunner_add_suite(runner, files_suite());
    srunner_add_suite(runner, output_suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
