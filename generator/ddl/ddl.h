/* The state of one DDL statement, shared by the files of this room. Its first error ends it with a
 * jump back to whoever runs it (replay/load.c), so that no function checks for failures of another.
 * Functions check first and change the catalog last.
 */
#ifndef TENON_DDL_DDL_H
#define TENON_DDL_DDL_H

#include <setjmp.h>

#include "session/session.h"
#include "sql/raw.h"
#include "sql/statement.h"

struct ddl {
    struct session *session;
    struct arena *arena;
    struct catalog *catalog;
    struct diags *diags;
    const struct sql *sql;
    struct statement statement;
    jmp_buf on_error;
};

/* --- Errors (error.c) ------------------------------------------------------------------------- */

/* Ends the statement; a diagnostic was added. */
_Noreturn void ddl_stop(struct ddl *ddl);
_Noreturn void ddl_fail(struct ddl *ddl, const char *code, span at, const char *format, ...)
    DIAG_PRINTF(4, 5);
/* With a hint, which may be NULL. */
_Noreturn void ddl_fail_hint(struct ddl *ddl, const char *code, span at, const char *hint,
                             const char *format, ...) DIAG_PRINTF(5, 6);
/* For a hint: that it came with a newer release, if it is that which is wrong; else NULL. */
const char *ddl_newer(struct ddl *ddl, bool is_it, const char *what, int since);
/* With a note at the earlier definition of `name`, when it has a place. */
_Noreturn void ddl_fail_exists(struct ddl *ddl, const char *code, span at, const char *name,
                               span defined_at, const char *format, ...) DIAG_PRINTF(6, 7);
/* 2BP01: of an object that came with the server. */
_Noreturn void ddl_fail_required(struct ddl *ddl, span at, const char *what);
/* 25001 inside BEGIN … COMMIT. */
void transaction_check_none(struct ddl *ddl, const char *command);

/* --- Places (place.c) ------------------------------------------------------------------------- */

/* The token at the byte offset; the statement's first token when location is negative. */
span ddl_span(const struct ddl *ddl, int location);
/* The first token from the byte offset on that spells the identifier; many nodes of the tree have
 * no location of their own. The statement's first token when there is none. */
span ddl_name_span(const struct ddl *ddl, int from, const char *name);
/* The same for a string constant of the statement. */
span ddl_string_span(const struct ddl *ddl, const char *value);
span range_var_span(const struct ddl *ddl, const PgQuery__RangeVar *relation);
/* What was made by one definition stands where it does: a sequence where its column, the functions
 * of a range where the range. */
bool spans_start_together(span a, span b);

/* --- Names (names.c) -------------------------------------------------------------------------- */

/* "a.b" as in messages. */
const char *qualified_text(struct arena *arena, struct qualified_name name);
/* A list of one to three String nodes; more parts or another database are errors. */
struct qualified_name name_from_list(struct ddl *ddl, PgQuery__Node **items, size_t n);
struct qualified_name name_from_node(struct ddl *ddl, const PgQuery__Node *list);
struct qualified_name name_from_range_var(const PgQuery__RangeVar *relation);
span name_span(const struct ddl *ddl, struct qualified_name name);

/* The namespace of that name; 3F000 when there is none. */
oid namespace_get(struct ddl *ddl, const char *schema, span at);
/* Where a CREATE of that name goes. */
oid namespace_for_creation(struct ddl *ddl, const char *schema, span at);
const char *namespace_name(const struct ddl *ddl, oid id);
oid namespace_temporary(struct ddl *ddl);

/* 42P01 when there is none, with the nearest name as a hint. */
const struct relation *relation_named(struct ddl *ddl, struct qualified_name name, span at);
const struct relation *relation_get(struct ddl *ddl, const PgQuery__RangeVar *name);
const struct relation *relation_find(struct ddl *ddl, const PgQuery__RangeVar *name);
/* The relation of a CREATE's namespace; no search along the path. */
const struct relation *relation_find_in(struct ddl *ddl, oid namespace_oid, const char *name);
struct relation *relation_edit(struct ddl *ddl, const struct relation *relation, span at);
const struct type *type_find_in(struct ddl *ddl, oid namespace_oid, const char *name);
/* 42704 when there is none. */
const struct type *type_get(struct ddl *ddl, struct qualified_name name, span at);
struct type *type_edit(struct ddl *ddl, const struct type *type, span at);

/* 42703 "column x of relation y does not exist". */
struct attribute *attribute_get(struct ddl *ddl, const struct relation *relation, const char *name,
                                span at);
bool is_system_column(const char *name);

/* --- Generated names (object_name.c) -----------------------------------------------------------
 */

/* name1_name2_label cut to 63 bytes as the server does; name2 and label may be NULL. */
const char *make_object_name(struct arena *arena, const char *name1, const char *name2,
                             const char *label);
/* The same, with a number that makes it unique among the relations of the namespace. */
const char *choose_relation_name(struct ddl *ddl, const char *name1, const char *name2,
                                 const char *label, oid namespace_oid, bool is_constraint);
const char *choose_constraint_name(struct ddl *ddl, const char *name1, const char *name2,
                                   const char *label, oid namespace_oid);

/* An index and the relation it is on. */
struct index_place {
    oid relid;
    struct index *index;
};

