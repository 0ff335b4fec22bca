/* Whether the polymorphic types of a signature can be told from its arguments (manual, 38.2.5):
 * each family stands on its own, and a range only follows from a range.
 */
#include "schema/signature.h"

static bool is_range(oid type)
{
    return type == ANYRANGEOID || type == ANYMULTIRANGEOID || type == ANYCOMPATIBLERANGEOID ||
           type == ANYCOMPATIBLEMULTIRANGEOID;
}

bool is_polymorphic(oid type)
{
    return catalog_type_family(type) != FAMILY_NONE;
}

bool is_determined(oid type, const oid *inputs, size_t n)
{
    enum type_family family = catalog_type_family(type);

    if (family == FAMILY_NONE)
        return true;
    for (size_t i = 0; i < n; i++)
        if (catalog_type_family(inputs[i]) == family && (is_range(inputs[i]) || !is_range(type)))
            return true;
    return false;
}

bool is_internal_safe(oid type, const oid *inputs, size_t n)
{
    if (type != INTERNALOID)
        return true;
    for (size_t i = 0; i < n; i++)
        if (inputs[i] == INTERNALOID)
            return true;
    return false;
}

void signature_check_types(struct ddl *ddl, const struct function *function, span at)
{
    bool determined = is_determined(function->return_type, function->arg_types, function->n_args);
    bool safe = is_internal_safe(function->return_type, function->arg_types, function->n_args);

    for (size_t i = 0; i < function->n_all_args; i++) {
        if (function->arg_modes[i] == 'i' || function->arg_modes[i] == 'v')
            continue;
        determined &=
            is_determined(function->all_arg_types[i], function->arg_types, function->n_args);
        safe &= is_internal_safe(function->all_arg_types[i], function->arg_types, function->n_args);
    }
    if (!determined)
        ddl_fail_hint(ddl, "42P13", at, "a polymorphic result needs a polymorphic input to follow",
                      "cannot determine result data type");
    if (!safe)
        ddl_fail_hint(ddl, "42P13", at,
                      "a function returning internal must have at least one internal argument",
                      "unsafe use of pseudo-type \"internal\"");
}
