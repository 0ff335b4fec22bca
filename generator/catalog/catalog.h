/* The catalog: what a PostgreSQL server knows of schemas, relations, types, functions, operators
 * and casts, as far as parse analysis asks for it. Lookups see the built-in objects and those of
 * the schema alike.
 */
#ifndef TENON_CATALOG_CATALOG_H
#define TENON_CATALOG_CATALOG_H

#include "catalog/model.h"

struct catalog; /* catalog.c */

struct catalog *catalog_create(struct arena *arena, struct release release);
/* The release whose built-in objects it has. */
struct release catalog_release(const struct catalog *catalog);
struct arena *catalog_arena(struct catalog *catalog);

/* --- Schemas and the search path ------------------------------------------------------------ */

const struct namespace *catalog_find_namespace(const struct catalog *catalog, const char *name);
const struct namespace *catalog_get_namespace(const struct catalog *catalog, oid id);
/* NULL when it exists already. */
const struct namespace *catalog_add_namespace(struct catalog *catalog, const char *name);
bool catalog_rename_namespace(struct catalog *catalog, const char *name, const char *new_name);
bool catalog_drop_namespace(struct catalog *catalog, const char *name); /* and all that is in it */
/* NULL for built-in schemas but "public". */
struct namespace *catalog_edit_namespace(struct catalog *catalog, oid id);
/* The schema at *at or after it, which moves on, of those that a script can make; "public" and
 * "pg_temp" are among them. NULL after the last. */
const struct namespace *catalog_next_namespace(const struct catalog *catalog, size_t *at);

/* The effective path: pg_temp when it has objects, pg_catalog first unless listed, then the rest.
 * The default is "$user", public. */
void catalog_set_search_path(struct catalog *catalog, const char *const *names, size_t n);
const oid *catalog_search_path(const struct catalog *catalog, size_t *n);
/* As it was set, for who sets another one for a while. */
const char *const *catalog_search_path_names(const struct catalog *catalog, size_t *n);
/* Where an unqualified CREATE puts objects; 0 when the path names no existing schema. */
oid catalog_creation_namespace(const struct catalog *catalog);

/* --- Lookups. A NULL schema means "along the search path"; all may return NULL -------------- */

const struct type *catalog_find_type(const struct catalog *c, const char *schema, const char *name);
const struct type *catalog_get_type(const struct catalog *catalog, oid id);
const struct relation *catalog_find_relation(const struct catalog *c, const char *schema,
                                             const char *name);
/* A live column; NULL when absent. System columns are not found. */
struct attribute *attribute_find(const struct relation *relation, const char *name);
struct constraint *constraint_find(const struct relation *relation, const char *name);
const struct relation *catalog_get_relation(const struct catalog *catalog, oid id);
const struct function *catalog_get_function(const struct catalog *catalog, oid id);
const struct operator* catalog_get_operator(const struct catalog *catalog, oid id);
const struct cast *catalog_find_cast(const struct catalog *catalog, oid source, oid target);
bool catalog_has_operator_name(const struct catalog *catalog, const char *name);
oid catalog_find_collation(const struct catalog *catalog, const char *schema, const char *name);
const char *catalog_collation_name(const struct catalog *catalog, oid id);
oid catalog_collation_namespace(const struct catalog *catalog, oid id);
/* Whether a text search configuration of this name was ever there; those of users are known for all
 * schemas but pg_catalog. */
bool catalog_knows_text_search_config(const struct catalog *catalog, const char *schema,
                                      const char *name);
bool catalog_knows_text_search_dictionary(const struct catalog *catalog, const char *schema,
                                          const char *name);
/* An index, or a relation of the system that no query may name. */
bool catalog_has_index(const struct catalog *catalog, const char *schema, const char *name);
/* The operator class of that name for the index method. */
const struct operator_class *catalog_find_operator_class(const struct catalog *catalog,
                                                         const char *method, const char *schema,
                                                         const char *name);
