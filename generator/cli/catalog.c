/* tenon catalog dump: the extensions of a database as DDL, for those that tenon does not know. */
#include <string.h>

#include "cli/cli.h"
#include "live/extension.h"
#include "support/output.h"

static int check_found(const path_list *names, const extension_list *found)
{
    for (size_t i = 0; i < names->n; i++) {
        size_t k = 0;
        while (k < found->n && strcmp(found->items[k].name, names->items[i]) != 0)
            k++;
        if (k == found->n)
            return cli_fail(STATUS_INPUT, "the database has no extension %s", names->items[i]);
    }
    return STATUS_OK;
}

static int write_extensions(struct server *server, const path_list *names, struct buf *out)
{
    extension_list found = {0};
    struct error error;
    int status;

    if (!extension_find(server, names->items, names->n, &found, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    status = check_found(names, &found);
    for (size_t i = 0; i < found.n && status == STATUS_OK; i++)
        if (!extension_write(server, &found.items[i], out, &error))
            status = cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return status;
}

static int dump(struct cli *cli)
{
    const struct run_settings *settings = &cli->settings;
    struct buf out = buf_in(cli->arena);
    struct error error;
    struct server *server = server_connect(cli->arena, settings->database, &error);
    int status;

    if (!server)
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    status = write_extensions(server, &settings->extensions, &out);
    server_disconnect(server);
    if (status != STATUS_OK)
        return status;
    if (!settings->out)
        return cli_print(buf_str(&out), STATUS_OK);
    if (!output_replace(settings->out, buf_str(&out), &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

int run_catalog(struct cli *cli)
{
    if (cli->operands.n != 1 || strcmp(cli->operands.items[0], "dump") != 0)
        return cli_fail(STATUS_USAGE, "what is to be done with the catalog? tenon catalog dump");
    if (!cli->settings.database)
        return cli_fail(STATUS_USAGE, "no server: give --database");
    return dump(cli);
}
