/* Temporary tables. */
#ifndef TENON_DDL_TEMPORARY_H
#define TENON_DDL_TEMPORARY_H

#include "ddl/ddl.h"

/* 42P16 for ON COMMIT of a table that is not temporary. */
void on_commit_check(struct ddl *ddl, const PgQuery__RangeVar *name, bool is_temporary,
                     PgQuery__OnCommitAction action);
void relation_set_on_commit(struct ddl *ddl, const struct relation *relation,
                            PgQuery__OnCommitAction action);
/* The tables made ON COMMIT DROP, with what depends on them. */
void drop_at_commit(struct ddl *ddl);

#endif
