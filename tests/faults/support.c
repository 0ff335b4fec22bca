/* A database of its own for each program, and one direct connection that tells the truth. */
#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "pg_cluster.h"

const char *server_conninfo;
char server_path[200];
uint64_t seed;
bool is_long;

static PGconn *direct;
static uint64_t state;
static unsigned part, n_parts = 1; /* of the long form */
static uint64_t n_asked;
static int n_violations;
static int64_t last_mark;

static void run_file(const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "r");

    if (file == NULL)
        exit(1);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    PGresult *result = PQexec(direct, text);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s: %s", path, PQerrorMessage(direct));
        exit(1);
    }
    PQclear(result);
}

static void disconnect(void)
{
    PQfinish(direct);
}

/* "2/8": of all points the second, tenth, eighteenth … */
static void choose_part(const char *text)
{
    if (text == NULL)
        return;
    if (sscanf(text, "%u/%u", &part, &n_parts) != 2 || part < 1 || part > n_parts) {
        fprintf(stderr, "TENON_FAULTS_PART: \"%s\" is no part such as 2/8\n", text);
        exit(1);
    }
    part--;
}

void support_init(const char *name)
{
    const char *text = getenv("TENON_FAULTS_SEED");

    seed = text != NULL ? strtoull(text, NULL, 10) : 20240501;
    state = seed * 2 + 1;
    is_long = getenv("TENON_FAULTS_LONG") != NULL;
    choose_part(getenv("TENON_FAULTS_PART"));
    printf("seed %" PRIu64 "%s", seed, is_long ? ", long form" : "");
    printf(n_parts > 1 ? ", part %u of %u\n" : "\n", part + 1, n_parts);
    fflush(stdout);
    signal(SIGPIPE, SIG_DFL); /* the runtime must cope on its own */
    server_conninfo = pg_test_database(name);
    direct = PQconnectdb(server_conninfo);
    if (PQstatus(direct) != CONNECTION_OK)
        exit(1);
    atexit(disconnect);
    run_file(FAULTS_SOURCE "/schema.sql");
    run_file(FAULTS_SOURCE "/data.sql");
    snprintf(server_path, sizeof server_path, "%s/.s.PGSQL.%s", PQhost(direct), PQport(direct));
}

uint64_t random_below(uint64_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * UINT64_C(0x2545f4914f6cdd1d) % n;
}

bool is_sampled(unsigned one_in)
{
    if (is_long)
        return n_asked++ % n_parts == part;
    return random_below(one_in * (SANITIZED ? 4 : 1)) == 0;
}

double long_seconds(void)
{
    return atof(getenv("TENON_FAULTS_LONG"));
}

double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void sleep_ms(int ms)
{
    poll(NULL, 0, ms);
}

double slack_ms(void)
{
    double load = 0;
    double busy = getloadavg(&load, 1) == 1 ? load / (double)sysconf(_SC_NPROCESSORS_ONLN) : 1;

    return (SANITIZED ? 800 : 400) * (busy < 1 ? 1 : busy);
}

int open_files(void)
{
    DIR *directory = opendir("/proc/self/fd");
    int count = 0;

    while (directory != NULL && readdir(directory) != NULL)
        count++;
    if (directory != NULL)
        closedir(directory);
    return count;
}

long peak_mb(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[200];
    long kb = 0;

    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kb) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return kb / 1024;
}

void forget_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");

    if (file != NULL) {
        fputs("5", file);
        fclose(file);
    }
}

const char *truth(const char *sql)
{
    static char value[256];
    PGresult *result = PQexec(direct, sql);

    if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
        ck_abort_msg("%s: %s", sql, PQerrorMessage(direct));
    snprintf(value, sizeof value, "%s", PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    return value;
}

void truth_again(void)
{
    for (int tick = 0; tick < 400; tick++) {
        PQreset(direct);
        if (PQstatus(direct) == CONNECTION_OK)
            return;
        poll(NULL, 0, 50);
    }
    ck_abort_msg("the server does not come back: %s", PQerrorMessage(direct));
}

int64_t stored(int64_t mark)
{
    char sql[160];

    snprintf(sql, sizeof sql,
             "SELECT (SELECT count(*) FROM entries WHERE mark = %" PRId64
             ") + (SELECT count(*) FROM every WHERE id = %" PRId64 ")",
             mark, mark);
    return strtoll(truth(sql), NULL, 10);
}

int64_t new_mark(void)
{
    if (last_mark == 0)
        last_mark = 1000;
    return ++last_mark;
}

const char *through(const struct proxy *proxy, const char *more)
{
    static char conninfo[400];

    snprintf(conninfo, sizeof conninfo, "%s user=%s dbname=%s %s", proxy_conninfo(proxy),
             PQuser(direct), PQdb(direct), more);
    return conninfo;
}

tenon_db *must_open(const char *conninfo, int timeout_ms)
{
    const tenon_db_options options = {.timeout_ms = timeout_ms};
    tenon_db *db;
    tenon_status status = tenon_db_open(conninfo, &options, &db);

    if (status != TENON_OK)
        ck_abort_msg("%s: %s", conninfo, tenon_db_error(db)->message);
    return db;
}

int pid_of(tenon_db *db)
{
    return PQbackendPID(tenon_db_conn(db));
}

void wait_for_end(int pid)
{
    for (int tick = 0; kill(pid, 0) == 0 || errno == EPERM; tick++) {
        poll(NULL, 0, 1);
        ck_assert_msg(tick < 20000, "server process %d does not end", pid);
    }
}

void check_status(tenon_db *db, tenon_status expected, tenon_status actual, const char *file,
                  int line)
{
    if (expected != actual)
        ck_abort_msg("%s:%d: %s instead of %s: %s", file, line, tenon_status_name(actual),
                     tenon_status_name(expected), tenon_db_error(db)->message);
}

void violation(const char *format, ...)
{
    va_list args;

    n_violations++;
    if (n_violations > 40)
        return;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    fflush(stdout);
}

void ck_no_violations(void)
{
    int n = n_violations;

    n_violations = 0;
    ck_assert_msg(n == 0, "%d violations", n);
}

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_VERBOSE);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