/* As in struct operator_class. */
char catalog_method_letter(const char *method);
/* The default class of the method for values of the type (GetDefaultOpClass). */
const struct operator_class *catalog_default_class(const struct catalog *catalog, oid type,
                                                   const char *method);
/* Roles belong to the server: false for those names only that no role can have. */
bool catalog_may_have_role(const char *name);
/* How the server's setting is spelt, given in any case; NULL when there is none. */
const char *catalog_setting(const char *name);
/* Whether the time zone database has a zone of this name, which is in lower case. */
bool catalog_knows_time_zone(const char *name);

/* All functions of a name (any schema in the path when schema is NULL), in path order: candidates
 * of an earlier schema come first. Shadowing by identical signatures is the caller's business, who
 * sees namespace_oid. The vector is allocated in arena. */
struct function_list {
    const struct function **items;
    size_t n;
};
struct function_list catalog_find_functions(const struct catalog *c, struct arena *arena,
                                            const char *schema, const char *name);

struct operator_list {
    const struct operator** items;
    size_t n;
};
struct operator_list catalog_find_operators(const struct catalog *c, struct arena *arena,
                                            const char *schema, const char *name);

/* The name of an input argument, counted from 0; "" when it has none. */
const char *function_input_name(const struct function *function, size_t input);
/* Whether a rule or trigger may do something else instead of what is written to the relation. */
bool relation_has_rules_instead(const struct relation *relation);
/* "ctid" for -1, and so on. */
const char *relation_system_column_name(int attno);
bool relation_has_index(const struct relation *relation, const char *name);
/* The index of a key or an exclusion constraint, which has its name; NULL for the others. */
struct index *relation_constraint_index(const struct relation *relation,
                                        const struct constraint *constraint);
/* ctid, xmin, …; NULL for views and composites. */
const struct attribute *relation_find_system_attribute(const struct relation *relation,
                                                       const char *name);

/* The validated CHECK that leaves no NULL in the relation's own rows of the column, or NULL. */
const struct constraint *relation_find_null_check(const struct relation *relation, int attno);

/* --- Derived facts ---------------------------------------------------------------------------- */

/* format_type(oid, NULL) / format_type(oid, typmod) of the server: "character varying(10)",
 * "timestamp with time zone", "other.mood[]", with quotes and schema where it prints them. */
const char *catalog_format_type(const struct catalog *c, struct arena *arena, oid id);
const char *catalog_format_type_mod(const struct catalog *c, struct arena *arena, oid id,
                                    int32_t typmod);
/* The base type under any depth of domains; *typmod (may be NULL) becomes the domain's. */
oid catalog_base_type(const struct catalog *catalog, oid id, int32_t *typmod);
/* Polymorphic types stand in two families, whose actual types follow from each other (manual,
 * 38.2.5). */
enum type_family {
    FAMILY_NONE,       /* not polymorphic */
    FAMILY_ELEMENT,    /* anyelement, anyarray, anynonarray, anyenum, anyrange, anymultirange */
    FAMILY_COMPATIBLE, /* anycompatible and its kin */
};
enum type_family catalog_type_family(oid type);
/* The element type of a true array (get_element_type), or 0. */
oid catalog_element_type(const struct catalog *catalog, oid id);
oid catalog_array_type(const struct catalog *catalog, oid id);
/* The relation of a composite type or of a domain over one, else NULL. */
const struct relation *catalog_type_relation(const struct catalog *catalog, oid id);
/* Whether a value of source is a value of target as it is (IsBinaryCoercible). */
bool catalog_is_binary_coercible(const struct catalog *catalog, oid source, oid target);
/* The operators of the type's default operator class that sort and group its values; those that
 * there are not (json has none, xid only equal) are 0. Elements of arrays and fields of composites
 * are looked at too (lookup_type_cache). */
