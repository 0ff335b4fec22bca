/* From the settings of a package to its compilation, and to exit statuses. */
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

int cli_compile(struct cli *cli, struct compilation *compilation)
{
    const struct compile_settings *settings = &cli->settings.compile;
    struct error error = {.text = ""};

    if (!settings->schema.n || !settings->queries.n)
        return missing_input(settings->schema.n ? "queries" : "schema");
    if (!compile_check(settings, &error))
        return cli_fail(STATUS_USAGE, "%s", error.text);
    if (!compile_read(cli->arena, settings, &cli->input, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    compile(cli->arena, settings, &cli->input, compilation);
    return STATUS_OK;
}
