/* A table under construction: CREATE TABLE collects columns, constraints and sequences first and
 * makes them in the server's order, so that generated names come out the same.
 */
#ifndef TENON_DDL_TABLE_H
#define TENON_DDL_TABLE_H

#include "analyze/expression.h"
#include "ddl/ddl.h"
#include "ddl/sequence.h"

/* A constraint as written. */
struct constraint_source {
    const PgQuery__Constraint *node;
    const char *column; /* of a column constraint, else NULL */
    bool deferrable, deferred;
    bool not_valid; /* NOT VALID, where there may be rows that break it */
    bool only;      /* ALTER TABLE ONLY: not for children */
    bool merges;    /* a CHECK of CREATE TABLE: with the parent's of that name */
};

/* An index or CHECK that LIKE or a partition takes over. */
struct copied_parts {
    const struct relation *source;
    bool checks, indexes, statistics;
};

/* DEFAULT or GENERATED. */
struct default_source {
    const char *column;
    const PgQuery__Node *node;
};

struct table_parts {
    const char *table; /* its name, for messages */
    VEC(struct attribute) columns;
    VEC(struct constraint_source) constraints;
    VEC(struct sequence_source) sequences;
    VEC(struct default_source) defaults;
    VEC(const char *) null_defaults; /* columns with DEFAULT NULL: they inherit no default */
    VEC(struct copied_parts) copies;
};

/* --- column.c --------------------------------------------------------------------------------- */

/* The column of a ColumnDef with its type; constraints and sequences go to parts. */
struct attribute column_build(struct ddl *ddl, struct table_parts *parts,
                              const PgQuery__ColumnDef *definition);
/* NOT NULL, DEFAULT, … of a definition applied to an attribute that exists already. */
void column_apply_constraints(struct ddl *ddl, struct table_parts *parts,
                              struct attribute *attribute, const PgQuery__ColumnDef *definition);
/* Refuses pseudo-types and shells (42P16). */
void column_check_type(struct ddl *ddl, const char *column, oid type, span at);
/* DEFAULT NULL is no default, except where it needs a cast or a length coercion. */
bool default_is_null(struct ddl *ddl, const struct attribute *column,
                     const PgQuery__Node *expression);
void column_check_identity_type(struct ddl *ddl, oid id, span at);
/* The type of a column must not contain the row type of its relation. */
void column_check_member(struct ddl *ddl, const struct relation *relation, oid type, span at);
void column_check_name(struct ddl *ddl, const char *name, span at);
/* NULL for the default one; 22023 for an unknown one, 0A000 when the type has no use for it. */
const char *column_compression(struct ddl *ddl, const struct attribute *column, const char *name,
                               span at);
/* Makes the sequences of serial and identity columns. */
void column_create_sequences(struct ddl *ddl, struct relation *relation,
                             const struct table_parts *parts);

/* --- inherit.c -------------------------------------------------------------------------------- */

/* Merges the parents' columns with the table's own, as the server's MergeAttributes. */
void inherit_merge_columns(struct ddl *ddl, struct relation *relation,
                           const struct table_parts *parts, const PgQuery__CreateStmt *statement,
                           const struct relation *const *parents);
/* What generated columns are made of, where they were copied from the source's, in the relation's
 * own columns. */
void generated_translate(struct ddl *ddl, struct relation *relation, const struct relation *source);
/* As inherit_merge_columns(), without parents. */
void columns_add_own(struct ddl *ddl, struct relation *relation, const struct table_parts *parts);
/* The parent and its CHECKs. */
void inherit_attach(struct ddl *ddl, struct relation *child, struct relation *parent);
/* What a partition, whose own partition key is known, also has of its parent: indexes and foreign
 * keys. */
void inherit_keys(struct ddl *ddl, struct relation *child, const struct relation *parent);

/* The child's index that is attached to the parent's; NULL when there is none. */
struct index *index_attached(const struct relation *child, const struct index *index);
/* Attaches an index of a partition, and the constraint that it has to that of the parent. */
void index_attach(struct relation *child, struct index *own, const struct relation *parent,
                  const struct index *index);

/* Gives each partition such an index, unless it has one already. */
void inherit_index(struct ddl *ddl, const struct relation *parent, const struct index *index);

/* --- inherit_check.c -------------------------------------------------------------------------- */

