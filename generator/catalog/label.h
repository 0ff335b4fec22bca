/* Labels of enums that were renamed. A tree or bound that was read before keeps the label as it was
 * then, and says with its age which renamings came after. */
#ifndef TENON_CATALOG_LABEL_H
#define TENON_CATALOG_LABEL_H

#include "catalog/catalog.h"

/* How many labels have been renamed so far. */
unsigned catalog_label_age(const struct catalog *catalog);
/* Notes it; the labels of the type are the caller's. */
void catalog_rename_label(struct catalog *catalog, struct type *type, const char *old,
                          const char *new);
/* The label of the type that was called so at that age. */
const char *type_label_now(const struct type *type, const char *label, unsigned age);

#endif
