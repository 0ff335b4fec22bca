/* The life of a migrator, and what it tells of its work. */
#include "migrator.h"

#include <stdlib.h>
#include <string.h>

#include <tenon/version.h>

static int or_default(int given, int by_default)
{
    return given == 0 ? by_default : given;
}

static void fill_in(tenon_migrate_options *options)
{
    if (options->ledger_schema == NULL)
        options->ledger_schema = "tenon";
    if (options->ledger_table == NULL)
        options->ledger_table = "migrations";
    if (options->target == NULL)
        options->target = "";
    options->wait_timeout_ms = or_default(options->wait_timeout_ms, TENON_MIGRATE_WAIT_MS);
    options->lock_timeout_ms = or_default(options->lock_timeout_ms, 5000);
    options->max_lag_ms = or_default(options->max_lag_ms, 10000);
    options->max_attempts = or_default(options->max_attempts, 10);
    options->statement_timeout_ms = or_default(options->statement_timeout_ms, 60 * 60 * 1000);
    options->concurrent_timeout_ms =
        or_default(options->concurrent_timeout_ms, 24 * 60 * 60 * 1000);
}

/* FNV-1a: the same for every session of every version of tenon. */
static int64_t key_of(const tenon_migrate_options *options)
{
    const char *const parts[] = {"tenon", options->ledger_schema, options->ledger_table};
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (const char *at = parts[i];; at++) {
            hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
            if (*at == '\0')
                break;
        }
    return (int64_t)hash;
}

static void name_ledger(tenon_migrator *m)
{
    const char *schema = tenon__quoted(m, m->options.ledger_schema);
    const char *log = tenon__text(m, "%s_log", m->options.ledger_table);

    m->table = tenon__text(m, "%s.%s", schema, tenon__quoted(m, m->options.ledger_table));
    m->log = tenon__text(m, "%s.%s", schema, tenon__quoted(m, log));
    m->lock_key = key_of(&m->options);
    m->holds_lock = tenon__text(
        m,
        "EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted "
        "AND l.pid = pg_catalog.pg_backend_pid() AND l.classid = %lu AND l.objid = %lu "
        "AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE "
        "datname = pg_catalog.current_database()))",
        (unsigned long)((uint64_t)m->lock_key >> 32),
        (unsigned long)((uint64_t)m->lock_key & 0xFFFFFFFFU));
}

/* --- Telling --------------------------------------------------------------------------------- */

void tenon__tell_progress(tenon_migrator *m, tenon_migrate_event event)
{
    if (m->options.report == NULL || (m->write != NULL && event.kind != TENON_MIGRATE_WARNS))
        return;
    event.migration = event.file = "";
    if (m->migration != NULL) {
        event.migration = m->migration->name;
        event.file = m->migration->file;
        event.n_steps = m->migration->n_steps;
    }
    if (m->migration != NULL && m->step != NULL) {
        event.step = m->step;
        event.number = (size_t)(m->step - m->migration->steps) + 1;
    }
    m->options.report(m->options.context, &event);
}

void tenon__tell(tenon_migrator *m, tenon_migrate_event_kind kind, int64_t elapsed_ms,
                 const char *text)
{
    tenon__tell_progress(
        m, (tenon_migrate_event){.kind = kind, .elapsed_ms = elapsed_ms, .text = text});
}

static void take_notice(void *context, const tenon_error *notice)
{
    tenon_migrator *m = context;

    tenon__tell(m, TENON_MIGRATE_NOTICE, 0,
                tenon__text(m, "%s: %s", notice->severity, notice->message));
}

/* --- Opening --------------------------------------------------------------------------------- */

static bool connect_to(tenon_migrator *m)
{
    const tenon_db_options options = {.timeout_ms = QUESTION_TIMEOUT_MS, .unnamed = true};
    const tenon_hooks hooks = {.context = m, .notice = take_notice};

    if (tenon_db_open(m->conninfo, &options, &m->db) != TENON_OK)
        return tenon__break_off(m, "%s", tenon_db_error(m->db)->message);
    tenon_db_set_hooks(m->db, &hooks);
    m->conn = tenon_db_conn(m->db);
    return m->conn != NULL || tenon__break_off(m, "the connection has been lost");
}

bool tenon__begin_call(tenon_migrator *m)
{
    tenon__forget_failure(m);
    return m->conn != NULL || tenon__break_off(m, "there is no connection");
}

bool tenon__check_server(tenon_migrator *m)
{
    int major = PQserverVersion(m->conn) / 10000;
    bool is_standby;

    if (!tenon__ask_bool(m, "SELECT pg_catalog.pg_is_in_recovery()", 0, NULL, &is_standby))
        return false;
    if (is_standby)
        return tenon__reject(m, "connect to its primary: target_session_attrs=read-write finds it",
                             "the server is a standby, which can not be changed");
    if (major < m->migrations->server_version)
        return tenon__reject(m, "server_version in tenon.yaml says what they are written for",
                             "the server is a PostgreSQL %d; the migrations are written for %d",
                             major, m->migrations->server_version);
    return true;
}

static tenon_migrator *create(const char *conninfo, const tenon_migrations *migrations,
                              const tenon_migrate_options *options)
{
    tenon_migrator *m = calloc(1, sizeof *m);

    if (m == NULL)
        return NULL;
    m->arena = tenon_arena_create();
    if (m->arena == NULL) {
        free(m);
        return NULL;
    }
    m->migrations = migrations;
    if (options != NULL)
        m->options = *options;
    fill_in(&m->options);
    tenon__forget_failure(m);
    m->conninfo = tenon__text(m, "%s", conninfo);
    name_ledger(m);
    return m;
}

tenon_migrate_outcome tenon_migrator_open(const char *conninfo, const tenon_migrations *migrations,
                                          const tenon_migrate_options *options,
                                          tenon_migrator **migrator)
{
    tenon_migrator *m = *migrator = create(conninfo == NULL ? "" : conninfo, migrations, options);

    if (m == NULL)
        return TENON_MIGRATE_ENVIRONMENT;
    return connect_to(m) ? TENON_MIGRATE_OK : m->failure.outcome;
}

tenon_migrator *tenon__watcher_of(tenon_migrator *m)
{
    if (m->watcher != NULL || m->has_no_watcher)
        return m->watcher;
    m->watcher = create(m->conninfo, m->migrations, NULL);
    if (m->watcher != NULL && connect_to(m->watcher))
        return m->watcher;
    tenon_migrator_close(m->watcher);
    m->has_no_watcher = true;
    return m->watcher = NULL;
}

void tenon_migrator_close(tenon_migrator *m)
{
    if (m == NULL)
        return;
    tenon_migrator_close(m->watcher);
    tenon_db_close(m->db);
    tenon_arena_destroy(m->arena);
    free(m);
}
