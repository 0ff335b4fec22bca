/* From objects of the catalog to their items. All return NULL for what no item is made of: built-in
 * and temporary objects; what an extension brought is the extension's item.
 */
#ifndef TENON_INVENTORY_REFER_H
#define TENON_INVENTORY_REFER_H

#include "inventory/collect.h"

/* NULL for the system's. */
const char *schema_name(struct collector *collector, oid namespace_oid);
struct item *item_of_schema(struct collector *collector, oid namespace_oid);
struct item *item_of_relation(struct collector *collector, const struct relation *relation);
struct item *item_of_column(struct collector *collector, const struct relation *relation,
                            int attno);
struct item *item_of_constraint(struct collector *collector, const struct relation *relation,
                                const struct constraint *constraint);
struct item *item_of_index(struct collector *collector, const struct relation *relation,
                           const struct index *index);
/* Of an array its elements' type, of a row type its relation. */
struct item *item_of_type(struct collector *collector, oid id);
struct item *item_of_function(struct collector *collector, oid id);
struct item *item_of_operator(struct collector *collector, oid id);
struct item *item_of_collation(struct collector *collector, oid id);
struct item *item_of_operator_class(struct collector *collector,
                                    const struct operator_class *operator_class);

/* What a tree refers to. Columns outside of queries are those of `own`, which may be NULL. */
void item_need_expr(struct collector *collector, struct item *item, const struct expr *expr,
                    const struct relation *own);
void item_need_query(struct collector *collector, struct item *item, const struct query *query);

/* --- Texts ------------------------------------------------------------------------------------ */

/* "public.orders", as the server prints it where search_path is pg_catalog. */
const char *relation_name(struct collector *collector, const struct relation *relation);
/* The text, or why there is none. */
const char *deparsed_text(struct deparsed deparsed);
const char *quoted(struct collector *collector, const char *identifier);
/* '…' as simple_quote_literal() prints it. */
const char *simple_literal(struct collector *collector, const char *text);
/* " COLLATE name" where it is not the one that the value has by itself, else "". */
const char *collate_clause(struct collector *collector, oid collation, oid own);
const char *collation_text(struct collector *collector, oid collation);
/* "(a, b)". */
const char *column_list(struct collector *collector, const struct relation *relation,
                        const int16_t *columns, size_t n);
/* The value of an option, in quotes if it needs them. */
const char *option_value(struct collector *collector, const char *value);
/* Options as flatten_reloptions() prints them, each one property. */
void item_set_options(struct collector *collector, struct item *item, enum property_id id,
                      const struct settings *options);
void item_set_foreign_options(struct collector *collector, struct item *item,
                              const struct settings *options);
/* What ALTER TABLE calls the state; NULL for enabled as usual. */
const char *enabled_text(char state);

#endif
