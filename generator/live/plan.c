/* EXPLAIN's text, cut down to its nodes.
 *
 * PostgreSQL 16 explains a statement with parameters. Before that, the statement is prepared and
 * explained with NULLs under force_generic_plan, so that the values do not count. VERBOSE makes the
 * server name tables with their schema, by which a sequential scan's table is looked up: one of a
 * big table is pointed out.
 */
#include "live/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live/connection.h"

enum { BIG_TABLE = 10000 };

static const char begin[] = "BEGIN READ ONLY; SET LOCAL plan_cache_mode = force_generic_plan";

static const char *execute_statement(struct arena *arena, const struct ir_query *query)
{
    struct buf sql = buf_in(arena);

    buf_adds(&sql, "EXPLAIN (VERBOSE) EXECUTE tenon_verify");
    for (size_t i = 0; i < query->n_params; i++)
        buf_adds(&sql, i ? ", NULL" : "(NULL");
    if (query->n_params)
        buf_addc(&sql, ')');
    return buf_text(&sql);
}

static PGresult *explain(struct server *server, const struct ir_query *query, struct error *error)
{
    struct arena *arena = server->arena;

    if (PQserverVersion(server->conn) >= 160000)
        return connection_query(
            server, arena_printf(arena, "EXPLAIN (VERBOSE, GENERIC_PLAN) %s", query->sql), error);
    if (!connection_run(server, arena_printf(arena, "PREPARE tenon_verify AS %s", query->sql),
                        error))
        return NULL;
    return connection_query(server, execute_statement(arena, query), error);
}

/* The table's estimated rows; 0 when it was never analysed or is not there. */
static double table_rows(struct server *server, const char *table)
{
    struct error ignored;
    PGresult *result = connection_query_params(
        server, "SELECT reltuples FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1)",
        1, &table, &ignored);
    double rows = PQntuples(result) == 1 ? strtod(PQgetvalue(result, 0, 0), NULL) : 0;

    PQclear(result);
    return rows;
}

/* The qualified name at the start of the text, which may be quoted; an alias can follow. */
static const char *table_name(struct arena *arena, str text)
{
    bool quoted = false;
    size_t len = 0;

    while (len < text.len && (quoted || text.data[len] != ' '))
        if (text.data[len++] == '"')
            quoted = !quoted;
    return arena_strndup(arena, text.data, len);
}

static void write_node(struct server *server, const char *line, struct buf *out)
{
    static const char scan[] = "Seq Scan on ";
    size_t indent = strspn(line, " ");
    const char *name = line + indent, *end = strstr(line, "  (cost="), *scanned;
    double cost = 0, rows = 0, all = 0;

    if (strncmp(name, "->  ", 4) == 0)
        name += 4;
    sscanf(end, "  (cost=%*f..%lf rows=%lf", &cost, &rows);
    scanned = strstr(name, scan);
    if (scanned && scanned < end) {
        scanned += sizeof scan - 1;
        all =
            table_rows(server, table_name(server->arena, (str){scanned, (size_t)(end - scanned)}));
    }
    buf_addf(out, "  %*s%.*s: cost %.2f, rows %.0f", (int)(indent ? (indent + 4) / 6 * 2 : 0), "",
             (int)(end - name), name, cost, rows);
    if (all >= BIG_TABLE)
        buf_addf(out, "; reads all of about %.0f rows", all);
    buf_addc(out, '\n');
}

static void write_nodes(struct server *server, const PGresult *result, struct buf *out)
{
    int n = PQntuples(result);

    for (int i = 0; i < n; i++)
        if (strstr(PQgetvalue(result, i, 0), "  (cost="))
            write_node(server, PQgetvalue(result, i, 0), out);
}

bool plan_write(struct server *server, const struct ir_query *query, struct buf *out,
                struct error *error)
{
    PGresult *result;

    if (!connection_run(server, begin, error))
        return false;
    result = explain(server, query, error);
    if (result)
        write_nodes(server, result, out);
    else
        buf_addf(out, "  no plan: %.*s\n", (int)strcspn(error->text, "\n"), error->text);
    PQclear(result);
    return connection_run(server, "ROLLBACK", error) &&
           connection_run(server, "DEALLOCATE ALL", error);
}
