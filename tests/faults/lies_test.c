/* What a server that is broken, or means harm, can say: every lie to every command, and while the
 * connection is being made. */
#include <string.h>

#include "liar.h"
#include "shim_memory.h"

enum expected {
    ANY,           /* what holds for every lie */
    HARMLESS,      /* the call succeeds */
    REFUSED,       /* it does not */
    ONE_TOO_MANY,  /* the same, but that tenon_exec may have several results, and that COMMIT and
                      what is asked before COPY are judged by what they say, not how often */
    REFUSED_OR_OK, /* the call cannot know */
    BROKEN,        /* as garbage, or the rest never comes and the deadline ends it */
    BROKEN_OR_OK,  /* the same, where the message may be taken */
    GARBAGE,       /* protocol violation or connection lost, and the connection is closed */
    FLOOD,         /* ends by its deadline or limit, and the connection is closed */
    SILENT,        /* TIMEOUT, and the connection is closed */
    ERROR,         /* the server has refused the request */
    ERROR_OPEN,    /* the same, and the connection is in order */
    NOT_COMMITTED, /* REFUSED, if it is the answer to COMMIT */
};

struct lie {
    const char *name;
    enum expected expected;
    const char *script;
};

#define LIE(name, expected, script) {name, expected, script},
static const struct lie lies[] = {
#include "lies.def"
};
static const struct lie starts[] = {
#include "starts.def"
};
#undef LIE
enum { N_LIES = sizeof lies / sizeof lies[0], N_STARTS = sizeof starts / sizeof starts[0] };

#define DEADLINE_MS 80
#define PATIENT_MS 2000
#define MAX_MB 1
#define MAY_BE_LATE 8

static struct recording recordings[64];
static size_t n_recordings;
static struct liar liar;
static long at_rest_mb;

/* Whether the deadline may be what ends it: then it is a short one. */
static bool waits(const struct lie *lie)
{
    switch (lie->expected) {
    case HARMLESS:
    case GARBAGE:
    case ERROR:
    case ERROR_OPEN:
        return false;
    default:
        return true;
    }
}

/* The share of these lies in the sample: those that take their whole deadline are told seldom. */
static unsigned one_in(const struct lie *lie)
{
    return lie->expected == FLOOD || lie->expected == SILENT ? 16 : waits(lie) ? 4 : 3;
}

static bool is_loss(tenon_status status)
{
    /* A batch that is judged before it is committed has a COMMIT of its own. */
    return status == TENON_PROTOCOL_VIOLATION || status == TENON_CONNECTION_LOST ||
           status == TENON_COMMIT_UNKNOWN;
}

/* What is wrong about the status, for this kind of lie. */
static const char *unexpected(enum expected expected, tenon_status status, bool is_open)
{
    bool is_garbage = is_loss(status) && !is_open;
    bool is_over = status == TENON_TIMEOUT && !is_open;

    switch (expected) {
    case HARMLESS:
        return status == TENON_OK ? NULL : "not harmless";
    case REFUSED:
    case ONE_TOO_MANY:
    case ERROR:
        return status != TENON_OK ? NULL : "taken for the truth";
    case ERROR_OPEN:
        return status != TENON_OK && is_open ? NULL : "not a mere error";
    case BROKEN:
        return status != TENON_OK && !is_open ? NULL : "the connection is still open";
    case BROKEN_OR_OK:
        return status == TENON_OK || !is_open ? NULL : "the connection is still open";
    case GARBAGE:
        return is_garbage ? NULL : "not a protocol violation";
    case SILENT:
        return is_over ? NULL : "no TIMEOUT";
    case FLOOD:
        return status != TENON_OK && !is_open ? NULL : "the flood has not ended it";
    default:
        return NULL;
    }
}

static const char *untrue(const struct lie *lie, const struct recording *recording, size_t flight,
                          const struct outcome *outcome, bool is_open)
{
    bool is_last = flight == recording->n_flights - 1;
    bool has_refused = strstr(lie->script, "E(") != NULL && lie->expected != BROKEN;

    /* The deadline may have come before the last of several flights was asked for. */
    if (outcome->status != TENON_OK && recording->scenario->n_stored > 0 && is_last &&
        (outcome->status != TENON_TIMEOUT || flight == 1) && !has_refused &&
        recording->place == PLACE_PLAIN && outcome->effect == TENON_EFFECT_NONE)
        return "effect NONE after the last message left";
    /* Who ends a stream early does not look at the rest. */
    if (strcmp(recording->scenario->name, "stream that ends early") == 0 &&
        outcome->status == TENON_OK)
        return NULL;
    if (lie->expected == ONE_TOO_MANY &&
        (strcmp(recording->scenario->name, "tenon_exec") == 0 || flight > 1 || !is_last))
        return NULL;
    if (recording->place == PLACE_PLAIN)
        return unexpected(lie->expected, outcome->status, is_open);
    if (lie->expected == SILENT || lie->expected == FLOOD)
        return is_open ? "still open" : NULL;
    if (is_last && outcome->reached_commit && lie->expected == NOT_COMMITTED &&
        outcome->status == TENON_OK)
        return "committed";
    if (is_last && outcome->reached_commit && !has_refused && outcome->status != TENON_OK &&
        outcome->status != TENON_COMMIT_UNKNOWN && lie->expected != NOT_COMMITTED)
        return "not COMMIT_UNKNOWN";
    return NULL;
}

