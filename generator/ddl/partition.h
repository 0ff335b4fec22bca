/* Partitions: reading FOR VALUES, and comparing it with that of the siblings. */
#ifndef TENON_DDL_PARTITION_H
#define TENON_DDL_PARTITION_H

#include "ddl/table.h"

/* --- partition_bound.c ------------------------------------------------------------------------ */

/* Refuses FOR VALUES … that does not fit the parent's partition key. NULL when the key is none. */
const struct partition_bound *partition_bound_read(struct ddl *ddl, const struct relation *parent,
                                                   const PgQuery__PartitionBoundSpec *spec);

/* --- partition_value.c ------------------------------------------------------------------------ */

/* The value of a bound that was analysed as one of the key's type; NULL: it could not be. */
struct partition_datum partition_value(struct ddl *ddl, const struct partition_order *order,
                                       const struct expr *expr, span at);

/* Labels of the enum have other places than before: bounds that hold them are ordered anew. */
void partition_values_of_enum_moved(struct ddl *ddl, const struct type *type);

/* --- partition_overlap.c ---------------------------------------------------------------------- */

/* 42P17 when a partition of that name and bound, which may be NULL, cannot stand beside those that
 * the parent has. */
void partition_bound_check(struct ddl *ddl, const struct relation *parent, const char *name,
                           const struct partition_bound *bound, span at);

#endif
