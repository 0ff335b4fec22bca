/* The server's answer against the analysis: every difference is a diagnostic with both. */
#ifndef TENON_LIVE_COMPARE_H
#define TENON_LIVE_COMPARE_H

#include "ir/ir.h"
#include "live/server.h"
#include "support/diag.h"

/* For a query that the analysis accepts. Diagnostics are at the query's name. False when anything
 * differs. */
bool compare_accepted(struct diags *diags, const struct ir_query *query,
                      const struct server_answer *answer);

/* For a query that the analysis rejects with `rejection`, whose code is a SQLSTATE. */
bool compare_rejected(struct diags *diags, const struct diag *rejection,
                      const struct server_answer *answer);

#endif
