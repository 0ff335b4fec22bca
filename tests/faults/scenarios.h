/* Every command of generated code, as a table: what the suites break at each byte. */
#ifndef TESTS_FAULTS_SCENARIOS_H
#define TESTS_FAULTS_SCENARIOS_H

#include <app/queries.h>

#include "support.h"

struct scenario {
    const char *name;
    int n_stored; /* rows that carry the mark when it has been done; 0: it only reads */
    /** Calls, and folds what came back into *digest, which is the same in every good run. */
    tenon_status (*run)(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest);
};

extern const struct scenario scenarios[];
extern const size_t n_scenarios;

/** Where a scenario runs. */
enum place {
    PLACE_PLAIN,       /* by itself */
    PLACE_TRANSACTION, /* tenon_begin, call, tenon_commit */
    PLACE_SAVEPOINT,   /* the same with a level more */
    PLACE_FUNCTION,    /* in tenon_transaction */
    N_PLACES,
};
extern const char *const place_names[N_PLACES];

/** What came of it. */
struct outcome {
    tenon_status call;   /* of the scenario itself; TENON_OK if it was not reached */
    tenon_status status; /* of the whole: the first failure, or COMMIT's */
    bool reached_commit; /* COMMIT was tried */
    tenon_effect effect; /* that goes with status */
    uint64_t digest;
    char message[160];
};

struct outcome run_scenario(const struct scenario *scenario, enum place place, tenon_db *db,
                            tenon_arena *mem, int64_t mark);

/** The digest of a good run, made on a direct connection the first time. */
uint64_t good_digest(const struct scenario *scenario);

/** Compares what was said with what is stored: a violation for each untruth. */
void check_outcome(const struct scenario *scenario, enum place place, const struct outcome *outcome,
                   int64_t mark, const char *where);

#endif