struct operator_class catalog_default_operators(const struct catalog *catalog, oid type);
/* The identifier as SQL, in quotes if it needs them (quote_identifier). */
const char *catalog_quote_identifier(struct arena *arena, const char *name);
/* The text as a literal of SQL: 'it''s', E'a\\b' (quote_literal). */
const char *catalog_quote_literal(struct arena *arena, const char *text);

/* --- Changes, for the schema room ------------------------------------------------------------- */

/* An OID for an object that is added later. */
oid catalog_new_oid(struct catalog *catalog);

/* Each copies the struct, assigns an OID when it is 0, links it under its name and returns the
 * copy, which the caller may go on editing. The caller has checked for duplicates. */
struct type *catalog_add_type(struct catalog *catalog, const struct type *type);
/* With type_oid 0, every relation but a sequence gets its row type, which gets an array type. */
struct relation *catalog_add_relation(struct catalog *catalog, const struct relation *relation);
struct function *catalog_add_function(struct catalog *catalog, const struct function *function);
struct operator* catalog_add_operator(struct catalog *catalog, const struct operator* op);
struct cast *catalog_add_cast(struct catalog *catalog, const struct cast *cast);
oid catalog_add_collation(struct catalog *catalog, oid namespace_oid, const char *name);
void catalog_add_text_search_config(struct catalog *catalog, const char *name);
void catalog_add_text_search_dictionary(struct catalog *catalog, const char *name);
/* CREATE OPERATOR CLASS. */
struct operator_class *catalog_add_operator_class(struct catalog *catalog,
                                                  struct operator_class operator_class);

/* Adds the type and its array type `_name` (with the server's rule for a taken name). */
struct type *catalog_add_type_with_array(struct catalog *catalog, const struct type *type);
/* CREATE TYPE … AS RANGE: adds the range type (range_subtype is set), its multirange type, named
 * by the server's rule when multirange_name is NULL, their array types, constructor functions and
 * the cast between them. */
struct type *catalog_add_range_type(struct catalog *catalog, const struct type *range,
                                    oid multirange_namespace, const char *multirange_name);
/* The name by that rule (makeMultirangeTypeName). */
const char *multirange_type_name(struct arena *arena, const char *range);
/* The longest prefix of at most `most` bytes that ends between characters (pg_mbcliplen). */
size_t name_clip(const char *name, size_t most);
/* What a new type or relation of that name clashes with, or NULL. An array type that got its name
 * by itself does not count: it makes way when the other type is added, as on the server. */
const struct type *catalog_find_type_clash(const struct catalog *catalog, oid namespace_oid,
                                           const char *name);

/* Objects that no query asks for (other.c). The namespace is 0 where there is none. */
struct other_object *catalog_add_other(struct catalog *catalog, const struct other_object *other);
struct other_object *catalog_find_other(const struct catalog *catalog, enum other_class class,
                                        oid namespace_oid, const char *name, const char *detail);
/* Along the search path when schema is NULL. */
struct other_object *catalog_search_other(const struct catalog *catalog, enum other_class class,
                                          const char *schema, const char *name, const char *detail);
struct other_object *catalog_get_other(const struct catalog *catalog, oid id);
/* With what refers to it: the servers of a wrapper, the mappings of a server. */
void catalog_drop_other(struct catalog *catalog, oid id);
/* The object at *at or after it, which moves on; NULL after the last. */
struct other_object *catalog_next_other(const struct catalog *catalog, size_t *at);

/* Who makes what is made next: SET ROLE; NULL: who runs the script. */
void catalog_set_role(struct catalog *catalog, const char *role);
const char *catalog_role(const struct catalog *catalog);
/* Mutable views of user objects; NULL for built-in ones. */
struct operator* catalog_edit_operator(struct catalog *catalog, oid id);
struct cast *catalog_edit_cast(struct catalog *catalog, oid source, oid target);
struct operator_class *catalog_edit_operator_class(struct catalog *catalog,
                                                   const struct operator_class *class);
