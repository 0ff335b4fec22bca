/* The ledger and the folder side by side, and whether the database is as the last migration left
 * it. Reads only. */
#include "migrator.h"

#include <stdlib.h>
#include <string.h>

static tenon_migration_status of_row(const struct ledger_row *row, tenon_migration_state state)
{
    return (tenon_migration_status){
        .name = row->name,
        .file = "",
        .state = state,
        .statement = row->statement,
        .message = row->message,
        .applied_at = row->applied_at,
        .applied_by = row->applied_by,
        .duration_ms = row->duration_ms,
    };
}

static tenon_migration_status of_file(const tenon_migrator *m, const tenon_migration *migration)
{
    const struct ledger_row *row = tenon__ledger_find(m, migration->name);
    tenon_migration_status status = {
        .name = migration->name, .message = "", .applied_at = "", .applied_by = ""};

    if (row != NULL)
        status = of_row(row, TENON_MIGRATION_APPLIED);
    status.state = tenon__state_of(m, migration);
    status.file = migration->file;
    status.n_statements = migration->n_steps;
    return status;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const tenon_migration_status *)a)->name,
                  ((const tenon_migration_status *)b)->name);
}

static bool has_file(const tenon_migrator *m, const char *name)
{
    for (size_t i = 0; i < m->migrations->n; i++)
        if (strcmp(m->migrations->items[i].name, name) == 0)
            return true;
    return false;
}

static bool list(tenon_migrator *m, tenon_migrate_status *status)
{
    tenon_migration_status *items =
        tenon_arena_alloc(m->arena, (m->migrations->n + m->ledger.n + 1) * sizeof *items);

    if (items == NULL)
        return tenon__break_off(m, "out of memory");
    for (size_t i = 0; i < m->migrations->n; i++)
        items[status->n++] = of_file(m, &m->migrations->items[i]);
    for (size_t i = 0; i < m->ledger.n; i++) {
        const struct ledger_row *row = &m->ledger.rows[i];
        if (!has_file(m, row->name))
            items[status->n++] = of_row(row, tenon__state_of_row(m, row));
    }
    qsort(items, status->n, sizeof *items, compare);
    status->items = items;
    status->n_pending = tenon__n_pending(m);
    return true;
}

/* Nobody can tell while a file is half done. */
static bool find_drift(tenon_migrator *m, tenon_drift *drift)
{
    const struct ledger_row *newest = m->ledger.newest;
    const char *hash = "";

    *drift = TENON_DRIFT_UNKNOWN;
    if (newest == NULL || *newest->server_hash == '\0' || newest->state != ROW_APPLIED ||
        newest->server_major != PQserverVersion(m->conn) / 10000)
        return true;
    if (!tenon__server_hash(m, &hash))
        return false;
    *drift = strcmp(hash, newest->server_hash) == 0 ? TENON_DRIFT_NONE : TENON_DRIFT_FOUND;
    return true;
}

static bool read_status(tenon_migrator *m, tenon_migrate_status *status)
{
    const char *about;

    return tenon__ledger_read(m) && list(m, status) &&
           tenon__lock_holder(m, &status->holder_pid, &about) && find_drift(m, &status->drift);
}

tenon_migrate_outcome tenon_migrator_status(tenon_migrator *m, tenon_migrate_status *status)
{
    *status = (tenon_migrate_status){.drift = TENON_DRIFT_UNKNOWN};
    if (tenon__begin_call(m) &&
        tenon__end_reading(m, tenon__begin_reading(m) && read_status(m, status)))
        return TENON_MIGRATE_OK;
    return m->failure.outcome;
}

tenon_migrate_outcome tenon_migrator_schemas(tenon_migrator *m, const char *pattern,
                                             const char *const **names, size_t *n)
{
    static const char question[] =
        "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname LIKE "
        "pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace($1, '\\', "
        "'\\\\'), '%', '\\%'), '_', '\\_'), '*', '%') ORDER BY nspname COLLATE \"C\"";
    PGresult *result;
    const char **found;

    *n = 0;
    *names = NULL;
    result = tenon__begin_call(m) ? tenon__ask(m, question, 1, &pattern) : NULL;
    if (result == NULL)
        return m->failure.outcome;
    found = tenon_arena_alloc(m->arena, ((size_t)PQntuples(result) + 1) * sizeof *found);
    for (int i = 0; found != NULL && i < PQntuples(result); i++)
        found[(*n)++] = tenon__text(m, "%s", PQgetvalue(result, i, 0));
    PQclear(result);
    *names = found;
    if (found == NULL || m->out_of_memory)
        (void)tenon__break_off(m, "out of memory");
    else if (*n == 0)
        (void)tenon__reject(m, "* stands for any text", "no schema matches \"%s\"", pattern);
    return m->failure.outcome;
}
