/* Workers, each with a network of its own that fails at random, on a server whose sessions are
 * ended at random and which crashes once. Each keeps a ledger: what was acknowledged is stored, and
 * what is stored was acknowledged or is unknown. */
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios.h"

enum { N_WORKERS = 8 };

struct worker {
    pthread_t thread;
    struct proxy *proxy;
    char conninfo[400];
    uint64_t state; /* of its random numbers */
    int64_t first_mark, mark;
    double until_ms;
    int64_t acknowledged, unknown; /* rows */
    size_t n_calls, n_failed, n_unknown, n_injected;
    char complaint[200];
};

static int n_crashes;

static uint64_t worker_random(struct worker *worker, uint64_t n)
{
    worker->state = worker->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (worker->state >> 33) % n;
}

static struct fault random_fault(struct worker *worker)
{
    struct fault fault = {.direction = (enum direction)worker_random(worker, 2),
                          .at = (size_t)worker_random(worker, 500)};

    switch (worker_random(worker, 8)) {
    case 0:
        fault.kind = FAULT_CUT;
        break;
    case 1:
        fault.kind = worker_random(worker, 4) == 0 ? FAULT_FREEZE : FAULT_CUT;
        fault.cancel_hold_ms = (int)worker_random(worker, 20);
        break;
    case 2:
        fault.chunk[worker_random(worker, 2)] = 1;
        break;
    case 3:
        fault.pause_us[worker_random(worker, 2)] = 2000;
        break;
    default:
        break;
    }
    return fault;
}

static void enter(struct worker *worker, const struct scenario *scenario, enum place place,
                  const struct outcome *outcome)
{
    bool is_unknown = place == PLACE_PLAIN ? outcome->effect == TENON_EFFECT_UNKNOWN
                                           : outcome->status == TENON_COMMIT_UNKNOWN;
    bool is_done = outcome->status == TENON_OK ||
                   (place == PLACE_PLAIN && outcome->effect == TENON_EFFECT_DONE);

    worker->n_calls++;
    if (outcome->status != TENON_OK)
        worker->n_failed++;
    if (is_done) {
        worker->acknowledged += scenario->n_stored;
        if (outcome->status == TENON_OK && outcome->digest != good_digest(scenario))
            snprintf(worker->complaint, sizeof worker->complaint, "%s: another result",
                     scenario->name);
    } else if (is_unknown) {
        worker->unknown += scenario->n_stored;
        worker->n_unknown++;
    }
}

static void *work(void *context)
{
    struct worker *worker = context;
    const tenon_db_options options = {.timeout_ms = 3000, .connect_timeout_ms = 3000};
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = NULL;

    while (now_ms() < worker->until_ms) {
        if (!tenon_db_is_open(db)) {
            tenon_db_close(db);
            proxy_set(worker->proxy, NULL);
            if (tenon_db_open(worker->conninfo, &options, &db) != TENON_OK) {
                sleep_ms(20); /* it is starting again */
                continue;
            }
        }
        const struct scenario *scenario = &scenarios[worker_random(worker, n_scenarios)];
        enum place place = (enum place)worker_random(worker, N_PLACES);
        struct fault fault = random_fault(worker);
        tenon_db_set_timeout(db, fault.kind == FAULT_FREEZE ? 100 : 20000);
        proxy_set(worker->proxy, &fault);
        struct outcome outcome = run_scenario(scenario, place, db, mem, ++worker->mark);
        worker->n_injected += proxy_has_failed(worker->proxy);
        enter(worker, scenario, place, &outcome);
        tenon_arena_reset(mem);
    }
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    return NULL;
}

