/* tenon diagram: the schema as a picture. */
#include "cli/cli.h"
#include "cli/migrate.h"
#include "cli/report.h"
#include "picture/picture.h"

int run_diagram(struct cli *cli)
{
    struct diags diags = {.arena = cli->arena};
    struct schema schema;
    int status = migrate_load_schema(cli, &schema, &diags);

    if (status != STATUS_OK)
        return status;
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return STATUS_INPUT;
    return cli_print(
        str_from(picture_svg(cli->arena, picture_of(cli->arena, NULL, schema.catalog))), STATUS_OK);
}
