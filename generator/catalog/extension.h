/* The extensions whose objects the library knows: those of contrib. */
#ifndef TENON_CATALOG_EXTENSION_H
#define TENON_CATALOG_EXTENSION_H

#include "catalog/catalog.h"

/* Whether extensions/never_null.def lists the extension's function. */
bool extension_never_null(const struct catalog *catalog, const char *extension,
                          const struct function *function);

/* The extension that would bring the object; NULL when there is none. */
const char *extension_of_type(struct arena *arena, const char *name);
const char *extension_of_function(struct arena *arena, const char *name);
const char *extension_of_access_method(struct arena *arena, const char *name);
/* `method` is the access method that it is for. */
const char *extension_of_operator_class(struct arena *arena, const char *name, const char *method);

/* A hint to load it; NULL when there is none. */
const char *extension_hint_for_type(struct arena *arena, const char *name);
const char *extension_hint_for_function(struct arena *arena, const char *name);

#endif
