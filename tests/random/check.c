/* The verdicts first; when both accept and there are rows to be had, the statement runs with random
 * arguments, in a transaction that is rolled back.
 */
#include "random/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prove/cardinality.h"
#include "prove/nulls.h"

/* What only the server can tell, or what tenon leaves to it: conditions of domains, roles and text
 * search objects that are named in literals, the languages inside tsquery and jsonpath, the
 * locale's money, and the names of operator classes. */
static bool is_left_to_server(const char *message)
{
    static const char *const parts[] = {"violates check constraint",
                                        "of jsonpath input",
                                        "in tsquery",
                                        "in tsvector",
                                        "type money",
                                        "role \"",
                                        "operator class \"",
                                        "text search "};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(message, parts[i]))
            return true;
    return false;
}

void check_command(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "random_agree: %s: %s", sql, PQerrorMessage(conn));
        exit(3);
    }
    PQclear(result);
}

/* NULL when there is a parameter of a type without values. */
static const char **arguments(struct checker *checker, struct arena *arena,
                              const struct analysis *analysis)
{
    struct gen gen = {.arena = arena, .rng = checker->rng, .menu = checker->menu};
    const char **values = arena_array(arena, const char *, analysis->n_params + 1);

    for (size_t i = 0; i < analysis->n_params; i++) {
        values[i] = value_text(&gen, analysis->params[i].type);
        if (!values[i])
            return NULL;
    }
    checker->rng = gen.rng;
    return values;
}

static struct finding check_nulls(struct checker *checker, struct arena *arena,
                                  const struct analysis *analysis, const PGresult *result)
{
    const struct nulls_input input = {
        .catalog = verdict_catalog(checker->maker),
        .query = analysis->query,
        .param_nullable = arena_array(arena, bool, analysis->n_params),
        .n_params = analysis->n_params,
    };
    size_t n;
    const struct nullability *claims = nulls_infer(arena, &input, &n);

    for (int i = 0; i < PQnfields(result) && (size_t)i < n; i++) {
        checker->n_claims += !claims[i].nullable && PQntuples(result) > 0;
        for (int row = 0; row < PQntuples(result) && !claims[i].nullable; row++)
            if (PQgetisnull(result, row, i))
                return (struct finding){
                    NULL_CLAIMED, arena_printf(arena, "column %d is NULL", i + 1),
                    arena_printf(arena, "it is NOT NULL because %s", claims[i].reason)};
    }
    return (struct finding){.outcome = AGREED};
}

static struct finding check_result(struct checker *checker, struct arena *arena,
                                   const struct analysis *analysis, const PGresult *result)
{
    const struct cardinality cardinality =
        cardinality_infer(arena, verdict_catalog(checker->maker), analysis->query);

    checker->n_executed++;
    checker->n_rows += PQntuples(result);
    checker->n_proofs += cardinality.at_most_one;
    if (cardinality.at_most_one && PQntuples(result) > 1)
        return (struct finding){ROWS_CLAIMED, arena_printf(arena, "%d rows", PQntuples(result)),
                                arena_printf(arena, "at most one row: %s", cardinality.reason)};
    return check_nulls(checker, arena, analysis, result);
}

static struct finding execute(struct checker *checker, struct arena *arena,
                              const struct analysis *analysis)
{
    const char **values = arguments(checker, arena, analysis);
    struct finding finding = {.outcome = AGREED};
    PGresult *result;

    if (!values)
        return finding;
    result = PQexecPrepared(checker->conn, "", (int)analysis->n_params, values, NULL, NULL, 0);
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        finding = check_result(checker, arena, analysis, result);
    PQclear(result);
    return finding;
}

struct finding check_statement(struct checker *checker, struct arena *arena, const char *sql)
{
    struct finding finding = {.outcome = AGREED};
    struct analysis analysis = {0};

    check_command(checker->conn, "BEGIN");
    finding.tenon = verdict_analyze(arena, checker->maker, sql, &analysis);
    finding.server = verdict_of_server(arena, checker->maker, checker->conn, sql);
    if (checker->verbose)
        printf("%s;\n    -- %s %s\n", sql, finding.server,
               analysis.query ? "" : PQerrorMessage(checker->conn));
    if (strcmp(finding.server, finding.tenon) != 0 &&
        is_left_to_server(PQerrorMessage(checker->conn)))
        checker->n_skipped++;
    else if (strcmp(finding.server, finding.tenon) != 0)
        finding.outcome = DIFFERS;
    else if (analysis.query) {
        checker->n_accepted++;
        if (analysis.returns_rows && analysis.query->kind != QUERY_UTILITY)
            finding = execute(checker, arena, &analysis);
    }
    if (PQstatus(checker->conn) != CONNECTION_OK) {
        fprintf(stderr, "random_agree: the server is gone: %s%s\n", PQerrorMessage(checker->conn),
                sql);
        exit(3);
    }
    check_command(checker->conn, "ROLLBACK");
    return finding;
}

static bool is_error(const char *verdict)
{
    return strncmp(verdict, "error", 5) == 0;
}

static bool is_alike(const char *a, const char *b)
{
    return is_error(a) == is_error(b) && (!is_error(a) || strcmp(a, b) == 0);
}

bool check_is_alike(const struct finding *a, const struct finding *b)
{
    if (a->outcome != b->outcome)
        return false;
    return a->outcome != DIFFERS ||
           (is_alike(a->server, b->server) && is_alike(a->tenon, b->tenon));
}
