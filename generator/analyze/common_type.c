/* The common type of several expressions (manual, 10.5 "UNION, CASE, and Related Constructs").
 *
 * All alike: that type, a domain too. Else over base types: unknowns are ignored, categories must
 * agree, and the first type gives way to a later one that it converts to but that does not convert
 * back, unless it is the preferred one of its category. Only unknowns: text.
 */
#include "analyze/coerce.h"

#include "analyze/coerce_types.h"
#include "catalog/catalog.h"

/* What choose() found: the type and which input decided it, or which input does not match. */
struct choice {
    oid type;
    size_t decider;
    oid mismatch; /* type that could not be matched with `type`; 0 none */
    size_t mismatch_at;
};

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

static struct choice choose(const struct catalog *catalog, const oid *types, size_t n)
{
    struct choice best = {.type = types[0]};
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

static oid *types_of(struct parse *parse, struct expr *const *exprs, size_t n)
{
    oid *types = arena_array(parse->statement->arena, oid, n);
    for (size_t i = 0; i < n; i++)
        types[i] = exprs[i]->type;
    return types;
}

oid types_common(const struct catalog *catalog, const oid *types, size_t n)
{
    struct choice choice = choose(catalog, types, n);
    return choice.mismatch ? 0 : choice.type;
}

bool types_verify_common(const struct catalog *catalog, oid common, const oid *types, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!types_can_coerce(catalog, 1, &types[i], &common, COERCE_IMPLICIT))
            return false;
    return true;
}

oid coerce_common_type(struct parse *parse, struct expr *const *exprs, size_t n,
                       const char *context, struct expr **which)
{
    struct choice choice = choose(parse->statement->catalog, types_of(parse, exprs, n), n);
    if (choice.mismatch && !context)
        return 0;
    if (choice.mismatch)
        parse_error(parse, "42804", expr_location(exprs[choice.mismatch_at]),
                    "%s types %s and %s cannot be matched", context, type_text(parse, choice.type),
                    type_text(parse, choice.mismatch));
    if (which)
        *which = exprs[choice.decider];
    return choice.type;
}

bool coerce_verify_common(struct parse *parse, oid type, struct expr *const *exprs, size_t n)
{
    return types_verify_common(parse->statement->catalog, type, types_of(parse, exprs, n), n);
}

struct expr *coerce_to_common(struct parse *parse, struct expr *expr, oid type, const char *context)
{
    oid source = expr->type;
    if (source == type)
        return expr;
    if (!coerce_can(parse, 1, &source, &type, COERCE_IMPLICIT))
        parse_error(parse, "42846", expr_location(expr), "%s could not convert type %s to %s",
                    context, type_text(parse, source), type_text(parse, type));
    return coerce_type(parse, expr, source, type, -1, COERCE_IMPLICIT, FORM_IMPLICIT, -1);
}

int32_t coerce_common_typmod(struct expr *const *exprs, size_t n, oid common)
{
    for (size_t i = 0; i < n; i++)
        if (exprs[i]->type != common || exprs[i]->typmod != exprs[0]->typmod)
            return -1;
    return n ? exprs[0]->typmod : -1;
}
