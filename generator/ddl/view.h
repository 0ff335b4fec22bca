/* Views: relations whose columns are those of an analysed query. */
#ifndef TENON_DDL_VIEW_H
#define TENON_DDL_VIEW_H

#include "ddl/ddl.h"

/* CREATE RULE … ON SELECT: the query, whose columns must be the table's own, makes a view of it. */
void view_from_rule(struct ddl *ddl, struct relation *relation, const PgQuery__Node *query,
                    span at);

/* SELECT … INTO: nothing when there is no INTO. */
void select_into(struct ddl *ddl, const PgQuery__SelectStmt *statement);

/* Proves the columns of views over changed relations anew. */
void views_refresh(struct session *session);

#endif