/* The same type and typmod. */
bool attribute_types_equal(const struct attribute *a, const struct attribute *b);
/* 42809 when no table but a partition may have the parent: it is partitioned, or a partition. */
void inherit_check_parent(struct ddl *ddl, const struct relation *parent, span at);
/* 42809 when one of them is temporary and the other must be, too. */
void inherit_check_persistence(struct ddl *ddl, const struct relation *child,
                               const struct relation *parent, span at);
/* Refuses a child whose columns do not fit (42804). */
void inherit_check_child(struct ddl *ddl, const struct relation *child,
                         const struct relation *parent, span at);

/* Refuses a partition with columns of its own (42804). */
void inherit_check_no_extra(struct ddl *ddl, const struct relation *child,
                            const struct relation *parent, span at);

/* --- like.c ----------------------------------------------------------------------------------- */

void like_expand(struct ddl *ddl, struct table_parts *parts,
                 const PgQuery__TableLikeClause *clause);

/* --- constraint.c, key.c, foreign_key.c ------------------------------------------------------- */

/* CHECKs, then keys. */
void constraints_add_own(struct ddl *ddl, struct relation *relation,
                         const struct constraint_source *sources, size_t n);
void constraints_add_foreign(struct ddl *ddl, struct relation *relation,
                             const struct constraint_source *sources, size_t n);
/* Both, which is the server's order. */
void constraints_add(struct ddl *ddl, struct relation *relation,
                     const struct constraint_source *sources, size_t n);
void constraint_add_check(struct ddl *ddl, struct relation *relation,
                          const struct constraint_source *source);
/* 42701 when PRIMARY KEY or UNIQUE names a column twice, whether there is such a column or not. */
void key_check_not_repeated(struct ddl *ddl, const PgQuery__Constraint *node);
/* The statement's own constraints start at first_new. */
void constraint_add_key(struct ddl *ddl, struct relation *relation,
                        const struct constraint_source *source, size_t first_new);
void constraint_add_foreign_key(struct ddl *ddl, struct relation *relation,
                                const struct constraint_source *source);
/* 42804 when the values of the key and of what it references cannot be compared. */
void foreign_key_check_types(struct ddl *ddl, const struct relation *relation,
                             const struct constraint *constraint, const struct relation *referenced,
                             span at);
/* 42710 when the relation has a constraint of that name. */
void constraint_check_name_free(struct ddl *ddl, const struct relation *relation, const char *name,
                                span at);
/* Whether one of the attnums is that number. */
bool columns_have(const int16_t *columns, size_t n, int16_t number);
/* Attnums in `to` of the columns numbered in `from`, by name; 0 stays 0. */
int16_t *columns_translated(struct ddl *ddl, const struct relation *from, const struct relation *to,
                            const int16_t *columns, size_t n);
/* A CHECK or foreign key of the source's on the target and its children; is_local: not inherited.
 */
struct constraint *constraint_copy(struct ddl *ddl, struct relation *target,
                                   const struct relation *source,
                                   const struct constraint *constraint, bool is_local);
/* Whether a parent of the relation has the constraint too. */
bool constraint_is_inherited(struct ddl *ddl, const struct relation *relation,
                             const struct constraint *constraint);
bool columns_equal(const int16_t *a, const int16_t *b, size_t n);
/* The parts of a foreign key of the relation for the partitions of the table that it references. */
void foreign_key_add_parts(struct ddl *ddl, struct relation *relation, struct constraint *key,
                           const struct relation *referenced);
/* A table that foreign keys reference gains a partition, or loses it. */
void foreign_keys_reach(struct ddl *ddl, const struct relation *partition,
                        const struct relation *parent);
void foreign_keys_leave(struct ddl *ddl, const struct relation *partition);
/* The foreign key of a partitioned table on its partition, which may have it already. */
void foreign_key_inherit(struct ddl *ddl, struct relation *child, const struct relation *parent,
                         const struct constraint *constraint);
/* On all partitions of the table. */
void foreign_key_copy_down(struct ddl *ddl, const struct relation *relation,
                           const struct constraint *constraint);
/* NULL when the child has none. */
struct constraint *foreign_key_attached(const struct relation *child,
                                        const struct constraint *constraint);
/* Those of a partition that is none any more. */
void foreign_keys_detach(struct ddl *ddl, struct relation *child);

/* --- index.c ---------------------------------------------------------------------------------- */

/* The names of the index's own columns. */
const char *const *index_column_names(struct ddl *ddl, const struct relation *relation,
                                      const struct index *index);
