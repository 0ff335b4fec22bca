/* Binary search in a constant table whose rows are sorted by the name they begin with or hold at a
 * fixed offset.
 */
#ifndef TENON_CATALOG_BUILTIN_SEARCH_H
#define TENON_CATALOG_BUILTIN_SEARCH_H

#include <stddef.h>

struct name_table {
    const void *rows;
    size_t n, row_size;
    size_t name_offset; /* of the row's const char * */
};

/* The index of the first row of the name; *n_same counts it and its namesakes, 0 if there is none.
 */
size_t name_table_find(struct name_table table, const char *name, size_t *n_same);

#endif