static void check_bounds(const struct lie *lie, const char *name, double took, int deadline_ms)
{
    /* A sanitizer takes its time to mark the gigabyte that libpq asks for after a length. */
    if (took > deadline_ms + slack_ms() && !(SANITIZED && strstr(lie->script, "!(") != NULL))
        violation("\"%s\" to %s: %.0f ms", lie->name, name, took);
    if (!SANITIZED && peak_mb() > at_rest_mb + 8 * MAX_MB + 64)
        violation("\"%s\" to %s: %ld MB", lie->name, name, peak_mb());
}

static void tell(size_t index, const struct recording *recording, size_t flight)
{
    const struct lie *lie = &lies[index];
    int deadline_ms = waits(lie) ? DEADLINE_MS : PATIENT_MS;
    const tenon_db_options options = {.timeout_ms = 10000, .limits.max_bytes = MAX_MB << 20};
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db;

    forget_peak();
    tenon_status status = tenon_db_open(
        liar_conninfo(&liar, (size_t)(recording - recordings), flight, (long)index), &options, &db);
    ck_assert_msg(status == TENON_OK, "the liar: %s", tenon_db_error(db)->message);
    tenon_db_set_timeout(db, deadline_ms);
    double before = now_ms();
    struct outcome outcome =
        run_scenario(recording->scenario, recording->place, db, mem, RECORDED_MARK);
    double took = now_ms() - before;
    bool is_open = tenon_db_is_open(db);
    /* The two calls around a failed one are under the same deadline each. */
    check_bounds(lie, recording->scenario->name, took,
                 recording->place == PLACE_PLAIN ? deadline_ms : 3 * deadline_ms);
    const char *what = untrue(lie, recording, flight, &outcome, is_open);
    if (what != NULL)
        violation("\"%s\" to %s %s, flight %zu of %zu: %s (%s, %s; %s)", lie->name,
                  recording->scenario->name, place_names[recording->place], flight,
                  recording->n_flights - 1, what, tenon_status_name(outcome.status),
                  tenon_effect_name(outcome.effect), outcome.message);
    if (is_open && outcome.status != TENON_OK) {
        /* Whatever comes of it, it ends. */
        tenon_db_set_timeout(db, DEADLINE_MS);
        before = now_ms();
        run_scenario(recording->scenario, PLACE_PLAIN, db, mem, RECORDED_MARK);
        check_bounds(lie, "the next call", now_ms() - before, DEADLINE_MS);
    }
    tenon_db_close(db);
    tenon_arena_destroy(mem);
}

#if SANITIZED
/* libpq itself loses a result that a lie leaves unfinished; blocks are counted, with room for
 * those, by the build without a sanitizer. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

/* S1, S4, S5 */
START_TEST(S1_every_lie_to_every_command_ends_well)
{
    size_t n_told = 0;
    double before = now_ms();
    int open = open_files();

    at_rest_mb = peak_mb();
    for (size_t r = 0; r < n_recordings; r++)
        for (size_t flight = 1; flight < recordings[r].n_flights; flight++)
            for (size_t i = 0; i < N_LIES; i++) {
                if (!script_applies(lies[i].script, &recordings[r].flights[flight]))
                    continue;
                if (!is_sampled(one_in(&lies[i])))
                    continue;
                long blocks = memory_blocks();
                tell(i, &recordings[r], flight);
                /* A few belong to a helper that still ends a request to cancel. libpq itself loses
                 * each ParameterDescription but the last. */
                if (n_told++ > 20 && memory_blocks() > blocks + MAY_BE_LATE &&
                    strncmp(lies[i].script, "*0:t", 4) != 0)
                    violation("\"%s\" to %s: %ld blocks are kept", lies[i].name,
                              recordings[r].scenario->name, memory_blocks() - blocks);
            }
    printf("%d lies, %zu times, %.1f s\n", N_LIES, n_told, (now_ms() - before) / 1000);
    ck_assert_int_eq(open_files(), open);
    ck_no_violations();
}
END_TEST

