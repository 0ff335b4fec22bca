/* Asks a real server about every statement of a case and compares its answer with the analysis.
 *
 *     agree CASE...        a case is a folder with schema.sql and any other .sql files of
 * statements
 *
 * Each case gets a fresh database on the server that libpq's environment variables name. Of every
 * statement the server's Parse/Describe and tenon's analysis must agree: accepted or not, the
 * SQLSTATE, the parameters' types, the columns' names and types. A statement that is known to
 * differ has a line `-- differs: why` in front of it; when it does not differ any more, that is an
 * error too. Exit status 1 when anything is wrong, 77 without a server.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agree/script.h"
#include "agree/verdict.h"
#include "pg_cluster.h"

struct tally {
    int agreed, known, wrong;
};

static void report(const struct script_item *item, const char *kind, const char *server,
                   const char *tenon)
{
    printf("%s:%d: %s\n    server: %s\n    tenon:  %s\n    %s\n", item->path, item->line, kind,
           server, tenon, item->text);
}

static void judge(struct tally *tally, const struct script_item *item, const char *server,
                  const char *tenon)
{
    bool same = strcmp(server, tenon) == 0;

    if (same && !item->differs) {
        tally->agreed++;
    } else if (!same && item->differs) {
        tally->known++;
    } else if (same) {
        tally->wrong++;
        report(item, "does not differ any more", server, tenon);
    } else {
        tally->wrong++;
        report(item, "differs", server, tenon);
    }
}

static PGconn *connect_to(const char *database)
{
    const char *const keywords[] = {"dbname", "client_min_messages", NULL};
    const char *const values[] = {database, NULL, NULL};
    PGconn *conn = PQconnectdbParams(keywords, values, 0);

    if (!pg_gives_verdict(conn, "agree")) {
        PQfinish(conn);
        return NULL;
    }
    return conn;
}

static bool run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    bool ok =
        PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;

    if (!ok)
        fprintf(stderr, "agree: %s", PQresultErrorMessage(result));
    PQclear(result);
    return ok;
}

static bool run_case(PGconn *server, const char *directory, struct tally *tally)
{
    struct arena arena = {0};
    struct script script = script_read(&arena, directory);
    struct verdict_maker *maker = verdict_maker_create(&arena, directory);
    const char *database = arena_printf(&arena, "agree_%ld", (long)getpid());
    PGconn *conn;

    if (!run(server, arena_printf(&arena,
                                  "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' "
                                  "LOCALE 'C'",
                                  database)))
        return false;
    conn = connect_to(database);
    if (!conn || !run(conn, "SET client_min_messages = error") || !run(conn, script.schema))
        return false;
    verdict_load_types(maker, conn);
    for (size_t i = 0; i < script.n_items; i++) {
        const struct script_item *item = &script.items[i];
        struct arena scratch = {0};
        judge(tally, item, verdict_of_server(&scratch, maker, conn, item->text),
              verdict_of_tenon(&scratch, maker, item->text));
        arena_finish(&scratch);
    }
    PQfinish(conn);
    run(server, arena_printf(&arena, "DROP DATABASE %s WITH (FORCE)", database));
    arena_finish(&arena);
    return true;
}

int main(int argc, char **argv)
{
    struct tally tally = {0};
    PGconn *server = connect_to("postgres");

    if (!server)
        return 77;
    run(server, "SET client_min_messages = error");
    for (int i = 1; i < argc; i++)
        if (!run_case(server, argv[i], &tally))
            tally.wrong++;
    PQfinish(server);
    printf("%d agreed, %d known to differ, %d wrong\n", tally.agreed, tally.known, tally.wrong);
    return tally.wrong ? 1 : 0;
}
