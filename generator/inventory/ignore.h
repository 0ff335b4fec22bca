/* Objects that belong to others (pg_partman, pg_cron, tools that capture changes): they are taken
 * out of an inventory, so that they are never made, changed, dropped or missed.
 */
#ifndef TENON_INVENTORY_IGNORE_H
#define TENON_INVENTORY_IGNORE_H

#include "inventory/inventory.h"

struct ignore {
    /* Of schema.name, or of the name of what lies in no schema: * stands for any characters, ? for
     * one. What is ignored takes its parts with it, and a schema what lies in it. */
    const char *const *patterns;
    size_t n_patterns;
    bool has_partitions; /* and every partition */
};

/* NULL ignores nothing. */
void inventory_ignore(struct arena *arena, struct inventory *inventory,
                      const struct ignore *ignore);

#endif
