/* Types that the server makes by itself: the array type of a type, the multirange type of a range
 * type with the functions and the cast that belong to it, and how they are named.
 */
#include "catalog/store.h"

#include <string.h>

#include "support/buf.h"

size_t name_clip(const char *name, size_t most)
{
    size_t len = strlen(name);

    if (len <= most)
        return len;
    while (most > 0 && ((unsigned char)name[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static const char *clip(struct arena *arena, const char *name, size_t most)
{
    return arena_strndup(arena, name, name_clip(name, most));
}

/* Underscores are prepended until the name is free. */
const char *array_type_name(const struct catalog *catalog, oid namespace_oid, const char *element)
{
    const char *longer = element, *name;

    do {
        longer = arena_printf(catalog->arena, "_%s", longer);
        name = clip(catalog->arena, longer, MAX_NAME_BYTES);
    } while (store_find_type(catalog, namespace_oid, name) && strlen(longer) < 2 * MAX_NAME_BYTES);
    return name;
}

/* "range" becomes "multirange" where it occurs first, else "_multirange" is appended. */
const char *multirange_type_name(struct arena *arena, const char *range)
{
    const char *found = strstr(range, "range");
    struct buf name = buf_in(arena);

    if (found) {
        buf_add(&name, range, (size_t)(found - range));
        buf_adds(&name, "multi");
        buf_adds(&name, found);
        return clip(arena, buf_text(&name), MAX_NAME_BYTES);
    }
    buf_addf(&name, "%s_multirange", clip(arena, range, MAX_NAME_BYTES - strlen("_multirange")));
    return buf_text(&name);
}

struct type *catalog_add_type_with_array(struct catalog *catalog, const struct type *type)
{
    struct type *element = catalog_add_type(catalog, type);
    const struct type *array = catalog_add_type(
        catalog, &(struct type){
                     .namespace_oid = element->namespace_oid,
                     .name = array_type_name(catalog, element->namespace_oid, element->name),
                     .typtype = 'b',
                     .category = 'A',
                     .len = -1,
                     .elem = element->oid,
                     .subscript = ARRAY_SUBSCRIPT_HANDLER,
                     .typmod = -1,
                     .collation = element->collation,
                     .defined_at = element->defined_at,
                 });

    element->array = array->oid;
    return element;
}

static struct function *add_constructor(struct catalog *catalog, const struct type *type,
                                        uint16_t n_args, const oid *args, oid variadic)
{
    oid *types = arena_array(catalog->arena, oid, n_args);

    if (n_args > 0)
        memcpy(types, args, n_args * sizeof *types);
    return catalog_add_function(catalog, &(struct function){
                                             .namespace_oid = type->namespace_oid,
                                             .name = type->name,
                                             .kind = 'f',
                                             .is_strict = type->typtype == 'm',
                                             .volatility = 'i',
                                             .never_null = true,
                                             .variadic = variadic,
                                             .return_type = type->oid,
                                             .n_args = n_args,
                                             .arg_types = types,
                                             .n_all_args = variadic ? n_args : 0,
                                             .all_arg_types = variadic ? types : NULL,
                                             .arg_modes = variadic ? "v" : NULL,
                                             .defined_at = type->defined_at,
                                         });
}

static void add_range_constructors(struct catalog *catalog, const struct type *range,
                                   const struct type *multirange)
{
    const oid bounds[] = {range->range_subtype, range->range_subtype, TEXTOID};
    const struct function *cast_function;

    add_constructor(catalog, range, 2, bounds, 0);
    add_constructor(catalog, range, 3, bounds, 0);
    add_constructor(catalog, multirange, 0, NULL, 0);
    cast_function = add_constructor(catalog, multirange, 1, &range->oid, 0);
    add_constructor(catalog, multirange, 1, &range->array, range->oid);
    catalog_add_cast(catalog, &(struct cast){
                                  .source = range->oid,
                                  .target = multirange->oid,
                                  .context = 'e',
                                  .method = 'f',
                                  .function = cast_function->oid,
                              });
}

struct type *catalog_add_range_type(struct catalog *catalog, const struct type *range,
                                    oid multirange_namespace, const char *multirange_name)
{
    struct type *added, *multirange;

    if (!multirange_name) {
        multirange_name = multirange_type_name(catalog->arena, range->name);
        multirange_namespace = range->namespace_oid;
    }
    added = catalog_add_type_with_array(catalog, range);
    added->typtype = 'r';
    added->category = 'R';
    added->len = -1;
    added->typmod = -1;
    multirange = catalog_add_type_with_array(catalog, &(struct type){
                                                          .namespace_oid = multirange_namespace,
                                                          .name = multirange_name,
                                                          .typtype = 'm',
                                                          .category = 'R',
                                                          .len = -1,
                                                          .typmod = -1,
                                                          .range_subtype = added->oid,
                                                          .defined_at = range->defined_at,
                                                      });
    added->range_multirange = multirange->oid;
    add_range_constructors(catalog, added, multirange);
    return added;
}
