/* ALTER TABLE: one command at a time, on one relation and then on its children. */
#ifndef TENON_DDL_ALTER_H
#define TENON_DDL_ALTER_H

#include "ddl/table.h"

/* A column with its new type; the catalog changes when all commands of the statement and what
 * stands on the columns have been looked at. */
struct type_change {
    struct relation *relation;
    struct attribute altered;
    span at;
    int location;
};

struct type_changes {
    VEC(struct type_change) list;
};

struct alteration {
    struct ddl *ddl;
    const PgQuery__AlterTableStmt *statement;
    const PgQuery__AlterTableCmd *command;
    struct relation *relation;
    bool recursing; /* on a child of the table that was named */
    struct type_changes *type_changes;
};

/* The command's name, or that of its definition. */
span alter_place(const struct alteration *alter);
bool alter_recurses(const struct alteration *alter);
/* Runs the function on each child, if the command recurses. */
void alter_children(const struct alteration *alter, void (*run)(struct alteration *alter));

/* --- alter_column.c --------------------------------------------------------------------------- */

/* Whether a parent of the relation has a column of that name. */
bool alter_inherits_column(const struct alteration *alter, const char *column);
void alter_add_column(struct alteration *alter);
void alter_drop_column(struct alteration *alter);
void alter_set_not_null(struct alteration *alter);
void alter_drop_not_null(struct alteration *alter);
void alter_default(struct alteration *alter);
void alter_drop_expression(struct alteration *alter);
void alter_identity(struct alteration *alter);

/* --- alter_type.c ----------------------------------------------------------------------------- */

/* Before any command of the statement is carried out. */
void alter_prepare_type(const struct alteration *alter);
/* Adds the changes of the column and of those that inherit it. */
void alter_column_type(struct alteration *alter);
/* 0A000 when a column has the relation as its type: its rows would have to be rewritten. */
void alter_check_row_unused(const struct alteration *alter);

/* --- alter_retype.c --------------------------------------------------------------------------- */

/* Reads anew what stands on the columns, and carries the changes out. */
void type_changes_apply(struct ddl *ddl, const struct type_changes *changes);

/* --- alter_constraint.c ----------------------------------------------------------------------- */

void alter_add_constraint(struct alteration *alter);
void alter_drop_constraint(struct alteration *alter);
void alter_constraint(struct alteration *alter);
void alter_validate_constraint(struct alteration *alter);

/* --- typed_table.c ---------------------------------------------------------------------------- */

/* ALTER TABLE … OF, and NOT OF. */
void alter_of_type(struct alteration *alter);
void alter_not_of_type(struct alteration *alter);

/* --- alter_inherit.c -------------------------------------------------------------------------- */

void alter_inherit(struct alteration *alter);
void alter_no_inherit(struct alteration *alter);
void alter_attach_partition(struct alteration *alter);
void alter_detach_partition(struct alteration *alter);

/* --- alter_index.c ---------------------------------------------------------------------------- */

/* ALTER INDEX, or ALTER TABLE with the name of an index. */
void alter_index(struct ddl *ddl, const PgQuery__AlterTableStmt *statement,
                 const struct index_place *place);

/* --- alter_storage.c, alter_enabled.c -----------------------------------------------------------
 */

/* False when the command is none of how rows are kept and what is set of them. */
bool alter_storage(struct alteration *alter);
void alter_check_tablespaces(struct ddl *ddl, const PgQuery__AlterTableStmt *statement);
/* The same of triggers and rules that are enabled or not. */
bool alter_enabled(struct alteration *alter);
/* p, e, m or x, as typstorage has it; 0 when there is none of that name. */
char storage_letter(const char *name);
/* SET STATISTICS; 22023 for what the server refuses. */
void statistics_target_set(struct ddl *ddl, int target, bool *has_target, int *kept);
/* The index of that name on the relation; 42704 when there is none. */
struct index *relation_index_get(struct ddl *ddl, const struct relation *relation, const char *name,
                                 span at);

#endif
