/* Transactions of a schema's text, and what does not outlive them or the session. */
#ifndef TENON_SCHEMA_TRANSACTION_H
#define TENON_SCHEMA_TRANSACTION_H

#include "schema/ddl.h"

/* For each statement whether a later ROLLBACK, or ROLLBACK TO a savepoint, undoes it. */
const bool *statements_undone(struct arena *arena, struct statements statements);

/* 42P16 for ON COMMIT of a table that is not temporary. */
void on_commit_check(struct ddl *ddl, const PgQuery__RangeVar *name, bool is_temporary,
                     PgQuery__OnCommitAction action);
void relation_set_on_commit(struct ddl *ddl, const struct relation *relation,
                            PgQuery__OnCommitAction action);
/* The tables made ON COMMIT DROP, with what depends on them. */
void drop_at_commit(struct ddl *ddl);

#endif
