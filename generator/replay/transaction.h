/* Transactions of a schema's text, and what does not outlive them or the session. */
#ifndef TENON_REPLAY_TRANSACTION_H
#define TENON_REPLAY_TRANSACTION_H

#include "sql/statement.h"

/* For each statement whether a later ROLLBACK, or ROLLBACK TO a savepoint, undoes it. */
const bool *statements_undone(struct arena *arena, struct statements statements);

#endif
