/* Dropping objects with what depends on them (manual, 5.14 Dependency Tracking). */
#ifndef TENON_DDL_DEPEND_H
#define TENON_DDL_DEPEND_H

#include "ddl/ddl.h"
#include "tree/references.h"

struct dropped_object {
    enum object_class class;
    oid id;     /* of the relation for what is part of one, of a cast's source */
    oid target; /* casts */
    int16_t column;
    struct constraint *constraint;
    struct index *index;
    struct trigger *trigger;
    struct policy *policy;
    struct rule *rule;
    struct statistics *statistics;
    const struct operator_class *operator_class;
    bool automatic; /* goes with what it belongs to, without CASCADE */
    size_t cause;   /* index of what it depends on */
    size_t next;    /* in its bucket of the removal */
};

struct removal {
    struct ddl *ddl;
    VEC(struct dropped_object) objects; /* the targets, then what depends on them */
    size_t n_targets;
    size_t *buckets; /* of the objects, by what they are: place + 1 */
    size_t n_buckets;
    bool cascade;
    span at;
    const char *what; /* "table orders", for the message; NULL for several */
};

void removal_add(struct removal *removal, struct dropped_object object);
bool removal_has(const struct removal *removal, struct dropped_object object);
/* Adds what depends on the object of that index. */
void removal_add_dependents(struct removal *removal, size_t cause);
/* Finds the dependents of all objects and drops everything; 2BP01 when something else depends on
 * them and there is no CASCADE. */
void removal_run(struct removal *removal);

/* The table that owns the sequence by one of its columns; NULL when there is none. */
const struct relation *sequence_owner(struct ddl *ddl, const struct relation *sequence,
                                      const struct attribute **column);

/* --- dependencies.c --------------------------------------------------------------------------- */

/* pg_depend: who depends on what. Each object of the schema is looked at again when it was added or
 * may have been edited; what it said before does not count any more. */
void dependencies_update(struct ddl *ddl);
/* Says of the object that is looked at: something in it depends on something. */
void dependency_add(struct ddl *ddl, struct reference on, struct dropped_object dependent);
/* The dependent after *at that is still there; *at is 0 before the first. NULL after the last. */
const struct dropped_object *dependency_next(struct ddl *ddl, struct reference on, size_t *at);

/* --- depend_tree.c, depend_part.c ------------------------------------------------------------- */

/* What the object of that OID says of itself: by dependency_add(). */
void depend_on_trees(struct ddl *ddl, const struct relation *relation);
void depend_on_body(struct ddl *ddl, const struct function *function);
void depend_on_checks(struct ddl *ddl, const struct type *domain);
void depend_on_parts(struct ddl *ddl, oid id);

/* --- depend_cast.c ---------------------------------------------------------------------------- */

/* Casts of the type or its array type; those of array types depend on the element. */
void removal_add_casts_of_type(struct removal *removal, const struct type *type, size_t cause);
void removal_add_casts_by(struct removal *removal, oid function, size_t cause);

/* --- removal.c -------------------------------------------------------------------------------- */

/* "column a of table t", for messages, and where it was defined. */
const char *dropped_object_text(struct ddl *ddl, const struct dropped_object *object);
span dropped_object_place(const struct ddl *ddl, const struct dropped_object *object);

/* In its keys, INCLUDE, expressions or predicate. */
bool index_uses_column(const struct index *index, int16_t number);
/* Drops a column, or a constraint with its index, of one relation; looks at no dependents. */
void drop_column(struct ddl *ddl, struct relation *relation, int16_t number);
void drop_constraint(struct ddl *ddl, struct relation *relation, struct constraint *constraint);

/* --- domain.c --------------------------------------------------------------------------------- */

/* The i-th CHECK of the domain. */
void domain_remove_constraint(struct ddl *ddl, struct type *domain, size_t i);

/* --- trigger.c, rule.c, policy.c, statistics.c ------------------------------------------------ */

/* NULL when the relation has none of that name. */
struct trigger *trigger_find(const struct relation *relation, const char *name);
void trigger_remove(struct relation *relation, const struct trigger *trigger);
/* The same; is_trigger: the one that stands for an INSTEAD OF trigger. */
struct rule *rule_find(const struct relation *relation, const char *name, bool is_trigger);
/* In the place of one of the same name. */
void rule_add(struct ddl *ddl, struct relation *relation, struct rule rule);
void rule_remove(struct relation *relation, const char *name, bool is_trigger);
struct policy *policy_find(const struct relation *relation, const char *name);
/* False when there is none of that name. */
bool policy_remove(struct relation *relation, const char *name);
/* The ones that a statement names; 42704 or NULL when there are none. */
struct statistics *statistics_named(struct ddl *ddl, const PgQuery__Node *object, bool missing_ok);
bool statistics_remove(struct relation *relation, const struct statistics *statistics);

/* --- drop_schema.c ---------------------------------------------------------------------------- */

struct removal removal_of(struct ddl *ddl, const PgQuery__DropStmt *statement);
/* Everything in a schema that stays. */
void drop_contents(struct ddl *ddl, oid namespace_oid);
void drop_schema(struct ddl *ddl, const PgQuery__DropStmt *statement, const char *name);
void drop_server(struct ddl *ddl, const PgQuery__DropStmt *statement, const char *name);
void drop_extension(struct ddl *ddl, const PgQuery__DropStmt *statement, const char *name);

#endif
