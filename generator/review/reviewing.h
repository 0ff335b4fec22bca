/* A review under way, for the files of this room.
 *
 * A statement is one or more forms of forms.def, applied to the relations that it names; what a row
 * cannot say (other tables, proofs, types) is in the file of the statement. What a statement drops
 * is found by comparing the catalog before it with the one behind it.
 */
#ifndef TENON_REVIEW_REVIEWING_H
#define TENON_REVIEW_REVIEWING_H

#include "review/review.h"
#include "sql/raw.h"
#include "support/map.h"

enum form_id {
#define FORM(id, lock, reach, rewrite, scan, hazard) FORM_##id,
#include "review/forms.def"
    N_FORMS
};

enum reach { REACH_SELF, REACH_CHILDREN, REACH_PARTITIONS };

struct form {
    enum lock_mode lock;
    enum reach reach;
    enum answer rewrite, scan;
    enum hazard_id hazard;
};

/* What a relation had before the statement. */
struct snapshot_part {
    char kind; /* a column, c constraint, d default, t trigger, p policy, r rule, i index,
                  s statistics */
    const char *name;
    oid ref_relid; /* of a foreign key */
};

struct snapshot {
    oid oid;
    const char *name;
    char relkind;
    bool is_new;
    VEC(oid) parents;
    VEC(struct snapshot_part) parts;
};

struct reviewing {
    struct arena *arena;
    struct catalog *catalog;
    const struct review_options *options;
    struct review *review;

    const struct statement *statement;
    struct reviewed_statement *current;
    VEC(struct snapshot) before; /* of a statement that can drop something */
    oid first_new;               /* relations from this OID up were made by the migration */
    oid first_of_statement;      /* … by the statement */
    size_t n_columns_before;     /* of the table that ALTER TABLE names */
    bool new_column_has_default;

    VEC(const char *) added; /* constraints: "public.orders.c" */

    /* Of the transaction: */
    VEC(const char *) new_labels;    /* enum values */
    VEC(const char *) not_validated; /* constraints: "public.orders.c" */
    VEC(oid) strongly_locked;
};

const struct form *form_get(enum form_id id);

/* --- What is found (touch.c) ------------------------------------------------------------------ */

/* The record of the relation; NULL for those that the statement itself makes. */
struct reviewed_relation *touch(struct reviewing *reviewing, const struct relation *relation,
                                enum lock_mode lock);
struct reviewed_relation *touch_index(struct reviewing *reviewing, const struct relation *table,
                                      const char *name, enum lock_mode lock);
/* The relation and those in reach. */
void apply(struct reviewing *reviewing, enum form_id id, const struct relation *relation);
/* The same with another lock; hazards are the caller's. */
void apply_form(struct reviewing *reviewing, struct form form, const struct relation *relation);
void found(struct reviewing *reviewing, enum hazard_id id, const struct relation *relation,
           const char *part);
