/* How far a statement is, by a second connection: the first one is busy with it. Nothing depends on
 * what it finds. */
#include "migrator.h"

#include <stdlib.h>

enum { WATCH_AFTER_MS = 2000 };

/* The phase of an index being built, its blocks or rows; who is waited for. */
static const char question[] =
    "SELECT coalesce(p.phase, ''), "
    "coalesce(CASE WHEN p.blocks_total > 0 THEN p.blocks_done ELSE p.tuples_done END, 0), "
    "coalesce(CASE WHEN p.blocks_total > 0 THEN p.blocks_total ELSE p.tuples_total END, 0), "
    "coalesce((SELECT 'waits for ' || pg_catalog.string_agg('pid ' || b.pid || ' (' || "
    "coalesce(b.application_name, '') || ')', ', ') FROM pg_catalog.pg_stat_activity b WHERE b.pid "
    "= ANY (pg_catalog.pg_blocking_pids($1::integer))), '') "
    "FROM (SELECT 1) one LEFT JOIN pg_catalog.pg_stat_progress_create_index p "
    "ON p.pid = $1::integer";

void tenon__watch(tenon_migrator *m)
{
    int64_t elapsed = tenon__now_ms() - m->step_started;
    tenon_migrator *watcher;

    if (m->step == NULL || m->options.report == NULL || elapsed < WATCH_AFTER_MS ||
        (watcher = tenon__watcher_of(m)) == NULL)
        return;
    const char *pid = tenon__text(m, "%d", PQbackendPID(m->conn));
    PGresult *result = tenon__ask(watcher, question, 1, &pid);
    if (result != NULL && PQntuples(result) == 1) {
        const char *phase = PQgetvalue(result, 0, 0), *waits = PQgetvalue(result, 0, 3);
        tenon__tell_progress(
            m, (tenon_migrate_event){.kind = TENON_MIGRATE_STEP,
                                     .elapsed_ms = elapsed,
                                     .done = strtoll(PQgetvalue(result, 0, 1), NULL, 10),
                                     .total = strtoll(PQgetvalue(result, 0, 2), NULL, 10),
                                     .text = *waits != '\0' ? waits : phase});
    }
    PQclear(result);
}
