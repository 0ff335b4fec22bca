/* What CREATE EXTENSION brings. */
#include "catalog/extension.h"

const char *catalog_extension_sql(const char *name)
{
    (void)name;
    return NULL;
}

bool extension_never_null(const struct catalog *catalog, const char *extension,
                          const struct function *function)
{
    (void)catalog;
    (void)extension;
    (void)function;
    return false;
}
