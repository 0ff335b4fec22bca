/* Claims against executed data: the queries of the cases run on random rows, and no column that the
 * analysis calls NOT NULL may ever be NULL, no query that it proves to return at most one row may
 * return two.
 *
 *     nulls_executed [ROUNDS [DIRECTORY]]
 *
 * Each round fills the tables anew, in a transaction that is rolled back. Exit status 1 when a
 * claim is broken or a query never ran, 77 without a server. `-v` as the first argument lists the
 * columns called nullable that were never seen NULL: what a sharper analysis might prove.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/server.h"
#include "nulls/data.h"
#include "nulls/suite.h"
#include "prove/cardinality.h"

enum {
    USUAL_ROUNDS = 40,
};

struct tested {
    const struct suite_case *item;
    struct cardinality cardinality;
    struct nullability *columns;
    size_t n_columns;
    bool *seen_null; /* per column */
    int n_runs, n_rows;
    const char *error; /* the last one */
};

struct run {
    struct suite *suite;
    struct data data;
    PGconn *conn;
    VEC(struct tested) tested;
    int n_broken;
};

static void command(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(conn));
        exit(3);
    }
    PQclear(result);
}

static void prepare(struct run *run)
{
    struct arena *arena = run->suite->arena;

    for (size_t i = 0; i < run->suite->cases.n; i++) {
        struct tested tested = {.item = &run->suite->cases.items[i]};

        tested.columns = suite_infer(run->suite, tested.item, &tested.n_columns);
        tested.cardinality =
            cardinality_infer(arena, run->suite->catalog, tested.item->analysis.query);
        tested.seen_null = arena_array(arena, bool, tested.n_columns);
        vec_push(arena, &run->tested, tested);
    }
}

static void check_count(struct run *run, const struct tested *tested, const PGresult *result,
                        int round)
{
    if (!tested->cardinality.at_most_one || PQntuples(result) <= 1)
        return;
    printf("%s: %d rows in round %d, but: %s\n    %s\n", tested->item->query->name,
           PQntuples(result), round, tested->cardinality.reason, tested->item->query->sql.text);
    run->n_broken++;
}

static void check_rows(struct run *run, struct tested *tested, const PGresult *result, int round)
{
    const int n_columns = PQnfields(result);

    if ((size_t)n_columns != tested->n_columns) {
        printf("%s: %d columns, the analysis has %zu\n", tested->item->query->name, n_columns,
               tested->n_columns);
        run->n_broken++;
        return;
    }
    for (int row = 0; row < PQntuples(result); row++) {
        for (int i = 0; i < n_columns; i++) {
            if (!PQgetisnull(result, row, i) || tested->seen_null[i])
                continue;
            tested->seen_null[i] = true;
            if (tested->columns[i].nullable)
                continue;
            printf("%s: column %d \"%s\" is NULL in round %d, but: %s\n    %s\n",
                   tested->item->query->name, i + 1, PQfname(result, i), round,
                   tested->columns[i].reason, tested->item->query->sql.text);
            run->n_broken++;
        }
    }
}

/* Executes the query once with random arguments; what it changes is undone. */
static void execute(struct run *run, struct arena *scratch, struct tested *tested, int round)
{
    const struct suite_case *item = tested->item;
    const size_t n = item->analysis.n_params;
    const char **values = arena_array(scratch, const char *, n);
    PGresult *result = PQprepare(run->conn, "", item->query->sql.text, 0, NULL);
    bool works = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    if (works) {
        PGresult *described = PQdescribePrepared(run->conn, "");

        for (size_t i = 0; i < n && (int)i < PQnparams(described); i++) {
            if (!item->param_nullable[i] || data_random(&run->data, 2))
                values[i] = data_value(&run->data, scratch, PQparamtype(described, (int)i));
        }
        PQclear(described);
        /* data_value() asked the server: it has not used the unnamed statement. */
        result =
            PQexecParams(run->conn, item->query->sql.text, (int)n, NULL, values, NULL, NULL, 0);
        works =
            PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK;
        if (works) {
            tested->n_runs++;
            tested->n_rows += PQntuples(result);
            check_rows(run, tested, result, round);
            check_count(run, tested, result, round);
        }
        PQclear(result);
    }
    if (!works)
        tested->error = arena_strdup(run->suite->arena, PQerrorMessage(run->conn));
}

static void play_round(struct run *run, int round)
{
    struct arena scratch = {0};

    command(run->conn, "BEGIN");
    data_fill(&run->data, &scratch);
    for (size_t i = 0; i < run->tested.n; i++) {
        command(run->conn, "SAVEPOINT query");
        execute(run, &scratch, &run->tested.items[i], round);
        command(run->conn, "ROLLBACK TO query");
        arena_reset(&scratch);
    }
    command(run->conn, "ROLLBACK");
    arena_finish(&scratch);
}

static int report(const struct run *run, int rounds, bool verbose)
{
    int n_claims = 0, n_single = 0, n_nullable = 0, n_seen = 0, n_dead = 0;

    for (size_t t = 0; t < run->tested.n; t++) {
        const struct tested *tested = &run->tested.items[t];

        if (tested->n_runs == 0) {
            n_dead++;
            printf("%s never ran: %s", tested->item->query->name,
                   tested->error ? tested->error : "no reason\n");
        }
        n_single += tested->cardinality.at_most_one;
        for (size_t i = 0; i < tested->n_columns; i++) {
            n_claims += !tested->columns[i].nullable;
            n_nullable += tested->columns[i].nullable;
            n_seen += tested->columns[i].nullable && tested->seen_null[i];
            if (verbose && tested->columns[i].nullable && !tested->seen_null[i])
                printf("%s: column %zu was never NULL in %d rows, but: %s\n",
                       tested->item->query->name, i + 1, tested->n_rows, tested->columns[i].reason);
        }
    }
    printf("%zu queries, %d rounds: %d NOT NULL columns, %d queries of one row, %d claims broken; "
           "%d of %d nullable columns seen NULL; %d queries never ran\n",
           run->tested.n, rounds, n_claims, n_single, run->n_broken, n_seen, n_nullable, n_dead);
    return run->n_broken || n_dead ? 1 : 0;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    const bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    const int first = verbose ? 2 : 1;
    const int rounds = argc > first ? atoi(argv[first]) : USUAL_ROUNDS;
    const char *directory = argc > first + 1 ? argv[first + 1] : TEST_DIRECTORY;
    struct server *server = server_open(&arena, "nulls");
    struct run run = {0};
    int status;

    if (!server)
        return 77;
    run.suite = suite_load(&arena, directory, "cases");
    if (file_exists(file_join(&arena, directory, "cardinality.sql")))
        suite_add(run.suite, file_join(&arena, directory, "cardinality.sql"));
    run.conn = server->conn;
    command(run.conn, run.suite->schema);
    run.data = data_of(&arena, run.conn, 20481);
    prepare(&run);
    for (int round = 1; round <= rounds; round++)
        play_round(&run, round);
    status = report(&run, rounds, verbose);
    server_close(server);
    arena_finish(&arena);
    return status;
}
