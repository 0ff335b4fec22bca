/* tenon pull: the schema of a live database as files of DDL. */
#include "cli/migrate.h"
#include "cli/report.h"
#include "live/server.h"
#include "pull/load.h"
#include <stdio.h>
#include <stdlib.h>

int run_pull(struct cli *cli)
{
    struct error error = {.text = ""};
    struct diags diags = {.arena = cli->arena};
    struct ddl ddl;
    struct server *server = server_connect(cli->arena, cli->settings.database, &error);
    struct catalog *catalog = migrate_catalog(cli);
    struct plan plan;
    bool ok;

    if (!server)
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    ok = ddl_read(server, true, &ddl, &error);
    server_disconnect(server);
    if (!ok)
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    for (size_t i = 0; i < ddl.notes.n; i++) fprintf(stderr, "note: %s\n", ddl.notes.items[i]);
    for (size_t i = 0; i < ddl.refusals.n; i++) fprintf(stderr, "refuse: %s\n", ddl.refusals.items[i]);
    if (getenv("RAW")) {
        for (size_t i = 0; i < ddl.objects.n; i++) printf("%s", ddl.objects.items[i].sql);
        return 0;
    }
    pull_load(cli->arena, &ddl, catalog, &diags);
    if (!diags.n_errors) {
        struct plan_options wishes = {.is_plain = true, .allows_all = true};
        plan_make(cli->arena, migrate_catalog(cli), catalog, &wishes, &diags, &plan);
    }
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return STATUS_INPUT;
    return cli_print(str_from(plan_text(cli->arena, &plan)), STATUS_OK);
}
