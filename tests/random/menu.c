/* What the catalog has to offer. Functions that wait, write files or change the server are not
 * on the menu: the queries are executed.
 */
#include <stdlib.h>
#include <string.h>

#include "random/gen.h"

enum {
    LAST_OID = FIRST_USER_OID + 3000,
    ACLITEM = 1033, /* these name objects that the server alone knows */
    REGCONFIG = 3734,
    REGDICTIONARY = 3769,
    REGROLE = 4096,
};

static const oid usual_types[] = {
    16,   23,   23,   20,   21,   25,   25,   1043, 1042, 1700, 701,  700,  1082, 1083, 1114,
    1184, 1186, 2950, 17,   114,  3802, 1007, 1009, 1231, 869,  650,  3904, 3910, 3912, 19,
    26,   1266, 829,  1560, 1562, 790,  142,  600,  3614, 3615, 1000, 3906, 18,   4451, 2249};

static const char *const unsafe_prefixes[] = {
    "pg_",        "lo_",       "lo",     "binary_upgrade", "query_to",       "table_to",
    "schema_to",  "database_", "cursor", "ts_stat",        "nextval",        "setval",
    "currval",    "lastval",   "dblink", "set_config",     "txid_",          "generate_series",
    "ts_rewrite", "inet_",     "repeat", "has_",           "set_byte",       "lpad",
    "rpad",       "current_",  "brin_",  "gin_",           "current_schemas"};

static const char *const safe_volatile[] = {"random", "gen_random_uuid", "clock_timestamp",
                                            "timeofday"};

static bool is_safe(const struct function *function)
{
    if (function->oid >= FIRST_USER_OID || strcmp(function->name, "lower") == 0 ||
        strcmp(function->name, "log") == 0)
        return true;
    for (size_t i = 0; i < sizeof unsafe_prefixes / sizeof *unsafe_prefixes; i++)
        if (strncmp(function->name, unsafe_prefixes[i], strlen(unsafe_prefixes[i])) == 0)
            return false;
    if (function->volatility != 'v')
        return true;
    for (size_t i = 0; i < sizeof safe_volatile / sizeof *safe_volatile; i++)
        if (strcmp(function->name, safe_volatile[i]) == 0)
            return true;
    return false;
}

static bool is_speakable(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, id);

    if (!type || type->elem == ACLITEM || id == ACLITEM || id == REGCONFIG || id == REGDICTIONARY ||
        id == REGROLE)
        return false;
    return type->typtype != 'p' || id == OID_RECORD || strncmp(type->name, "any", 3) == 0;
}

static bool is_callable(const struct catalog *catalog, const struct function *function)
{
    if (!is_speakable(catalog, function->return_type) || function->kind == 'p')
        return false;
    for (size_t i = 0; i < function->n_args; i++)
        if (!is_speakable(catalog, function->arg_types[i]))
            return false;
    return is_safe(function);
}

static int compare_functions(const void *left, const void *right)
{
    const struct function *a = *(const struct function *const *)left;
    const struct function *b = *(const struct function *const *)right;

    if (a->return_type != b->return_type)
        return a->return_type < b->return_type ? -1 : 1;
    return a->oid < b->oid ? -1 : a->oid > b->oid;
}

static int compare_operators(const void *left, const void *right)
{
    const struct operator* a = *(const struct operator* const *) left;
    const struct operator* b = *(const struct operator* const *) right;

    if (a->result != b->result)
        return a->result < b->result ? -1 : 1;
    return a->oid < b->oid ? -1 : a->oid > b->oid;
}

static void sort_functions(struct functions *functions)
{
    if (functions->n)
        qsort(functions->items, functions->n, sizeof *functions->items, compare_functions);
}

static void add_function(struct arena *arena, struct menu *menu, const struct function *function)
{
    if (!is_callable(menu->catalog, function))
        return;
    if (function->kind == 'a')
        vec_push(arena, &menu->aggregates, function);
    else if (function->kind == 'w')
        vec_push(arena, &menu->windows, function);
    else if (function->returns_set)
        vec_push(arena, &menu->sets, function);
    else
        vec_push(arena, &menu->plain, function);
}

static void add_user_type(struct arena *arena, struct menu *menu, const struct type *type)
{
    const struct relation *relation = catalog_get_relation(menu->catalog, type->relid);

    if (type->typtype == 'p' || (relation && relation->relkind != 'c'))
        return;
    if (type->elem && type->category == 'A' && rng_below(&(struct rng){type->oid}, 3))
        return;
    for (int i = 0; i < 3; i++)
        vec_push(arena, &menu->types, type->oid);
}

static void add_object(struct arena *arena, struct menu *menu, oid id)
{
    const struct function *function = catalog_get_function(menu->catalog, id);
    const struct operator* op = catalog_get_operator(menu->catalog, id);
    const struct relation *relation =
        id < FIRST_USER_OID ? NULL : catalog_get_relation(menu->catalog, id);
    const struct type *type = id < FIRST_USER_OID ? NULL : catalog_get_type(menu->catalog, id);

    if (function)
        add_function(arena, menu, function);
    if (op && is_speakable(menu->catalog, op->result) && is_speakable(menu->catalog, op->right) &&
        (!op->left || is_speakable(menu->catalog, op->left)))
        vec_push(arena, &menu->operators, op);
    if (relation && strchr("rpvm", relation->relkind))
        vec_push(arena, &menu->relations, relation);
    if (type)
        add_user_type(arena, menu, type);
}

struct menu menu_of(struct arena *arena, const struct catalog *catalog)
{
    struct menu menu = {.catalog = catalog};

    for (size_t i = 0; i < sizeof usual_types / sizeof *usual_types; i++)
        for (int n = i < 23 ? 3 : 1; n > 0; n--)
            vec_push(arena, &menu.types, usual_types[i]);
    for (oid id = 1; id < LAST_OID; id++)
        add_object(arena, &menu, id);
    sort_functions(&menu.plain);
    sort_functions(&menu.aggregates);
    sort_functions(&menu.windows);
    sort_functions(&menu.sets);
    qsort(menu.operators.items, menu.operators.n, sizeof *menu.operators.items, compare_operators);
    return menu;
}
