/* One session at a time. The lock is tried again and again instead of waited for: a session that
 * waits for a lock holds a snapshot, for which the holder's CREATE INDEX CONCURRENTLY would wait in
 * turn. It belongs to the session, so it ends with it, whatever ends that. */
#include "migrator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POLL_MS = 100, TELL_EACH_MS = 5000 };

bool tenon__lock_holder(tenon_migrator *m, int *pid, const char **about)
{
    const char *sql = tenon__text(
        m,
        "SELECT l.pid, coalesce(a.application_name, ''), coalesce(a.state, ''), "
        "coalesce(pg_catalog.left(pg_catalog.regexp_replace(a.query, '\\s+', ' ', 'g'), 80), ''), "
        "coalesce(pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - "
        "a.query_start)::text, '') FROM pg_catalog.pg_locks l "
        "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = %lu "
        "AND l.objid = %lu AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE "
        "datname = pg_catalog.current_database())",
        (unsigned long)((uint64_t)m->lock_key >> 32),
        (unsigned long)((uint64_t)m->lock_key & 0xFFFFFFFFU));
    PGresult *result = tenon__ask(m, sql, 0, NULL);

    *pid = 0;
    *about = "";
    if (result != NULL && PQntuples(result) > 0) {
        *pid = atoi(PQgetvalue(result, 0, 0));
        *about = tenon__text(m, "pid %d, \"%s\", %s for %s: %s", *pid, PQgetvalue(result, 0, 1),
                             PQgetvalue(result, 0, 2), PQgetvalue(result, 0, 4),
                             PQgetvalue(result, 0, 3));
    }
    PQclear(result);
    return result != NULL;
}

static bool try_lock(tenon_migrator *m, bool *is_ours)
{
    char key[24];

    snprintf(key, sizeof key, "%lld", (long long)m->lock_key);
    return tenon__ask_bool(m, "SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", 1,
                           (const char *const[]){key}, is_ours);
}

/* Behind a pooler that gives each transaction another session, the lock would be anybody's. Such a
 * one gives two idle clients the same session. */
static bool check_pooler(tenon_migrator *m)
{
    static const char question[] = "SELECT pg_catalog.pg_backend_pid()";
    PGresult *result = tenon__ask(m, question, 0, NULL), *other = NULL;
    tenon_migrator *watcher = NULL;

    if (result == NULL)
        return false;
    const char *pid = PQgetvalue(result, 0, 0);
    if (atoi(pid) != PQbackendPID(m->conn))
        watcher = tenon__watcher_of(m);
    if (watcher != NULL)
        other = tenon__ask(watcher, question, 0, NULL);
    bool is_shared = other != NULL && strcmp(PQgetvalue(other, 0, 0), pid) == 0;
    PQclear(other);
    PQclear(result);
    return !is_shared ||
           tenon__reject(m, "connect to the server itself",
                         "the connection leads through a pooler that shares sessions, where no "
                         "lock can be held");
}

static bool refuse_wait(tenon_migrator *m, const char *about)
{
    return tenon__reject(m,
                         "its locks are never broken; tenon migrate repair --end-holder ends the "
                         "session of a runner that is gone",
                         "another session applies migrations, and did not end in time: %s", about);
}

bool tenon__lock(tenon_migrator *m)
{
    int64_t began = tenon__now_ms(), told = 0;
    bool is_ours = false;

    if (!check_pooler(m) || !tenon__pin(m))
        return false;
    for (;;) {
        int64_t waited = tenon__now_ms() - began;
        const char *about;
        int pid;
        if (!try_lock(m, &is_ours))
            return false;
        if (is_ours)
            return true;
        bool is_late = m->options.wait_timeout_ms >= 0 && waited >= m->options.wait_timeout_ms;
        if (is_late || told == 0 || waited - told >= TELL_EACH_MS) {
            if (!tenon__lock_holder(m, &pid, &about))
                return false;
            if (is_late)
                return refuse_wait(m, about);
            if (pid != 0)
                tenon__tell(m, TENON_MIGRATE_WAITS, waited, about);
            told = waited > 0 ? waited : 1;
        }
        tenon__pause(POLL_MS + tenon__random(m, POLL_MS));
    }
}

void tenon__unlock(tenon_migrator *m)
{
    const tenon_migrate_failure failure = m->failure;

    if (tenon__is_open(m))
        (void)tenon__do(m, "SELECT pg_catalog.pg_advisory_unlock_all()", 0, NULL);
    m->failure = failure;
}
