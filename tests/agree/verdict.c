/* The server's side: Parse and Describe of an unnamed statement. Our side: the same steps that
 * `tenon check` takes, up to the analysed query.
 */
#include "agree/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agree/script.h"
#include "compile/compile.h"
#include "support/buf.h"
#include "support/map.h"

struct verdict_maker {
    struct arena *arena;
    struct catalog *catalog;
    struct map server_types; /* OID in decimal → format_type */
};

static void print_diags(struct arena *arena, const struct diags *diags)
{
    for (size_t i = 0; i < diags->list.n; i++) {
        struct buf out = buf_in(arena);
        diag_render(&out, diags->list.items[i], false);
        fputs(buf_text(&out), stderr);
    }
}

static struct verdict_maker *load(struct arena *arena, const struct source *source,
                                  struct diags *diags)
{
    struct verdict_maker *maker = arena_new(arena, struct verdict_maker);
    const struct compile_settings settings = {0};
    struct compile_input input = {0};
    struct compilation compilation;

    vec_push(arena, &input.schema, source);
    compile(arena, &settings, &input, &compilation);
    for (size_t i = 0; i < compilation.diags.list.n; i++)
        diag_adopt(diags, compilation.diags.list.items[i]);
    maker->arena = arena;
    maker->catalog = compilation.catalog;
    maker->server_types.arena = arena;
    return diags->n_errors ? NULL : maker;
}

struct verdict_maker *verdict_maker_create(struct arena *arena, const char *directory)
{
    const char *path = arena_printf(arena, "%s/schema.sql", directory);
    const struct source *source =
        source_create(arena, path, str_from(script_read_text(arena, path)));
    struct diags diags = {.arena = arena};
    struct verdict_maker *maker = load(arena, source, &diags);

    if (!maker) {
        print_diags(arena, &diags);
        exit(1);
    }
    return maker;
}

struct verdict_maker *verdict_maker_of(struct arena *arena, const char *schema, struct diags *diags)
{
    return load(arena, source_create(arena, "schema", str_from(schema)), diags);
}

struct catalog *verdict_catalog(const struct verdict_maker *maker)
{
    return maker->catalog;
}

void verdict_load_types(struct verdict_maker *maker, PGconn *conn)
{
    PGresult *result = PQexec(conn, "SELECT oid, format_type(oid, NULL) FROM pg_type");

    for (int i = 0; i < PQntuples(result); i++)
        map_put(&maker->server_types, arena_strdup(maker->arena, PQgetvalue(result, i, 0)),
                arena_strdup(maker->arena, PQgetvalue(result, i, 1)));
    PQclear(result);
}

static const char *server_type(struct verdict_maker *maker, Oid type)
{
    char key[16];
    const char *name;

    snprintf(key, sizeof key, "%u", type);
    name = map_find(&maker->server_types, key);
    return name ? name : key[0] == '0' ? "none" : "unheard-of type";
}

static const char *describe_on_server(struct arena *arena, struct verdict_maker *maker,
                                      PGconn *conn)
{
    PGresult *result = PQdescribePrepared(conn, "");
    struct buf out = buf_in(arena);

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        buf_addf(&out, "error %s", PQresultErrorField(result, PG_DIAG_SQLSTATE));
    else
        buf_adds(&out, "(");
    for (int i = 0; i < PQnparams(result); i++)
        buf_addf(&out, "%s%s", i ? ", " : "", server_type(maker, PQparamtype(result, i)));
    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        buf_adds(&out, ")");
    for (int i = 0; i < PQnfields(result); i++)
        buf_addf(&out, "%s%s %s", i ? ", " : " -> ", PQfname(result, i),
                 server_type(maker, PQftype(result, i)));
    PQclear(result);
    return buf_text(&out);
}

const char *verdict_of_server(struct arena *arena, struct verdict_maker *maker, PGconn *conn,
                              const char *sql)
{
    PGresult *result = PQprepare(conn, "", sql, 0, NULL);
    const char *verdict;

    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        verdict = describe_on_server(arena, maker, conn);
    else
        verdict = arena_printf(arena, "error %s", PQresultErrorField(result, PG_DIAG_SQLSTATE));
    PQclear(result);
    return verdict;
}

static const char *describe_analysis(struct arena *arena, const struct catalog *catalog,
                                     const struct analysis *analysis)
{
    struct buf out = buf_in(arena);
    size_t n;
    const struct target *targets = query_result(analysis->query, &n);

    buf_adds(&out, "(");
    for (size_t i = 0; i < analysis->n_params; i++)
        buf_addf(&out, "%s%s", i ? ", " : "",
                 catalog_format_type(catalog, arena, analysis->params[i].type));
    buf_adds(&out, ")");
    for (size_t i = 0; i < n && analysis->returns_rows; i++)
        buf_addf(&out, "%s%s %s", i ? ", " : " -> ", targets[i].name,
                 catalog_format_type(catalog, arena,
                                     catalog_base_type(catalog, targets[i].expr->type, NULL)));
    return buf_text(&out);
}

const char *verdict_analyze(struct arena *arena, struct verdict_maker *maker, const char *sql,
                            struct analysis *analysis)
{
    struct diags diags = {.arena = arena};
    struct sql text = {.text = sql, .len = strlen(sql)};
    struct statement statement;

    text.source = source_create(arena, "statement", str_from(sql));
    if (sql_parse_one(arena, &text, &diags, &statement) &&
        analyze_statement(arena, maker->catalog, &statement, &diags, analysis))
        return describe_analysis(arena, maker->catalog, analysis);
    analysis->query = NULL;
    for (size_t i = 0; i < diags.list.n; i++)
        if (diags.list.items[i]->severity == SEVERITY_ERROR)
            return arena_printf(arena, "error %s", diags.list.items[i]->code);
    return "error without a diagnostic";
}

const char *verdict_of_tenon(struct arena *arena, struct verdict_maker *maker, const char *sql)
{
    struct analysis analysis;

    return verdict_analyze(arena, maker, sql, &analysis);
}
