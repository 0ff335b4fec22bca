/* One bit of an answer is inverted: every bit of every recorded answer. No call hangs, none says
 * that nothing has happened (the recorded statement was executed), and what does not make sense
 * closes the connection. */
#include <string.h>

#include "liar.h"

#define DEADLINE_MS 80

static struct recording recordings[64];
static size_t n_recordings;
static struct liar liar;

struct tally {
    size_t n, ok, other_values, lost, timeouts, refused;
};

/* The digest of the played-back answer as it is. */
static uint64_t honest_digest(const struct recording *recording)
{
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = must_open(liar_conninfo(&liar, (size_t)(recording - recordings), 1, -1), 5000);
    struct outcome outcome =
        run_scenario(recording->scenario, recording->place, db, mem, RECORDED_MARK);

    ck_status(db, TENON_OK, outcome.status);
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    return outcome.digest;
}

/* Whether the bit belongs to what a value or a text is made of: it may arrive as another one. */
static bool is_payload(const struct flight *flight, size_t byte)
{
    for (size_t at = 0; at + 5 <= flight->length;) {
        const unsigned char *m = flight->bytes + at;
        size_t length = 1 + ((size_t)m[1] << 24 | (size_t)m[2] << 16 | (size_t)m[3] << 8 | m[4]);
        if (byte < at + length)
            return byte >= at + 5 && (m[0] == 'D' || m[0] == 'C');
        at += length;
    }
    return false;
}

static void check_flip(const struct recording *recording, size_t where, size_t bit, uint64_t digest,
                       struct tally *tally)
{
    const struct flight *flight = &recording->flights[where];
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = must_open(
        liar_conninfo(&liar, (size_t)(recording - recordings), where, -1000 - (long)bit), 10000);
    const char *what = NULL;

    tenon_db_set_timeout(db, DEADLINE_MS);
    double before = now_ms();
    struct outcome outcome =
        run_scenario(recording->scenario, recording->place, db, mem, RECORDED_MARK);
    double took = now_ms() - before;
    tally->n++;
    tally->ok += outcome.status == TENON_OK;
    tally->lost += !tenon_db_is_open(db);
    tally->timeouts += outcome.status == TENON_TIMEOUT;
    tally->refused += outcome.status != TENON_OK && tenon_db_is_open(db);
    if (took > DEADLINE_MS + 100 + slack_ms())
        what = "after its deadline";
    else if (outcome.status == TENON_OK && outcome.digest != digest) {
        tally->other_values++;
        if (!is_payload(flight, bit / 8))
            what = "OK with other values";
    } else if (outcome.status != TENON_OK && outcome.effect == TENON_EFFECT_NONE &&
               recording->scenario->n_stored > 0 && where == recording->n_flights - 1)
        what = "effect NONE, and it was done";
    else if (outcome.status == TENON_PROTOCOL_VIOLATION && tenon_db_is_open(db))
        what = "garbage, and open";
    if (what != NULL)
        violation("%s, flight %zu, bit %zu of byte %zu ('%c' …): %s (%s, %s; %s, %.0f ms)",
                  recording->scenario->name, where, bit % 8, bit / 8, flight->bytes[0], what,
                  tenon_status_name(outcome.status), tenon_effect_name(outcome.effect),
                  outcome.message, took);
    tenon_db_close(db);
    tenon_arena_destroy(mem);
}

/* R6 */
START_TEST(R6_an_inverted_bit_is_found_or_is_a_value)
{
    struct tally tally = {0};
    int open = open_files();

    for (size_t r = 0; r < n_recordings; r++) {
        uint64_t digest = honest_digest(&recordings[r]);
        for (size_t where = 1; where < recordings[r].n_flights; where++) {
            size_t n_bits = recordings[r].flights[where].length * 8;
            for (size_t bit = 0; bit < n_bits && bit < 8 * 4096; bit++)
                if (is_sampled(250))
                    check_flip(&recordings[r], where, bit, digest, &tally);
        }
    }
    printf("R6: %zu bits: %zu OK (%zu with another value), %zu lost, %zu of them at the deadline, "
           "%zu refused and open\n",
           tally.n, tally.ok, tally.other_values, tally.lost, tally.timeouts, tally.refused);
    ck_assert_int_eq(open_files(), open);
    ck_no_violations();
}
END_TEST

/* S2 */
START_TEST(S2_an_answer_that_was_changed_at_random_ends_well)
{
    size_t n = is_long ? 100000 : SANITIZED ? 100 : 600, n_ok = 0, n_lost = 0;

    for (size_t i = 0; i < n; i++) {
        size_t r = (size_t)random_below(n_recordings);
        size_t where = (size_t)random_below(recordings[r].n_flights - 1) + 1;
        long number = (long)random_below(100000000);
        tenon_arena *mem = tenon_arena_create();
        tenon_db *db = must_open(liar_conninfo(&liar, r, where, LIE_MUTATED - number), 10000);
        tenon_db_set_timeout(db, DEADLINE_MS);
        double before = now_ms();
        struct outcome outcome =
            run_scenario(recordings[r].scenario, PLACE_PLAIN, db, mem, RECORDED_MARK);
        double took = now_ms() - before;
        /* A sanitizer takes its time to mark the gigabyte that libpq asks for after a length. */
        if (!SANITIZED && took > DEADLINE_MS + 100 + slack_ms())
            violation("%s, flight %zu, seed %ld: %.0f ms", recordings[r].scenario->name, where,
                      number, took);
        if (outcome.status == TENON_PROTOCOL_VIOLATION && tenon_db_is_open(db))
            violation("%s, flight %zu, seed %ld: garbage, and open", recordings[r].scenario->name,
                      where, number);
        n_ok += outcome.status == TENON_OK;
        n_lost += !tenon_db_is_open(db);
        tenon_db_close(db);
        tenon_arena_destroy(mem);
    }
    printf("S2: %zu answers, %zu OK, %zu lost\n", n, n_ok, n_lost);
    ck_no_violations();
}
END_TEST

static void set_up(void)
{
    struct proxy *proxy = proxy_start(server_path, 0);

    for (size_t i = 0; i < n_scenarios; i++) {
        good_digest(&scenarios[i]);
        /* An early end is followed by what depends on time. */
        if (strcmp(scenarios[i].name, "stream that ends early") != 0)
            recording_make(&recordings[n_recordings++], proxy, &scenarios[i], PLACE_PLAIN);
    }
    proxy_stop(proxy);
    liar_start(&liar, recordings, NULL);
}

static void tear_down(void)
{
    liar_stop(&liar);
    for (size_t i = 0; i < n_recordings; i++)
        recording_finish(&recordings[i]);
}

int main(void)
{
    support_init("flip");
    Suite *suite = suite_create("flip");
    TCase *tcase = tcase_create("flip");
    tcase_add_unchecked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, R6_an_inverted_bit_is_found_or_is_a_value);
    tcase_add_test(tcase, S2_an_answer_that_was_changed_at_random_ends_well);
    tcase_set_timeout(tcase, 0);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
