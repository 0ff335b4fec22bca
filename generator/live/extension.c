/* The script that also made the extensions of the built-in catalog is run for one extension after
 * the other; every row of its results is a line of DDL.
 */
#include "live/extension.h"

#include <string.h>

#include "live/connection.h"

static const char find_sql[] =
    "WITH RECURSIVE wanted(id, depth) AS ("
    " SELECT oid, 0 FROM pg_catalog.pg_extension"
    " WHERE $1::text IS NULL OR extname = ANY (pg_catalog.string_to_array($1, E'\\n'))"
    " UNION ALL SELECT d.refobjid, depth + 1 FROM wanted JOIN pg_catalog.pg_depend d"
    " ON d.objid = id AND d.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass"
    " AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass)"
    "SELECT extname, extversion, pg_catalog.quote_ident(nspname)"
    " FROM wanted JOIN pg_catalog.pg_extension e ON e.oid = id"
    " JOIN pg_catalog.pg_namespace n ON n.oid = extnamespace"
    " WHERE extname <> 'plpgsql' OR extname = ANY (pg_catalog.string_to_array($1, E'\\n'))"
    " GROUP BY 1, 2, 3 ORDER BY pg_catalog.max(depth) DESC, 1";

bool extension_find(struct server *server, const char *const *names, size_t n, extension_list *list,
                    struct error *error)
{
    struct arena *arena = server->arena;
    struct buf lines = buf_in(arena);
    const char *value;
    PGresult *result;
    int n_rows;

    for (size_t i = 0; i < n; i++)
        buf_addf(&lines, "%s%s", i ? "\n" : "", names[i]);
    value = n ? buf_text(&lines) : NULL;
    result = connection_query_params(server, find_sql, 1, &value, error);
    n_rows = PQntuples(result);
    for (int i = 0; i < n_rows; i++)
        vec_push(arena, list,
                 (struct extension){arena_strdup(arena, PQgetvalue(result, i, 0)),
                                    arena_strdup(arena, PQgetvalue(result, i, 1)),
                                    arena_strdup(arena, PQgetvalue(result, i, 2))});
    PQclear(result);
    return result != NULL;
}

/* The script with the extension's name in the place of psql's variable. */
static const char *script_for(struct server *server, const char *name)
{
    static const char variable[] = ":'extension'";
    char *literal = PQescapeLiteral(server->conn, name, strlen(name));
    struct buf script = buf_in(server->arena);
    const char *from = extension_objects_sql, *found;

    while ((found = strstr(from, variable))) {
        buf_add(&script, from, (size_t)(found - from));
        buf_adds(&script, literal ? literal : "NULL");
        from = found + sizeof variable - 1;
    }
    buf_adds(&script, from);
    PQfreemem(literal);
    return buf_text(&script);
}

static void write_rows(const PGresult *result, struct buf *out)
{
    int n = PQntuples(result);

    for (int i = 0; i < n; i++)
        buf_addf(out, "%s\n", PQgetvalue(result, i, 0));
}

/* Runs all statements of the script and writes the rows of each. */
static bool write_objects(struct server *server, const char *script, struct buf *out,
                          struct error *error)
{
    bool ok = PQsendQuery(server->conn, script) == 1;
    PGresult *result;

    if (!ok)
        return connection_fail(error, PQerrorMessage(server->conn));
    while ((result = PQgetResult(server->conn))) {
        ExecStatusType status = PQresultStatus(result);
        write_rows(result, out);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
            ok = connection_fail(error, PQresultErrorMessage(result));
        PQclear(result);
    }
    return ok;
}

bool extension_write(struct server *server, const struct extension *extension, struct buf *out,
                     struct error *error)
{
    struct error ignored;
    bool ok;

    if (!connection_run(server, "BEGIN READ WRITE", error))
        return false;
    buf_addf(out, "-- The objects of the extension %s %s; written by tenon catalog dump.\n",
             extension->name, extension->version);
    if (strcmp(extension->schema, "public") != 0 && strcmp(extension->schema, "pg_catalog") != 0)
        buf_addf(out, "CREATE SCHEMA IF NOT EXISTS %s;\n", extension->schema);
    buf_addf(out, "SET search_path TO %s;\n", extension->schema);
    ok = write_objects(server, script_for(server, extension->name), out, error);
    buf_adds(out, "RESET search_path;\n");
    return connection_run(server, "ROLLBACK", ok ? error : &ignored) && ok;
}
