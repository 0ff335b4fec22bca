/* Decisions that only a person can take, one at a time. Each is a transaction with its line in the
 * log of the ledger, which keeps what the row was. */
#include "migrator.h"

static const char *const names[] = {
    [TENON_REPAIR_ACCEPT_EDIT] = "accept-edit", [TENON_REPAIR_FORGET] = "forget",
    [TENON_REPAIR_MARK] = "mark-applied",       [TENON_REPAIR_SCHEMA] = "accept-schema",
    [TENON_REPAIR_END_HOLDER] = "end-holder",
};

struct repair {
    tenon_repair kind;
    const char *name;
    const tenon_migration *migration; /* NULL: there is no file */
    const struct ledger_row *row;     /* NULL: there is none */
};

/* --- Rows ------------------------------------------------------------------------------------ */

static bool forget(tenon_migrator *m, const struct repair *repair)
{
    const char *values[] = {m->options.target, repair->name};

    return tenon__write_one(m,
                            tenon__text(m, "DELETE FROM %s WHERE target = $1 AND name = $2 AND %s",
                                        m->table, m->holds_lock),
                            2, values);
}

static bool accept_edit(tenon_migrator *m, const tenon_migration *migration)
{
    const char *values[] = {m->options.target, migration->name, migration->checksum,
                            migration->part_checksums[migration->n_parts - 1],
                            migration->catalog_hash};

    return tenon__write_one(
        m,
        tenon__text(m,
                    "UPDATE %s SET checksum = $3, part_checksum = $4, catalog_hash = "
                    "$5 WHERE target = $1 AND name = $2 AND %s",
                    m->table, m->holds_lock),
        5, values);
}

static bool accept_schema(tenon_migrator *m)
{
    const char *hash;

    if (!tenon__server_hash(m, &hash))
        return false;
    const char *values[] = {m->options.target, m->ledger.newest->name, hash};
    return tenon__write_one(
        m,
        tenon__text(m,
                    "UPDATE %s SET server_hash = $3, server_major = "
                    "pg_catalog.current_setting('server_version_num')::integer / 10000 "
                    "WHERE target = $1 AND name = $2 AND %s",
                    m->table, m->holds_lock),
        3, values);
}

static bool mark(tenon_migrator *m, const tenon_migration *migration)
{
    m->last = migration;
    return tenon__ledger_write(m, migration, ROW_APPLIED, migration->n_parts, migration->n_steps,
                               0);
}

static bool change_row(tenon_migrator *m, const struct repair *repair)
{
    switch (repair->kind) {
    case TENON_REPAIR_FORGET:
        return forget(m, repair);
    case TENON_REPAIR_ACCEPT_EDIT:
        return repair->migration != NULL && accept_edit(m, repair->migration);
    case TENON_REPAIR_MARK:
        return repair->migration != NULL && mark(m, repair->migration);
    case TENON_REPAIR_SCHEMA:
    case TENON_REPAIR_END_HOLDER:
        break;
    }
    return accept_schema(m);
}

static bool change(tenon_migrator *m, const struct repair *repair)
{
    if (tenon__do(m, "BEGIN", 0, NULL) && tenon__pin_ledger(m) &&
        tenon__ledger_note(m, names[repair->kind], repair->name) && change_row(m, repair) &&
        tenon__do(m, "COMMIT", 0, NULL))
        return true;
    tenon__roll_back_part(m);
    return false;
}

/* --- What makes sense ------------------------------------------------------------------------ */

static bool find(tenon_migrator *m, struct repair *repair)
{
    if (repair->kind == TENON_REPAIR_SCHEMA)
        return m->ledger.newest != NULL ||
               tenon__reject(m, "apply first", "no migration is applied yet");
    repair->migration = tenon__find_file(m, repair->name);
    repair->row = tenon__ledger_find(m, repair->name);
    return repair->row != NULL || repair->migration != NULL ||
           tenon__reject(m, "tenon migrate status lists them", "there is no migration \"%s\"",
                         repair->name);
}

