/* What the suites of faults share: the database, the truth about it, seeds and clocks. */
#ifndef TESTS_FAULTS_SUPPORT_H
#define TESTS_FAULTS_SUPPORT_H

#include <check.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <tenon/arena.h>
#include <tenon/tenon.h>

#include "proxy.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/** Makes a database of schema.sql and data.sql, or exits with 77 where there is no server. Reads
 *  TENON_FAULTS_SEED (else a fixed one), TENON_FAULTS_LONG and TENON_FAULTS_PART from the
 *  environment. */
void support_init(const char *name);

/** Straight to the server. */
extern const char *server_conninfo;
/** The path of its unix socket. */
extern char server_path[200];
/** The seed; it is printed at the start. */
extern uint64_t seed;
/** The long form: every point instead of a sample. */
extern bool is_long;
/** How long the long form soaks. */
double long_seconds(void);

/** A number below n, from the seed. */
uint64_t random_below(uint64_t n);
/** Whether this point is in the sample: always in the long form, unless that is told to run a part
 *  only, else one of `one_in` (of four times as many under sanitizers). */
bool is_sampled(unsigned one_in);

double now_ms(void);
void sleep_ms(int ms);
/** What a call may take beyond its deadline: 100 ms, and what a busy machine adds. */
double slack_ms(void);
int open_files(void);
/** The most memory that was resident since forget_peak, in MB. What libpq asks for and never
 * touches, as for a message that claims to be of 1 GB, is none. */
long peak_mb(void);
void forget_peak(void);

/** Runs SQL on the direct connection; the first value, or "". Fails the test on an error. */
const char *truth(const char *sql);
/** Connects the direct connection again, which a crash of the server has ended. */
void truth_again(void);
/** The rows that carry a mark, in both tables. */
int64_t stored(int64_t mark);
/** A mark that was not used before. */
int64_t new_mark(void);

/** The conninfo of the test's database through the proxy. */
const char *through(const struct proxy *proxy, const char *more);
/** Opens a connection with this deadline and fails the test if that fails. */
tenon_db *must_open(const char *conninfo, int timeout_ms);
int pid_of(tenon_db *db);
/** Waits until the server process has ended. */
void wait_for_end(int pid);

/** Fails the test, with the error's text, unless the status is the one expected. */
#define ck_status(db, expected, actual) check_status(db, expected, actual, __FILE__, __LINE__)
void check_status(tenon_db *db, tenon_status expected, tenon_status actual, const char *file,
                  int line);

/** Counts and prints what is broken instead of stopping at the first; the test fails at its end. */
void violation(const char *format, ...) __attribute__((format(printf, 1, 2)));
void ck_no_violations(void);

/** Runs the suite without forking; returns the exit status. */
int run_suite(Suite *suite);

#endif
