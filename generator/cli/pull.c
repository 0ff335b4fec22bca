/* tenon pull: the schema of a live database as files of DDL. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/migrate.h"
#include "cli/report.h"
#include "live/server.h"
#include "pull/load.h"
#include "pull/pull.h"

int run_pull(struct cli *cli)
{
    struct error error = {.text = ""};
    struct diags diags = {.arena = cli->arena};
    struct ddl ddl;
    struct server *server = server_connect(cli->arena, cli->settings.database, &error);
    struct catalog *catalog = migrate_catalog(cli);
    pull_file_list files = {0};
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
    if (!diags.n_errors)
        pull_write(cli->arena, catalog, NULL, getenv("SPLIT") ? (enum pull_split)atoi(getenv("SPLIT")) : PULL_ONE_FILE, &diags, &files);
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return STATUS_INPUT;
    for (size_t i = 0; i < files.n; i++) printf("%s%s\n%s", i ? "\n" : "", files.items[i].name, files.items[i].text);
    return 0;
}
