/* Names of what a partition gets from its parent. */
#ifndef TENON_PULL_RENAME_H
#define TENON_PULL_RENAME_H

#include "plan/plan.h"

/* Appends to the plan, which led to `made`, the steps that give keys and indexes of partitions the
 * names that they have in `wanted`. */
void rename_derived(struct arena *arena, const struct inventory *made,
                    const struct inventory *wanted, struct plan *plan);

#endif
