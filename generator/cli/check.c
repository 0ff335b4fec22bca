/* tenon check: all that generate would say but for its plug-ins, and lint; nothing is written. */
#include "cli/cli.h"
#include "cli/report.h"

int run_check(struct cli *cli)
{
    struct compilation compilation;
    emit_files files = {0};
    int status = report_check_format(cli);

    if (status == STATUS_OK)
        status = cli_compile(cli, &compilation);
    if (status != STATUS_OK)
        return status;
    compile_emit(&compilation, &files);
    return report_as_asked(cli, &compilation.diags,
                           compilation.diags.n_errors ? STATUS_INPUT : STATUS_OK);
}