static bool check_sense(tenon_migrator *m, const struct repair *repair)
{
    tenon_migration_state state =
        repair->migration != NULL ? tenon__state_of(m, repair->migration) : TENON_MIGRATION_MISSING;
    const char *state_name = tenon_migration_state_name(state);

    switch (repair->kind) {
    case TENON_REPAIR_ACCEPT_EDIT:
        return state == TENON_MIGRATION_EDITED ||
               tenon__reject(m, "", "\"%s\" is %s, not edited", repair->name, state_name);
    case TENON_REPAIR_FORGET:
        return repair->row != NULL ||
               tenon__reject(m, "", "\"%s\" is %s: there is nothing to forget", repair->name,
                             state_name);
    case TENON_REPAIR_MARK:
        return (repair->migration != NULL && state != TENON_MIGRATION_APPLIED &&
                state != TENON_MIGRATION_EDITED) ||
               tenon__reject(m, "", "\"%s\" is %s", repair->name, state_name);
    case TENON_REPAIR_SCHEMA:
    case TENON_REPAIR_END_HOLDER:
        break;
    }
    return true;
}

static bool repair_under_lock(tenon_migrator *m, struct repair *repair)
{
    return tenon__ledger_open(m) && tenon__ledger_read(m) && find(m, repair) &&
           check_sense(m, repair) && change(m, repair);
}

/* --- The holder of the lock ------------------------------------------------------------------ */

/* A runner that lives is never idle for a minute; one that is gone or frozen is. One whose
 * statement is under way is left alone: the server itself ends it when its client is gone (14 and
 * later). */
static const char end_idle[] =
    "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity "
    "WHERE pid = $1::integer AND application_name = '" MIGRATE_APPLICATION "' "
    "AND datname = pg_catalog.current_database() AND usename = session_user "
    "AND state LIKE 'idle%' AND state_change < pg_catalog.clock_timestamp() - interval '1 minute'";

static bool end_holder(tenon_migrator *m)
{
    const char *about;
    bool is_ended;
    int pid;

    if (!tenon__lock_holder(m, &pid, &about))
        return false;
    if (pid == 0)
        return tenon__reject(m, "", "no session applies migrations");
    const char *text = tenon__text(m, "%d", pid);
    if (!tenon__ask_bool(m, end_idle, 1, &text, &is_ended))
        return false;
    if (!is_ended)
        return tenon__reject(m,
                             "only a session of this program, database and user that has been idle "
                             "for a minute is ended",
                             "the session is left alone: %s", about);
    if (!tenon__lock(m))
        return false;
    bool is_noted =
        tenon__ledger_open(m) && tenon__ledger_note(m, names[TENON_REPAIR_END_HOLDER], NULL);
    tenon__unlock(m);
    return is_noted;
}

/* --- The door -------------------------------------------------------------------------------- */

static bool repair_row(tenon_migrator *m, struct repair *repair)
{
    if (!tenon__check_server(m) || !tenon__lock(m))
        return false;
    bool is_done = repair_under_lock(m, repair);
    tenon__unlock(m);
    return is_done;
}

tenon_migrate_outcome tenon_migrator_repair(tenon_migrator *m, tenon_repair kind, const char *name)
{
    struct repair repair = {.kind = kind, .name = name};
    bool needs_name = kind != TENON_REPAIR_SCHEMA && kind != TENON_REPAIR_END_HOLDER;
    bool is_done;

    if (!tenon__begin_call(m))
        return m->failure.outcome;
    if (needs_name != (name != NULL))
        is_done = tenon__reject(m, "", needs_name ? "which migration?" : "this names no migration");
    else
        is_done = kind == TENON_REPAIR_END_HOLDER ? end_holder(m) : repair_row(m, &repair);
    return is_done ? TENON_MIGRATE_OK : m->failure.outcome;
}
