/* The common type of several expressions (manual, 10.5), and the expressions as values of it. */
#include "resolve/coerce.h"
#include "tree/tree.h"
#include "types/common.h"

static oid *types_of(struct parse *parse, struct expr *const *exprs, size_t n)
{
    oid *types = arena_array(parse->statement->arena, oid, n);
    for (size_t i = 0; i < n; i++)
        types[i] = exprs[i]->type;
    return types;
}

oid coerce_common_type(struct parse *parse, struct expr *const *exprs, size_t n,
                       const char *context, struct expr **which)
{
    struct common_type choice =
        types_choose_common(parse->statement->catalog, types_of(parse, exprs, n), n);
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
    if (!types_can_coerce(parse->statement->catalog, 1, &source, &type, COERCE_IMPLICIT))
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
