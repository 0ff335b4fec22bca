/* What can be wrong with settings whatever the texts say. */
#include <string.h>

#include "compile/compile.h"
#include "compile/identifier.h"

bool is_c_identifier(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", *c) &&
            !(c > name && *c >= '0' && *c <= '9'))
            return false;
    return *name != '\0';
}

bool compile_check(const struct compile_settings *settings, struct error *error)
{
    if (settings->package && !is_c_identifier(settings->package))
        return error_set(error, "the package \"%s\" is not a C identifier", settings->package);
    if (settings->server_version && settings->server_version != COMPILE_SERVER_VERSION)
        return error_set(error, "the catalog of PostgreSQL %u is not known, only that of %d",
                         settings->server_version, COMPILE_SERVER_VERSION);
    return true;
}
