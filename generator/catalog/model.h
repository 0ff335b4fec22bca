/* The objects of the catalog. Names are those of the system catalogs (manual, chapter 53). Built-in
 * objects are constant tables, with OIDs below FIRST_USER_OID; objects of the schema get OIDs from
 * FIRST_USER_OID up, in the order of their creation. Objects are never freed: dropping one unlinks
 * it from the catalog.
 */
#ifndef TENON_CATALOG_MODEL_H
#define TENON_CATALOG_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "catalog/about.h"
#include "support/release.h"
#include "support/source.h"
#include "support/vec.h"

enum {
    PUBLIC_NAMESPACE_OID = 2200, /* the one schema of initdb that is not pinned */
    /* Below it an OID is the same on every server of the release. From it up initdb numbers what it
     * makes (information_schema, the row types of views, collations), in an order that depends on
     * the minor release and on the locales of the machine: the OIDs here are of no server. */
    FIRST_UNPINNED_OID = 12000,
    FIRST_USER_OID = 16384,
};

/* Analysed trees (tree/): kept here, looked into above. */
struct expr;
struct query;
struct routine_body;
struct value_key; /* value/ */

struct constraint;

struct namespace
{
    oid oid;
    const char *name;
    span defined_at; /* no source for those of the server */
    struct about about;
};

/* ALTER TYPE … RENAME VALUE. */
struct label_renaming {
    unsigned age; /* how many labels, of any enum, had been renamed before */
    const char *old, *new;
};

/* pg_type. */
struct type {
    oid oid;
    oid namespace_oid;
    const char *name;  /* typname: "int4" */
    char typtype;      /* b base, c composite, d domain, e enum, p pseudo, r range, m multirange */
    char category;     /* typcategory */
    bool is_preferred; /* typispreferred */
    bool not_null;     /* typnotnull: domains */
    bool has_check;    /* domain with a CHECK constraint */
    bool is_shell;     /* CREATE TYPE name; or an implicit forward reference */
    int16_t len;       /* typlen: -1 varlena, -2 cstring */
    oid relid;         /* composite: its relation */
    oid elem;          /* typelem */
    oid subscript;     /* pg_proc oid of typsubscript: 0 not subscriptable */
    oid array;         /* typarray */
    oid base_type;     /* domains */
    int32_t typmod;    /* domains: typtypmod */
    oid collation;     /* typcollation: 0 not collatable */
    oid range_collation; /* ranges of the schema: under which they are ordered */
    const struct operator_class *range_class; /* and by which class */
    oid range_subtype;                        /* ranges; for a multirange: its range type */
    oid range_multirange;                     /* ranges: the multirange type */
    const char *input;         /* base types of the schema: the name of the input function */
    bool has_typmod;           /* base types of the schema: there is a TYPMOD_IN function */
    char storage;              /* typstorage of base types of the schema; 0: of others, x */
    const char *const *labels; /* enums, in order */
    size_t n_labels;
    VEC(struct label_renaming) renamings; /* enums: of labels, in order */
    VEC(struct constraint *) constraints; /* domains of the schema: CHECKs, without columns */
    const struct expr *default_expr;      /* domains of the schema; NULL: none, or not known */
    struct clause_list clauses;           /* base types and ranges of the schema */
    struct releases releases;             /* built-in types: those that have it */
    span defined_at;                      /* no source for built-in types */
    struct about about;
};

/* pg_attribute. */
struct attribute {
    const char *name;
    oid type;
    int32_t typmod;
    int16_t number; /* attnum: 1-based; negative for system columns */
    bool not_null;
    bool has_default; /* also identity, serial and generated columns */
    bool is_dropped;
    char identity;                   /* 0, 'a' always, 'd' by default */
    char generated;                  /* 0, 's' stored */
    const struct expr *default_expr; /* DEFAULT or what it is GENERATED AS, over range-table entry
                                        0; NULL: none, or not known */
    int16_t *generated_from;         /* attnums that a generated column uses */
    size_t n_generated_from;
    oid default_type; /* of that value, before it is assigned; 0 when not known */
    oid collation;
    bool is_local; /* false: inherited only */
    const char *renamed_from;
    char storage;               /* p plain, e external, m main, x extended; 0: the type's own */
    const char *compression;    /* "pglz", "lz4"; NULL: the server's default */
    bool has_statistics_target; /* else statistics_target is the server's default */
    int statistics_target;
    span defined_at;
    struct about about;
};

enum constraint_kind {
    CONSTRAINT_PRIMARY = 'p',
    CONSTRAINT_UNIQUE = 'u',
    CONSTRAINT_CHECK = 'c',
    CONSTRAINT_FOREIGN = 'f',
    CONSTRAINT_EXCLUSION = 'x',
};

