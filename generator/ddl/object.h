/* Objects of any kind as COMMENT, GRANT, ALTER … OWNER TO and their kin name them, and those that
 * no query asks for.
 */
#ifndef TENON_DDL_OBJECT_H
#define TENON_DDL_OBJECT_H

#include "catalog/privilege.h"
#include "ddl/ddl.h"

/* The name of a role; NULL: who runs the statement, and for PUBLIC. */
const char *role_named(struct ddl *ddl, const PgQuery__RoleSpec *role);

/* What is said of the object, to be changed; NULL for what is not of the schema (databases, roles,
 * built-in objects). 42704 and its kin when there is none. */
struct about *object_about(struct ddl *ddl, PgQuery__ObjectType type, const PgQuery__Node *object);

typedef void about_visitor(void *context, struct about *about, enum privilege_class class);
/* All objects that have an owner or privileges, with the columns of tables. */
void each_about(struct ddl *ddl, about_visitor *visit, void *context);

/* GRANT and REVOKE on one object, but for those on columns. */
void privileges_change(struct ddl *ddl, const PgQuery__GrantStmt *statement, struct about *about,
                       enum privilege_class class);

/* --- Other objects (other.c) ------------------------------------------------------------------ */

const char *other_word(enum other_class class);  /* "text search parser" */
const char *other_text(struct ddl *ddl, oid id); /* "server s", for messages */
/* Whether the statement's kind of object is one of these. */
bool other_class_of(PgQuery__ObjectType type, enum other_class *class);
/* One of those that lie in no schema; 42704 when there is none, NULL where such objects come with
 * the server. */
struct other_object *other_get(struct ddl *ddl, enum other_class class, const char *name);
/* One of those that lie in a schema; NULL when there is none. */
struct other_object *other_search(struct ddl *ddl, enum other_class class,
                                  struct qualified_name name, const char *detail);
/* The one that a node names: a string, a list, or a list that begins with an access method. */
struct other_object *other_of_node(struct ddl *ddl, enum other_class class,
                                   const PgQuery__Node *node, bool missing_ok);
/* 42704 when there is no such procedural language, by itself or with an extension of its name. */
void language_check(struct ddl *ddl, const char *name);
/* 42710 when there is one of its class and name; for what is checked before the rest of it is read.
 */
void other_check_free(struct ddl *ddl, const struct other_object *draft, span at);
struct other_object *other_create(struct ddl *ddl, struct other_object draft, span at);

void clause_add(struct ddl *ddl, struct clause_list *clauses, struct clause clause);
/* NULL when there is none of the name. */
struct clause *clause_find(const struct clause_list *clauses, const char *name);
/* In the place of an older one. */
void clause_put(struct ddl *ddl, struct clause_list *clauses, struct clause clause);
void clause_remove(struct clause_list *clauses, const char *name);
void clause_set_text(struct ddl *ddl, struct clause_list *clauses, const char *name,
                     const char *text);

#endif
