/* tenon describe: the typed IR as JSON. */
#include "cli/cli.h"
#include "cli/report.h"
#include "ir/json.h"

int run_describe(struct cli *cli)
{
    struct compilation compilation;
    struct buf out = buf_in(cli->arena);
    int status = cli_compile(cli, &compilation);

    if (status != STATUS_OK)
        return status;
    ir_write_json(&out, &compilation.package, &compilation.diags);
    report_diags(cli->arena, &compilation.diags);
    return cli_print(buf_str(&out), compilation.diags.n_errors ? STATUS_INPUT : STATUS_OK);
}
