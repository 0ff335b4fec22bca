/* tenon migrate adopt: a database that another tool has migrated becomes one of ours.
 *
 * The other tool is kept away by its own lock and by one of its ledger's table, until the rows are
 * in our ledger. Files come first and rows last, in one transaction: whatever cuts it short, the
 * next run finds the files there and goes on.
 */
#include <string.h>

#include "cli/adopt.h"
#include "live/change.h"

/* --- Settings --------------------------------------------------------------------------------- */

static bool is_none(const char *tool)
{
    return tool && strcmp(tool, "none") == 0;
}

static int check_operands(struct adopting *adopting)
{
    const struct apply_settings *settings = &adopting->cli->settings.apply;

    if (adopting->cli->operands.n > 1 || (!adopting->cli->operands.n && !settings->baseline))
        return cli_fail(STATUS_USAGE, "give the folder of the other tool: tenon migrate adopt "
                                      "db/migrations; --baseline VERSION goes without");
    if (settings->old_ledger && !adopting->tool)
        return cli_fail(STATUS_USAGE, "--old-ledger needs --from TOOL");
    if (settings->baseline && settings->old_ledger)
        return cli_fail(STATUS_USAGE, "--baseline is for a database without a ledger");
    if (settings->baseline && adopting->directory && !adopting->tool)
        return cli_fail(STATUS_USAGE, "--baseline with a folder needs --from TOOL, whose folder it "
                                      "is");
    if (is_none(settings->tool) && !settings->baseline)
        return cli_fail(STATUS_USAGE, "--from none goes with --baseline VERSION");
    return STATUS_OK;
}

static int check_folders(const struct adopting *adopting)
{
    struct arena *arena = adopting->cli->arena;
    const char *ours = migrations_folder(adopting->cli);

    if (adopting->directory && strcmp(file_relative(arena, NULL, adopting->directory),
                                      file_relative(arena, NULL, ours)) == 0)
        return cli_fail(
            STATUS_USAGE,
            "%s is the folder of tenon's migrations: give another one with --migrations", ours);
    return STATUS_OK;
}

static int take_settings(struct adopting *adopting)
{
    struct cli *cli = adopting->cli;
    const char *tool = cli->settings.apply.tool;
    int status;

    adopting->directory = cli->operands.n ? cli->operands.items[0] : NULL;
    adopting->tool = tool ? tool_find(tool) : NULL;
    if (tool && !adopting->tool && !is_none(tool))
        return cli_fail(STATUS_USAGE, "--from is one of %s, none; not %s", tool_names(cli->arena),
                        tool);
    status = check_operands(adopting);
    if (status == STATUS_OK)
        status = check_folders(adopting);
    return status == STATUS_OK ? apply_prepare(&adopting->applying) : status;
}

/* --- The ledger ------------------------------------------------------------------------------- */

static const char *list_ledgers(struct arena *arena, const foreign_ledger_list *ledgers)
{
    struct buf buf = buf_in(arena);

    for (size_t i = 0; i < ledgers->n; i++)
        buf_addf(&buf, "%s%s (%s)", i ? ", " : "", ledgers->items[i].tool->name,
                 ledgers->items[i].name);
    return buf_text(&buf);
}

static int choose_ledger(struct adopting *adopting, const foreign_ledger_list *ledgers)
{
    struct cli *cli = adopting->cli;
    const struct apply_settings *settings = &cli->settings.apply;

    if (ledgers->n > 1)
        return cli_fail(STATUS_INPUT,
                        "the database has several ledgers: %s; choose with --from TOOL, and "
                        "--old-ledger SCHEMA.TABLE where one tool has two",
                        list_ledgers(cli->arena, ledgers));
    if (!ledgers->n && settings->old_ledger)
        return cli_fail(STATUS_INPUT, "there is no table %s with the columns of %s's ledger",
                        settings->old_ledger, adopting->tool->name);
    if (!ledgers->n)
        return cli_fail(STATUS_INPUT,
                        "the database has no ledger of %s; --old-ledger SCHEMA.TABLE if it is "
                        "called otherwise, --baseline VERSION if there is none",
                        adopting->tool ? adopting->tool->name : tool_names(cli->arena));
    adopting->ledger = ledgers->items[0];
    adopting->tool = adopting->ledger.tool;
    return STATUS_OK;
}

