/* Relations that a text may name: the body of a function in a language that is not analysed. */
#ifndef TENON_PULL_WORDS_H
#define TENON_PULL_WORDS_H

#include "inventory/inventory.h"

typedef void relation_visitor(void *context, const struct item *function,
                              const struct item *relation);

/* Calls `visit` for each function with such a body and each relation whose name is a word of it, in
 * whatever schema. */
void words_each_relation(struct arena *arena, const struct inventory *inventory,
                         relation_visitor *visit, void *context);

#endif
