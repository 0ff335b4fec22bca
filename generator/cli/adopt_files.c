/* The migrations of another tool as files of our folder. A file that is there already is the
 * team's: it stays, whatever has been changed in it since.
 */
#include "adopt/convert.h"
#include "cli/adopt.h"
#include "cli/report.h"
#include "migrate/check.h"
#include "support/new_file.h"

static const char *path_of(const struct adopting *adopting, const char *name)
{
    return arena_printf(adopting->cli->arena, "%s/%s.sql", migrations_folder(adopting->cli), name);
}

/* --- Drafts ----------------------------------------------------------------------------------- */

static void add_draft(struct adopting *adopting, const char *name, str text, struct diags *diags)
{
    struct arena *arena = adopting->cli->arena;

    vec_push(arena, &adopting->drafts, (struct draft){name, text});
    vec_push(arena, &adopting->folder.items,
             migration_read(arena, path_of(adopting, name), text,
                            compile_release(&adopting->cli->settings.compile), diags));
}

/* A file that is ours already, and says something else. */
static void note_kept(struct adopting *adopting, const struct old_migration *migration, str text)
{
    const struct migration *ours = folder_find(&adopting->folder, migration->name);

    if (!str_starts_with(ours->source->text,
                         arena_strndup(adopting->cli->arena, text.data, text.len)))
        vec_push(adopting->cli->arena, &adopting->old.notes,
                 arena_printf(adopting->cli->arena,
                              "%s is not what %s would become: it is kept as it is",
                              ours->source->path, migration->file));
}

static void make_drafts(struct adopting *adopting, struct diags *diags)
{
    const struct release release = compile_release(&adopting->cli->settings.compile);
    const char *parent = NULL;

    for (size_t i = 0; i < adopting->old.items.n; i++) {
        const struct old_migration *migration = &adopting->old.items.items[i];
        const str text =
            convert_text(adopting->cli->arena, adopting->tool, migration, parent, release);
        if (folder_find(&adopting->folder, migration->name))
            note_kept(adopting, migration, text);
        else
            add_draft(adopting, migration->name, text, diags);
        parent = migration->name;
    }
}

/* --- Checking --------------------------------------------------------------------------------- */

/* What the other tool replaces would be run as it stands. */
static size_t say_leftovers(struct adopting *adopting)
{
    size_t n = 0, offset;

    for (size_t i = 0; i < adopting->old.items.n; i++) {
        const struct migration *ours =
            folder_find(&adopting->folder, adopting->old.items.items[i].name);
        if (!convert_leftover(adopting->tool, ours->source->text, &offset))
            continue;
        n++;
        cli_fail(STATUS_INPUT, "%s:%u: \"%s\" is for %s to replace: write what it stands for",
                 ours->source->path, (unsigned)source_place(ours->source, (uint32_t)offset).line,
                 adopting->tool->placeholder, adopting->tool->name);
    }
    return n;
}

static bool check(struct adopting *adopting, struct diags *diags)
{
    struct catalog *catalog = migrate_catalog(adopting->cli);

    if (folder_order(adopting->cli->arena, &adopting->folder, diags))
        migrate_check_heads(&adopting->folder, diags);
    if (!diags->n_errors)
        check_replay(adopting->cli->arena, &adopting->folder, catalog, diags);
    return !diags->n_errors;
}

static int write_drafts(struct adopting *adopting)
{
    struct error error = {.text = ""};

    for (size_t i = 0; i < adopting->drafts.n; i++)
        if (!file_create(adopting->cli->arena, path_of(adopting, adopting->drafts.items[i].name),
                         adopting->drafts.items[i].text, &error))
            return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

static int leave_to_people(struct adopting *adopting)
{
    int status;

    if (adopting->cli->settings.apply.dry_run)
        return cli_fail(STATUS_INPUT,
                        "the files would be written to %s, to be corrected there; nothing was "
                        "changed",
                        migrations_folder(adopting->cli));
    status = write_drafts(adopting);
    if (status != STATUS_OK)
        return status;
    return cli_fail(STATUS_INPUT,
                    "the files are in %s: correct them there, the old ones stay as they are; then "
                    "adopt again. The database is as it was",
                    migrations_folder(adopting->cli));
}

int adopt_plan_files(struct adopting *adopting)
{
    struct cli *cli = adopting->cli;
    struct diags diags = {.arena = cli->arena};
    int status = migrate_read_folder(cli, &adopting->folder, &diags);
    bool is_good;

    if (status != STATUS_OK)
        return status;
    make_drafts(adopting, &diags);
    is_good = check(adopting, &diags);
    report_diags(cli->arena, &diags);
    if (say_leftovers(adopting) || !is_good)
        return leave_to_people(adopting);
    return STATUS_OK;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static int write_sealed(struct adopting *adopting, const struct migration *migration, str text)
{
    struct error error = {.text = ""};
    const char *path = migration->source->path;

    if (!(file_exists(path) ? file_rewrite(adopting->cli->arena, path, text, &error)
                            : file_create(adopting->cli->arena, path, text, &error)))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

int adopt_write_files(struct adopting *adopting)
{
    struct arena *arena = adopting->cli->arena;
    struct catalog *catalog = migrate_catalog(adopting->cli);
    struct diags diags = {.arena = arena};
    int status = STATUS_OK;

    for (size_t i = 0; i < adopting->folder.items.n && status == STATUS_OK; i++) {
        const struct migration *migration = adopting->folder.items.items[i];
        migration_replay(arena, migration, catalog, &diags);
        if (!migration->hash)
            status =
                write_sealed(adopting, migration,
                             migration_with_hash(arena, migration, catalog_hash(arena, catalog)));
    }
    return status;
}
