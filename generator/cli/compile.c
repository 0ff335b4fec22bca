/* From the settings of a package to its compilation, and to exit statuses. */
#include <string.h>

#include "cli/cli.h"

/* A repository of sqlc's has a configuration, which only has to be named. */
static int missing_input(const char *what)
{
    static const char *const names[] = {"sqlc.yaml", "sqlc.yml", "sqlc.json"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (file_exists(names[i]))
            return cli_fail(STATUS_USAGE, "no %s: give --%s, or -f %s", what, what, names[i]);
    return cli_fail(STATUS_USAGE, "no %s: give --%s or a configuration file", what, what);
}

static bool same_sources(const source_list *left, const source_list *right)
{
    if (left->n != right->n)
        return false;
    for (size_t i = 0; i < left->n; i++)
        if (strcmp(left->items[i]->path, right->items[i]->path) != 0 ||
            left->items[i]->release.major != right->items[i]->release.major)
            return false;
    return true;
}

/* The schema of the package at hand; that of an earlier package with the same files is taken. */
static const struct compiled_schema *load_schema(struct cli *cli)
{
    struct loaded_schema *schema;

    for (size_t i = 0; i < cli->schemas.n; i++)
        if (same_sources(&cli->schemas.items[i]->sources, &cli->input.schema)) {
            cli->input.schema = cli->schemas.items[i]->sources;
            return &cli->schemas.items[i]->compiled;
        }
    schema = arena_new(cli->arena, struct loaded_schema);
    schema->sources = cli->input.schema;
    compile_schema(cli->arena, &cli->settings.compile, &schema->sources, &schema->compiled);
    vec_push(cli->arena, &cli->schemas, schema);
    return &schema->compiled;
}

int cli_compile(struct cli *cli, struct compilation *compilation)
{
    const struct compile_settings *settings = &cli->settings.compile;
    struct error error = {.text = ""};

    if (!settings->schema.n && !cli->settings.may_lack_schema)
        return missing_input("schema");
    if (!settings->queries.n)
        return missing_input("queries");
    if (!compile_check(settings, &error))
        return cli_fail(STATUS_USAGE, "%s", error.text);
    if (!compile_read(cli->arena, settings, &cli->input, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    compile_queries(cli->arena, settings, &cli->input.queries, load_schema(cli), compilation);
    return STATUS_OK;
}
