/* Facts about types, and the pathways between them.
 *
 * First the small questions (category, base type, row type, range), then the three that decide
 * everything in chapter 10: is the conversion free (coerce_is_binary), how is it done
 * (coerce_find_path), and is it possible for a whole argument list (types_can_coerce).
 */
#include "types/conversion.h"

#include "types/polymorphic.h"

char type_category(const struct catalog *catalog, oid type)
{
    const struct type *found = catalog_get_type(catalog, type);
    return found ? found->category : 'X';
}

bool type_is_preferred(const struct catalog *catalog, oid type)
{
    const struct type *found = catalog_get_type(catalog, type);
    return found && found->is_preferred;
}

oid type_base(const struct catalog *catalog, oid type)
{
    return catalog_base_type(catalog, type, NULL);
}

bool type_is_composite(const struct catalog *catalog, oid type)
{
    return catalog_type_relation(catalog, type) != NULL;
}

bool type_is_array(const struct catalog *catalog, oid type)
{
    return catalog_element_type(catalog, type) != 0;
}

bool type_is_array_domain(const struct catalog *catalog, oid type)
{
    return type_is_array(catalog, type_base(catalog, type));
}

bool type_is_composite_array(const struct catalog *catalog, oid type)
{
    oid element = catalog_element_type(catalog, type);
    return element && type_is_composite(catalog, element);
}

bool type_has_kind(const struct catalog *catalog, oid type, char typtype)
{
    const struct type *found = catalog_get_type(catalog, type);
    return found && found->typtype == typtype;
}

oid type_range_subtype(const struct catalog *catalog, oid type)
{
    const struct type *found = catalog_get_type(catalog, type);
    return found && found->typtype == 'r' ? found->range_subtype : 0;
}

oid type_multirange_range(const struct catalog *catalog, oid type)
{
    const struct type *found = catalog_get_type(catalog, type);
    return found && found->typtype == 'm' ? found->range_subtype : 0;
}

oid type_range_multirange(const struct catalog *catalog, oid range)
{
    const struct type *found = catalog_get_type(catalog, range);
    return found && found->typtype == 'r' ? found->range_multirange : 0;
}

static bool relation_inherits(const struct catalog *catalog, const struct relation *child,
                              oid parent, int depth)
{
    if (!child || depth > 100)
        return false;
    for (size_t i = 0; i < child->parents.n; i++) {
        oid direct = child->parents.items[i];
        if (direct == parent ||
            relation_inherits(catalog, catalog_get_relation(catalog, direct), parent, depth + 1))
            return true;
    }
    return false;
}

bool type_inherits(const struct catalog *catalog, oid child, oid parent)
{
    const struct relation *from = catalog_type_relation(catalog, child);
    const struct type *to = catalog_get_type(catalog, parent);
    return from && to && to->relid &&
           (from->of_type == to->relid || relation_inherits(catalog, from, to->relid, 0));
}

/* --- Pathways --------------------------------------------------------------------------------- */

bool coerce_is_binary(const struct catalog *catalog, oid source, oid target)
{
    return catalog_is_binary_coercible(catalog, source, target);
}

/* implicit < assignment < explicit */
static int context_rank(char context)
{
    return context == COERCE_IMPLICIT ? 0 : context == COERCE_ASSIGNMENT ? 1 : 2;
}

static enum coercion_path cast_path(const struct catalog *catalog, const struct cast *cast,
                                    const struct function **function)
{
    switch (cast->method) {
    case 'f':
        *function = catalog_get_function(catalog, cast->function);
        return PATH_FUNCTION;
    case 'i':
        return PATH_INOUT;
    default:
        return PATH_RELABEL;
    }
}

/* No pg_cast entry: arrays go by their elements, strings through the text form. */
static enum coercion_path path_without_cast(const struct catalog *catalog, oid target, oid source,
                                            enum coercion_context context)
{
    if (target != OIDVECTOROID && target != INT2VECTOROID) {
        oid to = catalog_element_type(catalog, target);
        oid from = catalog_element_type(catalog, source);
        const struct function *ignored;
        if (to && from && coerce_find_path(catalog, to, from, context, &ignored) != PATH_NONE)
            return PATH_ARRAY;
    }
    if (context != COERCE_IMPLICIT && type_category(catalog, target) == 'S')
        return PATH_INOUT;
    if (context == COERCE_EXPLICIT && type_category(catalog, source) == 'S')
        return PATH_INOUT;
    return PATH_NONE;
}

enum coercion_path coerce_find_path(const struct catalog *catalog, oid target, oid source,
                                    enum coercion_context context, const struct function **function)
{
    *function = NULL;
    source = type_base(catalog, source);
    target = type_base(catalog, target);
    if (source == target)
        return PATH_RELABEL;
    const struct cast *cast = catalog_find_cast(catalog, source, target);
    if (!cast)
        return path_without_cast(catalog, target, source, context);
    if (context_rank((char)context) < context_rank(cast->context))
        return PATH_NONE;
    return cast_path(catalog, cast, function);
}

const struct function *type_typmod_function(const struct catalog *catalog, oid type, bool *is_array)
{
    oid element = catalog_element_type(catalog, type);
    *is_array = element != 0;
    if (element)
        type = element;
    const struct cast *cast = catalog_find_cast(catalog, type, type);
    return cast ? catalog_get_function(catalog, cast->function) : NULL;
}

static bool can_coerce_one(const struct catalog *catalog, oid source, oid target,
                           enum coercion_context context)
{
    const struct function *ignored;
    if (source == UNKNOWNOID)
        return target != INTERNALOID; /* nobody may make up such a value */
    if (source == target || target == ANYOID)
        return true;
    if (coerce_find_path(catalog, target, source, context, &ignored) != PATH_NONE)
        return true;
    if (source == RECORDOID && type_is_composite(catalog, target))
        return true;
    if (target == RECORDOID && type_is_composite(catalog, source))
        return true;
    if (target == RECORDARRAYOID && type_is_composite_array(catalog, source))
        return true;
    return type_inherits(catalog, source, target);
}

bool types_can_coerce(const struct catalog *catalog, size_t n, const oid *sources,
                      const oid *targets, enum coercion_context context)
{
    bool have_generics = false;
    for (size_t i = 0; i < n; i++) {
        if (sources[i] == targets[i])
            continue;
        if (type_is_polymorphic(targets[i]))
            have_generics = true;
        else if (!can_coerce_one(catalog, sources[i], targets[i], context))
            return false;
    }
    return !have_generics || types_fit_generic(catalog, sources, targets, n);
}
