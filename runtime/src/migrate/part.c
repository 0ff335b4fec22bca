/* What runs in transactions: each part of a file is one, with its row of the ledger inside. What it
 * waits for too long, or would wait for in a circle, makes it begin anew after a pause in which
 * whatever queued behind it goes on. */
#include "migrator.h"

#include <string.h>

enum { FIRST_PAUSE_MS = 200, LONGEST_PAUSE_MS = 15000 };

bool tenon__may_retry(tenon_migrator *m, int attempt)
{
    int pause = FIRST_PAUSE_MS << (attempt < 8 ? attempt : 8);

    if (!tenon__is_open(m) || attempt >= m->options.max_attempts ||
        (!tenon__failed_with(m, "55P03") && !tenon__failed_with(m, "40P01") &&
         !tenon__failed_with(m, "40001")))
        return false;
    pause = pause > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : pause;
    pause = pause / 2 + tenon__random(m, pause);
    tenon__tell(m, TENON_MIGRATE_RETRIES, pause, m->failure.message);
    tenon__pause(pause);
    return true;
}

static bool run_step(tenon_migrator *m, const tenon_step *step)
{
    m->step = step;
    m->step_started = tenon__now_ms();
    tenon__tell(m, TENON_MIGRATE_STEP, 0, "");
    if (!tenon__run_step(m, step->sql, 0, NULL, SIZE_MAX, NULL))
        return false;
    return m->write != NULL || PQtransactionStatus(m->conn) == PQTRANS_INTRANS ||
           tenon__reject(m, "a migration's statements may not begin or end transactions",
                         "the statement has ended the transaction of the migration");
}

static size_t count_steps(const tenon_migration *migration, size_t part)
{
    size_t n = 0;

    while (n < migration->n_steps && (size_t)migration->steps[n].part <= part)
        n++;
    return n;
}

/* Constraints that the file deferred are checked while its settings hold, and are its failure. */
static bool end_part(tenon_migrator *m, const tenon_migration *migration, size_t part,
                     int64_t began)
{
    enum row_state state = part == migration->n_parts ? ROW_APPLIED : ROW_RUNNING;
    size_t n_done = count_steps(migration, part);

    m->step = NULL;
    return tenon__do(m, "SET CONSTRAINTS ALL IMMEDIATE", 0, NULL) && tenon__pin_ledger(m) &&
           tenon__ledger_write(m, migration, state, part, n_done, tenon__now_ms() - began);
}

static bool run_part(tenon_migrator *m, const tenon_migration *migration, size_t part,
                     int64_t began)
{
    if (!tenon__pin(m) || !tenon__set_timeouts(m, TENON_STEP_IN_TRANSACTION) ||
        !tenon__do(m, "BEGIN", 0, NULL))
        return false;
    for (size_t i = 0; i < migration->n_steps; i++)
        if ((size_t)migration->steps[i].part == part && !run_step(m, &migration->steps[i]))
            return false;
    return end_part(m, migration, part, began) && tenon__do(m, "COMMIT", 0, NULL);
}

/* A part that was committed is noted as such; the one that failed after it as well. */
static void note_failure(tenon_migrator *m, const tenon_migration *migration, size_t part)
{
    size_t statement = m->failure.statement;

    if (part > 1)
        tenon__ledger_note_failure(m, migration, part - 1,
                                   statement > 0 ? statement : count_steps(migration, part));
}

static bool apply_part(tenon_migrator *m, const tenon_migration *migration, size_t part,
                       int64_t began)
{
    for (int attempt = 1; !run_part(m, migration, part, began); attempt++) {
        tenon__roll_back_part(m);
        if (!tenon__may_retry(m, attempt)) {
            note_failure(m, migration, part);
            return false;
        }
    }
    return true;
}

bool tenon__apply_parts(tenon_migrator *m, const tenon_migration *migration)
{
    const struct ledger_row *row = tenon__ledger_find(m, migration->name);
    const int64_t began = tenon__now_ms();

    for (size_t part = row == NULL ? 1 : row->part + 1; part <= migration->n_parts; part++)
        if (!apply_part(m, migration, part, began))
            return false;
    return true;
}
