/* A plan under construction, for the files of this room.
 *
 * Two inventories are matched by key; each pair, each item that comes and each that goes is a
 * change. A change has up to two nodes in a graph: what takes the old object away, and what makes
 * or alters it. Edges say which node has to be done before another one; the order of the nodes is
 * the order of the steps.
 */
#ifndef TENON_PLAN_PLANNER_H
#define TENON_PLAN_PLANNER_H

#include "plan/plan.h"
#include "support/buf.h"

struct change;

struct node {
    struct change *change;
    bool is_drop;
    bool is_end;                    /* the old object goes, which has made room before (types.c) */
    VEC(struct node *) then;        /* what has to wait for it */
    size_t n_before;                /* of those that it waits for, not yet done */
    VEC(struct node *) better_then; /* what would do well to wait for it */
    size_t n_better_before;
    bool is_done;
    size_t rank;   /* among those that wait for nothing */
    int wave;      /* the first one it may be in */
    int last_wave; /* of its steps */
};

enum action {
    ACTION_KEEP, /* nothing by itself */
    ACTION_CREATE,
    ACTION_DROP,
    ACTION_ALTER,
    ACTION_REPLACE, /* CREATE OR REPLACE */
    ACTION_REBUILD, /* dropped and created again */
};

struct change {
    struct item *before, *after; /* one of them may be NULL */
    enum action action;
    struct change *whole;    /* of the item that this one is part of; NULL: none */
    bool is_made_with_whole; /* in CREATE TABLE, ADD COLUMN, … */
    bool goes_with_whole;    /* in DROP TABLE, … */
    /* Of a function of a base type: the type, which is dropped together with it, as each of them
     * needs the other one. */
    struct change *goes_with_type;
    struct change *taken_index; /* of a key: the index of its name that becomes the key's */
    /* Of an index or key: the one of the partitioned table that it is attached to, those of the
     * partitions; whether it is made for itself and not with the others, whether it is attached by
     * a step of its own, and whether it has to be there before its table is. (partitioned.c) */
    struct change *attached_to;
    VEC(struct change *) pieces;
    bool is_apart, attaches, is_ahead;
    bool is_visited;                /* by the search that is under way */
    bool has_shell;                 /* a type that functions of its own need */
    struct node *drop, *make, *end; /* NULL: there is nothing to do */
    VEC(struct change *) parts;
};

/* Those that need an item. */
struct dependents {
    VEC(struct item *) items;
};

struct planner {
    struct arena *arena;
    const struct plan_options *options;
    struct inventory before, after;
    struct catalog *before_catalog, *after_catalog;
    VEC(struct change *) changes; /* those of `after` in its order, then what goes */
    struct map by_key;            /* key → struct change * */
    struct map dependents;        /* key of an item before → struct dependents * */
    /* Keys of what cannot be replaced in its place, as it and others would wait for each other; the
     * planner is to be begun anew when one comes to it. */
    struct map *irreplaceable;
    bool begins_anew;
    struct plan *plan;
    struct diags *diags;
    /* Of the node that is written. Steps of one wave run together: in a transaction if its number
     * is even, outside of any if it is odd. */
    const struct change *current;
    int wave;
    int first_wave;   /* in which the node may be, odd or even */
    int settled_wave; /* in which others may build on it; -1: the last of its steps */
};

/* What is written next has to wait until what was written is committed. */
void begin_transaction_anew(struct planner *planner);
/* What is written next runs outside of transactions. */
void leave_transaction(struct planner *planner);
/* What is written next is proof alone: nobody has to wait for it. */
void settle(struct planner *planner);

/* The change of the item, of any of the two inventories. */
struct change *change_of(const struct planner *planner, const struct item *item);
/* The one that there is afterwards, or else the one before. */
const struct item *change_item(const struct change *change);
/* Both are there and a value differs. */
bool change_has(const struct change *change, enum property_id id);
/* The column of the same name in a parent of the table. */
const struct change *parent_column(const struct planner *planner, const struct item *column,
                                   const char *parent);
/* By what is decided: anew is both. */
bool is_created(const struct change *change);
bool is_dropped(const struct change *change);
/* A column gets another type in its place. */
bool changes_type(const struct change *change);
/* The object is made anew beside the old one, and what has it comes from one to the other
 * (types.c). */
bool is_swapped(const struct change *change);
/* Its columns are texts between the old one and the new one. */
bool is_bridged(const struct change *change);
/* The old one goes, under the name that it was given. */
void end_swapped(struct planner *planner, const struct change *change);
const char *name_of_swapped(struct planner *planner, const struct item *old);
/* A type of the schema that columns can have, of a kind that is swapped. */
bool is_swappable_type(enum item_kind kind);
bool is_foreign_key(const struct item *item);
bool is_check(const struct item *constraint);

