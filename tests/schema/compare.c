/* A replay keeps what it can of a statement that is wrong, which a server does not: alone, each
 * statement that the server refuses is replayed behind just those that it took.
 */
#include "schema/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/server.h"
#include "describe/describe.h"
#include "facts.h"
#include "replay/replay.h"
#include "sql/raw.h"

/* The code of the first error inside the statement. */
static const char *sqlstate_here(const struct diags *diags, const struct statement *statement)
{
    for (size_t i = 0; i < diags->list.n; i++) {
        const struct diag *diag = diags->list.items[i];
        if (diag->severity == SEVERITY_ERROR && (int)diag->at.offset >= statement->location &&
            (int)diag->at.offset <= statement->location + statement->len)
            return diag->code;
    }
    return NULL;
}

static const char *text_of(struct arena *arena, const struct statement *statement)
{
    return arena_strndup(arena, statement->sql->text + statement->location, (size_t)statement->len);
}

/* What the server says to each statement: a SQLSTATE, or NULL if it takes it. */
static const char **verdicts_of(PGconn *conn, struct arena *arena, struct statements statements)
{
    const char **texts = arena_array(arena, const char *, statements.n + 1);

    for (size_t i = 0; i < statements.n; i++)
        texts[i] = text_of(arena, &statements.items[i]);
    return server_run_all(conn, arena, texts, statements.n);
}

/* 1 after a difference was shown, else 0. */
static size_t compare_verdict(const char *path, const struct statement *statement,
                              const char *there, const struct diags *diags)
{
    struct arena scratch = {0};
    const char *here = sqlstate_here(diags, statement);
    bool differs = !name_eq(here, there);

    if (differs)
        printf("%s: server %s, tenon %s: %s\n", path, there ? there : "accepts",
               here ? here : "accepts", text_of(&scratch, statement));
    arena_finish(&scratch);
    return differs;
}

/* CREATE INDEX CONCURRENTLY leaves an invalid index when the rows do not fit: errors of data (22)
 * and of constraints (23). */
static bool leaves_index(const struct statement *statement, const char *verdict)
{
    const PgQuery__Node *tree = statement->tree;

    return tree && NODE_IS(tree, INDEX_STMT) && tree->index_stmt->concurrent &&
           (strncmp(verdict, "22", 2) == 0 || strncmp(verdict, "23", 2) == 0);
}

/* The first n statements, without those that the server refused and that left nothing. */
static struct statements taken(struct arena *arena, struct statements statements, size_t n,
                               const char *const *verdicts)
{
    struct statements those = {arena_array(arena, struct statement, n + 1), 0};

    for (size_t i = 0; i < n; i++)
        if (!verdicts[i] || leaves_index(&statements.items[i], verdicts[i]))
            those.items[those.n++] = statements.items[i];
    return those;
}

/* In a transaction that has failed the server looks at no statement. */
static bool is_judged(const char *verdict)
{
    return !name_eq(verdict, "25P02");
}

/* Replays a refused statement behind those before it that were taken. */
static size_t compare_refused(const char *path, struct statements statements, size_t at,
                              const char *const *verdicts)
{
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct statements those = taken(&arena, statements, at, verdicts);
    size_t n_wrong;

    those.items[those.n++] = statements.items[at];
    replay_script(catalog_create(&arena, release_default()), those, &diags);
    n_wrong = compare_verdict(path, &statements.items[at], verdicts[at], &diags);
    arena_finish(&arena);
    return n_wrong;
}

static size_t line_length(const char *text)
{
    return strcspn(text, "\n");
}

/* Both texts are sorted lines. */
static size_t compare_facts(const char *path, const char *here, const char *there)
{
    size_t n_wrong = 0;

    while (*here || *there) {
        size_t n_here = line_length(here), n_there = line_length(there);
        size_t n = n_here < n_there ? n_here : n_there;
        int order = memcmp(here, there, n);
        if (order == 0)
            order = (n_here > n_there) - (n_here < n_there);
        if (!*here)
            order = 1;
        if (!*there)
            order = -1;
        if (order < 0)
            printf("%s: only tenon: %.*s\n", path, (int)n_here, here);
        if (order > 0)
            printf("%s: only server: %.*s\n", path, (int)n_there, there);
        n_wrong += order != 0;
        if (order <= 0)
            here += n_here + (here[n_here] == '\n');
        if (order >= 0)
            there += n_there + (there[n_there] == '\n');
    }
    return n_wrong;
}

static const char *facts_on_server(PGconn *conn, struct arena *arena, const char *query)
{
    struct buf text = buf_in(arena);
    PGresult *result;

    PQclear(PQexec(conn, "RESET search_path"));
    result = PQexec(conn, query);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "facts.sql: %s", PQerrorMessage(conn));
        exit(3);
    }
    for (int row = 0; row < PQntuples(result); row++)
        buf_addf(&text, "%s\n", PQgetvalue(result, row, 0));
    PQclear(result);
    return buf_text(&text);
}

/* What the server took, as it was written. */
static const char *text_of_taken(struct arena *arena, struct statements statements,
                                 const char *const *verdicts)
{
    struct buf text = buf_in(arena);

    for (size_t i = 0; i < statements.n; i++)
        if (!verdicts[i])
            buf_addf(&text, "%s;\n", text_of(arena, &statements.items[i]));
    return buf_text(&text);
}

struct compared compare_script(struct arena *arena, PGconn *conn, const struct source *source,
                               const char *facts_query, bool alone)
{
    struct diags diags = {.arena = arena};
    struct statements statements = sql_parse_schema(arena, source, &diags);
    const char **verdicts = verdicts_of(conn, arena, statements);
    struct compared compared = {
        .catalog = catalog_create(arena, release_default()),
        .taken = text_of_taken(arena, statements, verdicts),
        .n_statements = statements.n,
    };

    replay_script(compared.catalog,
                  alone ? taken(arena, statements, statements.n, verdicts) : statements, &diags);
    for (size_t i = 0; i < statements.n; i++) {
        compared.n_refused += verdicts[i] != NULL;
        compared.n_wrong +=
            !is_judged(verdicts[i]) ? 0
            : alone && verdicts[i]
                ? compare_refused(source->path, statements, i, verdicts)
                : compare_verdict(source->path, &statements.items[i], verdicts[i], &diags);
    }
    compared.n_wrong += compare_facts(source->path, facts_of(arena, compared.catalog),
                                      facts_on_server(conn, arena, facts_query));
    return compared;
}
