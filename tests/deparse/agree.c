/* Compares the texts that tenon makes of definitions with those of a server.
 *
 *     deparse_agree [-v] CASE.sql… FOLDER…
 *
 * A case is a schema, which is replayed here and there, and of which every expression and body is
 * compared. Of a folder of tests/agree the statements are, as views. Two texts agree when they are
 * the same, or when the server makes its own of tenon's. Exit status 1 when any does not, 77
 * without a server. -v also prints the texts that are not the same, and why others are not written.
 */
#include <stdio.h>
#include <string.h>

#include "agree/script.h"
#include "catalog/server.h"
#include "deparse/compare.h"
#include "replay/replay.h"

enum { SKIPPED = 77 };

static bool has_errors(struct arena *arena, const struct diags *diags)
{
    for (size_t i = 0; diags->n_errors > 0 && i < diags->list.n; i++) {
        struct buf out = buf_in(arena);

        diag_render(&out, diags->list.items[i], false);
        fputs(buf_text(&out), stderr);
    }
    return diags->n_errors > 0;
}

static bool compare_schema(struct tally *tally, PGconn *conn, const char *path)
{
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct catalog *catalog = catalog_create(&arena, release_default());
    const char *text = script_read_text(&arena, path);
    const struct source *source = source_create(&arena, path, str_from(text));
    bool ok;

    replay_script(catalog, sql_parse_schema(&arena, source, &diags), &diags);
    ok = !has_errors(&arena, &diags) && run_sql(conn, text, false) &&
         run_sql(conn, "RESET search_path", false);
    if (ok)
        compare_objects(tally, conn, &arena, catalog);
    arena_finish(&arena);
    return ok;
}

static bool is_schema(const char *path)
{
    const size_t len = strlen(path);

    return len > 4 && strcmp(path + len - 4, ".sql") == 0;
}

/* False without a server. */
static bool compare_case(struct tally tallies[2], const char *path)
{
    struct arena arena = {0};
    struct server *server = server_open_for_verdict(&arena, "deparse");
    struct tally *tally = &tallies[is_schema(path) ? 0 : 1];
    bool ok = server != NULL;

    if (ok) {
        if (!(is_schema(path) ? compare_schema : compare_statements)(tally, server->conn, path))
            tally->n_different++;
        server_close(server);
    }
    arena_finish(&arena);
    return ok;
}

int main(int argc, char **argv)
{
    const bool is_verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    struct tally tallies[2] = {{.is_verbose = is_verbose}, {.is_verbose = is_verbose}};

    for (int i = is_verbose ? 2 : 1; i < argc; i++)
        if (!compare_case(tallies, argv[i]))
            return SKIPPED;
    tally_print(&tallies[0], "definitions");
    tally_print(&tallies[1], "statements");
    return tallies[0].n_different + tallies[1].n_different > 0;
}