/* pg_constraint; a plain unique index is in struct index only. A CHECK says something about every
 * row of its table only when it is validated, and about the rows of children only when it is
 * inherited by them (not no_inherit). */
struct constraint {
    enum constraint_kind kind;
    const char *name;
    int16_t *columns; /* attnums */
    size_t n_columns;
    bool deferrable;
    bool validated;  /* false: added NOT VALID, rows that were there may break it */
    bool no_inherit; /* CHECK … NO INHERIT */
    bool is_local;   /* false: inherited only */
    bool is_named;   /* a key whose name was written, not chosen */
    bool nulls_not_distinct;
    bool deferred; /* INITIALLY DEFERRED */
    oid ref_relid; /* foreign keys: this and the next */
    int16_t *ref_columns;
    const struct index *ref_index; /* the key that it was made over */
    char match;                    /* s simple, f full, p partial */
    char on_update, on_delete; /* a no action, r restrict, c cascade, n set null, d set default */
    int16_t *set_columns;      /* attnums of ON DELETE SET NULL (…) or SET DEFAULT (…) */
    size_t n_set_columns;
    const struct operator* const * operators; /* exclusion: one for each column; NULL: not known */
    const struct expr *check; /* CHECK: over range-table entry 0; NULL when it is not known */
    int16_t *excluding_null;  /* CHECK: attnums of the columns in which it leaves no NULL */
    size_t n_excluding_null;
    /* Of a foreign key of a partition: that of the partitioned table; of a part: whose it is. */
    const struct constraint *parent;
    /* Of a foreign key to a partitioned table, for each partition of that and of its partitions:
     * what the server checks there, under a name of its own. */
    VEC(struct constraint *) parts;
    span defined_at;
    struct about about;
};

/* How an index keeps one of its keys. */
struct index_key {
    oid collation;      /* 0 for types without */
    bool is_descending; /* DESC */
    bool nulls_first;   /* NULLS FIRST: without DESC it was written, with it is the default */
    struct setting_list options; /* of its operator class */
    bool has_statistics_target;  /* of an expression */
    int statistics_target;
};

/* pg_index. */
struct index {
    const char *name;
    bool is_unique, is_primary, is_partial, has_expressions, nulls_not_distinct;
    const char *method; /* "btree" */
    int16_t *columns;   /* key attnums; 0 for an expression */
    size_t n_columns;
    const struct operator_class **classes; /* [n_columns]; NULL: not known */
    struct index_key *keys;                /* [n_columns] */
    int16_t *included;                     /* attnums of INCLUDE columns */
    size_t n_included;
    /* Over range-table entry 0; NULL where they are not known. */
    const struct expr *predicate;          /* of a partial index */
    const struct expr *const *expressions; /* one for each 0 in columns */
    const char *const *expression_names;   /* what default names call them; NULL: "expr" */
    const char *const *names; /* of its columns, INCLUDE too, which do not follow the table's */
    int16_t *used;            /* attnums that expressions and predicate use */
    size_t n_used;
    const struct index *parent; /* of an index on a partition: the one that it is attached to */
    bool is_only;               /* of a partitioned table: made ON ONLY it, and some partition has
                                   none attached */
    bool is_clustered, is_replica_identity;
    const char *tablespace; /* NULL: the database's */
    span defined_at;
    struct about about;
};

/* How the values of a column of a partition key are compared. */
struct partition_order {
    oid type;        /* 0: not known */
    oid collation;   /* under which; 0 for types without, and for the order of bytes */
    bool is_default; /* by the type's default operator class, or by bytes; else nothing is known */
    const struct operator_class *operator_class; /* NULL: not known */
    oid written_collation;                       /* the one that compares, as it was said */
};

/* pg_partitioned_table. */
struct partition_key {
    char strategy;    /* l list, r range, h hash; 0: not partitioned */
    int16_t *columns; /* attnums; 0 for an expression */
    size_t n_columns;
    const struct partition_order *orders;  /* [n_columns] */
    const struct expr *const *expressions; /* one for each 0 in columns, over range-table entry 0 */
    int16_t *used;                         /* attnums that the expressions use */
    size_t n_used;
};

/* A value in the bounds of a partition. */
struct partition_datum {
    int8_t infinity; /* -1 MINVALUE, 1 MAXVALUE */
    bool is_null;
    const struct value_key *value; /* NULL when it has none or is not known */
    const struct expr *expr;       /* what gives it; NULL: not known */
    const char *text;              /* of the value, as it was written; NULL: not known */
    unsigned label_age;            /* of the text: see catalog/label.h */
    oid type;                      /* of the key's column */
};

/* pg_class.relpartbound, by the strategy of the parent. */
struct partition_bound {
    bool is_default;
    int modulus, remainder;
    struct partition_datum *list; /* FOR VALUES IN */
    size_t n_list;
    struct partition_datum *lower, *upper; /* FROM, TO: one for each column of the key */
};

