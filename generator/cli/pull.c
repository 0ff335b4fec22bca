/* tenon pull: the schema of a live database as files of DDL, or what it has that the files have
 * not.
 */
#include <string.h>

#include "cli/mirror.h"
#include "cli/report.h"
#include "pull/pull.h"
#include "support/output.h"

/* --- Files ------------------------------------------------------------------------------------ */

static int write_file(struct cli *cli, const char *path, const char *text)
{
    struct error error = {.text = ""};
    str old = {0};

    if (file_exists(path) && !file_read(cli->arena, path, &old, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (old.data && strcmp(old.data, text) == 0)
        return STATUS_OK;
    if (old.data && old.len && !output_is_marked(old, PULL_MARK))
        return cli_fail(STATUS_INPUT,
                        "%s was not written by tenon pull: move it away, or give another --out",
                        path);
    if (!output_replace(path, str_from(text), &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

static int write_files(struct cli *cli, const pull_file_list *files)
{
    const struct output_place place = {cli->settings.pull_to, PULL_MARK, "tenon pull"};
    struct output output = {.arena = cli->arena};
    struct error error = {.text = ""};

    for (size_t i = 0; i < files->n; i++)
        output_add(&output, &place, files->items[i].name, str_from(files->items[i].text));
    if (!output_compare(&output, &error) || !output_write(&output, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

static int write_schema(struct mirror *mirror, struct catalog *catalog, enum pull_split split)
{
    struct cli *cli = mirror->cli;
    struct diags diags = {.arena = cli->arena};
    pull_file_list files = {0};
    const bool is_written = pull_write(cli->arena, catalog, &mirror->ignore, split, &diags, &files);

    report_diags(cli->arena, &diags);
    if (!is_written)
        return STATUS_INPUT;
    if (split != PULL_ONE_FILE)
        return write_files(cli, &files);
    if (cli->settings.pull_to)
        return write_file(cli, cli->settings.pull_to, files.items[0].text);
    return cli_print(str_from(files.items[0].text), STATUS_OK);
}

static int pull(struct cli *cli, enum pull_split split)
{
    struct mirror mirror;
    struct catalog *catalog;
    int status = mirror_open(cli, &mirror);

    if (status == STATUS_OK)
        status = mirror_read(&mirror, NULL, &catalog);
    mirror_close(&mirror);
    return status == STATUS_OK ? write_schema(&mirror, catalog, split) : status;
}

/* --- Drift ------------------------------------------------------------------------------------ */

static int say_differences(struct mirror *mirror, const struct schema *schema,
                           struct catalog *catalog)
{
    const char *differences = mirror_differences(mirror, schema->catalog, catalog);

    if (!*differences)
        return cli_print(STR("no drift: the database is as the schema files\n"), STATUS_OK);
    return cli_print(str_from(arena_printf(
                         mirror->cli->arena,
                         "the database is not as the schema files (+ only the database has it, "
                         "- only the files, ~ files → database):\n%s",
                         differences)),
                     STATUS_INPUT);
}

static int check(struct cli *cli)
{
    struct diags diags = {.arena = cli->arena};
    struct mirror mirror = {0};
    struct schema schema;
    struct catalog *catalog;
    int status = migrate_load_schema(cli, &schema, &diags);

    report_diags(cli->arena, &diags);
    if (status == STATUS_OK && diags.n_errors)
        status = STATUS_INPUT;
    if (status == STATUS_OK)
        status = mirror_open(cli, &mirror);
    if (status == STATUS_OK)
        status = mirror_read(&mirror, &schema, &catalog);
    mirror_close(&mirror);
    return status == STATUS_OK ? say_differences(&mirror, &schema, catalog) : status;
}

int run_pull(struct cli *cli)
{
    const char *split = cli->settings.split;

    if (split && strcmp(split, "schema") != 0 && strcmp(split, "table") != 0)
        return cli_fail(STATUS_USAGE, "--split is schema or table, not %s", split);
    if (cli->settings.check && (split || cli->settings.pull_to))
        return cli_fail(STATUS_USAGE, "--check writes nothing: it goes without --out and --split");
    if (split && !cli->settings.pull_to)
        return cli_fail(STATUS_USAGE, "--split needs --out DIR");
    if (cli->settings.check)
        return check(cli);
    return pull(cli, !split                         ? PULL_ONE_FILE
                     : strcmp(split, "schema") == 0 ? PULL_BY_SCHEMA
                                                    : PULL_BY_TABLE);
}
