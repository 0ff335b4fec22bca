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
    "this run writes on disk' FROM pg_catalog.pg_replication_slots WHERE NOT active";

static bool tell_warnings(tenon_migrator *m)
{
    PGresult *result = tenon__ask(m, warnings, 0, NULL);

    for (int i = 0; result != NULL && i < PQntuples(result); i++)
        tenon__tell(m, TENON_MIGRATE_WARNS, 0, PQgetvalue(result, i, 0));
    PQclear(result);
    return result != NULL;
}

/* --- Needs ----------------------------------------------------------------------------------- */

static bool reject_need(tenon_migrator *m, const tenon_need *need)
{
    switch (need->kind) {
    case TENON_NEED_OWNER:
    case TENON_NEED_DROP:
        return tenon__reject(m, "apply with the role that owns it: role: in tenon.yaml",
                             "only the owner of %s may do this", need->name);
    case TENON_NEED_CREATE_IN:
        return tenon__reject(m, "GRANT CREATE ON SCHEMA … TO the role",
                             "this role may create nothing in schema \"%s\"", need->name);
    case TENON_NEED_CREATE:
        return tenon__reject(m, "GRANT CREATE ON DATABASE … TO the role",
                             "this role may create no schema in this database");
    case TENON_NEED_EXTENSION:
        break;
    }
    return tenon__reject(m, "install its package on the server",
                         "the server can not install the extension \"%s\"%s%s", need->name,
                         need->version == NULL ? "" : " of version ",
                         need->version == NULL ? "" : need->version);
}

/* Each is true when the need is met, or that cannot be told before the run. */
static const struct {
    const char *question;
    int n_params;
} needs[] = {
    [TENON_NEED_OWNER] = {"SELECT coalesce((SELECT pg_catalog.pg_has_role(relowner, 'USAGE') FROM "
                          "pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1)), true)",
                          1},
    [TENON_NEED_DROP] = {"SELECT coalesce((SELECT pg_catalog.pg_has_role(relowner, 'USAGE') OR "
                         "pg_catalog.pg_has_role(nspowner, 'USAGE') FROM pg_catalog.pg_class c "
                         "JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace "
                         "WHERE c.oid = pg_catalog.to_regclass($1)), true)",
                         1},
    [TENON_NEED_CREATE_IN] = {"SELECT coalesce((SELECT pg_catalog.has_schema_privilege(oid, "
                              "'CREATE') FROM pg_catalog.pg_namespace WHERE nspname = $1), true)",
                              1},
    [TENON_NEED_CREATE] = {"SELECT pg_catalog.has_database_privilege("
                           "pg_catalog.current_database(), 'CREATE')",
                           0},
    [TENON_NEED_EXTENSION] = {"SELECT EXISTS (SELECT FROM "
                              "pg_catalog.pg_available_extension_versions WHERE name = $1 AND "
                              "version = coalesce($2, version))",
                              2},
};

static bool check_need(tenon_migrator *m, const tenon_need *need)
{
    const char *values[] = {need->name, need->version};
    bool is_met;

    return tenon__ask_bool(m, needs[need->kind].question, needs[need->kind].n_params, values,
                           &is_met) &&
           (is_met || reject_need(m, need));
}

static bool check_needs(tenon_migrator *m, const tenon_migration *migration)
{
    bool is_good = true;

    m->migration = migration;
    for (size_t i = 0; i < migration->n_needs && is_good; i++) {
        m->step = &migration->steps[migration->needs[i].step];
        is_good = check_need(m, &migration->needs[i]);
    }
    m->migration = NULL;
    m->step = NULL;
    return is_good;
}

bool tenon__preflight(tenon_migrator *m)
{
    for (size_t i = 0; i < m->migrations->n; i++) {
        const tenon_migration *migration = &m->migrations->items[i];
        if (tenon__is_to_run(m, migration) && !check_needs(m, migration))
            return false;
    }
    return tell_warnings(m);
}
