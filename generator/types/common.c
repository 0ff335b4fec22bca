/* The common type of several expressions (manual, 10.5 "UNION, CASE, and Related Constructs").
 *
 * All alike: that type, a domain too. Else over base types: unknowns are ignored, categories must
 * agree, and the first type gives way to a later one that it converts to but that does not convert
 * back, unless it is the preferred one of its category. Only unknowns: text.
 */
#include "types/common.h"

#include "types/conversion.h"

static bool all_alike(const oid *types, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (types[i] != types[0])
            return false;
    return n > 0 && types[0] != UNKNOWNOID;
}

static bool gives_way(const struct catalog *catalog, oid current, oid next)
{
    return !type_is_preferred(catalog, current) &&
           types_can_coerce(catalog, 1, &current, &next, COERCE_IMPLICIT) &&
           !types_can_coerce(catalog, 1, &next, &current, COERCE_IMPLICIT);
}

struct common_type types_choose_common(const struct catalog *catalog, const oid *types, size_t n)
{
    struct common_type best = {.type = types[0]};
    if (all_alike(types, n))
        return best;
    best.type = type_base(catalog, types[0]);
    for (size_t i = 1; i < n; i++) {
        oid next = type_base(catalog, types[i]);
        if (next == UNKNOWNOID || next == best.type)
            continue;
        if (best.type != UNKNOWNOID &&
            type_category(catalog, next) != type_category(catalog, best.type)) {
            best.mismatch = next;
            best.mismatch_at = i;
            return best;
        }
        if (best.type == UNKNOWNOID || gives_way(catalog, best.type, next)) {
            best.type = next;
            best.decider = i;
        }
    }
    if (best.type == UNKNOWNOID)
        best.type = TEXTOID;
    return best;
}

oid types_common(const struct catalog *catalog, const oid *types, size_t n)
{
    struct common_type choice = types_choose_common(catalog, types, n);
    return choice.mismatch ? 0 : choice.type;
}

bool types_verify_common(const struct catalog *catalog, oid common, const oid *types, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!types_can_coerce(catalog, 1, &types[i], &common, COERCE_IMPLICIT))
            return false;
    return true;
}
