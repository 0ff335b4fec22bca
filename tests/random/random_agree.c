/* Random queries over random schemas: the analysis against the server, and its claims against data.
 *
 *     random_agree --seed N --queries N [--schemas N] [--first N] [-v]
 *
 * Every schema and every query comes from the seed and its number alone; --first N starts with the
 * N-th schema, to play a finding again. Exit status 1 when anything is found, 77 without a server.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pg_cluster.h"
#include "random/check.h"
#include "support/map.h"

enum {
    QUERIES_PER_FILL = 40,
    MOST_VIEWS = 3,
    MOST_SHOWN_ALIKE = 4,
};

struct options {
    uint64_t seed;
    long queries, schemas, first;
    bool verbose;
};

struct shown { /* how many findings of a kind were shown */
    int n;
};

struct run {
    struct options options;
    struct arena arena; /* of the whole run */
    PGconn *conn;
    struct map shown;
    long n_queries, n_accepted, n_executed, n_found[4], n_schemas_failed, n_rows, n_claims,
        n_proofs, n_skipped;
};

struct schema {
    struct arena arena;
    long number;
    const char *text;
    struct verdict_maker *maker;
    struct menu menu;
    bool is_printed;
};

static const char *volatile current = "";

/* A crash must say which query it was. */
static void crashed(int number)
{
    const char *text = current;

    (void)!write(2, "\ncrashed at: ", 13);
    (void)!write(2, text, strlen(text));
    (void)!write(2, "\n", 1);
    signal(number, SIG_DFL);
    raise(number);
}

static PGresult *ask(PGconn *conn, const char *sql)
{
    return PQexec(conn, sql);
}

static bool try_command(struct run *run, const char *sql, bool tell)
{
    PGresult *result = ask(run->conn, sql);
    const bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;

    if (!ok && tell)
        printf("the server refuses: %s%s\n", PQresultErrorMessage(result), sql);
    PQclear(result);
    return ok;
}

static struct gen gen_of(const struct run *run, const struct schema *schema, struct arena *arena,
                         uint64_t number)
{
    return (struct gen){.arena = arena,
                        .rng = rng_of(run->options.seed, (uint64_t)schema->number, number),
                        .menu = &schema->menu};
}

/* --- findings --------------------------------------------------------------------------------- */

static void print_finding(struct schema *schema, const struct run *run, long number,
                          const char *sql, const struct finding *finding)
{
    if (!schema->is_printed)
        printf("\n=== seed %llu schema %ld\n%s", (unsigned long long)run->options.seed,
               schema->number, schema->text);
    schema->is_printed = true;
    printf("--- seed %llu schema %ld query %ld\n    server: %s\n    tenon:  %s\n%s;\n",
           (unsigned long long)run->options.seed, schema->number, number, finding->server,
           finding->tenon, sql);
    fflush(stdout);
}

static const char *kind_of(struct arena *arena, const struct finding *finding)
{
    const bool refused = strncmp(finding->server, "error", 5) == 0;
    const bool refuses = strncmp(finding->tenon, "error", 5) == 0;

    if (finding->outcome != DIFFERS)
        return finding->outcome == NULL_CLAIMED ? "unsound NOT NULL" : "unsound at-most-one";
    return arena_printf(arena, "%s / %s", refused ? finding->server : "accepted",
                        refuses ? finding->tenon : "accepted");
}

static void found(struct run *run, struct schema *schema, struct checker *checker, long number,
                  const char *sql, const struct finding *finding)
{
    struct arena scratch = {0};
    const char *kind = kind_of(&run->arena, finding), *small;
    struct shown *shown = map_find(&run->shown, kind);
    struct finding again;

    run->n_found[finding->outcome]++;
    if (!shown) {
        shown = arena_new(&run->arena, struct shown);
        map_put(&run->shown, kind, shown);
    }
    if (shown->n++ < MOST_SHOWN_ALIKE) {
        small = check_minimise(checker, &scratch, sql, finding);
        again = check_statement(checker, &scratch, small);
        print_finding(schema, run, number, small, again.outcome == AGREED ? finding : &again);
    }
    arena_finish(&scratch);
}

