/* Tables OF a composite type. Where children of a relation are gone through, they are children of
 * the type's relation.
 */
#ifndef TENON_DDL_TYPED_TABLE_H
#define TENON_DDL_TYPED_TABLE_H

#include "ddl/ddl.h"

/* CREATE TABLE … OF: `type` is the relation of the composite type; 0: ALTER TABLE … NOT OF. */
void relation_set_type(struct ddl *ddl, struct relation *table, oid type);
/* Refuses a change of the composite type's relation that would change tables of the type; does
 * nothing for relations of other kinds. */
void type_check_no_tables(struct ddl *ddl, const struct relation *row, span at);

#endif
