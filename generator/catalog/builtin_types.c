/* Types, casts, default operator classes, collations and namespaces as constant tables, from the
 * .def files of the same names.
 */
#include "catalog/builtin.h"
#include "catalog/builtin_search.h"

#define CHECKED true

enum {
#define TYPE(id, ...) TYPE_##id,
#include "catalog/builtin/types.def"
#undef TYPE
    N_TYPES
};

static const struct type types[] = {
#define TYPE(id, namespace_, name_, typtype_, category_, preferred, check, len_, relid_, elem_,    \
             subscript_, array_, base, typmod_, collation_, subtype, multirange)                   \
    {.oid = id,                                                                                    \
     .namespace_oid = namespace_,                                                                  \
     .name = name_,                                                                                \
     .typtype = typtype_,                                                                          \
     .category = category_,                                                                        \
     .is_preferred = preferred,                                                                    \
     .has_check = check,                                                                           \
     .len = len_,                                                                                  \
     .relid = relid_,                                                                              \
     .elem = elem_,                                                                                \
     .subscript = subscript_,                                                                      \
     .array = array_,                                                                              \
     .base_type = base,                                                                            \
     .typmod = typmod_,                                                                            \
     .collation = collation_,                                                                      \
     .range_subtype = subtype,                                                                     \
     .range_multirange = multirange},
#include "catalog/builtin/types.def"
#undef TYPE
};

/* OID → position + 1. */
static const uint16_t type_at[FIRST_USER_OID] = {
#define TYPE(id, ...) [id] = TYPE_##id + 1,
#include "catalog/builtin/types.def"
#undef TYPE
};

static const struct cast casts[] = {
#define CAST(source_, target_, context_, method_, function_)                                       \
    {.source = source_,                                                                            \
     .target = target_,                                                                            \
     .context = context_,                                                                          \
     .method = method_,                                                                            \
     .function = function_},
#include "catalog/builtin/casts.def"
};

static const struct operator_class operator_classes[] = {
#define DEFAULT true
#define OTHER false
#define OPCLASS(method_, method_name_, name_, type_, default_, less_, equal_, greater_)            \
    {.method = method_,                                                                            \
     .method_name = method_name_,                                                                  \
     .name = name_,                                                                                \
     .namespace_oid = PG_CATALOG_NAMESPACE,                                                        \
     .type = type_,                                                                                \
     .is_default = default_,                                                                       \
     .less = less_,                                                                                \
     .equal = equal_,                                                                              \
     .greater = greater_},
#include "catalog/builtin/opclasses.def"
};

static const struct collation {
    oid oid, namespace_oid;
    const char *name;
} collations[] = {
#define COLLATION(id, namespace_, name_) {id, namespace_, name_},
#include "catalog/builtin/collations.def"
};

static const struct namespace namespaces[] = {
#define NAMESPACE(id, name_) {.oid = id, .name = name_},
#include "catalog/builtin/namespaces.def"
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const struct type *builtin_get_type(struct release release, oid id)
{
    size_t at = id < FIRST_USER_OID ? type_at[id] : 0;

    return at && releases_have(types[at - 1].releases, release) ? &types[at - 1] : NULL;
}

const struct type *builtin_find_type(struct release release, oid namespace_oid, const char *name)
{
    const struct name_table table = {types, N_TYPES, sizeof *types, offsetof(struct type, name)};
    size_t n, first = name_table_find(table, name, &n);

    for (size_t i = first; i < first + n; i++)
        if (types[i].namespace_oid == namespace_oid && releases_have(types[i].releases, release))
            return &types[i];
    return NULL;
}

const struct cast *builtin_find_cast(struct release release, oid source, oid target)
{
    size_t low = 0, high = COUNT(casts);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cast *cast = &casts[middle];
        if (cast->source < source || (cast->source == source && cast->target < target))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == COUNT(casts) || casts[low].source != source || casts[low].target != target ||
        !releases_have(casts[low].releases, release))
        return NULL;
    return &casts[low];
}

oid builtin_find_collation(oid namespace_oid, const char *name)
{
    const struct name_table table = {collations, COUNT(collations), sizeof *collations,
                                     offsetof(struct collation, name)};
    size_t n, first = name_table_find(table, name, &n);

    for (size_t i = first; i < first + n; i++)
        if (collations[i].namespace_oid == namespace_oid)
            return collations[i].oid;
    return 0;
}

const char *builtin_collation_name(oid id)
{
    for (size_t i = 0; i < COUNT(collations); i++)
        if (collations[i].oid == id)
            return collations[i].name;
    return NULL;
}

const struct operator_class *builtin_operator_classes(size_t *n)
{
    *n = COUNT(operator_classes);
    return operator_classes;
}

const struct namespace *builtin_namespaces(size_t *n)
{
    *n = COUNT(namespaces);
    return namespaces;
}
