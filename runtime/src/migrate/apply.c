/* The run: look, take the lock, look again, and apply what is pending in the order of names. */
#include "migrator.h"

#include <string.h>

/* Whether the file is asked for: with --to, up to that one. */
static bool is_wanted(const tenon_migrator *m, const tenon_migration *migration)
{
    const char *to = m->options.to;

    return to == NULL || strcmp(migration->name, to) <= 0 ||
           strncmp(migration->name, to, strlen(to)) == 0;
}

bool tenon__is_to_run(const tenon_migrator *m, const tenon_migration *migration)
{
    tenon_migration_state state = tenon__state_of(m, migration);

    return is_wanted(m, migration) && state != TENON_MIGRATION_APPLIED &&
           state != TENON_MIGRATION_EDITED;
}

static bool check_target(tenon_migrator *m)
{
    const char *to = m->options.to;

    for (size_t i = 0; to != NULL && i < m->migrations->n; i++)
        if (strncmp(m->migrations->items[i].name, to, strlen(to)) == 0)
            return true;
    return to == NULL || tenon__reject(m, "give its name, or the time that it begins with",
                                       "there is no migration \"%s\"", to);
}

/* Notes the last one, so that what the server makes of it is noted with it. */
static size_t count_work(tenon_migrator *m)
{
    size_t n = 0;

    m->last = NULL;
    for (size_t i = 0; i < m->migrations->n; i++) {
        const tenon_migration *migration = &m->migrations->items[i];
        if (!tenon__is_to_run(m, migration))
            continue;
        m->last = migration;
        n++;
    }
    return n;
}

static bool apply_file(tenon_migrator *m, const tenon_migration *migration)
{
    int64_t began = tenon__now_ms();

    m->migration = migration;
    tenon__tell(m, TENON_MIGRATE_BEGINS, 0, "");
    if (m->write != NULL)
        tenon__script(m, "\n\\echo %s\nSELECT pg_catalog.clock_timestamp() AS tenon_began \\gset\n",
                      migration->name);
    bool is_applied = migration->is_outside ? tenon__apply_outside(m, migration)
                                            : tenon__apply_parts(m, migration);
    m->step = NULL;
    if (is_applied) {
        m->n_applied++;
        tenon__tell(m, TENON_MIGRATE_APPLIED, tenon__now_ms() - began, "");
    }
    m->migration = NULL;
    return is_applied;
}

bool tenon__apply_pending(tenon_migrator *m)
{
    for (size_t i = 0; i < m->migrations->n; i++) {
        const tenon_migration *migration = &m->migrations->items[i];
        if (tenon__is_to_run(m, migration) && !apply_file(m, migration))
            return false;
    }
    return true;
}

static bool tell_all(tenon_migrator *m)
{
    for (size_t i = 0; i < m->migrations->n; i++) {
        const tenon_migration *migration = &m->migrations->items[i];
        if (!tenon__is_to_run(m, migration))
            continue;
        m->migration = migration;
        tenon__tell(m, TENON_MIGRATE_BEGINS, 0, "");
        for (size_t s = 0; s < migration->n_steps; s++) {
            m->step = &migration->steps[s];
            tenon__tell(m, TENON_MIGRATE_STEP, 0, "");
        }
        m->step = NULL;
        m->n_applied++;
    }
    m->migration = NULL;
    return true;
}

bool tenon__find_work(tenon_migrator *m, size_t *n)
{
    if (!check_target(m) || !tenon__ledger_read(m) || !tenon__check(m))
        return false;
    *n = count_work(m);
    return true;
}

/* Whoever may read the ledger can find that there is nothing to do. */
static bool look_first(tenon_migrator *m, size_t *n)
{
    bool is_good = tenon__begin_reading(m) && tenon__find_work(m, n);

    return tenon__end_reading(m, is_good);
}

static bool tell_without_doing(tenon_migrator *m)
{
    bool is_good = tenon__begin_reading(m) && tenon__preflight(m);

    return tenon__end_reading(m, is_good) && tell_all(m);
}

static bool work_under_lock(tenon_migrator *m)
{
    size_t n = 0;

    if (!tenon__ledger_open(m) || !tenon__find_work(m, &n))
        return false;
    return n == 0 || (tenon__preflight(m) && tenon__apply_pending(m));
}

static bool apply(tenon_migrator *m)
{
    size_t n = 0;

    if (!look_first(m, &n))
        return false;
    if (n == 0)
        return true;
    if (!tenon__check_server(m))
        return false;
    if (m->options.is_dry)
        return tell_without_doing(m);
    if (!tenon__lock(m))
        return false;
    bool is_done = work_under_lock(m);
    tenon__unlock(m);
    return is_done;
}

tenon_migrate_outcome tenon_migrator_apply(tenon_migrator *m)
{
    m->n_applied = 0;
    return tenon__begin_call(m) && apply(m) ? TENON_MIGRATE_OK : m->failure.outcome;
}

size_t tenon_migrator_applied(const tenon_migrator *m)
{
    return m->n_applied;
}
