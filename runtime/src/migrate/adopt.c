/* The first rows of a ledger, for what another tool has applied: all of them in one transaction,
 * with a line in the log, or none. */
#include "migrator.h"

/* Rows that are there already have to be what an earlier call has written. */
static bool check_rows(tenon_migrator *m, const tenon_adoption *adoption, bool *is_done)
{
    size_t n_same = 0;

    for (size_t i = 0; i < adoption->n; i++) {
        const tenon_migration *migration = tenon__find_file(m, adoption->items[i].name);
        if (migration == NULL)
            return tenon__reject(m, "", "there is no migration \"%s\"", adoption->items[i].name);
        n_same += tenon__state_of(m, migration) == TENON_MIGRATION_APPLIED;
    }
    *is_done = m->ledger.n > 0 && n_same == adoption->n;
    return m->ledger.n == 0 || *is_done ||
           tenon__reject(m, "tenon migrate status lists them; single ones: tenon migrate repair",
                         "the ledger %s has rows already: this database is tenon's", m->table);
}

/* When and by whom, as far as that is known. */
static bool write_origin(tenon_migrator *m, const tenon_adopted *item)
{
    const char *values[] = {m->options.target, item->name, item->at, item->by};

    if (item->at == NULL && item->by == NULL)
        return true;
    return tenon__write_one(m,
                            tenon__text(m,
                                        "UPDATE %s SET started_at = coalesce($3::timestamptz, "
                                        "started_at), finished_at = coalesce($3::timestamptz, "
                                        "finished_at), applied_by = coalesce($4, applied_by) "
                                        "WHERE target = $1 AND name = $2 AND %s",
                                        m->table, m->holds_lock),
                            4, values);
}

static bool write_rows(tenon_migrator *m, const tenon_adoption *adoption)
{
    m->last = tenon__find_file(m, adoption->items[adoption->n - 1].name);
    for (size_t i = 0; i < adoption->n; i++) {
        const tenon_adopted *item = &adoption->items[i];
        const tenon_migration *migration = tenon__find_file(m, item->name);
        if (!tenon__ledger_write(m, migration, ROW_APPLIED, migration->n_parts, migration->n_steps,
                                 item->duration_ms) ||
            !write_origin(m, item))
            return false;
    }
    return true;
}

static bool check_guard(tenon_migrator *m, const tenon_adoption *adoption)
{
    bool holds = true;

    if (adoption->guard != NULL &&
        !tenon__ask_bool(m, tenon__text(m, "SELECT %s", adoption->guard), 0, NULL, &holds))
        return false;
    return holds || tenon__reject(m, "run it again",
                                  "the lock of the ledger of %s was lost, so nothing is committed",
                                  adoption->origin);
}

/* The guard comes last, so that it covers all of the transaction. */
static bool write(tenon_migrator *m, const tenon_adoption *adoption)
{
    if (tenon__do(m, "BEGIN", 0, NULL) && tenon__pin_ledger(m) && write_rows(m, adoption) &&
        tenon__ledger_note(m, tenon__text(m, "adopt from %s", adoption->origin), NULL) &&
        check_guard(m, adoption) && tenon__do(m, "COMMIT", 0, NULL))
        return true;
    tenon__roll_back_part(m);
    return false;
}

static bool adopt_under_lock(tenon_migrator *m, const tenon_adoption *adoption)
{
    bool is_done = false;

    if (!tenon__ledger_open(m) || !tenon__ledger_read(m) || !check_rows(m, adoption, &is_done))
        return false;
    return is_done || adoption->n == 0 || write(m, adoption);
}

static bool adopt(tenon_migrator *m, const tenon_adoption *adoption)
{
    if (!tenon__check_server(m) || !tenon__lock(m))
        return false;
    bool is_done = adopt_under_lock(m, adoption);
    tenon__unlock(m);
    return is_done;
}

tenon_migrate_outcome tenon_migrator_adopt(tenon_migrator *m, const tenon_adoption *adoption)
{
    return tenon__begin_call(m) && adopt(m, adoption) ? TENON_MIGRATE_OK : m->failure.outcome;
}