struct index_place *index_find(struct ddl *ddl, const char *schema, const char *name);
struct index_place *index_find_in(struct ddl *ddl, oid namespace_oid, const char *name);
/* Keep the session's maps of names in step with the catalog. */
void index_link(struct ddl *ddl, struct relation *relation, struct index *index);
void index_unlink(struct ddl *ddl, struct relation *relation, const struct index *index);
void index_set_name(struct ddl *ddl, struct relation *relation, struct index *index,
                    const char *name);
void constraint_link(struct ddl *ddl, struct relation *relation, struct constraint *constraint);
void constraint_unlink(struct ddl *ddl, struct relation *relation,
                       const struct constraint *constraint);
/* Of a domain's constraints too. */
void constraint_name_put(struct ddl *ddl, oid namespace_oid, struct constraint *constraint);
void constraint_name_remove(struct ddl *ddl, oid namespace_oid, const char *name);
/* All names of a relation that moves or is dropped. */
void relation_unlink_names(struct ddl *ddl, const struct relation *relation);
void relation_link_names(struct ddl *ddl, struct relation *relation);

/* --- Types -------------------------------------------------------------------------------------
 */

/* type_name_resolve() that ends the statement when it fails. */
oid type_resolve(struct ddl *ddl, const PgQuery__TypeName *name, int32_t *typmod);
/* 42704 for a type that only its name is known of. */
void type_check_defined(struct ddl *ddl, oid type, span at);
/* The same without an error: 0 when it does not exist or is malformed. */
oid type_resolve_quietly(struct ddl *ddl, const PgQuery__TypeName *name);
oid collation_resolve(struct ddl *ddl, const PgQuery__CollateClause *clause);
/* The collation of that name; 42704 when there is none. */
oid collation_named(struct ddl *ddl, PgQuery__Node **items, size_t n, int location);
/* 42809 for the array type that another type has. */
void type_check_no_array(struct ddl *ddl, const struct type *type, span at);
const char *ddl_type_text(const struct ddl *ddl, oid id);
/* 42710 when the name of a new type is taken. */
void type_name_check_free(struct ddl *ddl, oid namespace_oid, const char *name, span at);

/* --- Definition lists (definition.c) ---------------------------------------------------------- */

/* Definition lists: name = value. */
const PgQuery__DefElem *definition_find(PgQuery__Node **items, size_t n, const char *name);
/* 42601 when another of its name stands before the item. */
void definition_check_once(struct ddl *ddl, PgQuery__Node **items, size_t n,
                           const PgQuery__DefElem *item);
/* The value as a word; NULL when there is none. */
const char *definition_string(struct ddl *ddl, const PgQuery__DefElem *item);
/* A missing value is true; 42601 for what is none. */
bool definition_bool(struct ddl *ddl, const PgQuery__DefElem *item);
/* A name, or a type that may be in quotes; NULL and 0 without an item. Fails when the item has no
 * value or another kind of value. */
struct qualified_name definition_name(struct ddl *ddl, const PgQuery__DefElem *item);
oid definition_type(struct ddl *ddl, const PgQuery__DefElem *item);

/* --- Relations ---------------------------------------------------------------------------------
 */

/* ALTER VIEW, ALTER TYPE, … mean a relation of their own kind, ALTER TABLE any but a composite type
 * (RangeVarCallbackForAlterRelation). */
void relation_check_kind(struct ddl *ddl, PgQuery__ObjectType kind, const struct relation *relation,
                         span at);
/* Adds the relation, its row type and its names; `at` is where a clash is reported. */
struct relation *relation_create(struct ddl *ddl, struct relation *relation, span at);
/* Refuses a name that is taken: 42P07 or 42710. */
void relation_name_check_free(struct ddl *ddl, oid namespace_oid, const char *name, span at);
/* The same for an index, which has no row type. */
void index_name_check_free(struct ddl *ddl, oid namespace_oid, const char *name, span at);
/* Namespace of a CREATE TABLE, VIEW or SEQUENCE; also decides about temporary ones. */
oid relation_namespace(struct ddl *ddl, const PgQuery__RangeVar *name, bool *is_temporary);
/* 22023 for the tablespace of what databases share; NULL is none. */
void tablespace_check(struct ddl *ddl, const char *name);
/* Names that are not written are NULL or empty. */
void relation_set_storage(struct ddl *ddl, struct relation *relation, const char *tablespace,
                          const char *access_method);
bool range_var_is_unlogged(const PgQuery__RangeVar *name);
/* A composite type of the schema or an array of one. */
bool is_row_type(const struct ddl *ddl, oid type);
/* Appends a column and numbers it. */
struct attribute *relation_add_attribute(struct ddl *ddl, struct relation *relation,
                                         struct attribute attribute);
void inheritance_add(struct ddl *ddl, struct relation *child, oid parent);
void inheritance_remove(struct ddl *ddl, struct relation *child, oid parent);
/* The i-th child of the parent that still exists; NULL after the last. */
struct relation *inheritance_child(struct ddl *ddl, oid parent, size_t *at);
/* Views over the relation may know less, or more, than before. */
void facts_changed(struct ddl *ddl, const struct relation *relation);

/* "table", "view", …: as messages call it. */
const char *relkind_name(char relkind);

#endif