/* --- match.c, partitioned.c, action.c, stored.c, rebuild.c, fold.c, edges.c, order.c
 * -------------------- */

void planner_match(struct planner *planner);
void planner_rename_pieces(struct planner *planner); /* which is a round of its own */
void planner_decide(struct planner *planner);        /* what is to be done with each by itself */
/* and with a whole of which a part cannot go */
void planner_detach(struct planner *planner);
void planner_note_dependents(struct planner *planner);
void planner_refresh(struct planner *planner); /* and with what is stored of expressions */
void planner_rebuild(struct planner *planner); /* and with what depends on it */
void planner_join(struct planner *planner);    /* what has to be there before its table comes */
void planner_attach(struct planner *planner);  /* and with indexes of partitions */
void planner_fold(struct planner *planner);    /* what is written with what it is part of */
void planner_edges(struct planner *planner);   /* and what waits for what */
void planner_order(struct planner *planner);   /* and when: writes the steps */

/* A type and its input function need each other: the type is there as a shell before. (edges.c) */
bool is_shell_enough(const struct change *change, const struct change *needed);

/* Whether an alteration in place can make the difference. (action.c) */
bool can_alter(const struct planner *planner, const struct change *change);

/* --- Writing steps (step.c) ------------------------------------------------------------------- */

