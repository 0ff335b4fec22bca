/* The inventory under construction, for the files of this room: one function for each kind of
 * object, which makes items and says what they have and need.
 */
#ifndef TENON_INVENTORY_COLLECT_H
#define TENON_INVENTORY_COLLECT_H

#include "deparse/deparse.h"
#include "inventory/inventory.h"
#include "tree/references.h"

struct collector {
    struct arena *arena;
    struct catalog *catalog;
    struct inventory *inventory;
    struct map constraints; /* by their addresses, to items: keys by which a query groups */
};

/* How an object is called; what is NULL does not belong to its kind. */
struct item_name {
    const char *schema, *table, *name, *arguments;
};

/* A new item, or the one that was made before of that name: needs may be said ahead. */
struct item *item_named(struct collector *collector, enum item_kind kind, struct item_name name);

/* Values are copied; NULL says nothing, so that an absent thing needs no test. */
void item_set(struct collector *collector, struct item *item, enum property_id id,
              const char *value);
void item_setf(struct collector *collector, struct item *item, enum property_id id,
               const char *format, ...) __attribute__((format(printf, 4, 5)));
void item_mark(struct collector *collector, struct item *item, enum property_id id, bool is_true);
/* Once for each; an item does not need itself, nor what it is part of. */
void item_need(struct collector *collector, struct item *item, struct item *needed);

/* The owner, the privileges with those that an object of the kind begins with, the comment and the
 * labels. What belongs to an extension (about->extension) is no item: that is the caller's affair.
 */
void item_about(struct collector *collector, struct item *item, const struct about *about);
/* The privileges that are listed, without those of the beginning. */
void item_privileges(struct collector *collector, struct item *item, const struct about *about);

/* "public.orders", quoted as needed. */
const char *qualified_name(struct collector *collector, const char *schema, const char *name);

/* Everything that the tree refers to. The columns of an expression that stands for itself are those
 * of `own`; see expr_each_reference(). */
void item_need_expression(struct collector *collector, struct item *item, const struct expr *expr);
void item_need_expression_over(struct collector *collector, struct item *item,
                               const struct expr *expr, oid own);
void item_need_query(struct collector *collector, struct item *item, const struct query *query);

/* --- named.c: the items of objects; NULL for what is built in ----------------------------------
 */

struct item *extension_item(struct collector *collector, const char *name);
struct item *schema_item(struct collector *collector, oid id);
struct item *relation_item(struct collector *collector, oid id);
/* The column's number is that of the catalog; an item of the relation when there is no such. */
struct item *column_item(struct collector *collector, oid relid, int16_t number);
struct item *type_item(struct collector *collector, oid id);
struct item *function_item(struct collector *collector, oid id);
struct item *operator_item(struct collector *collector, oid id);
struct item *other_item(struct collector *collector, oid id);
enum item_kind relation_kind(const struct relation *relation);
enum item_kind type_kind(const struct type *type);

const char *schema_name(struct collector *collector, oid id);
const char *type_name_text(struct collector *collector, oid type);
/* "(integer, text)"; of an aggregate "(*)" and "(real ORDER BY real)" too. */
const char *function_arguments(struct collector *collector, const struct function *function);
const char *operator_operands(struct collector *collector, const struct operator* op);
bool is_constructor(struct collector *collector, const struct function *function);

/* --- clauses.c
 * ------------------------------------------------------------------------------------ */

/* With the schema unless that is the server's. */
const char *name_in(struct collector *collector, oid namespace_oid, const char *name);
const char *collation_text(struct collector *collector, oid collation);
const char *function_text(struct collector *collector, oid id);
const char *operator_text(struct collector *collector, oid id);
const char *clause_text(struct collector *collector, const struct clause *clause);
/* "NAME = value", or the value alone where there is no name; and needs what it names. */
void item_clause(struct collector *collector, struct item *item, const struct clause *clause);
void item_members(struct collector *collector, struct item *item,
                  const struct clause_list *members);
/* The collation, where it is not that of the type. */
void item_collation(struct collector *collector, struct item *item, oid collation, oid of_type);
/* The type of a column of a table or of a composite type, with its collation. */
void item_column_type(struct collector *collector, struct item *item,
                      const struct attribute *column);
void item_set_foreign_options(struct collector *collector, struct item *item,
                              const struct setting_list *options);

/* --- One file each ---------------------------------------------------------------------------- */

typedef void collect_fn(struct collector *collector);
collect_fn collect_schemas;
collect_fn collect_relations;
collect_fn collect_types;
collect_fn collect_functions;
collect_fn collect_operators;
collect_fn collect_others;

#endif
