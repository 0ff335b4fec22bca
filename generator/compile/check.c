/* What can be wrong with settings whatever the texts say. */
#include <string.h>

#include "compile/compile.h"
#include "compile/identifier.h"
#include "sql/statement.h"

bool is_c_identifier(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", *c) &&
            !(c > name && *c >= '0' && *c <= '9'))
            return false;
    return *name != '\0';
}

struct release compile_release(const struct compile_settings *settings)
{
    return settings->server_version ? (struct release){(int)settings->server_version}
                                    : release_default();
}

static bool check_release(struct release release, struct error *error)
{
    int newest = sql_newest_release().major;

    if (release.major > newest)
        return error_set(
            error, "PostgreSQL %d is newer than the parser: this tenon was built with that of %d",
            release.major, newest);
    if (!release_is_known(release))
        return error_set(error, "the catalog of PostgreSQL %d is not known, only that of %d",
                         release.major, release_default().major);
    return true;
}

bool compile_check(const struct compile_settings *settings, struct error *error)
{
    if (settings->package && !is_c_identifier(settings->package))
        return error_set(error, "the package \"%s\" is not a C identifier", settings->package);
    return check_release(compile_release(settings), error);
}
