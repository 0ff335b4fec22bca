/* The ledger against the folder. What was applied is a set of files, not a mark up to which all of
 * them are: a file of a branch that was merged late is pending, wherever its name stands. */
#include "migrator.h"

#include <string.h>

static const char *const names[] = {
    [TENON_MIGRATION_APPLIED] = "applied",   [TENON_MIGRATION_PENDING] = "pending",
    [TENON_MIGRATION_LATE] = "out of order", [TENON_MIGRATION_EDITED] = "edited",
    [TENON_MIGRATION_MISSING] = "missing",   [TENON_MIGRATION_AHEAD] = "ahead",
    [TENON_MIGRATION_RUNNING] = "running",   [TENON_MIGRATION_FAILED] = "failed",
};

const char *tenon_migration_state_name(tenon_migration_state state)
{
    return names[state];
}

const tenon_migration *tenon__find_file(const tenon_migrator *m, const char *name)
{
    for (size_t i = 0; i < m->migrations->n; i++)
        if (strcmp(m->migrations->items[i].name, name) == 0)
            return &m->migrations->items[i];
    return NULL;
}

static bool has_common(const tenon_migration *a, const tenon_migration *b)
{
    size_t i = 0, k = 0;

    while (i < a->n_footprint && k < b->n_footprint) {
        int order = strcmp(a->footprint[i], b->footprint[k]);
        if (order == 0)
            return true;
        if (order < 0)
            i++;
        else
            k++;
    }
    return false;
}

static bool is_ancestor(const tenon_migrator *m, const char *name, const tenon_migration *of)
{
    while (of != NULL && strcmp(of->name, name) != 0)
        of = tenon__find_file(m, of->parent);
    return of != NULL;
}

/* Whether it is all the same which of them comes first. */
static bool commute(const tenon_migrator *m, const tenon_migration *late, const char *applied)
{
    const tenon_migration *other = tenon__find_file(m, applied);

    return other != NULL && late->footprint != NULL && other->footprint != NULL &&
           !is_ancestor(m, late->name, other) && !has_common(late, other);
}

/* An applied migration before which this one should have come; NULL: none. */
static const struct ledger_row *passed_by(const tenon_migrator *m, const tenon_migration *migration)
{
    for (size_t i = 0; i < m->ledger.n; i++) {
        const struct ledger_row *row = &m->ledger.rows[i];
        if (strcmp(row->name, migration->name) > 0 && !commute(m, migration, row->name))
            return row;
    }
    return NULL;
}

tenon_migration_state tenon__state_of(const tenon_migrator *m, const tenon_migration *migration)
{
    const struct ledger_row *row = tenon__ledger_find(m, migration->name);

    if (row == NULL)
        return passed_by(m, migration) != NULL ? TENON_MIGRATION_LATE : TENON_MIGRATION_PENDING;
    if (row->state == ROW_RUNNING)
        return TENON_MIGRATION_RUNNING;
    if (row->state == ROW_FAILED)
        return TENON_MIGRATION_FAILED;
    return strcmp(row->checksum, migration->checksum) == 0 ? TENON_MIGRATION_APPLIED
                                                           : TENON_MIGRATION_EDITED;
}

static bool is_ahead(const tenon_migrator *m, const struct ledger_row *row)
{
    const tenon_migrations *migrations = m->migrations;

    return migrations->n == 0 || strcmp(row->name, migrations->items[migrations->n - 1].name) > 0;
}

tenon_migration_state tenon__state_of_row(const tenon_migrator *m, const struct ledger_row *row)
{
    return is_ahead(m, row) ? TENON_MIGRATION_AHEAD : TENON_MIGRATION_MISSING;
}

size_t tenon__n_pending(const tenon_migrator *m)
{
    size_t n = 0;

    for (size_t i = 0; i < m->migrations->n; i++) {
        tenon_migration_state state = tenon__state_of(m, &m->migrations->items[i]);
        n += state != TENON_MIGRATION_APPLIED && state != TENON_MIGRATION_EDITED;
    }
    return n;
}

/* --- Refusing -------------------------------------------------------------------------------- */

static bool refuse_late(tenon_migrator *m, const tenon_migration *migration)
{
    return tenon__reject(m,
                         "tenon migrate rebase gives it a later time; --allow-out-of-order applies "
                         "it as it is",
                         "it comes before \"%s\", which is applied; its parent is \"%s\"",
                         passed_by(m, migration)->name, migration->parent);
}

static bool refuse_edit(tenon_migrator *m)
{
    return tenon__reject(m,
                         "write what is to be changed as a new migration; if the edit changes "
                         "nothing: tenon migrate repair --accept-edit NAME",
                         "the file is no longer what was applied");
}

static bool refuse_part(tenon_migrator *m, size_t part)
{
    return tenon__reject(m, "the statements that are left to do may be changed, those above not",
                         "part %zu is committed, and is no longer what the file says", part);
}

/* Whether the parts that are committed are still those of the file. */
static bool has_its_parts(const tenon_migration *migration, const struct ledger_row *row)
{
    return row->part == 0 ||
           (row->part <= migration->n_parts &&
            strcmp(migration->part_checksums[row->part - 1], row->part_checksum) == 0);
}

static bool check_file(tenon_migrator *m, const tenon_migration *migration)
{
    const struct ledger_row *row = tenon__ledger_find(m, migration->name);

    switch (tenon__state_of(m, migration)) {
    case TENON_MIGRATION_EDITED:
        return refuse_edit(m);
    case TENON_MIGRATION_LATE:
        return m->options.allows_out_of_order || refuse_late(m, migration);
    case TENON_MIGRATION_RUNNING:
    case TENON_MIGRATION_FAILED:
        return migration->is_outside || has_its_parts(migration, row) || refuse_part(m, row->part);
    default:
        return true;
    }
}

static bool check_row(tenon_migrator *m, const struct ledger_row *row, size_t n_pending)
{
    if (tenon__find_file(m, row->name) != NULL)
        return true;
    if (!is_ahead(m, row))
        return tenon__reject(m,
                             "bring it back from git; if it was never to be: tenon migrate repair "
                             "--forget NAME",
                             "\"%s\" is applied, and there is no such file", row->name);
    return n_pending == 0 || m->options.allows_out_of_order ||
           tenon__reject(m, "merge what the other program has; --allow-out-of-order goes on",
                         "the database has \"%s\", which is later than every file here", row->name);
}

bool tenon__check(tenon_migrator *m)
{
    size_t n_pending = tenon__n_pending(m);
    bool is_good = true;

    for (size_t i = 0; i < m->ledger.n && is_good; i++)
        is_good = check_row(m, &m->ledger.rows[i], n_pending);
    for (size_t i = 0; i < m->migrations->n && is_good; i++) {
        m->migration = &m->migrations->items[i];
        is_good = check_file(m, m->migration);
    }
    m->migration = NULL;
    return is_good;
}
