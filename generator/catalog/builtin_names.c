/* Objects that are known by name only: text search objects, time zones, operator classes, the roles
 * and settings of every server, indexes of the system's tables, key words. Constant tables from the
 * .def files, sorted by name.
 */
#include "catalog/builtin.h"
#include "catalog/builtin_search.h"

#include <string.h>

static const char *const keywords[] = {
#define KEYWORD(word) word,
#include "catalog/builtin/keywords.def"
};

static const char *const text_search_configs[] = {
#define TEXT_SEARCH_CONFIG(name) name,
#include "catalog/builtin/text_search_configs.def"
};

static const char *const text_search_dictionaries[] = {
#define TEXT_SEARCH_DICTIONARY(name) name,
#include "catalog/builtin/text_search_dictionaries.def"
};

static const char *const time_zones[] = {
#define TIME_ZONE(name) name,
#include "catalog/builtin/time_zones.def"
};

static const char *const roles[] = {
#define ROLE(name) name,
#include "catalog/builtin/roles.def"
};

static const struct {
    const char *name;
    oid namespace_oid;
} system_relations[] = {
#define SYSTEM_RELATION(name, namespace_) {name, namespace_},
#include "catalog/builtin/system_relations.def"
};

static const struct {
    const char *name, *spelling;
} settings[] = {
#define SETTING(name, spelling) {name, spelling},
#include "catalog/builtin/settings.def"
};

#define TABLE(rows) ((struct name_table){rows, sizeof(rows) / sizeof *(rows), sizeof *(rows), 0})

static bool is_listed(struct name_table table, const char *name)
{
    size_t found;

    name_table_find(table, name, &found);
    return found > 0;
}

bool builtin_is_text_search_config(const char *name)
{
    return is_listed(TABLE(text_search_configs), name);
}

bool builtin_is_text_search_dictionary(const char *name)
{
    return is_listed(TABLE(text_search_dictionaries), name);
}

bool builtin_is_time_zone(const char *name)
{
    return is_listed(TABLE(time_zones), name);
}

bool builtin_is_keyword(const char *word)
{
    return is_listed(TABLE(keywords), word);
}

bool builtin_is_role(const char *name)
{
    return is_listed(TABLE(roles), name);
}

bool builtin_has_index(oid namespace_oid, const char *name)
{
    size_t n, first = name_table_find(TABLE(system_relations), name, &n);

    for (size_t i = first; i < first + n; i++)
        if (system_relations[i].namespace_oid == namespace_oid)
            return true;
    return false;
}

const char *builtin_setting(const char *name)
{
    size_t n, first = name_table_find(TABLE(settings), name, &n);

    return n > 0 ? settings[first].spelling : NULL;
}