/* "symbol_price": the column part of a default index name; INCLUDE columns count too. */
const char *index_names_of(struct ddl *ddl, const struct relation *relation,
                           const struct index *index);
/* What an index is made of: CREATE INDEX, or EXCLUDE. */
struct index_source {
    const PgQuery__IndexElem **elements;
    size_t n;
    const PgQuery__Constraint *exclusion; /* EXCLUDE, else NULL */
    const struct operator** operators;    /* of EXCLUDE, filled in when the index is defined */
    PgQuery__Node **including;
    size_t n_including;
    const PgQuery__Node *where;
    int location; /* after which its names stand */
    span at;
};
/* Gives the index, which has its method, its keys. (index_keys.c) */
void index_define(struct ddl *ddl, const struct relation *relation,
                  const struct index_source *source, struct index *index);
/* 42P17 when the value, of an index's expression or predicate, is mutable. */
void index_check_immutable(struct ddl *ddl, const struct ddl_value *value, const char *what);
/* 54011 when keys and included columns are too many. */
void index_check_size(struct ddl *ddl, size_t n, span at);
/* 42P16 when the table has a primary key. (key.c) */
void primary_key_check_only(struct ddl *ddl, const struct relation *relation, span at);
/* INCLUDE (…): columns as IndexElem or by name. */
void index_set_included(struct ddl *ddl, const struct relation *relation, struct index *index,
                        PgQuery__Node **including, size_t n_including, int location);
/* The operator of an element of EXCLUDE, by which it must compare with itself. (key.c) */
const struct operator* exclusion_operator(struct ddl *ddl, const struct relation *relation,
                                          const PgQuery__Constraint *node, size_t element);
/* NULL for the database's. */
const char *index_tablespace(const char *name);
/* The class that is written, or the default one of the type; NULL when it is not known. 42704 when
 * the type has no default class for the method, or there is no such class; 42804 when it does not
 * take the type. A type of 0 is not known, and any will do. */
const struct operator_class *operator_class_get(struct ddl *ddl, PgQuery__Node **opclass,
                                                size_t n_opclass, const char *method, oid type,
                                                span at);
/* An operator or function under its number, or the STORAGE, of a class or family. */
struct operator_member {
    const char *key; /* what it is known by in its family; "" for STORAGE */
    bool is_function;
    int number;
    oid left, right;      /* they tell it from others of that number */
    bool is_firm;         /* nothing drops it alone */
    bool ties;            /* a firm one belongs to the class of its type */
    struct clause clause; /* without a name */
};

/* Those of CREATE OPERATOR CLASS or ALTER OPERATOR FAMILY … ADD (type 0), after it was checked that
 * the method can be served by them. */
const struct operator_member *operator_members_read(struct ddl *ddl, const char *method, oid type,
                                                    PgQuery__Node **items, size_t n);
/* What ALTER OPERATOR FAMILY … DROP names, without clauses. */
const struct operator_member *operator_family_drops_read(struct ddl *ddl, const char *method,
                                                         PgQuery__Node **items, size_t n);
/* A function or operator goes: so do the members of families that stand for it alone. */
void operator_families_forget(struct ddl *ddl, enum clause_value kind, oid object);
/* "operator class oc for access method btree" */
const char *operator_class_words(struct arena *arena, const struct operator_class *class);
/* 42704 (3F000 without its schema) or NULL when there is none. */
const struct operator_class *operator_class_named(struct ddl *ddl, struct qualified_name name,
                                                  const char *method, bool missing_ok);
/* The one that a list of its method and its name means; 42704 or NULL when there is none. */
const struct operator_class *operator_class_of_node(struct ddl *ddl, const PgQuery__Node *node,
                                                    bool missing_ok);
/* 42804 when the class does not take the type. */
void operator_class_check(struct ddl *ddl, const struct operator_class *class, oid type, span at);
/* The constraint of the index has its name. */
void index_rename(struct ddl *ddl, struct relation *relation, struct index *index, const char *name,
                  span at);
/* Whether the method can do what an index of so many keys and included columns asks of it. */
void index_method_check(struct ddl *ddl, const struct index *index, size_t n_included,
                        bool is_exclusion, span at);
