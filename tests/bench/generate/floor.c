/* What libpg_query itself costs: parses each file and unpacks its tree, and nothing more. */
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <stdio.h>
#include <stdlib.h>

struct work {
    size_t n_statements, n_bytes;
};

/* The file as a string of its own; NULL when it cannot be read. */
static char *read_file(const char *path, struct work *work)
{
    size_t cap = 64u << 20, len;
    FILE *file = fopen(path, "r");
    char *text = malloc(cap);

    if (!file || !text)
        return NULL;
    len = fread(text, 1, cap - 1, file);
    text[len] = '\0';
    fclose(file);
    work->n_bytes += len;
    return text;
}

/* Trees are kept to the end, as any compiler of more than one file would. */
static int parse(const char *text, struct work *work)
{
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(text);
    PgQuery__ParseResult *tree = NULL;

    if (!result.error)
        tree = pg_query__parse_result__unpack(NULL, result.parse_tree.len,
                                              (const uint8_t *)result.parse_tree.data);
    if (!tree)
        return 1;
    work->n_statements += tree->n_stmts;
    pg_query_free_protobuf_parse_result(result);
    return 0;
}

int main(int argc, char **argv)
{
    struct work work = {0};

    for (int i = 1; i < argc; i++) {
        char *text = read_file(argv[i], &work);
        if (!text)
            return 2;
        if (parse(text, &work))
            return 1;
        free(text);
    }
    printf("%zu statements, %zu bytes\n", work.n_statements, work.n_bytes);
    return 0;
}
