/* The relations of pg_catalog and information_schema with their columns and keys, as constant
 * tables. In builtin/relations.def a relation is a RELATION line, one line per column and an END
 * line; relations are sorted by name.
 */
#include "catalog/builtin.h"
#include "catalog/builtin_search.h"

#define NOT_NULL true
#define NULLABLE false

enum {
#define RELATION(id, ...) RELATION_##id,
#define ATTRIBUTE(...)
#define END(...)
#include "catalog/builtin/relations.def"
#undef RELATION
#undef ATTRIBUTE
#undef END
    N_RELATIONS
};

/* VEC() holds pointers to what can be changed; a built-in relation is only handed out as const. */
static const struct relation relations[] = {
#define RELATION(id, namespace_, name_, kind, type)                                                \
    {                                                                                              \
        .oid = id, .namespace_oid = namespace_, .name = name_, .relkind = kind, .type_oid = type,  \
        .attributes = {                                                                            \
            .items = (struct attribute *)(const struct attribute[]) {
#define ATTRIBUTE(number_, name_, type_, typmod_, not_null_, collation_)                           \
    {.number = number_,                                                                            \
     .name = name_,                                                                                \
     .type = type_,                                                                                \
     .typmod = typmod_,                                                                            \
     .not_null = not_null_,                                                                        \
     .collation = collation_,                                                                      \
     .is_local = true},
#define END(n_attributes, keys)                                                                    \
    }                                                                                              \
    , .n = n_attributes, .cap = n_attributes                                                       \
    }                                                                                              \
    , .constraints = keys                                                                          \
    }                                                                                              \
    ,
#define NO_KEYS                                                                                    \
    {                                                                                              \
        0                                                                                          \
    }
#define KEYS(n_keys, ...)                                                                          \
    {                                                                                              \
        .items = (struct constraint *[]){__VA_ARGS__}, .n = n_keys, .cap = n_keys                  \
    }
#define KEY(kind_, name_, n, ...)                                                                  \
    &(struct constraint)                                                                           \
    {                                                                                              \
        .kind = kind_, .name = name_, .columns = (int16_t[]){__VA_ARGS__}, .n_columns = n          \
    }
#include "catalog/builtin/relations.def"
#undef RELATION
#undef ATTRIBUTE
#undef END
};

/* OID → position + 1. */
static const uint16_t relation_at[FIRST_USER_OID] = {
#define RELATION(id, ...) [id] = RELATION_##id + 1,
#define ATTRIBUTE(...)
#define END(...)
#include "catalog/builtin/relations.def"
};

const struct relation *builtin_get_relation(struct release release, oid id)
{
    size_t at = id < FIRST_USER_OID ? relation_at[id] : 0;

    return at && releases_have(relations[at - 1].releases, release) ? &relations[at - 1] : NULL;
}

const struct relation *builtin_find_relation(struct release release, oid namespace_oid,
                                             const char *name)
{
    const struct name_table table = {relations, N_RELATIONS, sizeof *relations,
                                     offsetof(struct relation, name)};
    size_t n, first = name_table_find(table, name, &n);

    for (size_t i = first; i < first + n; i++)
        if (relations[i].namespace_oid == namespace_oid &&
            releases_have(relations[i].releases, release))
            return &relations[i];
    return NULL;
}
