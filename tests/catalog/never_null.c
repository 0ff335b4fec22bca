/* Calls every function that the catalog believes never to return NULL, on a real server, and fails
 * when one does.
 *
 *     never_null                     checks the lists
 *     never_null survey QUERY        calls the functions whose OIDs the query gives, and prints how
 *                                    often each returned a value, NULL or an error
 *
 * The server is the one that libpq's environment variables name; without it the exit status is 77.
 * A function of the lists must have been seen to return a value at least once, too.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/probe.h"
#include "catalog/server.h"

struct tally {
    int checked, wrong, skipped;
};

static const char *const extension_functions[] = {
#define NEVER_NULL(signature) signature,
#include "catalog/extensions/never_null.def"
};

static void check_function(PGconn *conn, struct tally *tally, uint32_t id, const char *label)
{
    struct arena arena = {0};
    struct probe_result result;

    tally->checked++;
    if (!probe_function(conn, &arena, id, &result)) {
        printf("%s: cannot be called: %s\n", label,
               result.error_text ? result.error_text : "no values of its types");
        tally->wrong++;
    } else if (result.n_nulls > 0) {
        printf("%s: returned NULL: %s\n", label, result.null_call);
        tally->wrong++;
    } else if (result.n_values == 0) {
        printf("%s: returned nothing: %s\n", label, result.error_text);
        tally->wrong++;
    }
    arena_finish(&arena);
}

static void check_builtin_functions(PGconn *conn, struct tally *tally)
{
    struct arena arena = {0};
    const struct catalog *catalog = catalog_create(&arena, release_default());

    for (oid id = 1; id < FIRST_USER_OID; id++) {
        const struct function *function = catalog_get_function(catalog, id);
        if (function && function->never_null)
            check_function(conn, tally, id,
                           arena_printf(&arena, "%s (%lu)", function->name, (unsigned long)id));
    }
    arena_finish(&arena);
}

/* "extension/function(type,type)" */
static void check_extension_function(PGconn *conn, struct arena *arena, struct tally *tally,
                                     const char *signature)
{
    size_t len = strcspn(signature, "/");
    const char *id;

    if (!server_ask(conn, arena, "SELECT 1 FROM pg_available_extensions WHERE name = $1",
                    arena_strndup(arena, signature, len))) {
        tally->skipped++;
        return;
    }
    server_ask(
        conn, arena,
        arena_printf(arena, "CREATE EXTENSION IF NOT EXISTS \"%.*s\" CASCADE", (int)len, signature),
        NULL);
    id =
        server_ask(conn, arena,
                   "SELECT p.oid FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass"
                   " AND objid = p.oid AND deptype = 'e'"
                   " JOIN pg_extension e ON e.oid = refobjid"
                   " WHERE extname || '/' || proname || '(' || array_to_string(ARRAY("
                   "     SELECT typname FROM unnest(proargtypes::oid[]) WITH ORDINALITY u(t, n)"
                   "     JOIN pg_type ON pg_type.oid = t ORDER BY n), ',') || ')' = $1",
                   signature);
    if (id) {
        check_function(conn, tally, (uint32_t)strtoul(id, NULL, 10), signature);
    } else {
        printf("%s: the server does not know it\n", signature);
        tally->wrong++;
    }
}

static int check(PGconn *conn)
{
    struct arena arena = {0};
    struct tally tally = {0};

    check_builtin_functions(conn, &tally);
    for (size_t i = 0; i < sizeof extension_functions / sizeof *extension_functions; i++)
        check_extension_function(conn, &arena, &tally, extension_functions[i]);
    printf("never_null: %d functions, %d wrong, %d of extensions that this server lacks\n",
           tally.checked, tally.wrong, tally.skipped);
    arena_finish(&arena);
    return tally.wrong > 0;
}

static int survey(PGconn *conn, const char *query)
{
    PGresult *result = PQexec(conn, query);

    for (int row = 0; row < PQntuples(result); row++) {
        struct arena arena = {0};
        struct probe_result probe;
        const char *id = PQgetvalue(result, row, 0);
        bool called = probe_function(conn, &arena, (uint32_t)strtoul(id, NULL, 10), &probe);
        printf("%s %s %d %d %d %s\n", id,
               server_ask(conn, &arena,
                          "SELECT $1::oid::regprocedure || '->' || prorettype::regtype"
                          " FROM pg_proc WHERE oid = $1::oid",
                          id),
               probe.n_values, probe.n_nulls, probe.n_errors,
               probe.n_nulls               ? probe.null_call
               : called && !probe.n_errors ? ""
               : probe.error_text          ? probe.error_text
                                           : "not called");
        fflush(stdout);
        arena_finish(&arena);
    }
    PQclear(result);
    return 0;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct server *server = server_open_for_verdict(&arena, "never_null");
    int status = 77;

    if (server && probe_prepare(server->conn))
        status = argc == 3 && strcmp(argv[1], "survey") == 0 ? survey(server->conn, argv[2])
                                                             : check(server->conn);
    else if (server)
        status = 3;
    if (server)
        server_close(server);
    arena_finish(&arena);
    return status;
}
