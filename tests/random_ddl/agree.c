/* Scripts of DDL against a server, to the last claim: the verdicts and facts; the texts of what is
 * left; and queries over it, which both sides analyse and whose claims are held against rows.
 *
 *     random_ddl_agree FACTS.SQL SCRIPT.SQL…
 *
 * One database serves all scripts, each of which begins with nothing but an empty schema public. A
 * script whose verdicts differ is not looked at further. The number in its name is the seed of rows
 * and queries. Exit status 1 when anything was found, 77 without a server.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agree/script.h"
#include "catalog/server.h"
#include "deparse/compare.h"
#include "random/check.h"
#include "schema/compare.h"

enum {
    SKIPPED = 77,
    N_QUERIES = 20,
};

static void clear(PGconn *conn, struct arena *arena)
{
    check_command(conn, "DISCARD ALL");
    check_command(conn,
                  server_ask(conn, arena,
                             "SELECT 'DROP SCHEMA ' || string_agg(quote_ident(nspname), ', ') || "
                             "' CASCADE' FROM pg_namespace "
                             "WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
                             NULL));
    check_command(conn, "CREATE SCHEMA public");
}

/* --- Queries ---------------------------------------------------------------------------------- */

static size_t run_query(struct checker *checker, struct arena *arena, struct gen *gen)
{
    const char *sql = chance(gen, 65) ? gen_by_key(gen) : gen_statement(gen);
    struct finding finding = check_statement(checker, arena, sql), again;

    if (finding.outcome == AGREED)
        return 0;
    sql = check_minimise(checker, arena, sql, &finding);
    again = check_statement(checker, arena, sql);
    if (again.outcome != AGREED)
        finding = again;
    printf("query: server %s, tenon %s: %s\n", finding.server, finding.tenon, sql);
    return 1;
}

static size_t run_queries(struct checker *checker, uint64_t seed)
{
    struct arena scratch = {0};
    struct gen rows = {.arena = &scratch, .rng = rng_of(seed, 0, 0), .menu = checker->menu};
    size_t n_wrong = 0;

    fill_tables(&rows, checker->conn, false);
    check_command(checker->conn, "SET statement_timeout = 200");
    for (uint64_t i = 1; i <= N_QUERIES; i++) {
        struct gen gen = {.arena = &scratch, .rng = rng_of(seed, i, 0), .menu = checker->menu};

        checker->rng = rng_of(seed, i, 1);
        n_wrong += run_query(checker, &scratch, &gen);
        arena_reset(&scratch);
    }
    check_command(checker->conn, "SET statement_timeout = 0");
    arena_finish(&scratch);
    return n_wrong;
}

static size_t check_claims(struct arena *arena, PGconn *conn, const char *taken, uint64_t seed)
{
    struct diags diags = {.arena = arena};
    struct verdict_maker *maker =
        verdict_maker_of(arena, arena_printf(arena, "%sRESET search_path;\n", taken), &diags);
    struct checker checker = {.conn = conn, .maker = maker};
    struct menu menu;
    size_t n_wrong = 0;

    if (!maker) {
        printf("what both sides took has errors when it is compiled\n");
        return 1;
    }
    menu = menu_of(arena, verdict_catalog(maker));
    checker.menu = &menu;
    verdict_load_types(maker, conn);
    if (menu.relations.n)
        n_wrong = run_queries(&checker, seed);
    printf("total queries %ld\ntotal executed %ld\ntotal rows %ld\ntotal not-null %ld\n"
           "total at-most-one %ld\n",
           checker.n_accepted, checker.n_executed, checker.n_rows, checker.n_claims,
           checker.n_proofs);
    return n_wrong;
}

/* --- Scripts ---------------------------------------------------------------------------------- */

static size_t compare_texts(struct arena *arena, PGconn *conn, const struct catalog *catalog)
{
    struct tally tally = {0};

    compare_objects(&tally, conn, arena, catalog);
    printf("total texts %zu\ntotal texts-alike %zu\ntotal texts-not-written %zu\n",
           tally.n_exact + tally.n_same, tally.n_same, tally.n_refused);
    return tally.n_different;
}

static uint64_t seed_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return strtoull(slash ? slash + 1 : path, NULL, 10);
}

static size_t compare_case(PGconn *conn, const char *path, const char *facts_query)
{
    struct arena arena = {0};
    const char *text = script_read_text(&arena, path);
    const struct source *source = source_create(&arena, path, str_from(text));
    struct compared compared;
    size_t n_wrong;

    printf("== %s\n", path);
    fflush(stdout); /* says which script it was when the program does not come to its end */
    clear(conn, &arena);
    compared = compare_script(&arena, conn, source, facts_query, true);
    n_wrong = compared.n_wrong;
    if (n_wrong == 0) {
        printf("total statements %zu\ntotal refused %zu\n", compared.n_statements,
               compared.n_refused);
        n_wrong += compare_texts(&arena, conn, compared.catalog);
        n_wrong += check_claims(&arena, conn, compared.taken, seed_of(path));
    }
    fflush(stdout);
    arena_finish(&arena);
    return n_wrong;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct server *server;
    const char *facts_query;
    size_t n_wrong = 0;

    if (argc < 3)
        return 2;
    facts_query = script_read_text(&arena, argv[1]);
    server = server_open_for_verdict(&arena, "random_ddl");
    if (!server)
        return SKIPPED;
    for (int i = 2; i < argc; i++)
        n_wrong += compare_case(server->conn, argv[i], facts_query);
    server_close(server);
    arena_finish(&arena);
    return n_wrong > 0;
}
