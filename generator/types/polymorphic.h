/* Polymorphic types (manual, 38.2.5). */
#ifndef TENON_TYPES_POLYMORPHIC_H
#define TENON_TYPES_POLYMORPHIC_H

#include "catalog/catalog.h"
#include "support/refusal.h"

bool type_is_polymorphic(oid type);

/* Whether actual argument types fit polymorphic declared ones (check_generic_type_consistency). */
bool types_fit_generic(const struct catalog *catalog, const oid *actual, const oid *declared,
                       size_t n);

/* The same aloud: the polymorphic ones among the declared types, and *result, become the actual
 * ones (enforce_generic_type_consistency). False with the reason in *why. allow_poly: arguments
 * whose types are polymorphic themselves are let through, as for the parts of an aggregate. */
bool types_solve(struct arena *arena, const struct catalog *catalog, const oid *actual,
                 oid *declared, size_t n, bool allow_poly, oid *result, struct refusal *why);

/* Whether the type of a result can be told from the declared types of the inputs: each family
 * stands on its own, and a range only follows from a range. */
bool type_is_determined(oid type, const oid *inputs, size_t n);

#endif
