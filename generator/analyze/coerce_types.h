/* Facts about types that the rules of conversion ask for (lsyscache.c), and the parts of type
 * conversion that need no expression: shared by the coerce and resolve files of this room.
 */
#ifndef TENON_ANALYZE_COERCE_TYPES_H
#define TENON_ANALYZE_COERCE_TYPES_H

#include "analyze/coerce.h"

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
const char *type_text(struct parse *parse, oid type);

/* coerce_can() for callers without a statement. */
bool types_can_coerce(const struct catalog *catalog, size_t n, const oid *sources,
                      const oid *targets, enum coercion_context context);
/* The function in pg_cast that applies a typmod to values of the type; for an array, to its
 * elements, with *is_array set. NULL: the type knows no typmod. */
const struct function *type_typmod_function(const struct catalog *catalog, oid type,
                                            bool *is_array);

/* 10.5 for types alone; 0 when they do not match. */
oid types_common(const struct catalog *catalog, const oid *types, size_t n);
bool types_verify_common(const struct catalog *catalog, oid common, const oid *types, size_t n);

/* Whether actual argument types fit polymorphic declared ones (check_generic_type_consistency). */
bool types_fit_generic(const struct catalog *catalog, const oid *actual, const oid *declared,
                       size_t n);

/* Whether any part of the expression returns a set. */
bool expr_returns_set(const struct catalog *catalog, const struct expr *expr);

#endif