/* Of what is no relation. */
void found_named(struct reviewing *reviewing, enum hazard_id id, const char *name);
void scanned(struct reviewed_relation *touched);
void loses(struct reviewing *reviewing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool is_new(const struct reviewing *reviewing, const struct relation *relation);
const char *relation_path(struct reviewing *reviewing, const struct relation *relation);
/* "public.orders.note" */
const char *part_path(struct reviewing *reviewing, const struct relation *relation,
                      const char *part);

/* --- Names (find.c) --------------------------------------------------------------------------- */

/* All may give NULL. */
const struct relation *find_relation(const struct reviewing *reviewing,
                                     const PgQuery__RangeVar *name);
const struct relation *find_listed(const struct reviewing *reviewing, struct node_list names);
struct found_index {
    const struct relation *table;
    const struct index *index;
};
struct found_index find_index(const struct reviewing *reviewing, const char *schema,
                              const char *name);
const struct relation *default_partition(const struct reviewing *reviewing,
                                         const struct relation *parent);
/* Takes ACCESS SHARE on every relation that the tree names; those behind views too if the query is
 * run. A query that reads all rows scans them. */
void touch_read(struct reviewing *reviewing, const ProtobufCMessage *tree, bool is_run);
/* The same for what a materialized view is filled from. */
void touch_refreshed(struct reviewing *reviewing, const struct relation *view);
const PgQuery__DefElem *find_option(struct node_list options, const char *name);
/* The sequences that columns of the table own. */
void touch_sequences(struct reviewing *reviewing, const struct relation *relation,
                     enum lock_mode lock);
bool has_valid_check_on(const struct relation *relation, int16_t column);

/* --- Statements ------------------------------------------------------------------------------- */

void review_alter_table(struct reviewing *reviewing, const PgQuery__AlterTableStmt *statement);
/* CASCADE changes the tables OF a composite type. */
void touch_typed_tables(struct reviewing *reviewing, const struct relation *type);
/* After the statement. */
void review_added_columns(struct reviewing *reviewing, const PgQuery__AlterTableStmt *statement);
/* Those of nextval(), where it is kept and not run. */
void touch_sequences_of_default(struct reviewing *reviewing, const struct attribute *column);
void review_add_constraint(struct reviewing *reviewing, const struct relation *relation,
                           const PgQuery__Constraint *constraint, bool is_new_column);
void review_validate(struct reviewing *reviewing, const struct relation *relation,
                     const char *name);
void review_retype(struct reviewing *reviewing, const struct relation *relation,
                   const PgQuery__AlterTableCmd *command, bool is_rewritten);
/* Whether the command rewrites the table. */
enum answer retype_rewrites(struct reviewing *reviewing, const struct relation *relation,
                            const PgQuery__AlterTableCmd *command);
bool domain_is_constrained(const struct catalog *catalog, oid type);
void review_attach(struct reviewing *reviewing, const struct relation *parent,
                   const PgQuery__PartitionCmd *command);
void review_detach(struct reviewing *reviewing, const struct relation *parent,
                   const PgQuery__PartitionCmd *command);
void review_new_partition(struct reviewing *reviewing, const struct relation *parent);

void review_create_table(struct reviewing *reviewing, const PgQuery__CreateStmt *statement);
void review_create(struct reviewing *reviewing, const PgQuery__Node *tree);
void review_column_advice(struct reviewing *reviewing, const struct relation *relation,
                          const PgQuery__ColumnDef *column);
void review_new_table_advice(struct reviewing *reviewing, const PgQuery__CreateStmt *statement);
/* Of new tables, when all statements are done. */
void review_keys_without_index(struct reviewing *reviewing, const PgQuery__Node *tree);
void review_index(struct reviewing *reviewing, const PgQuery__Node *tree);
void review_domain(struct reviewing *reviewing, const PgQuery__AlterDomainStmt *statement);

/* Which side goes first, where the table is published. */
void review_published(struct reviewing *reviewing, const PgQuery__Node *tree);

bool can_drop(const PgQuery__Node *tree);
void snapshot_take(struct reviewing *reviewing);
/* What is gone: locks and losses. */
void review_dropped(struct reviewing *reviewing, const PgQuery__Node *tree);
void review_drop(struct reviewing *reviewing, const PgQuery__DropStmt *statement);

void review_rename(struct reviewing *reviewing, const PgQuery__RenameStmt *statement);
void review_move(struct reviewing *reviewing, const PgQuery__AlterObjectSchemaStmt *statement);
void review_comment(struct reviewing *reviewing, const PgQuery__CommentStmt *statement);
void review_rest(struct reviewing *reviewing, const PgQuery__Node *tree);
void review_rows(struct reviewing *reviewing, const PgQuery__Node *tree);

/* --- Across statements (transaction.c) -------------------------------------------------------- */

void transaction_begin(struct reviewing *reviewing);
void transaction_look(struct reviewing *reviewing);
/* Whether an earlier statement added the constraint. */
bool is_added(struct reviewing *reviewing, const struct relation *relation, const char *name);

#endif