/* --- schemas ---------------------------------------------------------------------------------- */

static void print_diags(struct arena *arena, const struct diags *diags, const char *what)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < diags->list.n; i++)
        diag_render(&out, diags->list.items[i], false);
    printf("--- the server accepts, tenon does not: %s\n%s\n", what, buf_text(&out));
}

static bool reload(struct run *run, struct schema *schema, const char *text)
{
    struct diags diags = {.arena = &schema->arena};
    struct verdict_maker *maker;

    current = text;
    maker = verdict_maker_of(&schema->arena, text, &diags);
    if (!maker) {
        printf("\n=== seed %llu schema %ld\n", (unsigned long long)run->options.seed,
               schema->number);
        print_diags(&schema->arena, &diags, text);
        run->n_found[DIFFERS]++;
        return false;
    }
    schema->maker = maker;
    schema->text = text;
    schema->menu = menu_of(&schema->arena, verdict_catalog(maker));
    return true;
}

static void add_views(struct run *run, struct schema *schema)
{
    for (uint64_t i = 0; i < MOST_VIEWS; i++) {
        struct gen gen = gen_of(run, schema, &schema->arena, UINT64_MAX - 1 - i);
        const char *name = arena_printf(&schema->arena, "view_%u", (unsigned)i);
        const char *view = gen_view(&gen, name);

        if (!try_command(run, view, run->options.verbose))
            continue;
        if (!reload(run, schema, arena_printf(&schema->arena, "%s%s;\n", schema->text, view)))
            check_command(run->conn, arena_printf(&schema->arena, "DROP VIEW %s", name));
    }
}

static bool make_schema(struct run *run, struct schema *schema)
{
    struct menu builtin =
        menu_of(&schema->arena, catalog_create(&schema->arena, release_default()));
    struct gen gen;

    schema->menu = builtin;
    gen = gen_of(run, schema, &schema->arena, UINT64_MAX);
    schema->text = gen_schema(&gen);
    check_command(run->conn, "SET statement_timeout = 0; DROP SCHEMA IF EXISTS public CASCADE;"
                             " CREATE SCHEMA public");
    if (!try_command(run, schema->text, true)) {
        run->n_schemas_failed++;
        return false;
    }
    if (!reload(run, schema, schema->text))
        return false;
    add_views(run, schema);
    verdict_load_types(schema->maker, run->conn);
    check_command(run->conn, "SET statement_timeout = 200");
    return true;
}

static void fill(struct run *run, struct schema *schema, uint64_t number)
{
    struct arena scratch = {0};
    struct gen gen = gen_of(run, schema, &scratch, number ^ (UINT64_C(1) << 60));

    fill_tables(&gen, run->conn, true);
    arena_finish(&scratch);
}

/* --- queries ---------------------------------------------------------------------------------- */

static const char *query_text(const struct run *run, const struct schema *schema,
                              struct arena *scratch, long number)
{
    static const uint32_t wrong[] = {0, 0, 1, 1, 3};
    struct gen gen = gen_of(run, schema, scratch, (uint64_t)number);
    const char *sql;

    gen.percent_wrong = wrong[pick(&gen, 5)];
    sql = gen_statement(&gen);
    return chance(&gen, 20) ? gen_broken(&gen, sql) : sql;
}

static void run_queries(struct run *run, struct schema *schema, long n)
{
    struct arena scratch = {0};
    struct checker checker = {.conn = run->conn,
                              .maker = schema->maker,
                              .menu = &schema->menu,
                              .verbose = run->options.verbose};

    for (long i = 0; i < n; i++) {
        const char *sql;
        struct finding finding;

        if (i % QUERIES_PER_FILL == 0)
            fill(run, schema, (uint64_t)i);
        sql = query_text(run, schema, &scratch, i);
        current = sql;
        checker.rng = rng_of(run->options.seed, (uint64_t)schema->number, (uint64_t)i + 1);
        finding = check_statement(&checker, &scratch, sql);
        run->n_queries++;
        if (finding.outcome != AGREED)
            found(run, schema, &checker, i, sql, &finding);
        arena_reset(&scratch);
    }
    run->n_accepted += checker.n_accepted;
    run->n_executed += checker.n_executed;
    run->n_rows += checker.n_rows;
    run->n_claims += checker.n_claims;
    run->n_proofs += checker.n_proofs;
    run->n_skipped += checker.n_skipped;
    arena_finish(&scratch);
}

