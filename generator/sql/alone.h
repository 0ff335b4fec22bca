/* Statements that the server runs outside of transactions only (PreventInTransactionBlock). */
#ifndef TENON_SQL_ALONE_H
#define TENON_SQL_ALONE_H

#include "sql/raw.h"

/* What the server calls the statement when it refuses it inside of a transaction: "VACUUM"; NULL
 * when it does not. REINDEX and CLUSTER are refused where what they name is partitioned. */
const char *raw_alone(const PgQuery__Node *tree, bool is_partitioned);

bool raw_reindex_is_concurrent(const PgQuery__ReindexStmt *statement);

/* Whether an option is on, as defGetBoolean() reads it: by its name alone, or by what it is set to;
 * the last one counts. `otherwise`: when it is not there. */
bool raw_option_is_on(struct node_list options, const char *name, bool otherwise);

#endif
