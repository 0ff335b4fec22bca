/* tenon push: the database becomes what the schema files say. For development: statements take
 * their plain form, and those that can share a transaction do, so that what fails changes nothing.
 */
#include <stdio.h>
#include <string.h>

#include "cli/mirror.h"
#include "cli/report.h"
#include "live/change.h"
#include "live/ddl.h"

/* --- Running ---------------------------------------------------------------------------------- */

struct run {
    struct mirror *mirror;
    const struct plan *plan;
    size_t n_committed;
    struct change_failure failure;
};

static bool run_statement(struct run *run, const char *sql)
{
    return change_run(run->mirror->server, sql, &run->failure);
}

static int fail(const struct run *run, size_t step)
{
    const struct change_failure *failure = &run->failure;
    struct buf text = buf_in(run->mirror->cli->arena);

    buf_addf(&text, "the server says: %s", failure->message);
    if (*failure->sqlstate)
        buf_addf(&text, " [%s]", failure->sqlstate);
    if (failure->hint)
        buf_addf(&text, "\n    hint: %s", failure->hint);
    if (step < run->plan->steps.n)
        buf_addf(&text, "\n    of: %s", run->plan->steps.items[step]->sql);
    if (run->n_committed)
        buf_addf(&text,
                 "\n    The first %zu of %zu statements are done; push again when the cause "
                 "is gone.",
                 run->n_committed, run->plan->steps.n);
    else
        buf_adds(&text, "\n    Nothing was changed.");
    return cli_fail(*failure->sqlstate ? STATUS_INPUT : STATUS_ENVIRONMENT, "%s", buf_text(&text));
}

/* Nobody knows whether a COMMIT that has no answer was done. */
static int fail_commit(const struct run *run)
{
    if (*run->failure.sqlstate)
        return fail(run, run->plan->steps.n);
    return cli_fail(STATUS_ENVIRONMENT,
                    "the connection broke at COMMIT: whether the last statements are done is not "
                    "known; push again");
}

/* Those from `first` up to `end` in one transaction; one whose number is odd runs without. */
static int run_wave(struct run *run, size_t first, size_t end)
{
    const bool is_transaction = run->plan->steps.items[first]->wave % 2 == 0;

    if (is_transaction && !run_statement(run, "BEGIN"))
        return fail(run, run->plan->steps.n);
    for (size_t i = first; i < end; i++) {
        if (!run_statement(run, run->plan->steps.items[i]->sql))
            return fail(run, i);
        if (!is_transaction)
            run->n_committed++;
    }
    if (is_transaction && !run_statement(run, "COMMIT"))
        return fail_commit(run);
    run->n_committed = end;
    return STATUS_OK;
}

static int run_plan(struct mirror *mirror, const struct plan *plan)
{
    struct run run = {.mirror = mirror, .plan = plan};
    struct error error = {.text = ""};
    size_t first = 0;

    if (!change_begin(mirror->server, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    while (first < plan->steps.n) {
        size_t end = first;
        int status;
        while (end < plan->steps.n &&
               plan->steps.items[end]->wave == plan->steps.items[first]->wave)
            end++;
        status = run_wave(&run, first, end);
        if (status != STATUS_OK)
            return status;
        first = end;
    }
    fprintf(stderr, "tenon: %zu statement%s done\n", plan->steps.n, plan->steps.n == 1 ? "" : "s");
    return STATUS_OK;
}

/* --- Planning --------------------------------------------------------------------------------- */

/* The word that stands for a secret would become the secret. */
static const struct step *step_with_secret(const struct plan *plan)
{
    for (size_t i = 0; i < plan->steps.n; i++)
        if (strstr(plan->steps.items[i]->sql, DDL_SECRET))
            return plan->steps.items[i];
    return NULL;
}

static int show_and_run(struct mirror *mirror, const struct plan *plan)
{
    const struct step *secret = step_with_secret(plan);
    struct cli *cli = mirror->cli;
    int status;

    if (secret)
        return cli_fail(STATUS_INPUT,
                        "the schema files do not say the secret, which the database lacks: make "
                        "by hand what this would make\n    %s",
                        secret->sql);
    if (plan->n_refused)
        return migrate_refuse(cli, plan);
    if (!plan->steps.n)
        return cli_print(STR("nothing to do: the database is as the schema files\n"), STATUS_OK);
    status = cli_print(str_from(plan_text(cli->arena, plan)), STATUS_OK);
    if (status != STATUS_OK || cli->settings.apply.dry_run)
        return status;
    fflush(stdout);
    return run_plan(mirror, plan);
}

static int push_schema(struct mirror *mirror, const struct schema *schema)
{
    struct cli *cli = mirror->cli;
    struct diags diags = {.arena = cli->arena};
    const struct wanted wanted = migrate_wanted(schema);
    path_list allowed = {0};
    struct plan_options wishes = migrate_options(cli, &allowed, &mirror->ignore);
    struct catalog *before;
    struct plan plan;
    bool is_made;
    int status = mirror_read(mirror, schema, &before);

    if (status != STATUS_OK)
        return status;
    wishes.is_plain = true;
    is_made = difference_make(cli->arena, before, &wanted, NULL, &wishes, &diags, &plan);
    report_diags(cli->arena, &diags);
    return is_made ? show_and_run(mirror, &plan) : STATUS_INPUT;
}

/* A database whose schema comes from migrations would not be what its ledger says. */
static int check_ledger(struct mirror *mirror)
{
    struct error error = {.text = ""};
    long n;

    if (!change_count_migrations(mirror->server, mirror->ledger, &n, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (n && !mirror->cli->settings.with_migrations)
        return cli_fail(STATUS_INPUT,
                        "%ld migration%s applied to this database (%s): write the next one with "
                        "tenon migrate new, or give --with-migrations to change it behind their "
                        "back",
                        n, n == 1 ? " was" : "s were", mirror->ledger);
    return STATUS_OK;
}

int run_push(struct cli *cli)
{
    struct diags diags = {.arena = cli->arena};
    struct mirror mirror = {0};
    struct schema schema;
    int status = migrate_load_schema(cli, &schema, &diags);

    report_diags(cli->arena, &diags);
    if (status == STATUS_OK && diags.n_errors)
        status = STATUS_INPUT;
    if (status == STATUS_OK)
        status = mirror_open(cli, &mirror);
    if (status == STATUS_OK)
        status = check_ledger(&mirror);
    if (status == STATUS_OK)
        status = push_schema(&mirror, &schema);
    mirror_close(&mirror);
    return status;
}
