/* What libpg_query itself costs: parses the file and unpacks the tree, and nothing more. */
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    size_t cap = 64u << 20, len;
    char *text = malloc(cap);
    PgQueryProtobufParseResult result;
    PgQuery__ParseResult *tree;

    if (!file || !text)
        return 2;
    len = fread(text, 1, cap - 1, file);
    text[len] = '\0';
    fclose(file);
    result = pg_query_parse_protobuf(text);
    if (result.error)
        return 1;
    tree = pg_query__parse_result__unpack(NULL, result.parse_tree.len,
                                          (const uint8_t *)result.parse_tree.data);
    printf("%zu statements, %zu bytes\n", tree ? tree->n_stmts : 0, len);
    return tree ? 0 : 1;
}