static int refuse_baseline(struct adopting *adopting, const foreign_ledger_list *ledgers)
{
    return cli_fail(STATUS_INPUT,
                    "the database has a ledger: %s; adopt it with its folder and without "
                    "--baseline, or give --from none if it is of no use any more",
                    list_ledgers(adopting->cli->arena, ledgers));
}

static int find_ledger(struct adopting *adopting)
{
    const struct apply_settings *settings = &adopting->cli->settings.apply;
    foreign_ledger_list ledgers = {0};
    struct error error = {.text = ""};

    if (is_none(settings->tool))
        return STATUS_OK;
    if (!foreign_find(adopting->mirror.server, adopting->tool, settings->old_ledger, &ledgers,
                      &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (!settings->baseline)
        return choose_ledger(adopting, &ledgers);
    return ledgers.n ? refuse_baseline(adopting, &ledgers) : STATUS_OK;
}

static int lock_and_read(struct adopting *adopting, old_row_list *rows)
{
    const struct apply_settings *settings = &adopting->cli->settings.apply;
    const int wait_ms = adopting->applying.options.wait_timeout_ms;
    struct server *server = adopting->mirror.server;
    struct error error = {.text = ""};

    if (!foreign_open(server, &adopting->ledger, settings->role, &error))
        return cli_fail(STATUS_INPUT, "%s", error.text);
    if ((!settings->dry_run && !foreign_lock(server, &adopting->ledger,
                                             wait_ms ? wait_ms : TENON_MIGRATE_WAIT_MS, &error)) ||
        !foreign_read(server, &adopting->ledger, rows, &error))
        return cli_fail(STATUS_INPUT, "the ledger of %s can not be taken over: %s",
                        adopting->tool->name, error.text);
    return STATUS_OK;
}

/* What the other tool has made for itself is no part of the schema. */
static void ignore_ledger(struct adopting *adopting)
{
    struct mirror *mirror = &adopting->mirror;
    const struct foreign_ledger *ledger = &adopting->ledger;

    mirror_ignore(mirror,
                  arena_printf(adopting->cli->arena, "%s.%s", ledger->schema, ledger->table));
    if (strcmp(ledger->schema, ledger->tool->table) == 0 ||
        strcmp(ledger->schema, ledger->tool->name) == 0)
        mirror_ignore(mirror, ledger->schema);
}

/* --- Folders ---------------------------------------------------------------------------------- */

static int read_old_folder(struct adopting *adopting)
{
    struct arena *arena = adopting->cli->arena;
    struct error error = {.text = ""};

    if (!old_folder_read(arena, adopting->tool, adopting->directory, &adopting->old, &error) ||
        !foreign_digest(adopting->mirror.server, &adopting->old, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (!adopting->old.items.n)
        return cli_fail(STATUS_INPUT, "%s has no migrations of %s", adopting->directory,
                        adopting->tool->name);
    old_folder_name(arena, &adopting->old);
    return STATUS_OK;
}

static void list_applied(struct adopting *adopting)
{
    for (size_t i = 0; i < adopting->old.items.n; i++)
        if (adopting->old.items.items[i].is_applied)
            vec_push(adopting->cli->arena, &adopting->applied, adopting->old.items.items[i].name);
}

static int read_other_side(struct adopting *adopting)
{
    old_row_list *rows = arena_new(adopting->cli->arena, old_row_list);
    int status = adopting->directory ? read_old_folder(adopting) : STATUS_OK;

    if (status == STATUS_OK && adopting->ledger.tool)
        status = lock_and_read(adopting, rows);
    if (status != STATUS_OK)
        return status;
    if (adopting->ledger.tool)
        ignore_ledger(adopting);
    old_folder_match(adopting->cli->arena, &adopting->old, rows);
    list_applied(adopting);
    return adopting->old.problems.n ? adopt_refuse(adopting) : STATUS_OK;
}

static struct old_migration *find_old(struct adopting *adopting, const char *name)
{
    for (size_t i = 0; i < adopting->old.items.n; i++)
        if (strcmp(adopting->old.items.items[i].name, name) == 0)
            return &adopting->old.items.items[i];
    return NULL;
}

/* Up to the last name that is VERSION, or begins with it. */
static int apply_baseline(struct adopting *adopting)
{
    const char *version = adopting->cli->settings.apply.baseline;
    const struct folder *folder = &adopting->folder;
    size_t n = 0;

    for (size_t i = 0; i < folder->items.n; i++)
        if (strncmp(folder->items.items[i]->name, version, strlen(version)) == 0)
            n = i + 1;
    if (!n)
        return cli_fail(
            STATUS_INPUT,
            "%s has no migration \"%s\": give its name, or the time that it begins with",
            migrations_folder(adopting->cli), version);
    for (size_t i = 0; i < n; i++) {
        struct old_migration *old = find_old(adopting, folder->items.items[i]->name);
        if (old)
            old->is_applied = true;
        vec_push(adopting->cli->arena, &adopting->applied, folder->items.items[i]->name);
    }
    return STATUS_OK;
}

/* --- The database ----------------------------------------------------------------------------- */

static int find_own_rows(struct adopting *adopting)
{
    struct error error = {.text = ""};
    long n;

    if (!change_count_migrations(adopting->mirror.server, adopting->mirror.ledger, &n, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    adopting->is_done = n > 0;
    return STATUS_OK;
}

/* --- Doing it --------------------------------------------------------------------------------- */

static tenon_adopted item_of(struct adopting *adopting, const char *name)
{
    const struct old_migration *old = find_old(adopting, name);
    const struct old_row *row = old ? old->row : NULL;

    if (!row)
        return (tenon_adopted){.name = name};
    return (tenon_adopted){name, row->at, row->by, row->duration_ms};
}

static int write_rows(struct adopting *adopting)
{
    const size_t n = adopting->applied.n;
    tenon_adopted *items = arena_array(adopting->cli->arena, tenon_adopted, n);
    const struct foreign_ledger *ledger = adopting->ledger.tool ? &adopting->ledger : NULL;
    tenon_adoption adoption = {
        .items = items,
        .n = n,
        .guard = ledger ? foreign_guard(adopting->mirror.server, ledger) : NULL,
        .origin = ledger ? adopting->tool->name : "baseline",
    };
    int status = apply_open(&adopting->applying);

    for (size_t i = 0; i < n; i++)
        items[i] = item_of(adopting, adopting->applied.items[i]);
    if (status == STATUS_OK &&
        tenon_migrator_adopt(adopting->applying.migrator, &adoption) != TENON_MIGRATE_OK)
        status = apply_fail(&adopting->applying);
    tenon_migrator_close(adopting->applying.migrator);
    return status;
}

static int do_it(struct adopting *adopting)
{
    int status = adopt_write_files(adopting);

    if (status == STATUS_OK)
        status = write_rows(adopting);
    return status == STATUS_OK ? adopt_say_end(adopting) : status;
}

static int adopt(struct adopting *adopting)
{
    int status = find_ledger(adopting);

    if (status == STATUS_OK)
        status = find_own_rows(adopting);
    if (status == STATUS_OK)
        status = read_other_side(adopting);
    if (status == STATUS_OK)
        status = adopt_plan_files(adopting);
    if (status == STATUS_OK && adopting->cli->settings.apply.baseline)
        status = apply_baseline(adopting);
    if (status == STATUS_OK && !adopting->is_done)
        status = adopt_compare(adopting);
    if (status == STATUS_OK)
        status = adopt_say_plan(adopting);
    return status != STATUS_OK || adopting->cli->settings.apply.dry_run ? status : do_it(adopting);
}

int run_migrate_adopt(struct cli *cli)
{
    struct adopting adopting = {.cli = cli, .applying = {.cli = cli}};
    int status = take_settings(&adopting);

    if (status != STATUS_OK)
        return status;
    status = mirror_open(cli, &adopting.mirror);
    if (status == STATUS_OK)
        status = adopt(&adopting);
    mirror_close(&adopting.mirror);
    return status;
}
