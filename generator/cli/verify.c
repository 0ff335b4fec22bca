/* tenon verify: the verdict of a live server on every query, beside that of the analysis.
 *
 * What the analysis accepts must have the same parameters and columns there; what it rejects with a
 * SQLSTATE must be rejected with the same one. An objection that is tenon's own (PLnnn) is no
 * matter for a server and stays an error.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/report.h"
#include "live/compare.h"
#include "live/plan.h"
#include "live/server.h"

struct verifier {
    struct server *server;
    const struct compilation *compilation;
    bool plans;
    struct diags diags; /* what differs */
    size_t n_agreed, n_differing, n_rejected;
    struct buf text; /* plans and totals, for standard output */
    struct error error;
};

static bool is_servers_matter(const struct rejected_query *rejected)
{
    return !str_starts_with(str_from(rejected->diag->code), "PL");
}

/* Errors that no server is asked about: of the schema, of annotations, of tenon's own rules. */
static void keep_other_errors(struct verifier *verifier)
{
    const struct compilation *compilation = verifier->compilation;

    for (size_t i = 0; i < compilation->diags.list.n; i++) {
        struct diag *diag = compilation->diags.list.items[i];
        bool asked = diag->severity != SEVERITY_ERROR;
        for (size_t k = 0; k < compilation->rejected.n && !asked; k++)
            asked = compilation->rejected.items[k].diag == diag &&
                    is_servers_matter(&compilation->rejected.items[k]);
        if (!asked)
            diag_adopt(&verifier->diags, diag);
    }
}

static bool verify_query(struct verifier *verifier, const struct ir_query *query)
{
    struct server_answer answer;

    if (!server_describe(verifier->server, query->sql, &answer, &verifier->error))
        return false;
    if (compare_accepted(&verifier->diags, query, &answer))
        verifier->n_agreed++;
    else
        verifier->n_differing++;
    if (!verifier->plans || answer.sqlstate)
        return true;
    buf_addf(&verifier->text, "%s  %s:%d\n", query->name, query->file, query->line);
    return plan_write(verifier->server, query, &verifier->text, &verifier->error);
}

static bool verify_rejected(struct verifier *verifier, const struct rejected_query *rejected)
{
    struct server_answer answer;

    if (!is_servers_matter(rejected))
        return true;
    if (!server_describe(verifier->server, rejected->sql, &answer, &verifier->error))
        return false;
    if (compare_rejected(&verifier->diags, rejected->diag, &answer))
        verifier->n_rejected++;
    else
        verifier->n_differing++;
    return true;
}

static bool verify_all(struct verifier *verifier)
{
    const struct compilation *compilation = verifier->compilation;
    const struct ir_package *package = &compilation->package;

    for (size_t f = 0; f < package->n_files; f++)
        for (size_t q = 0; q < package->files[f].n_queries; q++)
            if (!verify_query(verifier, package->files[f].queries[q]))
                return false;
    for (size_t i = 0; i < compilation->rejected.n; i++)
        if (!verify_rejected(verifier, &compilation->rejected.items[i]))
            return false;
    return true;
}

/* The totals are for people: where standard output is for programs they go to standard error. */
static int report_verdict(struct cli *cli, struct verifier *verifier)
{
    enum exit_status status = verifier->diags.n_errors ? STATUS_INPUT : STATUS_OK;
    struct buf *out = &verifier->text;
    int reported = report_as_asked(cli, &verifier->diags, status);
    struct release release = compile_release(&cli->settings.compile);

    buf_addf(out, "PostgreSQL %s", server_version(verifier->server));
    if ((int)server_major(verifier->server) != release.major)
        buf_addf(out, ", where the analysis knows %d", release.major);
    buf_addf(out, ": %zu agree, %zu differ", verifier->n_agreed, verifier->n_differing);
    if (verifier->n_rejected)
        buf_addf(out, ", %zu rejected by both", verifier->n_rejected);
    buf_addc(out, '\n');
    if (report_is_text(cli))
        return cli_print(buf_str(out), status);
    fputs(buf_text(out), stderr);
    return reported;
}

int run_verify(struct cli *cli)
{
    struct compilation compilation;
    struct verifier verifier = {
        .compilation = &compilation,
        .plans = cli->settings.plans,
        .diags = {.arena = cli->arena},
        .text = buf_in(cli->arena),
    };
    int status;

    if (!cli->settings.database)
        return cli_fail(STATUS_USAGE, "no server: give --database");
    status = report_check_format(cli);
    if (status != STATUS_OK)
        return status;
    if (verifier.plans && !report_is_text(cli))
        return cli_fail(STATUS_USAGE, "--plans goes with --format text only");
    status = cli_compile(cli, &compilation);
    if (status != STATUS_OK)
        return status;
    verifier.server = server_connect(cli->arena, cli->settings.database, &verifier.error);
    if (!verifier.server)
        return cli_fail(STATUS_ENVIRONMENT, "%s", verifier.error.text);
    keep_other_errors(&verifier);
    status = verify_all(&verifier) ? report_verdict(cli, &verifier)
                                   : cli_fail(STATUS_ENVIRONMENT, "%s", verifier.error.text);
    server_disconnect(verifier.server);
    return status;
}