/* pg_rewrite but for the rules that make views, and INSTEAD OF triggers. */
struct rule {
    const char *name;
    bool is_trigger;
    bool on_insert, on_update, on_delete;
    bool instead;
    bool conditional;         /* has WHERE */
    bool returning;           /* an action has RETURNING */
    size_t n_actions;         /* 0: NOTHING */
    size_t n_utility_actions; /* NOTIFY, among them */
    /* Over OLD (range-table entry 0) and NEW (1); NULL where they are not known. */
    const struct expr *condition;
    struct query *const *actions; /* [n_actions] */
    const char *text;             /* of the statement, where it stands for what is not known */
    char enabled;                 /* O origin, D disabled, R replica, A always */
    span defined_at;
    struct about about;
};

/* pg_trigger. */
struct trigger {
    const char *name;
    oid function; /* 0: not known */
    const struct expr
        *when;        /* over OLD (range-table entry 0) and NEW (1); NULL: none, or not known */
    int16_t *columns; /* attnums of UPDATE OF */
    size_t n_columns;
    unsigned type; /* tgtype: bits of enum trigger_type */
    bool is_constraint, deferrable, deferred;
    oid ref_relid;                     /* FROM table of a constraint trigger; else 0 */
    const char *old_table, *new_table; /* REFERENCING; NULL: none */
    const char *const *arguments;
    size_t n_arguments;
    char enabled;                 /* O origin, D disabled, R replica, A always */
    const struct trigger *parent; /* of a partition's copy: the partitioned table's */
    span defined_at;
    struct about about;
};

/* pg_policy. */
struct policy {
    const char *name;
    char command; /* * all, r select, a insert, w update, d delete */
    bool is_restrictive;
    VEC(const char *) roles; /* NULL among them: PUBLIC */
    /* Over range-table entry 0; NULL: none, or not known. */
    const struct expr *using, *check;
    span defined_at;
    struct about about;
};

/* pg_statistic_ext. */
struct statistics {
    const char *name;
    oid namespace_oid;
    int16_t *columns; /* attnums */
    size_t n_columns;
    const struct expr **expressions; /* over range-table entry 0 */
    size_t n_expressions;
    bool ndistinct, dependencies, mcv; /* the kinds; none of them for a single expression */
    bool has_statistics_target;        /* else the server's default */
    int statistics_target;
    span defined_at;
    struct about about;
};

/* pg_sequence. */
struct sequence {
    oid type;
    int64_t start, increment, minimum, maximum, cache;
    bool cycles;
    int16_t owner_column; /* attnum in the table that owns it; 0: none */
    bool is_identity;     /* of an identity column */
};

/* pg_class. */
struct relation {
    oid oid;
    oid namespace_oid;
    const char *name;
    char relkind; /* r table, p partitioned, v view, m matview, c composite, S sequence,
                     f foreign table */
    bool is_temporary;
    oid type_oid;                     /* its row type */
    VEC(struct attribute) attributes; /* [i].number == i + 1; dropped ones stay */
    VEC(struct constraint *) constraints;
    VEC(struct index *) indexes;
    VEC(oid) parents;  /* INHERITS, PARTITION OF; of a sequence: the table that owns it */
    VEC(oid) children; /* that inherit from it, partitions too */
    struct partition_key partition_key;            /* of relkind p */
    const struct partition_bound *partition_bound; /* of a partition; NULL when it was refused */
    oid of_type;        /* CREATE TABLE … OF: the relation of the composite type */
    const char *server; /* of relkind f */
    VEC(struct rule *) rules;
    VEC(struct trigger *) triggers;
    bool has_row_security, forces_row_security;
    VEC(struct policy *) policies;
    VEC(struct statistics *) statistics;
    bool *view_not_null;   /* views: per column of the body, proved by its analysis; else NULL */
    size_t n_view_columns; /* of the body: CREATE OR REPLACE may add to the view's own */
    const struct query *view_query; /* views: the analysed body */
    struct sequence *sequence;      /* of relkind S */
    bool is_unlogged;
    bool is_unpopulated;       /* of relkind m: WITH NO DATA */
    char replica_identity;     /* f full, n nothing; 0: by the primary key or an index */
    const char *access_method; /* NULL: heap, or none */
    const char *tablespace;    /* NULL: the database's */
    struct setting_list toast_options;
    struct releases releases;
    span defined_at;
    struct about about;
};

