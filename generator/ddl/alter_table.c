/* ALTER TABLE, VIEW, MATERIALIZED VIEW, FOREIGN TABLE, INDEX, SEQUENCE and TYPE share one
 * statement. Of commands that change neither types nor constraints (storage, statistics, triggers,
 * …) only what they name is looked at.
 */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/statements.h"
#include "ddl/typed_table.h"

span alter_place(const struct alteration *alter)
{
    const PgQuery__Node *definition = alter->command->def;
    int after = alter->statement->relation->location;

    if (alter->command->name && *alter->command->name)
        return ddl_name_span(alter->ddl, after, alter->command->name);
    if (NODE_IS(definition, COLUMN_DEF))
        return ddl_span(alter->ddl, definition->column_def->location);
    if (NODE_IS(definition, CONSTRAINT))
        return ddl_span(alter->ddl, definition->constraint->location);
    return range_var_span(alter->ddl, alter->statement->relation);
}

bool alter_recurses(const struct alteration *alter)
{
    return alter->statement->relation->inh ||
           alter->statement->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE;
}

void alter_children(const struct alteration *alter, void (*run)(struct alteration *alter))
{
    size_t at = 0;

    if (!alter_recurses(alter))
        return;
    for (struct relation *child;
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        struct alteration below = *alter;
        below.relation = child;
        below.recursing = true;
        run(&below);
    }
}

/* The relkinds that a command is for; NULL: any. Commands without an effect here take any. */
static const char *allowed_kinds(PgQuery__AlterTableType type)
{
    switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        return "rpfc";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        return "rpfv";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
        return "rpf";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
        return "rp";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
        return "rpmf";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
        return "rpm";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        return "rpmv";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        return "rpS";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        return "rpf";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
        return "f";
    default:
        return NULL;
    }
}

static void check_allowed(const struct alteration *alter)
{
    const char *kinds = allowed_kinds(alter->command->subtype);

    if (kinds && !strchr(kinds, alter->relation->relkind))
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "this ALTER action cannot be performed on %s \"%s\"",
                 relkind_name(alter->relation->relkind), alter->relation->name);
}

static const char *refused_on_typed(PgQuery__AlterTableType type)
{
    switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        return "add column to";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        return "drop column from";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        return "alter column type of";
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
        return "change inheritance of";
    default:
        return NULL;
    }
}

/* The columns of a table OF a type are those of the type, and change with it. */
static void check_typed(const struct alteration *alter)
{
    const char *refused = refused_on_typed(alter->command->subtype);

    if (refused && alter->relation->of_type)
        ddl_fail(alter->ddl, "42809", alter_place(alter), "cannot %s typed table", refused);
    if (refused && alter->command->behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        type_check_no_tables(alter->ddl, alter->relation, alter_place(alter));
}

static void set_row_security(const struct alteration *alter)
{
    switch (alter->command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
        alter->relation->forces_row_security = true;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
        alter->relation->forces_row_security = false;
        break;
    default:
        alter->relation->has_row_security =
            alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity;
        break;
    }
}

static void run(struct alteration *alter)
{
    check_allowed(alter);
    check_typed(alter);
    switch (alter->command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        alter_add_column(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        alter_drop_column(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        alter_column_type(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        alter_default(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        alter_drop_not_null(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        alter_set_not_null(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        alter_drop_expression(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        alter_identity(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        alter_add_constraint(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        alter_drop_constraint(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
        alter_constraint(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
        alter_validate_constraint(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
        alter_inherit(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
        alter_no_inherit(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf:
        alter_of_type(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
        alter_not_of_type(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
        alter_attach_partition(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
        alter_detach_partition(alter);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
        relation_set_owner(alter->ddl, alter->relation, alter->command->newowner);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
        set_row_security(alter);
        break;
    default:
        (void)(alter_storage(alter) || alter_enabled(alter));
        break;
    }
}

/* The server runs the commands of a statement in passes, whatever their order: a column may be
 * dropped and added anew, or constrained before it is added (AlterTablePass). */
enum pass {
    PASS_DROP,
    PASS_TYPE,
    PASS_ADD_COLUMN,
    PASS_ATTRIBUTES,
    PASS_KEYS,
    PASS_OTHER_CONSTRAINTS,
    PASS_MISC,
    N_PASSES,
};

static enum pass constraint_pass(const PgQuery__Node *definition)
{
    switch (definition->constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        return PASS_KEYS;
    default:
        return PASS_OTHER_CONSTRAINTS;
    }
}

static enum pass pass_of(const PgQuery__AlterTableCmd *command)
{
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        return PASS_DROP;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        return PASS_TYPE;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        return PASS_ADD_COLUMN;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        return PASS_ATTRIBUTES;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        return constraint_pass(command->def);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        return PASS_OTHER_CONSTRAINTS;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        return command->def ? PASS_OTHER_CONSTRAINTS : PASS_DROP;
    default:
        return PASS_MISC;
    }
}

static void run_pass(struct alteration *alter, enum pass pass)
{
    for (size_t i = 0; i < alter->statement->n_cmds; i++) {
        struct alteration one = *alter;
        one.command = alter->statement->cmds[i]->alter_table_cmd;
        if (pass_of(one.command) == pass)
            run(&one);
    }
}

static void run_passes(struct alteration *alter)
{
    for (size_t i = 0; i < alter->statement->n_cmds; i++) {
        struct alteration one = *alter;
        one.command = alter->statement->cmds[i]->alter_table_cmd;
        if (one.command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType)
            alter_prepare_type(&one);
    }
    for (enum pass pass = PASS_DROP; pass < N_PASSES; pass++) {
        run_pass(alter, pass);
        if (pass == PASS_TYPE)
            type_changes_apply(alter->ddl, alter->type_changes);
    }
}

void ddl_alter_table(struct ddl *ddl, const PgQuery__AlterTableStmt *statement)
{
    struct qualified_name name = name_from_range_var(statement->relation);
    const struct relation *found = relation_find(ddl, statement->relation);
    struct relation *relation;
    struct type_changes type_changes = {0};

    alter_check_tablespaces(ddl, statement);
    if (!found && index_find(ddl, name.schema, name.name)) {
        alter_index(ddl, statement, index_find(ddl, name.schema, name.name));
        return;
    }
    if (!found && statement->missing_ok)
        return;
    found = relation_get(ddl, statement->relation);
    relation_check_kind(ddl, statement->objtype, found, range_var_span(ddl, statement->relation));
    relation = relation_edit(ddl, found, range_var_span(ddl, statement->relation));
    run_passes(&(struct alteration){
        .ddl = ddl, .statement = statement, .relation = relation, .type_changes = &type_changes});
}
