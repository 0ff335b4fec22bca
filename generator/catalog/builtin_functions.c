/* pg_proc as a constant table. builtin/functions.def has one row per function, sorted by name; the
 * index by OID is an array too, so that neither costs anything at start.
 *
 * The rows are read three times: for the position of each OID, for the rows themselves, and for the
 * index. Whether a function never returns NULL comes from builtin/never_null.def, reviewed by hand,
 * which defines NEVER_NULL_oid for those that do not.
 */
#include "catalog/builtin.h"
#include "catalog/builtin_search.h"

#include "catalog/builtin/never_null.def"

#define STRICT true
#define LAX false
#define SET true
#define ONE false

/* IS_TOTAL(oid) is true if NEVER_NULL_oid is a macro: that one expands to an additional argument,
 * which pushes `true` into the second place. */
#define SECOND(first, second, ...) second
#define IS_TOTAL_EXPANDED(...) SECOND(__VA_ARGS__, false, false)
#define IS_TOTAL(id) IS_TOTAL_EXPANDED(NEVER_NULL_##id)

/* Of a row that not all releases have: the first that has it. */
#define SINCE(major) .releases = {.since = major}

#define NO_ARGS .n_args = 0
#define ARGS(n, ...)                                                                               \
    .n_args = n, .arg_types = (const oid[])                                                        \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define ALL_ARGS(n, modes, ...)                                                                    \
    .n_all_args = n, .arg_modes = modes, .all_arg_types = (const oid[])                            \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define NAMES(...)                                                                                 \
    .arg_names = (const char *const[])                                                             \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* Position of each function in the table. */
enum {
#define FUNCTION(id, ...) FUNCTION_##id,
#define AGGREGATE(id, ...) FUNCTION_##id,
#include "catalog/builtin/functions.def"
#undef FUNCTION
#undef AGGREGATE
    N_FUNCTIONS
};

static const struct function functions[] = {
#define FUNCTION(id, namespace_, name_, kind_, strict, set, volatility_, variadic_, result,        \
                 defaults, ...)                                                                    \
    {.oid = id,                                                                                    \
     .namespace_oid = namespace_,                                                                  \
     .name = name_,                                                                                \
     .kind = kind_,                                                                                \
     .is_strict = strict,                                                                          \
     .returns_set = set,                                                                           \
     .volatility = volatility_,                                                                    \
     .never_null = IS_TOTAL(id),                                                                   \
     .variadic = variadic_,                                                                        \
     .return_type = result,                                                                        \
     .n_defaults = defaults,                                                                       \
     __VA_ARGS__},
#define AGGREGATE(id, namespace_, name_, agg_kind_, direct_args, variadic_, result, ...)           \
    {.oid = id,                                                                                    \
     .namespace_oid = namespace_,                                                                  \
     .name = name_,                                                                                \
     .kind = 'a',                                                                                  \
     .volatility = 'i',                                                                            \
     .never_null = IS_TOTAL(id),                                                                   \
     .variadic = variadic_,                                                                        \
     .return_type = result,                                                                        \
     .agg_kind = agg_kind_,                                                                        \
     .agg_direct_args = direct_args,                                                               \
     __VA_ARGS__},
#include "catalog/builtin/functions.def"
#undef FUNCTION
#undef AGGREGATE
};

/* OID → position + 1. */
static const uint16_t function_at[FIRST_USER_OID] = {
#define FUNCTION(id, ...) [id] = FUNCTION_##id + 1,
#define AGGREGATE(id, ...) [id] = FUNCTION_##id + 1,
#include "catalog/builtin/functions.def"
#undef FUNCTION
#undef AGGREGATE
};

const struct function *builtin_get_function(struct release release, oid id)
{
    size_t at = id < FIRST_USER_OID ? function_at[id] : 0;

    return at && releases_have(functions[at - 1].releases, release) ? &functions[at - 1] : NULL;
}

const struct function *builtin_functions_named(const char *name, size_t *n)
{
    const struct name_table table = {functions, N_FUNCTIONS, sizeof *functions,
                                     offsetof(struct function, name)};
    size_t first = name_table_find(table, name, n);

    return *n ? &functions[first] : NULL;
}

const struct function *builtin_functions(size_t *n)
{
    *n = N_FUNCTIONS;
    return functions;
}
