/* Hints of the form `did you mean "orders"?`; NULL when no name is near. */
#ifndef TENON_CATALOG_NEAREST_H
#define TENON_CATALOG_NEAREST_H

#include "catalog/catalog.h"

const char *nearest_relation(struct arena *arena, const struct catalog *catalog, const char *name);
const char *nearest_column(struct arena *arena, const struct relation *relation, const char *name);
const char *nearest_type(struct arena *arena, const struct catalog *catalog, const char *name);
const char *nearest_label(struct arena *arena, const struct type *type, const char *label);

#endif
