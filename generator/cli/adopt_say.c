/* What `tenon migrate adopt` says: the plan before anything is changed, and what was done. */
#include <stdio.h>

#include "cli/adopt.h"

static void write_list(struct buf *out, const struct old_folder *old)
{
    for (size_t i = 0; i < old->items.n; i++) {
        const struct old_migration *migration = &old->items.items[i];
        buf_addf(out, "%-8s %s  (%s)\n", migration->is_applied ? "applied" : "pending",
                 migration->name, migration->file);
    }
}

static void write_baseline(struct buf *out, const struct adopting *adopting)
{
    for (size_t i = 0; i < adopting->folder.items.n; i++)
        buf_addf(out, "%-8s %s\n", i < adopting->applied.n ? "applied" : "pending",
                 adopting->folder.items.items[i]->name);
}

int adopt_say_plan(struct adopting *adopting)
{
    const bool is_dry = adopting->cli->settings.apply.dry_run;
    struct buf out = buf_in(adopting->cli->arena);

    if (adopting->ledger.tool)
        buf_addf(&out, "%s has applied %zu of %zu migrations (%s)\n", adopting->tool->name,
                 adopting->applied.n, adopting->old.items.n, adopting->ledger.name);
    if (adopting->directory)
        write_list(&out, &adopting->old);
    else
        write_baseline(&out, adopting);
    for (size_t i = 0; i < adopting->old.notes.n; i++)
        buf_addf(&out, "note: %s\n", adopting->old.notes.items[i]);
    for (size_t i = 0; i < adopting->drafts.n; i++)
        buf_addf(&out, "%s %s/%s.sql\n", is_dry ? "would write" : "writing",
                 migrations_folder(adopting->cli), adopting->drafts.items[i].name);
    if (is_dry)
        buf_adds(&out, "nothing was changed: --dry-run\n");
    return cli_print(buf_str(&out), STATUS_OK);
}

int adopt_say_end(struct adopting *adopting)
{
    const size_t n = adopting->folder.items.n - adopting->applied.n;
    struct buf out = buf_in(adopting->cli->arena);

    if (adopting->is_done)
        return cli_print(STR("nothing to do: the database is adopted already\n"), STATUS_OK);
    buf_addf(&out, "adopted %zu migration%s", adopting->applied.n,
             adopting->applied.n == 1 ? "" : "s");
    if (n)
        buf_addf(&out, "; %zu %s pending: tenon migrate apply", n, n == 1 ? "is" : "are");
    buf_addc(&out, '\n');
    return cli_print(buf_str(&out), STATUS_OK);
}

int adopt_refuse(struct adopting *adopting)
{
    struct buf out = buf_in(adopting->cli->arena);

    for (size_t i = 0; i < adopting->old.problems.n; i++)
        buf_addf(&out, "\n    %s", adopting->old.problems.items[i]);
    return cli_fail(STATUS_INPUT, "%s can not be taken over yet; nothing was changed:%s",
                    adopting->directory, buf_text(&out));
}
