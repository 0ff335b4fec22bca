/* Loading the two sides of a migration: the folder, replayed, and the schema. */
#include "cli/migrate.h"

#include <string.h>

#include "cli/git.h"
#include "cli/report.h"
#include "inventory/inventory.h"
#include "replay/replay.h"

const char *migrations_folder(const struct cli *cli)
{
    return cli->settings.migrations ? cli->settings.migrations : DEFAULT_MIGRATIONS;
}

static bool expand(struct cli *cli, const char *argument, path_list *files, struct error *error)
{
    if (!file_exists(argument) && git_is_object(argument))
        return git_expand(cli->arena, argument, files, error);
    return file_expand(cli->arena, argument, files, error);
}

static bool read_text(struct cli *cli, const char *path, str *text, struct error *error)
{
    if (!file_exists(path) && git_is_object(path))
        return git_read(cli->arena, path, text, error);
    return file_read(cli->arena, path, text, error);
}

static bool lies_in(struct arena *arena, const char *path, const char *directory)
{
    return directory &&
           strcmp(file_relative(arena, directory, path), file_relative(arena, NULL, path)) != 0;
}

bool migrate_read(struct cli *cli, const path_list *arguments, const char *without,
                  source_list *sources, struct error *error)
{
    path_list files = {0};

    for (size_t i = 0; i < arguments->n; i++)
        if (!expand(cli, arguments->items[i], &files, error))
            return false;
    for (size_t i = 0; i < files.n; i++) {
        struct source *source;
        str text;
        if (compile_is_undo(&files, files.items[i]) || lies_in(cli->arena, files.items[i], without))
            continue;
        if (!read_text(cli, files.items[i], &text, error))
            return false;
        source = source_create(cli->arena, files.items[i], text);
        source->release = compile_release(&cli->settings.compile);
        vec_push(cli->arena, sources, source);
    }
    return true;
}

struct catalog *migrate_catalog(struct cli *cli)
{
    return catalog_create(cli->arena, compile_release(&cli->settings.compile));
}

void migrate_replay(struct cli *cli, const source_list *sources, struct catalog *catalog,
                    struct diags *diags)
{
    struct folder folder = {0};

    if (!sources->n || !is_migration(sources->items[0]->text)) {
        for (size_t i = 0; i < sources->n; i++)
            replay_script(catalog, sql_parse_schema(cli->arena, sources->items[i], diags), diags);
        return;
    }
    for (size_t i = 0; i < sources->n; i++)
        vec_push(cli->arena, &folder.items,
                 migration_read(cli->arena, sources->items[i]->path, sources->items[i]->text,
                                sources->items[i]->release, diags));
    if (folder_order(cli->arena, &folder, diags))
        folder_replay(cli->arena, &folder, NULL, catalog, diags);
}

