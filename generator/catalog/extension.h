/* The extensions whose objects the library knows: those of contrib. */
#ifndef TENON_CATALOG_EXTENSION_H
#define TENON_CATALOG_EXTENSION_H

#include "catalog/catalog.h"

/* Whether extensions/never_null.def lists the extension's function. */
bool extension_never_null(const struct catalog *catalog, const char *extension,
                          const struct function *function);

#endif
