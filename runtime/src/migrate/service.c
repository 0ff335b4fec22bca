/* Migrations that a program brings itself: at its start, in a session of its own, so that nothing
 * of it is left in the program's. */
#include "migrator.h"

#include <stdlib.h>
#include <string.h>

#include "../connect.h"

/* key='value', with \ in front of quotes and backslashes. */
static char *put_option(char *to, const PQconninfoOption *option)
{
    to = stpcpy(stpcpy(to, option->keyword), "='");
    for (const char *at = option->val; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\')
            *to++ = '\\';
        *to++ = *at;
    }
    return stpcpy(to, "' ");
}

static bool is_set(const PQconninfoOption *option)
{
    return option->val != NULL && *option->val != '\0';
}

/* The connection string that leads where the connection does; the caller frees it. NULL: no memory.
 */
static char *conninfo_of(PGconn *conn)
{
    PQconninfoOption *options = tenon__options_of(conn);
    size_t size = 1;

    for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++)
        if (is_set(o))
            size += strlen(o->keyword) + 2 * strlen(o->val) + 4;
    char *conninfo = options == NULL ? NULL : malloc(size), *to = conninfo;
    for (const PQconninfoOption *o = options; to != NULL && o->keyword != NULL; o++)
        if (is_set(o))
            to = put_option(to, o);
    if (to != NULL)
        *to = '\0';
    PQconninfoFree(options);
    return conninfo;
}

static tenon_status fail(tenon_db *db, const char *name, const tenon_migrate_failure *failure)
{
    tenon_status status = failure->outcome == TENON_MIGRATE_ENVIRONMENT
                              ? TENON_CONNECTION_LOST
                              : tenon_status_of_sqlstate(failure->sqlstate);

    return tenon__fail(db, name, status, "%s", failure->text);
}

/* A migrator that goes where db leads. NULL: db has failed. */
static tenon_migrator *open_beside(tenon_db *db, const char *name,
                                   const tenon_migrations *migrations,
                                   const tenon_migrate_options *options)
{
    PGconn *conn = tenon_db_conn(db);
    tenon_migrator *m = NULL;

    if (conn == NULL) {
        (void)tenon__fail(db, name, TENON_CONNECTION_LOST, "the connection has been lost");
        return NULL;
    }
    char *conninfo = conninfo_of(conn);
    if (conninfo == NULL) {
        (void)tenon__fail(db, name, TENON_OUT_OF_MEMORY, "out of memory");
        return NULL;
    }
    bool is_open = tenon_migrator_open(conninfo, migrations, options, &m) == TENON_MIGRATE_OK;
    free(conninfo);
    if (is_open)
        return m;
    (void)fail(db, name, tenon_migrator_failure(m));
    tenon_migrator_close(m);
    return NULL;
}

tenon_status tenon_migrate(tenon_db *db, const tenon_migrations *migrations,
                           const tenon_migrate_options *options)
{
    tenon_migrator *m = open_beside(db, "migrate", migrations, options);
    tenon_status status = TENON_OK;

    if (m == NULL)
        return tenon_db_error(db)->status;
    tenon__error_clear(db);
    if (tenon_migrator_apply(m) != TENON_MIGRATE_OK)
        status = fail(db, "migrate", tenon_migrator_failure(m));
    tenon_migrator_close(m);
    return status;
}

/* What a newer release has applied, in front of the program's last file or behind it. */
static bool is_of_others(tenon_migration_state state)
{
    return state == TENON_MIGRATION_AHEAD || state == TENON_MIGRATION_MISSING;
}

/* One sentence about what keeps the program from running; TENON_OK: nothing. */
static tenon_status judge(tenon_db *db, const tenon_migrate_status *found)
{
    for (size_t i = 0; i < found->n; i++) {
        const tenon_migration_status *item = &found->items[i];
        if (item->state != TENON_MIGRATION_APPLIED && !is_of_others(item->state))
            return tenon__fail(db, "require_schema", TENON_SCHEMA_MISMATCH,
                               "the migration \"%s\" of this program is %s in the database: run "
                               "tenon migrate apply",
                               item->name, tenon_migration_state_name(item->state));
    }
    if (found->drift == TENON_DRIFT_FOUND)
        return tenon__fail(db, "require_schema", TENON_SCHEMA_MISMATCH,
                           "the schema is not as the last migration left it: run tenon migrate "
                           "status");
    return TENON_OK;
}

tenon_status tenon_require_schema(tenon_db *db, const tenon_migrations *migrations,
                                  const tenon_migrate_options *options)
{
    tenon_migrator *m = open_beside(db, "require_schema", migrations, options);
    tenon_migrate_status found;

    if (m == NULL)
        return tenon_db_error(db)->status;
    tenon__error_clear(db);
    tenon_status status = tenon_migrator_status(m, &found) == TENON_MIGRATE_OK
                              ? judge(db, &found)
                              : fail(db, "require_schema", tenon_migrator_failure(m));
    tenon_migrator_close(m);
    return status;
}