static long resident_kb(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    if (file != NULL && fscanf(file, "%ld %ld", &pages, &resident) != 2)
        resident = 0;
    if (file != NULL)
        fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/* Ends a session; once in the middle kills its process, so that the server starts again. */
static int disturb(bool crash)
{
    const char *pid =
        truth(crash ? "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                      "AND backend_type = 'client backend' LIMIT 1"
                    : "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM "
                      "pg_stat_activity WHERE pid <> pg_backend_pid() AND "
                      "backend_type = 'client backend' ORDER BY random() LIMIT 1) p");

    if (!crash)
        return atoi(pid);
    if (pid[0] == '\0' || kill(atoi(pid), SIGKILL) != 0)
        return 0;
    n_crashes++;
    truth_again();
    return N_WORKERS;
}

static void ck_ledger(const struct worker *worker)
{
    char sql[300];

    snprintf(sql, sizeof sql,
             "SELECT (SELECT count(*) FROM entries WHERE mark BETWEEN %" PRId64 " AND %" PRId64
             ") + (SELECT count(*) FROM every WHERE id BETWEEN %" PRId64 " AND %" PRId64 ")",
             worker->first_mark, worker->mark, worker->first_mark, worker->mark);
    int64_t n = strtoll(truth(sql), NULL, 10);
    if (worker->complaint[0] != '\0')
        violation("%s", worker->complaint);
    if (n < worker->acknowledged)
        violation("%" PRId64 " rows were acknowledged, %" PRId64 " are stored",
                  worker->acknowledged, n);
    if (n > worker->acknowledged + worker->unknown)
        violation("%" PRId64 " rows were acknowledged and %" PRId64 " unknown, %" PRId64
                  " are stored",
                  worker->acknowledged, worker->unknown, n);
}

static void start(struct worker *worker, int index, double seconds)
{
    worker->proxy = proxy_start(server_path, 0);
    snprintf(worker->conninfo, sizeof worker->conninfo, "%s", through(worker->proxy, ""));
    worker->state = seed * 100 + (uint64_t)index;
    worker->first_mark = worker->mark = INT64_C(1000000000) * (index + 1);
    worker->until_ms = now_ms() + seconds * 1000;
    ck_assert_int_eq(pthread_create(&worker->thread, NULL, work, worker), 0);
}

/* R20, R11 */
START_TEST(R20_what_was_acknowledged_is_stored)
{
    static struct worker workers[N_WORKERS];
    double seconds = is_long ? long_seconds() : SANITIZED ? 10 : 20;
    size_t n_ended = 0, n_calls = 0, n_failed = 0, n_unknown = 0, n_injected = 0;
    long resident = 0;
    int open = open_files();

    for (int i = 0; i < N_WORKERS; i++)
        start(&workers[i], i, seconds);
    double begun = now_ms(), until = begun + seconds * 1000;
    bool crashed = false;
    while (now_ms() < until) {
        bool crash = !crashed && now_ms() > begun + seconds * 500;
        sleep_ms(150);
        crashed |= crash;
        n_ended += (size_t)disturb(crash);
        if (resident == 0 && now_ms() > begun + seconds * 250)
            resident = resident_kb();
    }
    for (int i = 0; i < N_WORKERS; i++)
        pthread_join(workers[i].thread, NULL);
    long drift = resident_kb() - resident;
    for (int i = 0; i < N_WORKERS; i++)
        proxy_stop(workers[i].proxy);
    while (strcmp(truth("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client "
                        "backend' AND pid <> pg_backend_pid()"),
                  "0") != 0)
        sleep_ms(50);
    for (int i = 0; i < N_WORKERS; i++) {
        ck_ledger(&workers[i]);
        n_calls += workers[i].n_calls;
        n_failed += workers[i].n_failed;
        n_unknown += workers[i].n_unknown;
        n_injected += workers[i].n_injected;
    }
    printf("R20: %.0f s, %zu calls, %zu failed, %zu unknown, %zu faults, %zu sessions ended, "
           "%d crashes, %ld KB more\n",
           seconds, n_calls, n_failed, n_unknown, n_injected, n_ended, n_crashes, drift);
    if (n_unknown > n_injected + n_ended)
        violation("%zu unknown, %zu faults", n_unknown, n_injected + n_ended);
    if (!SANITIZED && drift > 1024)
        violation("%ld KB more than after a quarter", drift);
    ck_assert_int_eq(open_files(), open);
    ck_no_violations();
}
END_TEST

static void set_up(void)
{
    for (size_t i = 0; i < n_scenarios; i++)
        good_digest(&scenarios[i]);
}

int main(void)
{
    mallopt(M_ARENA_MAX, 1);
    unsetenv("PGHOST"); /* a server of its own: it crashes */
    support_init("soak");
    Suite *suite = suite_create("soak");
    TCase *tcase = tcase_create("soak");
    tcase_add_unchecked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, R20_what_was_acknowledged_is_stored);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
