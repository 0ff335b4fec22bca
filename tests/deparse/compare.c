#include "deparse/compare.h"

#include <stdio.h>
#include <string.h>

#include "catalog/server.h"

bool run_sql(PGconn *conn, const char *sql, bool quiet)
{
    PGresult *result = PQexec(conn, sql);
    const ExecStatusType status = PQresultStatus(result);
    const bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

    if (!ok && !quiet)
        fprintf(stderr, "%s: %s", sql, PQresultErrorMessage(result));
    PQclear(result);
    return ok;
}

static void report(const struct comparison *comparison, const char *what, const char *there,
                   const char *again)
{
    printf("%s: %s\n  server: %s\n  tenon:  %s\n", comparison->label, what, there,
           comparison->here.text ? comparison->here.text : comparison->here.refused);
    if (again)
        printf("  again:  %s\n", again);
}

/* What the server prints of the object made from the text; NULL when it takes none of it. */
static const char *text_again(PGconn *conn, struct arena *arena,
                              const struct comparison *comparison, const char *text)
{
    const char *again = NULL;

    run_sql(conn, "SAVEPOINT again", false);
    if (run_sql(conn,
                arena_printf(arena, "%s%s%s", comparison->before, text,
                             comparison->after ? comparison->after : ""),
                false))
        again = server_ask(conn, arena, comparison->ask_again, NULL);
    run_sql(conn, "ROLLBACK TO again", false);
    return again;
}

/* The server's own texts do not all mean what they are printed of: (ARRAY[1, 2])::float8[] is an
 * array of other elements when it is read. */
static bool is_same(PGconn *conn, struct arena *arena, const struct comparison *comparison,
                    const char *there, const char *again)
{
    return again &&
           (name_eq(again, there) || name_eq(again, text_again(conn, arena, comparison, there)));
}

static void judge(struct tally *tally, PGconn *conn, struct arena *arena,
                  const struct comparison *comparison, const char *there)
{
    const char *again;
    bool same;

    if (strcmp(there, comparison->here.text) == 0) {
        tally->n_exact++;
        return;
    }
    run_sql(conn, "BEGIN", false);
    again = text_again(conn, arena, comparison, comparison->here.text);
    same = is_same(conn, arena, comparison, there, again);
    run_sql(conn, "ROLLBACK", false);
    if (same) {
        tally->n_same++;
        if (tally->is_verbose)
            report(comparison, "another text", there, NULL);
    } else {
        tally->n_different++;
        report(comparison, "different", there, again ? again : "(refused)");
    }
}

/* What is refused on purpose: anything else is a gap. */
static bool is_refused_rightly(const char *refused)
{
    static const char *const reasons[] = {"the moment that", "the object that", "no tree is kept",
                                          "no label of its type any more"};

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strstr(refused, reasons[i]))
            return true;
    return false;
}

void compare(struct tally *tally, PGconn *conn, struct arena *arena,
             const struct comparison *comparison)
{
    const char *there;

    there = server_ask(conn, arena, comparison->ask, NULL);
    if (!there) {
        tally->n_different++;
        report(comparison, "the server has none", "", NULL);
    } else if (!comparison->here.text && !is_refused_rightly(comparison->here.refused)) {
        tally->n_different++;
        report(comparison, "not written", there, NULL);
    } else if (!comparison->here.text) {
        tally->n_refused++;
        if (tally->is_verbose)
            report(comparison, "refused", there, NULL);
    } else {
        judge(tally, conn, arena, comparison, there);
    }
}

void tally_print(const struct tally *tally, const char *title)
{
    printf("%s: %zu exact, %zu the same after replay, %zu different, %zu not written\n", title,
           tally->n_exact, tally->n_same, tally->n_different, tally->n_refused);
}
