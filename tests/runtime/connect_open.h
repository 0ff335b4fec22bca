/* tenon_db_open for connect_test.c and connect_deadline_test.c: what became of it can be asked. */
#ifndef TESTS_RUNTIME_CONNECT_OPEN_H
#define TESTS_RUNTIME_CONNECT_OPEN_H

#include <check.h>
#include <string.h>

#include <tenon/tenon.h>

/* For machines with more to do. */
#define SLACK_MS 1000

/** What became of the last one. */
struct attempt {
    tenon_db *db;
    tenon_status status;
    double took_ms;
};
extern struct attempt attempt;

void close_it(void);

/** Formats a connection string and opens it, in place of the one before. */
tenon_status open_with(const tenon_db_options *options, const char *format, ...);
#define open_within(ms, ...) open_with(&(tenon_db_options){.connect_timeout_ms = (ms)}, __VA_ARGS__)

/** The SQLSTATE of its failure. */
const char *sqlstate(void);

#define REST "user=postgres dbname=postgres"
/** Needs the servers' directory and the primary's port. */
#define PRIMARY "host=%1$s/primary port=%2$d " REST

#define ck_opened(expected, actual)                                                                \
    do {                                                                                           \
        if ((actual) != (expected))                                                                \
            ck_abort_msg("%s instead of %s: %s", tenon_status_name(attempt.status),                \
                         tenon_status_name(expected), tenon_db_error(attempt.db)->message);        \
    } while (0)
#define ck_says(text)                                                                              \
    ck_assert_msg(strstr(tenon_db_error(attempt.db)->message, text) != NULL, "%s",                 \
                  tenon_db_error(attempt.db)->message)
#define ck_took(least, most)                                                                       \
    ck_assert_msg(attempt.took_ms >= (least) && attempt.took_ms < (most), "%g ms", attempt.took_ms)

#endif