static size_t find_lie(const char *name)
{
    for (size_t i = 0; i < N_LIES; i++)
        if (strcmp(lies[i].name, name) == 0)
            return i;
    ck_abort_msg("no lie \"%s\"", name);
}

/* S5 */
START_TEST(S5_the_text_of_an_error_is_passed_on_as_it_is)
{
    static const struct {
        const char *lie, *text;
    } errors[] = {
        {"an error that means to format", "%n%n%s%s"},
        {"an error that paints the terminal", "\x1b[2J\x1b]0;x\a"},
    };
    tenon_arena *mem = tenon_arena_create();

    for (size_t r = 0; r < n_recordings; r++)
        for (size_t e = 0; e < 2; e++) {
            tenon_db *db =
                must_open(liar_conninfo(&liar, r, 1, (long)find_lie(errors[e].lie)), PATIENT_MS);
            struct outcome outcome =
                run_scenario(recordings[r].scenario, recordings[r].place, db, mem, RECORDED_MARK);
            if (outcome.status == TENON_OK || strstr(outcome.message, errors[e].text) == NULL)
                violation("%s: \"%s\" became \"%s\"", recordings[r].scenario->name, errors[e].lie,
                          outcome.message);
            tenon_db_close(db);
        }
    tenon_arena_destroy(mem);
    ck_no_violations();
}
END_TEST

static void tell_at_start(size_t index)
{
    const struct lie *lie = &starts[index];
    int deadline_ms = waits(lie) ? 2 * DEADLINE_MS : PATIENT_MS;
    const tenon_db_options options = {.connect_timeout_ms = deadline_ms, .timeout_ms = 1000};
    tenon_db *db;

    forget_peak();
    double before = now_ms();
    tenon_status status =
        tenon_db_open(liar_conninfo(&liar, 0, 0, (long)(N_LIES + index)), &options, &db);
    check_bounds(lie, "start-up", now_ms() - before, deadline_ms);
    bool is_open = tenon_db_is_open(db);
    const char *what = unexpected(lie->expected, status, is_open);
    if (what == NULL && is_open != (status == TENON_OK))
        what = "neither open nor closed";
    if (what == NULL && is_open && strstr(lie->script, "client_encoding") != NULL) {
        tenon_arena *mem = tenon_arena_create();
        if (run_scenario(&scenarios[0], PLACE_PLAIN, db, mem, 0).status == TENON_OK)
            what = "a call in an encoding other than UTF8";
        tenon_arena_destroy(mem);
    }
    if (what != NULL)
        violation("\"%s\" at start-up: %s (%s; %s)", lie->name, what, tenon_status_name(status),
                  tenon_db_error(db)->message);
    tenon_db_close(db);
}

START_TEST(S1_every_lie_at_start_up_ends_well)
{
    int open = open_files();

    for (size_t i = 0; i < N_STARTS; i++)
        if (script_applies(starts[i].script, &recordings[0].flights[0]))
            tell_at_start(i);
        else
            violation("\"%s\" does not apply", starts[i].name);
    printf("%d lies at start-up\n", N_STARTS);
    ck_assert_int_eq(open_files(), open);
    ck_no_violations();
}
END_TEST

static void record(struct proxy *proxy, const char *name, enum place place)
{
    for (size_t i = 0; i < n_scenarios; i++)
        if (strcmp(name, scenarios[i].name) == 0 || strcmp(name, "*") == 0)
            recording_make(&recordings[n_recordings++], proxy, &scenarios[i], place);
}

static void set_up(void)
{
    static const char *scripts[N_LIES + N_STARTS];
    struct proxy *proxy = proxy_start(server_path, 0);

    for (size_t i = 0; i < N_LIES; i++)
        scripts[i] = lies[i].script;
    for (size_t i = 0; i < N_STARTS; i++)
        scripts[N_LIES + i] = starts[i].script;
    for (size_t i = 0; i < n_scenarios; i++)
        good_digest(&scenarios[i]);
    record(proxy, "*", PLACE_PLAIN);
    record(proxy, "exec", PLACE_TRANSACTION);
    record(proxy, "one that writes", PLACE_SAVEPOINT);
    record(proxy, "copyfrom", PLACE_FUNCTION);
    proxy_stop(proxy);
    liar_start(&liar, recordings, scripts);
}

static void tear_down(void)
{
    liar_stop(&liar);
    for (size_t i = 0; i < n_recordings; i++)
        recording_finish(&recordings[i]);
}

int main(void)
{
    support_init("lies");
    Suite *suite = suite_create("lies");
    TCase *tcase = tcase_create("lies");
    tcase_add_unchecked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, S1_every_lie_to_every_command_ends_well);
    tcase_add_test(tcase, S1_every_lie_at_start_up_ends_well);
    tcase_add_test(tcase, S5_the_text_of_an_error_is_passed_on_as_it_is);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
