/* What an analysed tree refers to, as pg_depend has it for the trees that the server keeps
 * (find_expr_references_walker): objects, never names.
 */
#ifndef TENON_TREE_REFERENCES_H
#define TENON_TREE_REFERENCES_H

#include "tree/query.h"

enum object_class {
    OBJECT_IS_RELATION,
    OBJECT_IS_COLUMN,
    OBJECT_IS_TYPE,
    OBJECT_IS_FUNCTION,
    OBJECT_IS_CONSTRAINT,
    OBJECT_IS_OPERATOR,
    OBJECT_IS_CAST,
    OBJECT_IS_DEFAULT, /* of a column */
    OBJECT_IS_INDEX,
    OBJECT_IS_DOMAIN_CONSTRAINT,
    OBJECT_IS_TRIGGER,
    OBJECT_IS_POLICY,
    OBJECT_IS_RULE,
    OBJECT_IS_STATISTICS,
    OBJECT_IS_OPERATOR_CLASS, /* no tree refers to one */
    OBJECT_IS_OTHER,          /* struct other_object */
};

/* What something depends on. A constraint is known by itself, without a relation. */
struct reference {
    enum object_class class;
    oid id;
    int16_t column;
    const struct constraint *constraint;
};

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
