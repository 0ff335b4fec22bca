/* The operators that sort and group values of a type (get_sort_group_operators). */
#include "resolve/resolve.h"

#include "catalog/catalog.h"
#include "types/conversion.h"

const struct operator* resolve_sort_operator(struct parse *parse, oid type, bool need_less_than,
                                             bool need_equal, int location)
{
    const struct catalog *catalog = parse->statement->catalog;
    struct operator_class found = catalog_default_operators(catalog, type);
    if (need_less_than && !found.less)
        parse_error_hint(
            parse, "42883", location, "use an explicit ordering operator or modify the query",
            "could not identify an ordering operator for type %s", type_text(parse, type));
    if (need_equal && !found.equal)
        parse_error(parse, "42883", location, "could not identify an equality operator for type %s",
                    type_text(parse, type));
    return catalog_get_operator(catalog, need_less_than ? found.less : found.equal);
}
