/* The extensions whose objects the library knows: those of contrib. */
#ifndef TENON_CATALOG_EXTENSION_H
#define TENON_CATALOG_EXTENSION_H

#include "catalog/catalog.h"

struct extension_text {
    const char *name, *sql;
};

/* Made at build time from extensions/NAME.sql (embed.cmake); sorted by name. */
extern const struct extension_text extension_texts[];
extern const size_t n_extension_texts;

/* Whether extensions/never_null.def lists the extension's function. */
bool extension_never_null(const struct catalog *catalog, const char *extension,
                          const struct function *function);

#endif
