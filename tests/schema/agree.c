/* Every case file is loaded twice: statement by statement into a database of its own, and by
 * replay_script(). Each statement must succeed or fail with the same SQLSTATE on both sides, and
 * the catalogs must hold the same facts at the end.
 *
 *     schema_agree [--alone] FACTS.SQL CASE.SQL…
 *
 * With --alone each statement that the server refuses is replayed behind just those that it took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/server.h"
#include "schema/compare.h"

enum {
    SKIPPED = 77,
};

static str read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf text = buf_in(arena);
    char chunk[4096];
    size_t n;

    if (!file) {
        perror(path);
        exit(3);
    }
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add(&text, chunk, n);
    fclose(file);
    return (str){buf_text(&text), text.len};
}

/* The number of differences; SIZE_MAX without a server. */
static size_t compare_case(const char *path, const char *facts_query, bool alone)
{
    struct arena arena = {0};
    const struct source *source = source_create(&arena, path, read_file(&arena, path));
    struct server *server = server_open_for_verdict(&arena, "schema");
    size_t n_wrong = SIZE_MAX;

    if (server) {
        n_wrong = compare_script(&arena, server->conn, source, facts_query, alone).n_wrong;
        server_close(server);
    }
    arena_finish(&arena);
    return n_wrong;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    size_t n_wrong = 0;
    const char *facts_query;
    bool alone = argc > 1 && strcmp(argv[1], "--alone") == 0;

    argv += alone;
    argc -= alone;
    if (argc < 3)
        return 2;
    facts_query = read_file(&arena, argv[1]).data;
    for (int i = 2; i < argc; i++) {
        size_t n = compare_case(argv[i], facts_query, alone);
        if (n == SIZE_MAX)
            return SKIPPED;
        n_wrong += n;
    }
    arena_finish(&arena);
    return n_wrong > 0;
}
