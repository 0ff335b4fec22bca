/* What runs outside of transactions. The ledger says which statement is about to run before it
 * does; when a run was cut short, the query of that statement tells whether it has happened,
 * another one whether it has left something behind, such as the invalid index of CREATE INDEX
 * CONCURRENTLY. */
#include "migrator.h"

#include <string.h>

struct outside {
    const tenon_migration *migration;
    int64_t began;
    size_t from;           /* the step to begin with, from 0 */
    size_t asks_to;        /* those up to this one may have happened already */
    bool may_be_half;      /* the first step was begun before */
    const char *batch_key; /* of the first step */
};

/* Of a file that was begun: the statement at which it was cut short may have happened; one that has
 * failed has not, whatever its query says of an object that somebody else made. In a file that was
 * corrected since, any may. */
static struct outside outside_of(tenon_migrator *m, const tenon_migration *migration)
{
    const struct ledger_row *row = tenon__ledger_find(m, migration->name);
    struct outside outside = {.migration = migration, .began = tenon__now_ms()};

    if (row == NULL)
        return outside;
    if (strcmp(row->checksum, migration->checksum) != 0) {
        outside.asks_to = migration->n_steps;
        return outside;
    }
    outside.from = row->statement > 0 ? row->statement - 1 : 0;
    outside.asks_to = outside.from + (row->state == ROW_RUNNING);
    outside.may_be_half = true;
    outside.batch_key = row->batch_key;
    return outside;
}

static bool has_happened(tenon_migrator *m, const tenon_step *step, bool *answer)
{
    return tenon__ask_bool(m, step->done, 0, NULL, answer);
}

/* Takes away what the statement left when it was cut short. */
static bool clean_up(tenon_migrator *m, const tenon_step *step)
{
    bool is_half = false;

    if (step->half == NULL)
        return true;
    if (!tenon__ask_bool(m, step->half, 0, NULL, &is_half))
        return false;
    if (!is_half)
        return true;
    tenon__tell(m, TENON_MIGRATE_CLEANS, 0, step->clean_up);
    return tenon__run_step(m, step->clean_up, 0, NULL, 0, NULL);
}

/* What an earlier run may have left of the statement that is to run. */
struct left {
    bool all;  /* it may have happened */
    bool half; /* it may have been cut short */
};

/* Whether the statement need not run: it has happened, or what was left of it has been completed.
 */
static bool is_over(tenon_migrator *m, const tenon_step *step, struct left left, bool *answer)
{
    *answer = false;
    if (left.all && !has_happened(m, step, answer))
        return false;
    if (*answer || !left.half || step->half == NULL)
        return true;
    return clean_up(m, step) && (!left.all || has_happened(m, step, answer));
}

/* What the engine would ask between two statements, the script asks. */
static void script_step(tenon_migrator *m, const struct outside *outside, const tenon_step *step,
                        struct left left)
{
    const bool may_be_half = left.half && step->half != NULL;

    if (may_be_half) {
        tenon__script_if(m, step->half);
        tenon__script_step(m, step->clean_up);
        tenon__script(m, "\\endif\n");
    }
    if (left.all) {
        tenon__script_if(m, step->done);
        tenon__script(m, "\\else\n");
    }
    if (step->kind == TENON_STEP_BATCH)
        tenon__script_batch(m, outside->migration, outside->batch_key);
    else
        tenon__script_step(m, step->sql);
    if (left.all)
        tenon__script(m, "\\endif\n");
}

static bool attempt_step(tenon_migrator *m, struct outside *outside, const tenon_step *step,
                         struct left left)
{
    bool is_done;

    if (m->write != NULL) {
        script_step(m, outside, step, left);
        return true;
    }
    if (!is_over(m, step, left, &is_done))
        return false;
    if (is_done) {
        tenon__tell(m, TENON_MIGRATE_SKIPS, 0, "");
        return true;
    }
    tenon__tell(m, TENON_MIGRATE_STEP, 0, "");
    if (step->kind == TENON_STEP_BATCH)
        return tenon__apply_batch(m, outside->migration, outside->batch_key);
    return tenon__run_step(m, step->sql, 0, NULL, SIZE_MAX, NULL);
}

static bool run_step(tenon_migrator *m, struct outside *outside, size_t i)
{
    const tenon_step *step = &outside->migration->steps[i];
    struct left left = {.all = i < outside->asks_to};

    left.half = left.all || (outside->may_be_half && i == outside->from);
    m->step = step;
    m->step_started = tenon__now_ms();
    if (!tenon__ledger_write(m, outside->migration, ROW_RUNNING, 0, i + 1, 0))
        return false;
    for (int attempt = 1;; attempt++) {
        if (tenon__pin(m) && tenon__set_timeouts(m, step->kind) &&
            attempt_step(m, outside, step, left))
            break;
        if (step->kind == TENON_STEP_BATCH || !tenon__may_retry(m, attempt))
            return false; /* each slice of a batch has been retried */
        left.half = true;
    }
    outside->batch_key = NULL;
    return true;
}

bool tenon__apply_outside(tenon_migrator *m, const tenon_migration *migration)
{
    struct outside outside = outside_of(m, migration);

    for (size_t i = outside.from; i < migration->n_steps; i++)
        if (!run_step(m, &outside, i)) {
            tenon__ledger_note_failure(m, migration, 0, i + 1);
            return false;
        }
    m->step = NULL;
    return tenon__do(m, "BEGIN", 0, NULL) && tenon__pin_ledger(m) &&
           tenon__ledger_write(m, migration, ROW_APPLIED, 0, migration->n_steps,
                               tenon__now_ms() - outside.began) &&
           tenon__do(m, "COMMIT", 0, NULL);
}
