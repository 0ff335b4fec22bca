/* What an analysed tree refers to, as pg_depend has it for the trees that the server keeps
 * (find_expr_references_walker): objects, never names.
 */
#ifndef TENON_DDL_REFERENCES_H
#define TENON_DDL_REFERENCES_H

#include "ddl/depend.h"
#include "tree/query.h"

typedef void reference_taker(void *context, struct reference on);

/* Each object of the schema that the tree refers to, some of them more than once. The columns of an
 * expression that stands for itself are those of `own`; 0: they do not count. */
void expr_each_reference(const struct expr *expr, oid own, const struct catalog *catalog,
                         reference_taker *take, void *context);
void query_each_reference(const struct query *query, const struct catalog *catalog,
                          reference_taker *take, void *context);

/* Whether it reads a relation that passes the test, in sub-queries too. */
typedef bool relation_test(const void *context, const struct relation *relation);
bool query_reads(const struct query *query, relation_test *test, const void *context);

#endif
