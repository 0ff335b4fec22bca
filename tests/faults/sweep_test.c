/* The connection breaks after byte N, for every command, warm and cold, by itself and in
 * transactions, in both directions, for every N: what the runtime says of it is true. */
#include <string.h>

#include "scenarios.h"

static struct proxy *proxy;

struct point {
    const struct scenario *scenario;
    enum place place;
    bool warm; /* the server knows the statements already */
    struct fault fault;
};

static const char *describe(const struct point *point)
{
    static char text[100];

    snprintf(text, sizeof text, "%s, %s after byte %zu to the %s", point->warm ? "warm" : "cold",
             point->fault.kind == FAULT_CUT ? "cut" : "frozen", point->fault.at,
             point->fault.direction == TO_SERVER ? "server" : "client");
    return text;
}

/* Runs it once; how many bytes went each way is left in the proxy. */
static struct outcome run_point(const struct point *point, int64_t mark, int timeout_ms)
{
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = must_open(through(proxy, ""), 30000);
    int pid = pid_of(db);

    if (point->warm)
        run_scenario(point->scenario, PLACE_TRANSACTION, db, mem, new_mark());
    tenon_db_set_timeout(db, timeout_ms);
    proxy_set(proxy, &point->fault);
    struct outcome outcome = run_scenario(point->scenario, point->place, db, mem, mark);
    bool claims_open = tenon_db_is_open(db);
    bool failed = proxy_has_failed(proxy);
    if (failed && outcome.status == TENON_CONNECTION_LOST && claims_open)
        violation("%s: lost, and open", point->scenario->name);
    size_t counts[2] = {proxy_count(proxy, TO_SERVER), proxy_count(proxy, TO_CLIENT)};
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    if (point->fault.kind != FAULT_NONE) {
        proxy_drop(proxy);
        wait_for_end(pid);
    } else {
        ck_assert_msg(outcome.status == TENON_OK, "%s %s: %s", point->scenario->name,
                      place_names[point->place], outcome.message);
    }
    outcome.digest = point->fault.kind == FAULT_NONE ? counts[0] << 32 | counts[1] : outcome.digest;
    return outcome;
}

/* The lengths of a run without a fault, by direction. */
static void measure(struct point point, size_t *lengths)
{
    point.fault = (struct fault){0};
    struct outcome outcome = run_point(&point, new_mark(), 30000);
    lengths[TO_SERVER] = (size_t)(outcome.digest >> 32);
    lengths[TO_CLIENT] = (size_t)(outcome.digest & 0xffffffff);
}

struct points {
    size_t done, all;
};

static struct points sweep(enum fault_kind kind, enum place place, unsigned one_in, int timeout_ms)
{
    struct points points = {0, 0};
    size_t lengths[2];

    for (size_t i = 0; i < n_scenarios; i++)
        for (int warm = 0; warm < 2; warm++) {
            struct point point = {.scenario = &scenarios[i], .place = place, .warm = warm != 0};
            measure(point, lengths);
            points.all += lengths[0] + lengths[1];
            for (size_t at = 0; at < lengths[0] + lengths[1]; at++) {
                /* The answers to reads are long, and have less to tell. */
                if (!is_sampled(scenarios[i].n_stored > 0 ? one_in : 6 * one_in))
                    continue;
                bool to_server = at < lengths[0];
                int64_t mark = new_mark();
                point.fault = (struct fault){.kind = kind,
                                             .direction = to_server ? TO_SERVER : TO_CLIENT,
                                             .at = to_server ? at : at - lengths[0]};
                double before = now_ms();
                struct outcome outcome = run_point(&point, mark, timeout_ms);
                if (kind == FAULT_CUT && outcome.status == TENON_TIMEOUT)
                    violation("%s: a cut that became a TIMEOUT", scenarios[i].name);
                if (now_ms() - before > 4 * timeout_ms + 8 * slack_ms())
                    violation("%s, %s: took %.0f ms", scenarios[i].name, describe(&point),
                              now_ms() - before);
                check_outcome(&scenarios[i], place, &outcome, mark, describe(&point));
                points.done++;
            }
        }
    return points;
}

static void report(const char *what, enum place place, struct points points, double since)
{
    printf("%s %s: %zu of %zu points, %.1f s\n", what, place_names[place], points.done, points.all,
           (now_ms() - since) / 1000);
    fflush(stdout);
}

/* R2 */
START_TEST(R2_what_is_said_of_a_cut_is_true)
{
    double before = now_ms();
    proxy_drop(proxy); /* it closes its ends later than we do */
    int open = open_files();
    struct points points = sweep(FAULT_CUT, (enum place)_i, _i == PLACE_PLAIN ? 40 : 120, 30000);

    report("cut", (enum place)_i, points, before);
    proxy_drop(proxy);
    ck_assert_int_eq(open_files(), open);
    ck_no_violations();
}
END_TEST

/* R3, R4: what is behind the freeze is alive and does not answer. */
START_TEST(R3_what_is_said_of_a_freeze_is_true)
{
    double before = now_ms();
    struct points points = sweep(FAULT_FREEZE, (enum place)_i, 900, 150);

    report("freeze", (enum place)_i, points, before);
    ck_no_violations();
}
END_TEST

/* The network fails while the connection is being made. */
START_TEST(R4_connecting_ends_by_its_deadline)
{
    const tenon_db_options options = {.connect_timeout_ms = 300};
    size_t n_points = 0;

    for (size_t at = 0; at < 700; at++)
        for (int kind = FAULT_CUT; kind <= FAULT_FREEZE; kind++) {
            if (!is_sampled(kind == FAULT_CUT ? 10 : 80))
                continue;
            const struct fault fault = {.kind = (enum fault_kind)kind,
                                        .direction = at < 100 ? TO_SERVER : TO_CLIENT,
                                        .at = at < 100 ? at : at - 100};
            tenon_db *db = NULL;
            proxy_set(proxy, &fault);
            double before = now_ms();
            tenon_status status = tenon_db_open(through(proxy, ""), &options, &db);
            if (now_ms() - before > 300 + slack_ms())
                violation("byte %zu: %.0f ms", at, now_ms() - before);
            if (proxy_has_failed(proxy) && kind == FAULT_CUT && status == TENON_TIMEOUT)
                violation("byte %zu: a cut that became a TIMEOUT", at);
            if (status != TENON_OK && tenon_db_is_open(db))
                violation("byte %zu: failed, and open", at);
            tenon_db_close(db);
            n_points++;
        }
    printf("connecting: %zu points\n", n_points);
    proxy_set(proxy, NULL);
    ck_no_violations();
}
END_TEST

int main(void)
{
    support_init("sweep");
    proxy = proxy_start(server_path, 0);
    Suite *suite = suite_create("sweep");
    /* CK_RUN_CASE runs one of them. */
    TCase *cut = tcase_create("cut"), *freeze = tcase_create("freeze");
    tcase_add_loop_test(cut, R2_what_is_said_of_a_cut_is_true, 0, N_PLACES);
    tcase_add_loop_test(freeze, R3_what_is_said_of_a_freeze_is_true, 0, N_PLACES);
    tcase_add_test(freeze, R4_connecting_ends_by_its_deadline);
    tcase_set_timeout(cut, 0);
    tcase_set_timeout(freeze, 0);
    suite_add_tcase(suite, cut);
    suite_add_tcase(suite, freeze);
    int status = run_suite(suite);
    proxy_stop(proxy);
    return status;
}
