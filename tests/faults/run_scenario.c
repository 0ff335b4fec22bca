/* Runs a scenario in its place, and holds what was said against what is stored. */
#include <string.h>

#include "scenarios.h"

const char *const place_names[N_PLACES] = {
    [PLACE_PLAIN] = "by itself",
    [PLACE_TRANSACTION] = "in a transaction",
    [PLACE_SAVEPOINT] = "in a savepoint",
    [PLACE_FUNCTION] = "in tenon_transaction",
};

struct running {
    const struct scenario *scenario;
    tenon_arena *mem;
    int64_t mark;
    struct outcome *outcome;
};

static tenon_status call(tenon_db *db, void *context)
{
    struct running *running = context;
    struct outcome *outcome = running->outcome;

    outcome->digest = 0;
    outcome->call = running->scenario->run(db, running->mem, running->mark, &outcome->digest);
    /* What tenon_transaction does next is to commit. */
    outcome->reached_commit = outcome->call == TENON_OK;
    return outcome->call;
}

static void note(struct outcome *outcome, tenon_db *db, tenon_status status)
{
    const tenon_error *error = tenon_db_error(db);

    outcome->status = status;
    outcome->effect = error->effect;
    snprintf(outcome->message, sizeof outcome->message, "%s: %s", error->sqlstate, error->message);
    outcome->message[strcspn(outcome->message, "\n")] = '\0';
}

/* Begins and ends as many levels. */
static void run_in_levels(struct running *running, tenon_db *db, int n_levels)
{
    struct outcome *outcome = running->outcome;
    tenon_status status = TENON_OK;

    for (int level = 0; level < n_levels && status == TENON_OK; level++)
        status = tenon_begin(db, NULL);
    if (status == TENON_OK)
        status = call(db, running);
    for (int level = 0; level < n_levels && status == TENON_OK; level++) {
        /* A savepoint that is released commits nothing. */
        outcome->reached_commit = tenon_depth(db) == 1;
        status = tenon_commit(db);
    }
    if (status != TENON_OK)
        note(outcome, db, status);
    while (tenon_depth(db) > 0) {
        int depth = tenon_depth(db);
        tenon_rollback(db);
        if (tenon_depth(db) >= depth) {
            violation("%s: a level that does not end", running->scenario->name);
            break;
        }
    }
}

struct outcome run_scenario(const struct scenario *scenario, enum place place, tenon_db *db,
                            tenon_arena *mem, int64_t mark)
{
    const tenon_transaction_options once = {.max_attempts = 1};
    struct outcome outcome = {.call = TENON_OK, .status = TENON_OK};
    struct running running = {scenario, mem, mark, &outcome};
    tenon_status status;

    switch (place) {
    case PLACE_TRANSACTION:
    case PLACE_SAVEPOINT:
        run_in_levels(&running, db, place == PLACE_TRANSACTION ? 1 : 2);
        break;
    case PLACE_FUNCTION:
        status = tenon_transaction(db, &once, call, &running);
        if (status != TENON_OK)
            note(&outcome, db, status);
        break;
    default:
        status = call(db, &running);
        if (status != TENON_OK)
            note(&outcome, db, status);
    }
    return outcome;
}

uint64_t good_digest(const struct scenario *scenario)
{
    static uint64_t digests[64];
    static bool known[64];
    size_t index = (size_t)(scenario - scenarios);

    if (!known[index]) {
        tenon_db *db = must_open(server_conninfo, 10000);
        tenon_arena *mem = tenon_arena_create();
        struct outcome outcome = run_scenario(scenario, PLACE_PLAIN, db, mem, new_mark());
        ck_assert_msg(outcome.status == TENON_OK, "%s: %s %s", scenario->name,
                      tenon_status_name(outcome.status), outcome.message);
        digests[index] = outcome.digest;
        known[index] = true;
        tenon_arena_destroy(mem);
        tenon_db_close(db);
    }
    return digests[index];
}

static const char *untruth(const struct scenario *scenario, enum place place,
                           const struct outcome *outcome, int64_t n_stored)
{
    bool is_stored = n_stored == scenario->n_stored;

    if (n_stored != 0 && !is_stored)
        return "a part is stored";
    if (outcome->status == TENON_OK)
        return is_stored ? NULL : "OK, and not stored";
    /* By itself, a batch that is judged first has a COMMIT of its own. */
    if (outcome->status == TENON_COMMIT_UNKNOWN && !outcome->reached_commit && place != PLACE_PLAIN)
        return "COMMIT_UNKNOWN before COMMIT";
    /* Inside of a transaction DONE speaks of the transaction, which is gone. */
    if (place != PLACE_PLAIN && outcome->status != TENON_COMMIT_UNKNOWN)
        return n_stored > 0 ? "said to have failed, and committed" : NULL;
    if (outcome->effect == TENON_EFFECT_NONE && n_stored > 0)
        return "effect NONE, and stored";
    if (outcome->effect == TENON_EFFECT_DONE && !is_stored)
        return "effect DONE, and not stored";
    return NULL;
}

void check_outcome(const struct scenario *scenario, enum place place, const struct outcome *outcome,
                   int64_t mark, const char *where)
{
    const char *what = NULL;

    if (scenario->n_stored > 0)
        what = untruth(scenario, place, outcome, stored(mark));
    if (what == NULL && outcome->call == TENON_OK && outcome->status == TENON_OK &&
        outcome->digest != good_digest(scenario))
        what = "OK with another result";
    if (what != NULL)
        violation("%s %s, %s: %s (%s, %s; %s)", scenario->name, place_names[place], where, what,
                  tenon_status_name(outcome->status), tenon_effect_name(outcome->effect),
                  outcome->message);
}
