/* Relations, for the files that collect their parts. */
#ifndef TENON_INVENTORY_RELATION_H
#define TENON_INVENTORY_RELATION_H

#include "inventory/refer.h"

typedef void relation_fn(struct collector *collector, struct item *item,
                         const struct relation *relation);

/* What a relation of the kind is itself; the item is of the relation. */
relation_fn describe_sequence, describe_table, describe_view;
/* Its columns and what they begin with. */
relation_fn collect_columns;
/* Its parts. */
relation_fn collect_constraints, collect_indexes, collect_triggers, collect_rules, collect_policies,
    collect_statistics;

/* RANGE (a, b) and FOR VALUES …. */
const char *partition_key_text(struct collector *collector, const struct relation *relation);
const char *partition_bound_text(struct collector *collector, const struct relation *parent,
                                 const struct partition_bound *bound);

/* Keys of an index, as elements of CREATE INDEX. */
const char *index_element_text(struct collector *collector, const struct relation *relation,
                               const struct index *index, size_t i);
/* The class where it is not the one that values of the type have by themselves: " name". */
const char *operator_class_text(struct collector *collector,
                                const struct operator_class *operator_class, oid type);
/* What a key of it refers to. */
void item_need_index(struct collector *collector, struct item *item,
                     const struct relation *relation, const struct index *index);
/* Options, tablespace and statistics: of the index itself or of the constraint that it is behind.
 */
void item_set_index_storage(struct collector *collector, struct item *item,
                            const struct index *index);
/* The index that it is attached to, of a partition. */
void item_set_parent(struct collector *collector, struct item *item,
                     const struct relation *relation, const struct index *index);
void item_need_columns(struct collector *collector, struct item *item,
                       const struct relation *relation, const int16_t *columns, size_t n);
bool is_partition(struct collector *collector, const struct relation *relation);

#endif
