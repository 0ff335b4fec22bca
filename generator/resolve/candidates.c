/* Reducing candidates (manual, 10.2 step 3 and 10.3 step 4).
 *
 * In turn: those that accept the arguments by implicit coercion; those with the most exact matches;
 * those with the most exact or preferred matches; those that take the category which the unknown
 * literals seem to have (string, if any candidate takes one); at last, if all known arguments have
 * one type, the only one that accepts that type everywhere. A rule that would reject all is void.
 */
#include "resolve/candidates.h"

#include "types/conversion.h"

/* The arguments under selection. */
struct inputs {
    const struct catalog *catalog;
    size_t n, n_unknown;
    oid types[MAX_FUNCTION_ARGS]; /* domains reduced to base types */
    char category[MAX_FUNCTION_ARGS];
    bool
        wants_preferred[MAX_FUNCTION_ARGS]; /* unknown slots: some candidate has a preferred type */
};

void candidates_match(const struct catalog *catalog, struct candidates *list, const oid *types,
                      size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++)
        if (types_can_coerce(catalog, n, types, list->items[i].args, COERCE_IMPLICIT))
            list->items[kept++] = list->items[i];
    list->n = kept;
}

static void inputs_init(struct inputs *in, const struct catalog *catalog, const oid *types,
                        size_t n)
{
    in->catalog = catalog;
    in->n = n;
    in->n_unknown = 0;
    for (size_t i = 0; i < n; i++) {
        in->types[i] = types[i] == UNKNOWNOID ? UNKNOWNOID : type_base(catalog, types[i]);
        in->category[i] = type_category(catalog, in->types[i]);
        in->wants_preferred[i] = false;
        in->n_unknown += in->types[i] == UNKNOWNOID;
    }
}

static size_t score(const struct inputs *in, const struct candidate *candidate, bool or_preferred)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++) {
        if (in->types[i] == UNKNOWNOID)
            continue;
        oid type = candidate->args[i];
        bool is_good = type == in->types[i];
        if (!is_good && or_preferred)
            is_good = type_category(in->catalog, type) == in->category[i] &&
                      type_is_preferred(in->catalog, type);
        n += is_good;
    }
    return n;
}

/* Keeps the candidates with the best score. */
static void keep_best(const struct inputs *in, struct candidates *list, bool or_preferred)
{
    size_t best = 0, kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        size_t n = score(in, &list->items[i], or_preferred);
        if (n > best) {
            best = n;
            kept = 0;
        }
        if (n == best)
            list->items[kept++] = list->items[i];
    }
    list->n = kept;
}

/* The category of one unknown argument; false when the candidates disagree. */
static bool guess_slot(struct inputs *in, const struct candidates *list, size_t slot)
{
    char category = 0;
    bool preferred = false, conflict = false;
    for (size_t i = 0; i < list->n; i++) {
        oid type = list->items[i].args[slot];
        char other = type_category(in->catalog, type);
        bool is_preferred = type_is_preferred(in->catalog, type);
        if (category == 0 || (other != category && other == 'S')) {
            category = other;
            preferred = is_preferred;
        } else if (other == category) {
            preferred |= is_preferred;
        } else {
            conflict = true;
        }
    }
    in->category[slot] = category;
    in->wants_preferred[slot] = preferred;
    return !conflict || category == 'S';
}

static bool fits_guesses(const struct inputs *in, const struct candidate *candidate)
{
    for (size_t i = 0; i < in->n; i++) {
        if (in->types[i] != UNKNOWNOID)
            continue;
        oid type = candidate->args[i];
        if (type_category(in->catalog, type) != in->category[i])
            return false;
        if (in->wants_preferred[i] && !type_is_preferred(in->catalog, type))
            return false;
    }
    return true;
}

static void keep_guessed(struct inputs *in, struct candidates *list)
{
    for (size_t i = 0; i < in->n; i++)
        if (in->types[i] == UNKNOWNOID && !guess_slot(in, list, i))
            return;
    size_t n_fitting = 0, kept = 0;
    for (size_t i = 0; i < list->n; i++)
        n_fitting += fits_guesses(in, &list->items[i]);
    for (size_t i = 0; i < list->n && n_fitting; i++)
        if (fits_guesses(in, &list->items[i]))
            list->items[kept++] = list->items[i];
    if (n_fitting)
        list->n = kept;
}

/* The one type of all known arguments, or unknown. */
static oid shared_type(const struct inputs *in)
{
    oid shared = UNKNOWNOID;
    for (size_t i = 0; i < in->n; i++) {
        if (in->types[i] == UNKNOWNOID)
            continue;
        if (shared != UNKNOWNOID && shared != in->types[i])
            return UNKNOWNOID;
        shared = in->types[i];
    }
    return shared;
}

static const struct candidate *last_gasp(struct inputs *in, const struct candidates *list)
{
    const struct candidate *only = NULL;
    oid shared = shared_type(in);
    if (shared == UNKNOWNOID)
        return NULL;
    for (size_t i = 0; i < in->n; i++)
        in->types[i] = shared;
    for (size_t i = 0; i < list->n; i++) {
        if (!types_can_coerce(in->catalog, in->n, in->types, list->items[i].args, COERCE_IMPLICIT))
            continue;
        if (only)
            return NULL;
        only = &list->items[i];
    }
    return only;
}

const struct candidate *candidates_select(const struct catalog *catalog, struct candidates *list,
                                          const oid *types, size_t n)
{
    struct inputs in;
    inputs_init(&in, catalog, types, n);
    keep_best(&in, list, false);
    if (list->n > 1)
        keep_best(&in, list, true);
    if (list->n == 1)
        return list->items;
    if (in.n_unknown == 0)
        return NULL;
    keep_guessed(&in, list);
    return list->n == 1 ? list->items : last_gasp(&in, list);
}

enum match candidates_choose(const struct catalog *catalog, struct candidates *list,
                             const oid *types, size_t n, const struct candidate **best)
{
    candidates_match(catalog, list, types, n);
    if (list->n == 0)
        return MATCH_NONE;
    *best = list->n == 1 ? list->items : candidates_select(catalog, list, types, n);
    return *best ? MATCH_ONE : MATCH_MANY;
}
