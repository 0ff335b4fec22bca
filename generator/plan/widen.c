/* Which changes of a column's type lose nothing and cannot fail, and which leave the rows alone.
 * Types of the schema have other numbers in the other catalog: they are compared by name.
 */
#include <string.h>

#include "catalog/oids.h"
#include "plan/planner.h"
#include "types/length.h"

/* --- A type on each side ---------------------------------------------------------------------- */

struct side {
    const struct catalog *catalog;
    oid type;
    int32_t typmod;
};

static struct side side_of(const struct catalog *catalog, const struct item *column)
{
    const struct attribute *attribute = column->object;

    return (struct side){catalog, attribute->type, attribute->typmod};
}

static struct side base_of(struct side side)
{
    side.type = catalog_base_type(side.catalog, side.type, &side.typmod);
    return side;
}

static const struct type *type_of(struct side side)
{
    return catalog_get_type(side.catalog, side.type);
}

static const char *namespace_of(const struct catalog *catalog, const struct type *type)
{
    const struct namespace *found = catalog_get_namespace(catalog, type->namespace_oid);

    return found ? found->name : "";
}

bool is_same_type(const struct planner *planner, oid before, oid after)
{
    const struct type *old = catalog_get_type(planner->before_catalog, before);
    const struct type *new = catalog_get_type(planner->after_catalog, after);

    if (before < FIRST_USER_OID || after < FIRST_USER_OID)
        return before == after;
    return old && new &&strcmp(old->name, new->name) == 0 &&
           strcmp(namespace_of(planner->before_catalog, old),
                  namespace_of(planner->after_catalog, new)) == 0;
}

/* --- Rewriting -------------------------------------------------------------------------------- */

/* ATColumnChangeRequiresRewrite(), for a conversion that is a cast. */
bool rewrites_table(const struct planner *planner, const struct change *column)
{
    const struct side before = side_of(planner->before_catalog, column->before);
    const struct side after = side_of(planner->after_catalog, column->after);
    const struct side old = base_of(before), new = base_of(after);

    if (!type_of(old) || !type_of(new))
        return true;
    if (!is_same_type(planner, before.type, after.type) && new.type != after.type)
        return true; /* what the domain checks is unknown here */
    if (is_same_type(planner, old.type, new.type))
        return !typmod_keeps_values(type_of(new), old.typmod, new.typmod);
    if (old.type >= FIRST_USER_OID || new.type >= FIRST_USER_OID ||
        catalog_element_type(old.catalog, old.type) ||
        catalog_element_type(new.catalog, new.type) ||
        !catalog_is_binary_coercible(new.catalog, old.type, new.type))
        return true;
    return !typmod_keeps_values(type_of(new), -1, new.typmod);
}

/* --- Widening --------------------------------------------------------------------------------- */

/* The most digits that an integer has. */
static int digits_of(oid type)
{
    return type == INT2OID ? 5 : type == INT4OID ? 10 : type == INT8OID ? 19 : 0;
}

static bool widens_integer(oid old, struct side new)
{
    switch (new.type) {
    case INT4OID:
    case INT8OID:
        return digits_of(old) < digits_of(new.type);
    case FLOAT4OID:
        return old == INT2OID;
    case FLOAT8OID:
        return old != INT8OID;
    case NUMERICOID:
        return new.typmod < 0 || typmod_whole_digits(new.typmod) >= digits_of(old);
    default:
        return false;
    }
}

static bool is_text(oid type)
{
    return type == TEXTOID || type == VARCHAROID;
}

/* All that has a text can be one; blanks at the end of character(n) are none of it. */
static bool widens_base(struct side old, struct side new)
{
    if (is_text(new.type) && old.type != BPCHAROID)
        return new.typmod < 0 ||
               (is_text(old.type) && typmod_widens(type_of(new), old.typmod, new.typmod));
    if (digits_of(old.type))
        return widens_integer(old.type, new);
    return old.type == FLOAT4OID && new.type == FLOAT8OID;
}

bool widens_type(const struct planner *planner, const struct change *column)
{
    const struct side before = side_of(planner->before_catalog, column->before);
    const struct side after = side_of(planner->after_catalog, column->after);
    struct side old = base_of(before), new = base_of(after);
    oid old_element, new_element;

    if (!type_of(old) || !type_of(new))
        return false;
    if (!is_same_type(planner, before.type, after.type) && new.type != after.type)
        return false; /* nor what it lets in */
    old_element = catalog_element_type(old.catalog, old.type);
    new_element = catalog_element_type(new.catalog, new.type);
    if (old_element && new_element) {
        old = base_of((struct side){old.catalog, old_element, old.typmod});
        new.type = new_element;
    }
    if (is_same_type(planner, old.type, new.type))
        return typmod_widens(type_of(new), old.typmod, new.typmod);
    return widens_base(old, new);
}
