/* What would stop a run halfway, or make it wait, told before its first statement. */
#include "migrator.h"

#include <stdlib.h>

/* Each row is a warning. What this role may not see is left out by the server. */
static const char warnings[] =
    "SELECT 'the transaction of pid ' || pid || ' (' || coalesce(application_name, '') || "
    "') is ' || pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - xact_start) || "
    "' old: statements wait for it' FROM pg_catalog.pg_stat_activity "
    "WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid() "
    "AND xact_start < pg_catalog.clock_timestamp() - interval '5 minutes' "
    "UNION ALL SELECT 'the prepared transaction \"' || gid || '\" holds its locks until somebody "
    "ends it' FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database() "
    "UNION ALL SELECT 'the index ' || i.indexrelid::regclass || ' is invalid: a concurrent build "
    "of it was cut short, or is under way' FROM pg_catalog.pg_index i WHERE NOT i.indisvalid "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = i.indexrelid AND "
    "c.relkind = 'I') "
    "UNION ALL SELECT 'the replication slot \"' || slot_name || '\" is inactive: it keeps what "
    "this "
    "run writes on disk' FROM pg_catalog.pg_replication_slots WHERE NOT active";

bool tenon__preflight(tenon_migrator *m)
{
    PGresult *result = tenon__ask(m, warnings, 0, NULL);

    for (int i = 0; result != NULL && i < PQntuples(result); i++)
        tenon__tell(m, TENON_MIGRATE_WARNS, 0, PQgetvalue(result, i, 0));
    PQclear(result);
    return result != NULL;
}
