/* Whether an expression has another value each time. */
#ifndef TENON_TREE_VOLATILITY_H
#define TENON_TREE_VOLATILITY_H

#include "tree/query.h"

/* What the node itself calls, by name or through an operator; NULL: nothing. */
const struct function *expr_called_function(const struct catalog *catalog, const struct expr *expr);

/* False for NULL. */
bool expr_is_volatile(struct catalog *catalog, const struct expr *expr);

#endif
