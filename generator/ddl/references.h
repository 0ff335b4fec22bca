/* What an analysed tree refers to, as pg_depend has it for the trees that the server keeps
 * (find_expr_references_walker): objects, never names.
 */
#ifndef TENON_DDL_REFERENCES_H
#define TENON_DDL_REFERENCES_H

#include "ddl/depend.h"
#include "tree/query.h"

/* Of an expression that stands for itself, over the columns of its own table; these count when
 * `own` is that table, and not when it is 0. */
bool expr_references(const struct expr *expr, oid own, const struct catalog *catalog,
                     const struct dropped_object *object);
bool query_references(const struct query *query, const struct catalog *catalog,
                      const struct dropped_object *object);

/* Of the condition and the actions of a rule on the relation. */
bool rule_references(const struct rule *rule, oid relation, const struct catalog *catalog,
                     const struct dropped_object *object);

/* Whether it reads a relation that passes the test, in sub-queries too. */
typedef bool relation_test(const void *context, const struct relation *relation);
bool query_reads(const struct query *query, relation_test *test, const void *context);

#endif
