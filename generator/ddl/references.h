/* What an analysed tree refers to, as pg_depend has it for the trees that the server keeps
 * (find_expr_references_walker): objects, never names.
 */
#ifndef TENON_DDL_REFERENCES_H
#define TENON_DDL_REFERENCES_H

#include "ddl/depend.h"
#include "tree/query.h"

/* Of an expression that stands for itself, over the columns of its own table. */
bool expr_references(const struct expr *expr, const struct catalog *catalog,
                     const struct dropped_object *object);
bool query_references(const struct query *query, const struct catalog *catalog,
                      const struct dropped_object *object);

/* Whether it reads a relation that passes the test, in sub-queries too. */
typedef bool relation_test(const void *context, const struct relation *relation);
bool query_reads(const struct query *query, relation_test *test, const void *context);

#endif
