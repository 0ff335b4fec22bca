/* The suites of the support room. */
#ifndef TENON_TESTS_SUPPORT_SUITES_H
#define TENON_TESTS_SUPPORT_SUITES_H

#include <check.h>

Suite *text_suite(void);
Suite *containers_suite(void);
Suite *diagnostics_suite(void);
Suite *json_suite(void);
Suite *files_suite(void);
Suite *output_suite(void);

/* A new empty directory; removed with all that is in it by the next function. */
char *make_directory(void);
void remove_directory(char *directory);

/* directory/name, in a static buffer of its own for each of the last few calls. */
const char *path_in(const char *directory, const char *name);

void put_file(const char *path, const char *text);

/* The content of a file, NULL when it cannot be read; to be freed. */
char *get_file(const char *path);

#endif
