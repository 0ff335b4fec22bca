/* Sorted diagnostics for programs: a JSON array, and a SARIF 2.1.0 log. */
#ifndef TENON_CLI_REPORT_FORMATS_H
#define TENON_CLI_REPORT_FORMATS_H

#include "support/diag.h"

void report_json(struct buf *out, const struct diags *diags);
void report_sarif(struct buf *out, const struct diags *diags);

#endif
