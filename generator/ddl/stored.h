/* Columns of tables that store values of a type. */
#ifndef TENON_DDL_STORED_H
#define TENON_DDL_STORED_H

#include "ddl/ddl.h"

/* 0A000 when a column stores values of the type, at any depth: `what` cannot be altered. */
void type_check_not_stored(struct ddl *ddl, oid type, const char *what, span at);
/* 0A000 when values of the domain are stored other than as columns, whose values a new constraint
 * can be checked against. */
void domain_check_columns(struct ddl *ddl, const struct type *domain, span at);

#endif
