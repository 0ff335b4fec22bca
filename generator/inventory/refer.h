/* What the files about relations share: the items of relations and their parts, and fragments of
 * SQL.
 */
#ifndef TENON_INVENTORY_REFER_H
#define TENON_INVENTORY_REFER_H

#include "inventory/collect.h"

/* NULL for a temporary one, and for built-in ones; what an extension brought is the extension's. */
struct item *item_of_relation(struct collector *collector, const struct relation *relation);
struct item *item_of_constraint(struct collector *collector, const struct relation *relation,
                                const struct constraint *constraint);
/* Of the index behind a constraint the constraint. */
struct item *item_of_index(struct collector *collector, const struct relation *relation,
                           const struct index *index);
struct item *item_of_operator_class(struct collector *collector,
                                    const struct operator_class *operator_class);

/* What a tree over the columns of the relation refers to. */
void need_expression(struct collector *collector, struct item *item, const struct expr *expr,
                     const struct relation *own);

/* --- Texts ------------------------------------------------------------------------------------ */

/* "public.orders", as the server prints it where search_path is pg_catalog. */
const char *relation_name(struct collector *collector, const struct relation *relation);
/* The text, or why there is none. */
const char *deparsed_text(struct deparsed deparsed);
const char *quoted_word(struct collector *collector, const char *identifier);
/* '…' as simple_quote_literal() prints it. */
const char *simple_literal(struct collector *collector, const char *text);
/* " COLLATE name" where it is not the one that the value has by itself, else "". */
const char *collate_clause(struct collector *collector, oid collation, oid own);
/* "(a, b)". */
const char *column_list(struct collector *collector, const struct relation *relation,
                        const int16_t *columns, size_t n);
/* Sets of columns, which the server keeps by their numbers: those say nothing, as the order of
 * columns is no difference. */
const int16_t *columns_by_name(struct collector *collector, const struct relation *relation,
                               const int16_t *columns, size_t n);
/* The value of an option, in quotes if it needs them. */
const char *option_value(struct collector *collector, const char *value);
/* Options as flatten_reloptions() prints them, each one property. */
void item_set_options(struct collector *collector, struct item *item, enum property_id id,
                      const struct setting_list *options);
/* What ALTER TABLE calls the state; NULL for enabled as usual. */
const char *enabled_text(char state);

#endif
