/* The built-in catalog: constant tables made from builtin/NAME.def, which builtin/dump.sh writes
 * from a real server. Nothing is built at start: lookups by OID go through constant index arrays,
 * lookups by name through binary search. A row says which releases have it, and a lookup is for one
 * of them.
 */
#ifndef TENON_CATALOG_BUILTIN_H
#define TENON_CATALOG_BUILTIN_H

#include <stddef.h>

#include "catalog/catalog.h"

enum {
    PG_CATALOG_NAMESPACE = 11,
};

/* All return NULL when the release has none. Names are those of one namespace. */
const struct type *builtin_get_type(struct release release, oid id);
const struct type *builtin_find_type(struct release release, oid namespace_oid, const char *name);
const struct relation *builtin_get_relation(struct release release, oid id);
const struct relation *builtin_find_relation(struct release release, oid namespace_oid,
                                             const char *name);
const struct function *builtin_get_function(struct release release, oid id);
const struct operator* builtin_get_operator(struct release release, oid id);
const struct cast *builtin_find_cast(struct release release, oid source, oid target);
/* 0 when there is none; of the tables below, all releases have all. */
oid builtin_find_collation(oid namespace_oid, const char *name);
const char *builtin_collation_name(oid id);

/* The objects of a name, of all namespaces and releases: the first of *n neighbours. */
const struct function *builtin_functions_named(const char *name, size_t *n);
const struct operator* builtin_operators_named(const char *name, size_t *n);
/* All of them, of all releases, by name. */
const struct function *builtin_functions(size_t *n);

/* The operator classes of all releases. */
const struct operator_class *builtin_operator_classes(size_t *n);

const struct namespace *builtin_namespaces(size_t *n);

bool builtin_is_text_search_config(const char *name);
bool builtin_is_text_search_dictionary(const char *name);
bool builtin_is_time_zone(const char *name);
/* One of the predefined roles, pg_… */
bool builtin_is_role(const char *name);
/* Indexes and TOAST tables of the system. */
bool builtin_has_index(oid namespace_oid, const char *name);
/* How the setting, given in lower case, is spelt; NULL when there is none. */
const char *builtin_setting(const char *name);

/* Whether an identifier spelt like this needs quotes because it is a key word. */
bool builtin_is_keyword(const char *word);

#endif
