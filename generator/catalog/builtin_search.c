/* Lower bound by strcmp, then the run of equal names. The tables are sorted by byte order, which is
 * strcmp's.
 */
#include "catalog/builtin_search.h"

#include <string.h>

static const char *row_name(struct name_table table, size_t i)
{
    const char *name;

    memcpy(&name, (const char *)table.rows + i * table.row_size + table.name_offset, sizeof name);
    return name;
}

size_t name_table_find(struct name_table table, const char *name, size_t *n_same)
{
    size_t low = 0, high = table.n, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(row_name(table, middle), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < table.n && strcmp(row_name(table, end), name) == 0; end++)
        ;
    *n_same = end - low;
    return low;
}
