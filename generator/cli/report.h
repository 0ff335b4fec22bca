/* Showing diagnostics. */
#ifndef TENON_CLI_REPORT_H
#define TENON_CLI_REPORT_H

#include "support/diag.h"

/* Sorts the diagnostics and writes them to standard error. */
void report_diags(struct arena *arena, struct diags *diags);

/* Writes the sorted diagnostics as a JSON array, or as a SARIF 2.1.0 log. */
void report_json(struct buf *out, const struct diags *diags);
void report_sarif(struct buf *out, const struct diags *diags);

#endif
