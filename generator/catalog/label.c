/* The renamings of an enum's labels, in order. A label that was given to another afterwards stands
 * for that other only in what was read since.
 */
#include "catalog/label.h"

#include <string.h>

#include "catalog/store.h"

unsigned catalog_label_age(const struct catalog *catalog)
{
    return catalog->n_label_renamings;
}

void catalog_rename_label(struct catalog *catalog, struct type *type, const char *old,
                          const char *new)
{
    vec_push(catalog->arena, &type->renamings,
             (struct label_renaming){catalog->n_label_renamings++, old, new});
}

const char *type_label_now(const struct type *type, const char *label, unsigned age)
{
    for (size_t i = 0; i < type->renamings.n; i++)
        if (type->renamings.items[i].age >= age && strcmp(type->renamings.items[i].old, label) == 0)
            label = type->renamings.items[i].new;
    return label;
}
