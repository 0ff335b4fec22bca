/* Showing diagnostics. */
#ifndef TENON_CLI_REPORT_H
#define TENON_CLI_REPORT_H

#include "cli/cli.h"

/* Sorts the diagnostics and writes them to standard error, each once in a run however many packages
 * have it, in colour when that is a terminal and
 * NO_COLOR is not set. */
void report_diags(struct arena *arena, struct diags *diags);

/* STATUS_USAGE after a message when --format names no format. */
int report_check_format(const struct cli *cli);
bool report_is_text(const struct cli *cli);

/* Shows the diagnostics of one package as --format says: text as report_diags() does; JSON and
 * SARIF on standard output, one document for all packages, written with the last one. Returns the
 * status, or STATUS_ENVIRONMENT when nothing could be written. */
int report_as_asked(struct cli *cli, struct diags *diags, enum exit_status status);

#endif
