/* The functions that a call could mean, before its argument types are looked at
 * (FuncnameGetCandidates).
 *
 * A function stays when its number of parameters fits, possibly by leaving out defaults or by
 * repeating the VARIADIC parameter, and when all argument names are its own. Of two with equal
 * signatures the one earlier in the search path wins, then the one without VARIADIC expansion; else
 * the pair is one ambiguous candidate.
 */
#include "resolve/candidates.h"

#include <string.h>

#include "catalog/catalog.h"

/* The parameters that a call may give: the inputs, for CALL also the OUT ones. */
struct parameters {
    const oid *types;
    size_t n;
};

static struct parameters parameters_of(const struct function *function, bool include_out)
{
    if (include_out && function->n_all_args)
        return (struct parameters){function->all_arg_types, function->n_all_args};
    return (struct parameters){function->arg_types, function->n_args};
}

static size_t path_position(const struct catalog *catalog, oid namespace_oid)
{
    size_t n;
    const oid *path = catalog_search_path(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (path[i] == namespace_oid)
            return i;
    return n;
}

/* The place among the parameters of the one with the name, or SIZE_MAX. */
static size_t named_position(const struct function *function, const char *name, bool include_out)
{
    size_t n = function->n_all_args ? function->n_all_args : function->n_args, position = 0;
    for (size_t i = 0; i < n; i++) {
        char mode = function->arg_modes ? function->arg_modes[i] : 'i';
        if (!include_out && mode != 'i' && mode != 'b' && mode != 'v')
            continue;
        if (function->arg_names[i] && strcmp(function->arg_names[i], name) == 0)
            return position;
        position++;
    }
    return SIZE_MAX;
}

/* MatchNamedCall(): which parameter each argument is, defaults last; NULL when it does not fit. */
static size_t *match_named(struct parse *parse, const struct function *function,
                           const struct lookup *lookup, size_t n_parameters)
{
    size_t n_positional = lookup->n_args - lookup->n_names, used = 0;
    bool *given = arena_array(parse->statement->arena, bool, n_parameters + 1);
    size_t *positions = arena_array(parse->statement->arena, size_t, n_parameters + 1);
    if (!function->arg_names || lookup->n_args > n_parameters)
        return NULL;
    for (; used < n_positional; used++) {
        positions[used] = used;
        given[used] = true;
    }
    for (size_t i = 0; i < lookup->n_names; i++) {
        size_t at = named_position(function, lookup->names[i], lookup->include_out);
        if (at >= n_parameters || given[at])
            return NULL;
        given[at] = true;
        positions[used++] = at;
    }
    for (size_t i = n_positional; i < n_parameters; i++) {
        if (given[i])
            continue;
        if (i + function->n_defaults < n_parameters)
            return NULL;
        positions[used++] = i;
    }
    return positions;
}

/* The candidate that the function is for the call; false when the counts do not fit. */
static bool make_candidate(struct parse *parse, const struct function *function,
                           const struct lookup *lookup, struct candidate *candidate)
{
    struct arena *arena = parse->statement->arena;
    struct parameters given = parameters_of(function, lookup->include_out);
    size_t n_args = lookup->n_args;
    bool is_named = lookup->n_names > 0;
    bool is_variadic = function->variadic && lookup->expand_variadic;
    if (is_named && is_variadic)
        return false;
    is_variadic = is_variadic && given.n <= n_args;
    if (given.n > n_args && n_args + function->n_defaults < given.n)
        return false;
    if (given.n < n_args && !is_variadic)
        return false;
    size_t n = given.n > n_args ? given.n : n_args;
    oid *args = arena_array(arena, oid, n + 1);
    *candidate = (struct candidate){.function = function, .n_args = n, .args = args};
    if (is_named) {
        candidate->positions = match_named(parse, function, lookup, given.n);
        if (!candidate->positions)
            return false;
    }
    for (size_t i = 0; i < given.n; i++)
        args[i] = given.types[candidate->positions ? candidate->positions[i] : i];
    for (size_t i = given.n - 1; is_variadic && i < n; i++)
        args[i] = function->variadic;
    candidate->n_variadic = is_variadic ? n - given.n + 1 : 0;
    candidate->n_defaults = given.n > n_args ? given.n - n_args : 0;
    return true;
}

static struct candidate *find_same(struct candidates *list, const struct candidate *candidate)
{
    size_t n = candidate->n_args - candidate->n_defaults;
    for (size_t i = 0; i < list->n; i++) {
        struct candidate *other = &list->items[i];
        if (n == other->n_args - other->n_defaults &&
            (n == 0 || memcmp(other->args, candidate->args, n * sizeof(oid)) == 0))
            return other;
    }
    return NULL;
}

static void add_candidate(struct parse *parse, struct candidates *list,
                          const struct candidate *candidate)
{
    struct candidate *same = find_same(list, candidate);
    if (!same)
        vec_push(parse->statement->arena, list, *candidate);
    else if (same->path_position != candidate->path_position)
        *same = same->path_position < candidate->path_position ? *same : *candidate;
    else if (candidate->n_variadic && !same->n_variadic)
        return;
    else if (same->n_variadic && !candidate->n_variadic)
        *same = *candidate;
    else
        same->is_ambiguous = true;
}

struct candidates resolve_lookup(struct parse *parse, const struct lookup *lookup)
{
    const struct catalog *catalog = parse->statement->catalog;
    struct candidates list = {0};
    qualified_name_check(parse, lookup->name, lookup->location);
    struct function_list functions = catalog_find_functions(catalog, parse->statement->arena,
                                                            lookup->name.schema, lookup->name.name);
    for (size_t i = 0; i < functions.n; i++) {
        struct candidate candidate;
        if (!make_candidate(parse, functions.items[i], lookup, &candidate))
            continue;
        if (!lookup->name.schema)
            candidate.path_position = path_position(catalog, functions.items[i]->namespace_oid);
        add_candidate(parse, &list, &candidate);
    }
    return list;
}