/* pg_proc. */
struct function {
    oid oid;
    oid namespace_oid;
    const char *name;
    char kind; /* prokind: f function, p procedure, a aggregate, w window */
    bool is_strict;
    bool returns_set;
    char volatility; /* i s v */
    bool may_inline; /* LANGUAGE sql: the planner may put its body in its place */
    bool never_null; /* total: never returns NULL for non-NULL arguments (checked-in list) */
    oid variadic;    /* provariadic: element type, 0 not variadic */
    oid return_type;
    uint16_t n_args;      /* pronargs: input arguments */
    uint16_t n_defaults;  /* pronargdefaults */
    const oid *arg_types; /* proargtypes: n_args */
    /* n_defaults: the types of the defaults as written, which tell polymorphic types; 0 or the
     * parameter's own where that is not known. NULL: of none is it known. */
    const oid *default_types;
    uint16_t n_all_args; /* proallargtypes; 0 when all are IN */
    const oid *all_arg_types;
    const char *arg_modes; /* proargmodes: i o b v t; NULL when all are IN */
    const char *const
        *arg_names; /* proargnames: n_all_args or n_args of them; NULL without names */
    char agg_kind;  /* aggregates: n normal, o ordered-set, h hypothetical-set */
    int16_t agg_direct_args;
    oid agg_transition, agg_final;   /* aggregates of the schema: aggtransfn, aggfinalfn or 0 */
    const struct routine_body *body; /* LANGUAGE sql; NULL when it is not known */
    /* Functions of the schema: */
    const char *language;
    const char *source;  /* prosrc: what stands behind AS; NULL: the body is a tree */
    const char *library; /* probin: the file of a C function, else NULL */
    char parallel;       /* proparallel: s r u; 0 is u */
    bool is_leakproof, is_definer;
    const char *cost, *rows; /* numbers; NULL: as the server has it by itself */
    oid support;
    struct setting_list settings; /* SET: value is what stands behind TO */
    const oid *transforms;        /* FOR TYPE */
    size_t n_transforms;
    const struct expr *const *defaults; /* [n_defaults]; NULL where it is not known */
    struct clause_list clauses;         /* aggregates */
    struct releases releases;           /* built-in functions: those that have it */
    span defined_at;
    struct about about;
};

/* pg_operator. */
struct operator
{
    oid oid;
    oid namespace_oid;
    const char *name;
    oid left, right; /* left is 0 for a prefix operator */
    oid result;
    oid function; /* oprcode */
    oid negator, commutator;
    bool can_merge, can_hash;
    oid restriction, join; /* operators of the schema: oprrest, oprjoin */
    struct releases releases;
    span defined_at;
    struct about about;
};

/* pg_opclass. What sorts and groups a type are the operators of its default classes for btree and
 * hash; operators may be 0. */
struct operator_class {
    char method; /* b btree, h hash, i gist, n gin, s spgist, r brin; 0: of another method */
    const char *method_name, *name;
    oid namespace_oid;
    oid type; /* opcintype; 0: not known */
    bool is_default;
    oid less, equal, greater;   /* a hash class has only equal */
    oid family;                 /* classes of the schema: struct other_object; 0: a built-in one */
    const char *family_name;    /* of that one */
    struct clause_list clauses; /* classes of the schema: OPERATOR, FUNCTION, STORAGE */
    struct releases releases;
    span defined_at;
    struct about about;
};

/* pg_cast. */
struct cast {
    oid source, target;
    char context; /* e explicit, a assignment, i implicit */
    char method;  /* f function, i inout, b binary */
    oid function;
    struct releases releases;
    span defined_at; /* no source for a built-in one, and for that of a range to its multirange */
    struct about about;
};

enum other_class {
    OTHER_EXTENSION,
    OTHER_LANGUAGE,
    OTHER_COLLATION,
    OTHER_CONVERSION,
    OTHER_OPERATOR_FAMILY,
    OTHER_TRANSFORM,
    OTHER_ACCESS_METHOD,
    OTHER_TS_PARSER,
    OTHER_TS_TEMPLATE,
    OTHER_TS_DICTIONARY,
    OTHER_TS_CONFIGURATION,
    OTHER_WRAPPER,
    OTHER_SERVER,
    OTHER_USER_MAPPING,
    OTHER_EVENT_TRIGGER,
    OTHER_PUBLICATION,
    OTHER_SUBSCRIPTION,
    OTHER_DEFAULT_PRIVILEGE,
};

/* A table of a publication. */
struct published {
    oid relid;
    int16_t *columns; /* attnums; NULL: all */
    size_t n_columns;
    const struct expr *where; /* over range-table entry 0; NULL: every row, or not known */
};

/* An object that no query asks for; those of the server are not known. */
struct other_object {
    enum other_class class;
    oid oid;
    oid namespace_oid; /* 0: it lies in none */
    const char *name;  /* of a user mapping the user ("" is PUBLIC), of default privileges what they
                          are of: "TABLES" */
    const char *detail; /* what makes the name unique: an operator family's access method, a
                           transform's language, a mapping's server, a role; else NULL */
    struct clause_list clauses;
    VEC(struct published) published;
    struct about about;
    span defined_at;
};

#endif
