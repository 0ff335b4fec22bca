/* Facts about types that the rules of conversion ask for (lsyscache.c), and the parts of type
 * conversion that need no expression: by OID.
 */
#ifndef TENON_TYPES_CONVERSION_H
#define TENON_TYPES_CONVERSION_H

#include "catalog/catalog.h"

enum coercion_context { COERCE_IMPLICIT = 'i', COERCE_ASSIGNMENT = 'a', COERCE_EXPLICIT = 'e' };

enum coercion_path {
    PATH_NONE,
    PATH_FUNCTION,
    PATH_RELABEL,
    PATH_ARRAY,
    PATH_INOUT,
};

/* How source becomes target in the context (pg_cast, arrays, enums-from-text I/O, domains). */
enum coercion_path coerce_find_path(const struct catalog *catalog, oid target, oid source,
                                    enum coercion_context context,
                                    const struct function **function);

bool coerce_is_binary(const struct catalog *catalog, oid source, oid target);

/* typcategory; 'X' for unknown and for types that do not exist. */
char type_category(const struct catalog *catalog, oid type);
bool type_is_preferred(const struct catalog *catalog, oid type);
oid type_base(const struct catalog *catalog, oid type);
/* A row type, or a domain over one; not RECORD itself. */
bool type_is_composite(const struct catalog *catalog, oid type);
bool type_is_array(const struct catalog *catalog, oid type);
/* Also a domain over an array. */
bool type_is_array_domain(const struct catalog *catalog, oid type);
bool type_is_composite_array(const struct catalog *catalog, oid type);
/* typtype: 'e', 'r', 'm', … */
bool type_has_kind(const struct catalog *catalog, oid type, char typtype);
oid type_range_subtype(const struct catalog *catalog, oid type);     /* 0: not a range */
oid type_multirange_range(const struct catalog *catalog, oid type);  /* 0: not a multirange */
oid type_range_multirange(const struct catalog *catalog, oid range); /* 0: not a range */
/* Whether rows of a child table may stand for rows of its parent. */
bool type_inherits(const struct catalog *catalog, oid child, oid parent);

/* Whether all the sources can be coerced to the targets; polymorphic targets are checked together
 * (can_coerce_type). */
bool types_can_coerce(const struct catalog *catalog, size_t n, const oid *sources,
                      const oid *targets, enum coercion_context context);
/* The function in pg_cast that applies a typmod to values of the type; for an array, to its
 * elements, with *is_array set. NULL: the type knows no typmod. */
const struct function *type_typmod_function(const struct catalog *catalog, oid type,
                                            bool *is_array);

#endif