struct type *catalog_edit_type(struct catalog *catalog, oid id);
struct relation *catalog_edit_relation(struct catalog *catalog, oid id);
struct function *catalog_edit_function(struct catalog *catalog, oid id);

void catalog_drop_type(struct catalog *catalog, oid id);     /* and its array type */
void catalog_drop_relation(struct catalog *catalog, oid id); /* and its row type */
void catalog_drop_function(struct catalog *catalog, oid id);
void catalog_drop_operator(struct catalog *catalog, oid id);
void catalog_drop_cast(struct catalog *catalog, oid source, oid target);
void catalog_drop_operator_class(struct catalog *catalog, const struct operator_class *class);
void catalog_drop_collation(struct catalog *catalog, oid id);

/* Renames and moves; name or namespace may be unchanged. Row and array types follow. */
void catalog_move_type(struct catalog *catalog, oid id, oid namespace_oid, const char *name);
void catalog_move_relation(struct catalog *catalog, oid id, oid namespace_oid, const char *name);
void catalog_move_function(struct catalog *catalog, oid id, oid namespace_oid, const char *name);
void catalog_move_operator(struct catalog *catalog, oid id, oid namespace_oid);
void catalog_move_collation(struct catalog *catalog, oid id, oid namespace_oid, const char *name);

/* Whether there may be objects that nobody told of: an unknown extension, what a DO block or a
 * function did. Then what is missing need not be wrong. */
void catalog_set_incomplete(struct catalog *catalog);
bool catalog_is_incomplete(const struct catalog *catalog);

/* There has been a view that reads itself: whoever follows views has to look out. */
void catalog_set_view_cycle(struct catalog *catalog);
bool catalog_has_view_cycle(const struct catalog *catalog);

/* The objects that were added, or given out to be edited, since they were last forgotten; those of
 * the statement that runs are never forgotten, for who edits them may not be done. */
void catalog_begin_statement(struct catalog *catalog);
/* As if all of them had been: for who has not seen what was forgotten. */
void catalog_touch_all(struct catalog *catalog);
const oid *catalog_touched(const struct catalog *catalog, size_t *n);
void catalog_forget_touched(struct catalog *catalog);

/* User objects in the order of creation. Dropped ones are NULL. */
struct relation *const *catalog_relations(const struct catalog *catalog, size_t *n);
struct type *const *catalog_types(const struct catalog *catalog, size_t *n);
struct function *const *catalog_functions(const struct catalog *catalog, size_t *n);
struct operator* const * catalog_operators(const struct catalog *catalog, size_t *n);
struct operator_class *const *catalog_operator_classes(const struct catalog *catalog, size_t *n);
/* The cast at *at or after it, which moves on; NULL after the last. */
const struct cast *catalog_next_cast(const struct catalog *catalog, size_t *at);

/* The SQL that CREATE EXTENSION name replays, or NULL for an unknown extension. */
const char *catalog_extension_sql(const char *name);
/* Brackets the replay: functions added until the next call with NULL are those of the extension,
 * whose never_null is known from a reviewed list. */
void catalog_set_extension(struct catalog *catalog, const char *name);
const char *catalog_extension(const struct catalog *catalog);

/* --- Bodies of the system's views ------------------------------------------------------------- */

/* A catalog of the built-in objects alone, in which the bodies of the system's views mean what they
 * mean on a server. Made at the first call; lives as long as the other one. */
struct catalog *catalog_of_system(const struct catalog *catalog);
/* The SELECT of a view of pg_catalog or information_schema; NULL for any other relation. */
const char *catalog_view_sql(const struct catalog *system, const struct relation *view);
/* Keeps what the analysis made of it (const struct query *); NULL when nothing was kept. */
void catalog_keep_view_body(struct catalog *system, const struct relation *view, const void *body);
const void *catalog_kept_view_body(const struct catalog *system, const struct relation *view);

#endif
