/* The casts that depend on a type or a function. A cast is no object of its own, and there are few.
 */
#include "ddl/depend.h"

static bool is_type_or_array(const struct type *type, oid id)
{
    return id && (id == type->oid || id == type->array);
}

/* The cast of a range to its multirange was made with them. */
static void add_cast(struct removal *removal, const struct cast *cast, size_t cause)
{
    removal_add(removal, (struct dropped_object){.class = OBJECT_IS_CAST,
                                                 .id = cast->source,
                                                 .target = cast->target,
                                                 .automatic = !cast->defined_at.source,
                                                 .cause = cause});
}

void removal_add_casts_of_type(struct removal *removal, const struct type *type, size_t cause)
{
    size_t at = 0;

    for (const struct cast *cast; (cast = catalog_next_cast(removal->ddl->catalog, &at));)
        if (is_type_or_array(type, cast->source) || is_type_or_array(type, cast->target))
            add_cast(removal, cast, cause);
}

void removal_add_casts_by(struct removal *removal, oid function, size_t cause)
{
    size_t at = 0;

    for (const struct cast *cast; (cast = catalog_next_cast(removal->ddl->catalog, &at));)
        if (cast->function == function)
            add_cast(removal, cast, cause);
}
