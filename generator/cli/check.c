/* tenon check: all that generate would say, and lint; nothing is written. */
#include "cli/compile.h"
#include "cli/report.h"

#include <string.h>

int run_check(struct cli *cli)
{
    const char *format = cli->settings.format ? cli->settings.format : "text";
    struct compilation compilation;
    struct buf out = buf_in(cli->arena);
    emit_files files = {0};
    enum exit_status result;
    int status;

    if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0 && strcmp(format, "sarif") != 0)
        return cli_fail(STATUS_USAGE, "--format is text, json or sarif, not %s", format);
    status = compile(cli->arena, &cli->settings, &compilation);
    if (status != STATUS_OK)
        return status;
    compile_emit(&compilation, &cli->settings, &files);
    result = compilation.diags.n_errors ? STATUS_INPUT : STATUS_OK;
    diag_sort(&compilation.diags);
    if (strcmp(format, "json") == 0)
        report_json(&out, &compilation.diags);
    else if (strcmp(format, "sarif") == 0)
        report_sarif(&out, &compilation.diags);
    else
        report_diags(cli->arena, &compilation.diags);
    return cli_print(buf_str(&out), result);
}