struct step *step_add(struct planner *planner, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The step takes something away: "--allow-drop", "column:public.orders.note", what is lost. */
void step_loses(struct planner *planner, struct step *step, const char *flag, const char *what,
                const char *about);
/* The step keeps others from the table for as long as it takes to go through its rows: somebody has
 * to allow that, unless the table is new or the plain form is asked for. */
void step_locks(struct planner *planner, struct step *step, const struct item *item,
                const char *why);
/* "column:public.orders.note" */
const char *item_flag(struct arena *arena, const struct item *item);
/* An error: there is no statement that changes the item so. */
void plan_refuse(struct planner *planner, const struct item *item, const char *what);
/* "COLUMN public.orders.note": as COMMENT ON names it. */
const char *item_words(struct arena *arena, const struct item *item);
/* "public.orders" of a part of it, or of itself. */
const char *table_name(struct arena *arena, const struct item *item);
const char *quoted_name(struct arena *arena, const char *name);
/* ALTER TABLE, ALTER VIEW, …: with the name. */
const char *alter_words(struct arena *arena, const struct item *item);
/* The values of a property, with a comma between them; "" without any. */
const char *values_joined(struct arena *arena, const struct item *item, enum property_id id,
                          const char *separator);
/* Of the values those that the other item has not. */
const char *values_of_one(struct arena *arena, const struct item *item, const struct item *other,
                          enum property_id id, const char *separator);
/* Whether the table is partitioned. */
bool is_on_partitioned(const struct item *item);
/* Whether the table is older than this plan, so that it may have rows and users; those of a foreign
 * table are not its own. */
bool is_on_old_table(const struct planner *planner, const struct item *item);

/* --- One function for each kind --------------------------------------------------------------- */

typedef void write_change_fn(struct planner *planner, const struct change *change);

/* What can be done with a kind of object. */
struct kind_writer {
    write_change_fn *create, *drop, *alter;
};

const struct kind_writer *kind_writer(enum item_kind kind);

/* add_column.c, column.c */
write_change_fn create_column, alter_column_of, drop_column_of, create_default, alter_default_of,
    drop_default;
/* table.c */
write_change_fn create_table, alter_table_of;
/* inheritance.c */
write_change_fn drop_table;
/* constraint.c, index.c */
write_change_fn create_constraint, alter_constraint_of, drop_constraint_of,
    create_domain_constraint, create_index, alter_index_of, drop_index_of, create_statistics,
    alter_statistics_of;
/* view.c */
write_change_fn create_view, alter_view_of, create_trigger, alter_enabled_of, create_policy,
    alter_policy_of;
/* routine.c, sequence.c, types.c */
write_change_fn create_function, create_aggregate, create_sequence, alter_sequence_of, create_type,
    create_collation, alter_enum_of, alter_domain_of, drop_swapped, create_bridged, drop_bridged;
/* simple.c, step.c */
write_change_fn create_schema, create_extension, alter_extension_of, create_clauses, create_simple,
    create_server_object, alter_server_object_of, drop_object;
/* object.c, publication.c */
write_change_fn create_conversion, create_language, create_spelled, create_event_trigger,
    alter_event_trigger_of, create_operator, create_operator_family, alter_operator_family_of,
    create_operator_class, create_transform, create_publication, alter_publication_of,
    create_subscription;
/* text_search.c */
write_change_fn create_ts_template, create_ts_dictionary, alter_ts_dictionary_of,
    create_ts_configuration, alter_ts_configuration_of;
/* about.c */
write_change_fn create_default_privilege, alter_default_privilege_of, drop_default_privilege;

/* Owner, privileges, comment, labels: the same for all kinds. (about.c) */
void write_about(struct planner *planner, const struct change *change, bool is_new);

/* --- What they share -------------------------------------------------------------------------- */

/* The column in CREATE TABLE and ADD COLUMN. (column.c) */
const char *column_words(struct planner *planner, const struct change *column,
                         const struct item *value);
/* An attribute of a composite type. (column.c) */
bool is_attribute(const struct item *column);
/* " CASCADE" where tables are of the type. */
const char *cascade_words(const struct planner *planner, const struct item *attribute);
/* What CREATE TABLE and ADD COLUMN have no words for. */
void write_column_extras(struct planner *planner, const struct change *change, bool is_new);
/* By way of a CHECK that is validated while others write. */
void set_not_null_online(struct planner *planner, const struct change *change);
/* text COLLATE "C" */
const char *type_words(struct arena *arena, const struct item *column);
/* The default that is written with the column; NULL: none. */
const struct item *value_with(const struct change *column);
/* For the conversion of its values: a foreign table, or one that has such children, takes no USING.
 */
bool takes_using(const struct planner *planner, const struct change *column);
/* What there is to say of a column when it and its sequence are there. */
void finish_column(struct planner *planner, const struct change *column);
/* START WITH … of a sequence; in parentheses with its name for an identity column. (sequence.c) */
const char *sequence_options(struct arena *arena, const struct item *sequence, bool of_identity);
/* A serial's sequence that becomes an identity column's, or the other way round. */
bool is_converted_sequence(const struct change *change);
/* A part of a column: a sequence that has to be told that it belongs to it. */
bool comes_to_column(const struct change *part);
void convert_sequence(struct planner *planner, const struct change *change);
/* Whether a table that stays leaves some of its parents, and comes to others. (inheritance.c) */
bool leaves_parents(const struct change *table);
bool joins_parents(const struct change *table);
void write_joining(struct planner *planner, const struct change *change);
/* Of an index or key of a partition: the one that it is attached to; NULL: none. (partitioned.c) */
const struct item *parent_index(const struct item *item);
void write_attachment(struct planner *planner, const struct change *change);
/* For each foreign key that points at a table of which this is a partition, until one is wanted. */
typedef bool key_wanted(struct planner *planner, const struct change *key, void *context);
bool each_key_to_parent(struct planner *planner, const struct item *partition,
                        key_wanted *is_wanted, void *context);
bool has_keys_attached(const struct planner *planner, const struct item *index);
/* REPLICA IDENTITY and CLUSTER ON, when the table says so, and when its index is made. */
void write_table_marks(struct planner *planner, const struct change *change);
void write_marks_of_index(struct planner *planner, const struct change *change);
void alter_index_parameters(struct planner *planner, const struct change *change, const char *name);
/* Whether every value of the old type fits into the new one as it is. (widen.c) */
bool widens_type(const struct planner *planner, const struct change *column);
/* Whether the rows are written anew for the new type. */
bool rewrites_table(const struct planner *planner, const struct change *column);
/* The type before and the one after are one. */
bool is_same_type(const struct planner *planner, oid before, oid after);

/* Names of options that are no more, "a, b"; of name='value'. (options.c) */
const char *names_of_lost(struct arena *arena, const struct item *before, const struct item *after,
                          enum property_id id);
const char *with_prefix(struct arena *arena, const char *prefix, const char *list);
const char *table_options(struct arena *arena, const struct item *table);
/* "ADD a '1', SET b '2', DROP c"; "" without a difference. */
const char *foreign_option_changes(struct arena *arena, const struct change *change);
/* The value of the clause "NAME = value"; NULL: there is none. (options.c) */
const char *clause_value(const struct item *item, const char *name);
/* Of its name; 0: it is no such pair, as members of operator families are not. */
size_t clause_name_len(const char *clause);
/* A name for an object that helps and is gone at the end. */
const char *helper_name(struct planner *planner, const struct item *item, const char *purpose);
/* Whether the publication can become the other one by ALTER. (publication.c) */
bool can_alter_publication(const struct change *change);
/* CONSTRAINT c CHECK (…) DEFERRABLE … (constraint.c) */
const char *constraint_words(struct arena *arena, const struct item *constraint);

#endif