static PGconn *connect_to(const char *database)
{
    const char *const keywords[] = {"dbname", "client_encoding", NULL};
    const char *const values[] = {database, "UTF8", NULL};
    PGconn *conn = PQconnectdbParams(keywords, values, 1);

    if (pg_gives_verdict(conn, "random_agree")) {
        check_command(conn, "SET client_min_messages = error");
        return conn;
    }
    PQfinish(conn);
    return NULL;
}

static int report(const struct run *run, double seconds)
{
    for (size_t i = 0; i < run->shown.n_entries; i++)
        printf("%6d %s\n", ((const struct shown *)run->shown.entries[i].value)->n,
               run->shown.entries[i].key);
    printf("%ld queries in %.0f s (%.0f/s), %ld accepted, %ld executed (%ld rows, %ld NOT NULL "
           "columns, %ld of at most one row): %ld differ, %ld"
           " unsound NOT NULL, %ld unsound at-most-one; %ld schemas refused by the server, %ld "
           "differences left to it\n",
           run->n_queries, seconds, (double)run->n_queries / (seconds > 0 ? seconds : 1),
           run->n_accepted, run->n_executed, run->n_rows, run->n_claims, run->n_proofs,
           run->n_found[DIFFERS], run->n_found[NULL_CLAIMED], run->n_found[ROWS_CLAIMED],
           run->n_schemas_failed, run->n_skipped);
    return run->n_found[DIFFERS] || run->n_found[NULL_CLAIMED] || run->n_found[ROWS_CLAIMED];
}

static struct options parse(int argc, char **argv)
{
    struct options options = {.seed = 1, .queries = 2000};

    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "0";

        if (strcmp(argv[i], "-v") == 0) {
            options.verbose = true;
            continue;
        }
        i++;
        if (strcmp(argv[i - 1], "--seed") == 0)
            options.seed = strtoull(value, NULL, 10);
        else if (strcmp(argv[i - 1], "--queries") == 0)
            options.queries = strtol(value, NULL, 10);
        else if (strcmp(argv[i - 1], "--schemas") == 0)
            options.schemas = strtol(value, NULL, 10);
        else if (strcmp(argv[i - 1], "--first") == 0)
            options.first = strtol(value, NULL, 10);
        else
            exit(2);
    }
    if (options.schemas == 0)
        options.schemas = options.queries / 250 + 1;
    return options;
}

static void run_schemas(struct run *run)
{
    const long per_schema = run->options.queries / run->options.schemas;

    for (long i = 0; i < run->options.schemas; i++) {
        struct schema schema = {.number = run->options.first + i};

        if (make_schema(run, &schema))
            run_queries(run, &schema, per_schema);
        arena_finish(&schema.arena);
    }
}

int main(int argc, char **argv)
{
    struct run run = {.options = parse(argc, argv)};
    char database[64], sql[128];
    PGconn *admin = connect_to("postgres");
    time_t start = time(NULL);
    int status;

    if (!admin)
        return 77;
    snprintf(database, sizeof database, "tenon_random_%ld", (long)getpid());
    snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'",
             database);
    check_command(admin, sql);
    run.conn = connect_to(database);
    run.shown.arena = &run.arena;
    signal(SIGSEGV, crashed);
    signal(SIGABRT, crashed);
    if (run.conn)
        run_schemas(&run);
    PQfinish(run.conn);
    snprintf(sql, sizeof sql, "DROP DATABASE %s", database);
    check_command(admin, sql);
    PQfinish(admin);
    status = report(&run, difftime(time(NULL), start));
    arena_finish(&run.arena);
    return status;
}