/* What CREATE COLLATION cannot say. */
void collation_check_definition(struct ddl *ddl, const PgQuery__DefineStmt *statement, span at);
/* REFERENCING of a trigger. */
void transitions_check(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                       const struct relation *relation);
/* 42704 when there is no such access method. */
void access_method_check(struct ddl *ddl, const char *name, span at);
/* The same, and 55000 when it is one for indexes. */
void table_method_check(struct ddl *ddl, const char *name, span at);
/* The index of that name, by which CLUSTER can sort the relation. */
const struct index *index_clusterable(struct ddl *ddl, const struct relation *relation,
                                      const char *name, span at);
/* The index by which CLUSTER sorts the relation from now on; NULL: none. (alter_storage.c) */
void index_mark_clustered(struct relation *relation, const struct index *index);
const char *column_names_joined(struct ddl *ddl, const struct relation *relation,
                                const int16_t *columns, size_t n);
/* Adds the columns that an expression uses to a list of them. */
void columns_join(struct ddl *ddl, int16_t **columns, size_t *n, const struct ddl_value *value);
/* A copy of the source's index on the target under a default name, with its constraint; is_local:
 * not inherited. */
void index_copy(struct ddl *ddl, struct relation *target, const struct relation *source,
                const struct index *index, bool is_local);
/* The constraint that the index implements; NULL for a plain index. */
struct constraint *index_constraint(const struct relation *relation, const struct index *index);

/* --- statistics.c ----------------------------------------------------------------------------- */

/* The source's statistics on the target, under a default name. */
void statistics_copy(struct ddl *ddl, struct relation *target, const struct relation *source,
                     const struct statistics *statistics);

/* --- partition.c ------------------------------------------------------------------------------ */

struct partition_key partition_key_build(struct ddl *ddl, const struct relation *relation,
                                         const PgQuery__PartitionSpec *spec);
/* A unique key of a partitioned table must hold its partition key (0A000). */
void partition_check_unique(struct ddl *ddl, const struct relation *relation,
                            const struct index *index, span at);
/* Refuses to drop or alter a column of the partition key (42P16). */
void partition_check_column(struct ddl *ddl, const struct relation *relation, int16_t column,
                            const char *verb, span at);
bool relation_is_partition(struct ddl *ddl, const struct relation *relation);

/* --- check.c ---------------------------------------------------------------------------------- */

/* The attnums of the columns that an expression over one table uses, each once, in order of
 * appearance. Unknown ones are errors (42703), or left out when quiet. */
int16_t *expression_columns(struct ddl *ddl, const struct relation *relation,
                            const PgQuery__Node *expression, bool quiet, size_t *n);
/* The name in c, t.c or s.t.c; NULL for a star and for another table's column. */
const char *referenced_column(const struct relation *relation, const PgQuery__ColumnRef *reference);

/* --- check_nulls.c ---------------------------------------------------------------------------- */

/* The attnums of the columns of which a CHECK that is not false says that they are not NULL. */
int16_t *columns_without_null(struct arena *arena, const struct expr *check, size_t *n);

/* --- expression.c ----------------------------------------------------------------------------- */

/* Analyses the expression. False when it could not be (there is no analysis, or something is
 * missing that need not be wrong): then only the columns are known, by their names. */
bool expression_evaluate(struct ddl *ddl, const struct ddl_expression *expression,
                         struct ddl_value *value);
/* Whether the SQLSTATE says that something does not exist. */
bool is_missing(const char *code);
/* Whether the error that was added after the first n_before diagnostics is about something missing
 * that need not be wrong; it is made a warning then. hint: at the extension that has it, or NULL.
 */
bool missing_is_forgiven(struct ddl *ddl, size_t n_before, const char *hint);
/* A hint at the extension that makes a function which does not exist; NULL for any other. */
const char *missing_function_hint(struct ddl *ddl, const char *name);
/* The same of the functions that are called somewhere in the tree. */
const char *missing_call_hint(struct ddl *ddl, const ProtobufCMessage *tree);
/* An extension that the schema leaves to others, when the expression calls one of its functions. */
void called_extension_load(struct ddl *ddl, const PgQuery__Node *expr);
/* DEFAULT or GENERATED of a column: sets what struct attribute keeps of it. */
void default_evaluate(struct ddl *ddl, const struct relation *relation, struct attribute *column,
                      const PgQuery__Node *node);
void defaults_evaluate(struct ddl *ddl, struct relation *relation, const struct table_parts *parts);
/* An analysed expression over another table, whose columns are found by name; NULL stays NULL. */
const struct expr *expression_translated(struct ddl *ddl, const struct relation *from,
                                         const struct relation *to, const struct expr *expr);

#endif
