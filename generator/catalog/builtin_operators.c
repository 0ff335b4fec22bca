/* pg_operator as a constant table, from builtin/operators.def, sorted by name. */
#include "catalog/builtin.h"
#include "catalog/builtin_search.h"

enum {
#define OPERATOR(id, ...) OPERATOR_##id,
#include "catalog/builtin/operators.def"
#undef OPERATOR
    N_OPERATORS
};

static const struct operator operators[] = {
#define OPERATOR(id, namespace_, name_, left_, right_, result_, function_, negator_, commutator_,  \
                 merges, hashes)                                                                   \
    {.oid = id,                                                                                    \
     .namespace_oid = namespace_,                                                                  \
     .name = name_,                                                                                \
     .left = left_,                                                                                \
     .right = right_,                                                                              \
     .result = result_,                                                                            \
     .function = function_,                                                                        \
     .negator = negator_,                                                                          \
     .commutator = commutator_,                                                                    \
     .can_merge = merges,                                                                          \
     .can_hash = hashes},
#include "catalog/builtin/operators.def"
#undef OPERATOR
};

/* OID → position + 1. */
static const uint16_t operator_at[FIRST_USER_OID] = {
#define OPERATOR(id, ...) [id] = OPERATOR_##id + 1,
#include "catalog/builtin/operators.def"
};

const struct operator* builtin_get_operator(struct release release, oid id)
{
    size_t at = id < FIRST_USER_OID ? operator_at[id] : 0;

    return at && releases_have(operators[at - 1].releases, release) ? &operators[at - 1] : NULL;
}

const struct operator* builtin_operators_named(const char *name, size_t *n)
{
    const struct name_table table = {operators, N_OPERATORS, sizeof *operators,
                                     offsetof(struct operator, name)};
    size_t first = name_table_find(table, name, n);

    return *n ? &operators[first] : NULL;
}
