/* What is kept of a view beside its columns: what it depends on, and which of its columns are
 * never NULL.
 */
#ifndef TENON_DDL_VIEW_H
#define TENON_DDL_VIEW_H

#include <stddef.h>

#include "ddl/ddl.h"

/* A relation that the body reads, and which of its columns. */
struct view_reference {
    oid relid;
    int16_t *columns;
    size_t n_columns;
};

struct view_references {
    VEC(struct view_reference) relations;
    VEC(oid) functions, types;
};

struct view_body {
    struct view_references references;
    size_t n_columns;
    bool not_null[]; /* relation.view_not_null points here */
};

/* The body of a view or materialized view; NULL for other relations. */
struct view_body *view_body_of(const struct relation *relation);

/* What the tree of a query refers to, by the rules of names; CTEs are left out. */
struct view_references view_references_find(struct ddl *ddl, const PgQuery__Node *query);

bool view_references_relation(const struct view_body *body, oid relid);
bool view_references_column(const struct view_body *body, oid relid, int16_t column);
bool view_references_function(const struct view_body *body, oid function);
bool view_references_type(const struct view_body *body, oid type);

/* CREATE RULE … ON SELECT: the query, whose columns must be the table's own, makes a view of it. */
void view_from_rule(struct ddl *ddl, struct relation *relation, const PgQuery__Node *query,
                    span at);

/* SELECT … INTO: nothing when there is no INTO. */
void select_into(struct ddl *ddl, const PgQuery__SelectStmt *statement);

/* Proves the columns of views over changed relations anew. */
void views_refresh(struct session *session);

#endif