int migrate_load_schema(struct cli *cli, struct schema *schema, struct diags *diags)
{
    struct error error = {.text = ""};

    *schema = (struct schema){.catalog = migrate_catalog(cli)};
    if (!cli->settings.compile.schema.n)
        return cli_fail(STATUS_USAGE, "no schema: give --schema or a configuration file");
    if (!migrate_read(cli, &cli->settings.compile.schema, migrations_folder(cli), &schema->sources,
                      &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    migrate_replay(cli, &schema->sources, schema->catalog, diags);
    return STATUS_OK;
}

int migrate_read_folder(struct cli *cli, struct folder *folder, struct diags *diags)
{
    const char *directory = migrations_folder(cli);
    const struct release release = compile_release(&cli->settings.compile);
    struct error error = {.text = ""};
    path_list files = {0};

    *folder = (struct folder){0};
    if (!file_exists(directory) || !file_has_sql(cli->arena, directory))
        return STATUS_OK;
    if (!file_expand(cli->arena, directory, &files, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    for (size_t i = 0; i < files.n; i++) {
        str text;
        if (!file_read(cli->arena, files.items[i], &text, &error))
            return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
        vec_push(cli->arena, &folder->items,
                 migration_read(cli->arena, files.items[i], text, release, diags));
    }
    return STATUS_OK;
}

int migrate_load_folder(struct cli *cli, struct folder *folder, struct diags *diags)
{
    const int status = migrate_read_folder(cli, folder, diags);

    if (status == STATUS_OK)
        folder_order(cli->arena, folder, diags);
    return status;
}

void migrate_check_heads(const struct folder *folder, struct diags *diags)
{
    const struct migration *first, *last;
    struct diag *diag;

    if (folder->heads.n < 2)
        return;
    first = folder->heads.items[0];
    last = folder_head(folder);
    diag = diag_error(diags, "PL713", last->parent_at,
                      "the folder has two heads: \"%s\" and \"%s\"", first->name, last->name);
    diag_note(diags, diag, first->parent_at, "no migration follows this one either");
    diag_hint(diags, diag, "tenon migrate rebase puts the later one behind the other");
}

int migrate_open_folder(struct cli *cli, struct folder *folder)
{
    struct diags diags = {.arena = cli->arena};
    int status = migrate_load_folder(cli, folder, &diags);

    if (status != STATUS_OK)
        return status;
    migrate_check_heads(folder, &diags);
    if (diags.n_errors)
        report_diags(cli->arena, &diags);
    return diags.n_errors ? STATUS_INPUT : STATUS_OK;
}

struct wanted migrate_wanted(const struct schema *schema)
{
    return (struct wanted){schema->catalog, schema->sources.items, schema->sources.n};
}

/* --- What may be lost ------------------------------------------------------------------------- */

static void add_allowed(struct cli *cli, path_list *allowed, const char *flag,
                        const path_list *names, bool *all)
{
    for (size_t i = 0; i < names->n; i++) {
        *all |= strcmp(names->items[i], "all") == 0;
        vec_push(cli->arena, allowed, arena_printf(cli->arena, "%s %s", flag, names->items[i]));
    }
}

struct ignore migrate_ignore(const struct cli *cli)
{
    const struct settings *settings = &cli->settings;

    return (struct ignore){settings->ignored.items, settings->ignored.n,
                           settings->partitions != NULL};
}

int migrate_check_settings(const struct cli *cli)
{
    const char *partitions = cli->settings.partitions;
    struct error error = {.text = ""};

    if (partitions && strcmp(partitions, "external") != 0)
        return cli_fail(STATUS_USAGE, "partitions are external or not given, not %s", partitions);
    if (!compile_check(&cli->settings.compile, &error))
        return cli_fail(STATUS_USAGE, "%s", error.text);
    return STATUS_OK;
}

struct plan_options migrate_options(struct cli *cli, path_list *allowed,
                                    const struct ignore *ignore)
{
    const struct settings *settings = &cli->settings;
    struct plan_options result = {.is_plain = settings->plain, .ignore = ignore};
    bool ignored = false;

    add_allowed(cli, allowed, "--allow-drop", &settings->allow_drop, &result.allows_all);
    add_allowed(cli, allowed, "--allow-lossy", &settings->allow_lossy, &ignored);
    add_allowed(cli, allowed, "--allow-lock", &settings->allow_lock, &ignored);
    result.allowed = allowed->items;
    result.n_allowed = allowed->n;
    return result;
}

int migrate_refuse(struct cli *cli, const struct plan *plan)
{
    struct buf text = buf_in(cli->arena);

    for (size_t i = 0; i < plan->steps.n; i++)
        for (size_t k = 0; k < plan->steps.items[i]->losses.n; k++) {
            const struct loss *loss = &plan->steps.items[i]->losses.items[k];
            if (!loss->is_allowed)
                buf_addf(&text, "\n    %s %s   (%s)", loss->flag, loss->what, loss->about);
        }
    return cli_fail(STATUS_INPUT, "the change takes something away; allow it by name:%s",
                    buf_text(&text));
}
