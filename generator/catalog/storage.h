/* How values of types are stored (pg_type.typstorage). */
#ifndef TENON_CATALOG_STORAGE_H
#define TENON_CATALOG_STORAGE_H

#include "catalog/catalog.h"

/* p plain, e external, m main, x extended. */
char type_storage(const struct catalog *catalog, oid id);

/* "PLAIN" of p, and so on; NULL of other letters. */
const char *storage_word(char letter);

#endif
