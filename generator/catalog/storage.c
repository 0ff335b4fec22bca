/* Types of a fixed length are stored as they are, all others may be compressed and moved out of
 * line, but for a few that say otherwise.
 */
#include "catalog/storage.h"

#include <string.h>

static bool is_among(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static char storage_of_builtin(const char *name)
{
    static const char *const kept_inside[] = {"numeric", "inet", "cidr"};
    static const char *const plain[] = {"tsquery", "int2vector", "oidvector", "cstring"};

    if (is_among(name, kept_inside, sizeof kept_inside / sizeof *kept_inside))
        return 'm';
    return is_among(name, plain, sizeof plain / sizeof *plain) ? 'p' : 'x';
}

char type_storage(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, catalog_base_type(catalog, id, NULL));

    if (!type)
        return 'x';
    if (type->len != -1 && type->len != 0)
        return 'p';
    if (type->oid < FIRST_USER_OID)
        return storage_of_builtin(type->name);
    return type->storage ? type->storage : 'x';
}

const char *storage_word(char letter)
{
    switch (letter) {
    case 'p':
        return "PLAIN";
    case 'e':
        return "EXTERNAL";
    case 'm':
        return "MAIN";
    case 'x':
        return "EXTENDED";
    default:
        return NULL;
    }
}
