/* ALTER TABLE and its kin: each command is a form; the table is locked as the strongest of them
 * asks (AlterTableGetLockLevel).
 */
#include <string.h>

#include "review/reviewing.h"
#include "tree/query.h"

#define AT(name) PG_QUERY__ALTER_TABLE_TYPE__AT_##name

/* --- SET NOT NULL ----------------------------------------------------------------------------- */

/* ConstraintImpliedByRelConstraint(): `column IS NOT NULL` among the conjuncts. */
static bool says_not_null(const struct expr *check, int16_t column)
{
    if (!check)
        return false;
    if (check->kind == EXPR_BOOL && check->u.bool_op == BOOL_AND) {
        for (size_t i = 0; i < check->n_args; i++)
            if (says_not_null(check->args[i], column))
                return true;
        return false;
    }
    return check->kind == EXPR_NULL_TEST && check->u.null_test.is_not_null &&
           check->args[0]->kind == EXPR_VAR && check->args[0]->u.var.attno == column;
}

static bool is_never_null(const struct relation *relation, const struct attribute *column)
{
    if (column->not_null)
        return true;
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *check = relation->constraints.items[i];
        if (check->kind == CONSTRAINT_CHECK && check->validated &&
            says_not_null(check->check, column->number))
            return true;
    }
    return false;
}

static enum form_id not_null_form(const struct relation *relation, const char *name)
{
    const struct attribute *column = attribute_find(relation, name);

    return column && is_never_null(relation, column) ? FORM_SET_NOT_NULL_PROVED : FORM_SET_NOT_NULL;
}

/* --- Options ---------------------------------------------------------------------------------- */

/* relopt_kind tables of the server: those that may be set while others write. */
static bool is_light_option(const char *name)
{
    static const char *const light[] = {"fillfactor",
                                        "deduplicate_items",
                                        "toast_tuple_target",
                                        "parallel_workers",
                                        "vacuum_index_cleanup",
                                        "vacuum_truncate",
                                        "log_autovacuum_min_duration"};

    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        if (strcmp(name, light[i]) == 0)
            return true;
    return strncmp(name, "autovacuum_", 11) == 0;
}

static enum form_id options_form(const struct relation *relation, const PgQuery__Node *list)
{
    if (relation && relation->relkind == 'v')
        return FORM_ALTER;
    for (size_t i = 0; NODE_IS(list, LIST) && i < list->list->n_items; i++)
        if (NODE_IS(list->list->items[i], DEF_ELEM) &&
            !is_light_option(list->list->items[i]->def_elem->defname))
            return FORM_ALTER;
    return FORM_SET_OPTIONS;
}

/* --- Commands --------------------------------------------------------------------------------- */

static enum form_id drop_constraint_form(const struct relation *relation, const char *name)
{
    const struct constraint *constraint = constraint_find(relation, name);

    if (!constraint)
        return FORM_ALTER;
    if (constraint->kind == CONSTRAINT_CHECK)
        return FORM_DROP_CHECK;
    return constraint->kind == CONSTRAINT_FOREIGN ? FORM_DROP_CONSTRAINT : FORM_DROP_KEY;
}

static enum form_id replica_form(const PgQuery__AlterTableCmd *command)
{
    const char *kind = command->def->replica_identity_stmt->identity_type;

    return *kind == 'i' || *kind == 'd' ? FORM_REPLICA_IDENTITY_INDEX : FORM_REPLICA_IDENTITY;
}

static enum form_id default_form(const PgQuery__AlterTableCmd *command)
{
    return command->def ? FORM_SET_DEFAULT : FORM_DROP_DEFAULT;
}

/* Forms of which nothing has to be known but their name. */
static enum form_id plain_form(PgQuery__AlterTableType type)
{
    static const struct {
        PgQuery__AlterTableType type;
        enum form_id form;
    } forms[] = {
        {AT(DropColumn), FORM_DROP_COLUMN},
        {AT(DropNotNull), FORM_DROP_NOT_NULL},
        {AT(SetStatistics), FORM_SET_STATISTICS},
        {AT(SetOptions), FORM_SET_COLUMN_OPTIONS},
        {AT(ResetOptions), FORM_SET_COLUMN_OPTIONS},
        {AT(SetStorage), FORM_SET_STORAGE},
        {AT(SetCompression), FORM_SET_COMPRESSION},
        {AT(DropExpression), FORM_DROP_EXPRESSION},
        {AT(AddIdentity), FORM_IDENTITY},
        {AT(SetIdentity), FORM_IDENTITY},
        {AT(DropIdentity), FORM_IDENTITY},
        {AT(AlterConstraint), FORM_ALTER_CONSTRAINT},
        {AT(SetTableSpace), FORM_SET_TABLESPACE},
        {AT(ClusterOn), FORM_CLUSTER_ON},
        {AT(DropCluster), FORM_CLUSTER_ON},
        {AT(EnableRowSecurity), FORM_ENABLE_SECURITY},
        {AT(ForceRowSecurity), FORM_ENABLE_SECURITY},
        {AT(DisableRowSecurity), FORM_DISABLE_SECURITY},
        {AT(NoForceRowSecurity), FORM_DISABLE_SECURITY},
        {AT(EnableTrig), FORM_ENABLE_TRIGGER},
        {AT(EnableAlwaysTrig), FORM_ENABLE_TRIGGER},
        {AT(EnableReplicaTrig), FORM_ENABLE_TRIGGER},
        {AT(EnableTrigAll), FORM_ENABLE_TRIGGER},
        {AT(EnableTrigUser), FORM_ENABLE_TRIGGER},
        {AT(DisableTrig), FORM_DISABLE_TRIGGER},
        {AT(DisableTrigAll), FORM_DISABLE_TRIGGER},
        {AT(DisableTrigUser), FORM_DISABLE_TRIGGER},
        {AT(EnableRule), FORM_ENABLE_RULE},
        {AT(EnableAlwaysRule), FORM_ENABLE_RULE},
        {AT(EnableReplicaRule), FORM_ENABLE_RULE},
        {AT(DisableRule), FORM_ENABLE_RULE},
        {AT(AddInherit), FORM_INHERIT},
        {AT(DropInherit), FORM_INHERIT},
        {AT(AttachPartition), FORM_ATTACH},
    };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].type == type)
            return forms[i].form;
    return FORM_ALTER;
}

static enum form_id detach_form(const PgQuery__AlterTableCmd *command)
{
    return command->subtype == AT(DetachPartitionFinalize) ||
                   command->def->partition_cmd->concurrent
               ? FORM_DETACH_CONCURRENTLY
               : FORM_DETACH;
}

static bool is_heap(const PgQuery__AlterTableCmd *command)
{
    return strcmp(command->name, "heap") == 0;
}

static enum form_id form_of(const struct relation *relation, const PgQuery__AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT(AddColumn):
        return FORM_ADD_COLUMN;
    case AT(ColumnDefault):
        return default_form(command);
    case AT(SetNotNull):
        return not_null_form(relation, command->name);
    case AT(AddConstraint):
    case AT(ValidateConstraint):
        return N_FORMS; /* says for itself */
    case AT(DropConstraint):
        return drop_constraint_form(relation, command->name);
    case AT(SetRelOptions):
    case AT(ResetRelOptions):
        return options_form(relation, command->def);
    case AT(ReplicaIdentity):
        return replica_form(command);
    case AT(SetLogged):
        return relation->is_unlogged ? FORM_SET_LOGGED : FORM_ALTER;
    case AT(SetUnLogged):
        return relation->is_unlogged ? FORM_ALTER : FORM_SET_LOGGED;
    case AT(SetAccessMethod):
        return is_heap(command) ? FORM_ALTER : FORM_SET_ACCESS_METHOD;
    case AT(DetachPartition):
    case AT(DetachPartitionFinalize):
        return detach_form(command);
    default:
        return plain_form(command->subtype);
    }
}

/* --- What a command does beside its form ------------------------------------------------------ */

/* The sequence of an identity column is called like that of a serial one. */
static void touch_identity(struct reviewing *reviewing, const struct relation *relation,
                           const PgQuery__AlterTableCmd *command)
{
    const struct namespace *namespace =
        catalog_get_namespace(reviewing->catalog, relation->namespace_oid);
    const struct relation *sequence = catalog_find_relation(
        reviewing->catalog, namespace->name,
        arena_printf(reviewing->arena, "%s_%s_seq", relation->name, command->name));

    if (sequence && sequence->relkind == 'S' && command->subtype == AT(SetIdentity))
        touch(reviewing, sequence, LOCK_MODE_SHARE_ROW_EXCLUSIVE);
}

static void review_inherit(struct reviewing *reviewing, const PgQuery__AlterTableCmd *command)
{
    touch(reviewing, find_relation(reviewing, command->def->range_var),
          command->subtype == AT(AddInherit) ? LOCK_MODE_SHARE_UPDATE_EXCLUSIVE
                                             : LOCK_MODE_ACCESS_SHARE);
}

static void touch_replica_index(struct reviewing *reviewing, const struct relation *relation,
                                const PgQuery__AlterTableCmd *command)
{
    const char *name = raw_optional(command->def->replica_identity_stmt->name);

    if (name)
        touch_index(reviewing, relation, name, LOCK_MODE_SHARE);
}

static bool has_default(const PgQuery__ColumnDef *column)
{
    for (size_t i = 0; i < column->n_constraints; i++)
        if (NODE_IS(column->constraints[i], CONSTRAINT) &&
            column->constraints[i]->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT)
            return true;
    return false;
}

static void review_column_constraints(struct reviewing *reviewing, const struct relation *relation,
                                      const PgQuery__AlterTableCmd *command)
{
    const PgQuery__ColumnDef *column = command->def->column_def;

    if (command->missing_ok && attribute_find(relation, column->colname))
        return;
    reviewing->new_column_has_default = has_default(column);
    for (size_t i = 0; i < column->n_constraints; i++)
        if (NODE_IS(column->constraints[i], CONSTRAINT))
            review_add_constraint(reviewing, relation, column->constraints[i]->constraint, true);
    review_column_advice(reviewing, relation, column);
}

static void review_more(struct reviewing *reviewing, const struct relation *relation,
                        const PgQuery__AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT(AddColumn):
        review_column_constraints(reviewing, relation, command);
        break;
    case AT(AddConstraint):
        review_add_constraint(reviewing, relation, command->def->constraint, false);
        break;
    case AT(ValidateConstraint):
        review_validate(reviewing, relation, command->name);
        break;
    case AT(ChangeOwner):
        touch_sequences(reviewing, relation, LOCK_MODE_ACCESS_EXCLUSIVE);
        break;
    case AT(SetIdentity):
        touch_identity(reviewing, relation, command);
        break;
    case AT(AddInherit):
    case AT(DropInherit):
        review_inherit(reviewing, command);
        break;
    case AT(AttachPartition):
        review_attach(reviewing, relation, command->def->partition_cmd);
        break;
    case AT(DetachPartition):
    case AT(DetachPartitionFinalize):
        review_detach(reviewing, relation, command->def->partition_cmd);
        break;
    case AT(ReplicaIdentity):
        touch_replica_index(reviewing, relation, command);
        break;
    case AT(ClusterOn):
        touch_index(reviewing, relation, command->name, LOCK_MODE_SHARE_UPDATE_EXCLUSIVE);
        break;
    default:
        break;
    }
    if (command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        found(reviewing, HAZARD_CASCADE, relation, command->name);
}

/* --- The statement ---------------------------------------------------------------------------- */

/* DROP COLUMN of ONLY a parent makes the children's columns their own. */
static bool is_for_children(const PgQuery__AlterTableStmt *statement, enum form_id id)
{
    return statement->relation->inh || id == FORM_DROP_COLUMN;
}

/* Partitions have copies of the triggers, and nothing to switch off without. */
static bool has_copies(const struct relation *relation, enum form_id id)
{
    return (id != FORM_ENABLE_TRIGGER && id != FORM_DISABLE_TRIGGER) || relation->triggers.n > 0;
}

static enum lock_mode strongest(const struct relation *relation,
                                const PgQuery__AlterTableStmt *statement)
{
    enum lock_mode result = LOCK_MODE_NONE;

    for (size_t i = 0; i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        const enum form_id id =
            command->subtype == AT(AlterColumnType) ? FORM_RETYPE : form_of(relation, command);
        if (id != N_FORMS && form_get(id)->lock > result)
            result = form_get(id)->lock;
    }
    return result;
}

/* What the migration itself added for a while is missed by nobody. */
static bool is_helper(struct reviewing *reviewing, const struct relation *relation,
                      const PgQuery__AlterTableCmd *command)
{
    return command->subtype == AT(DropConstraint) && is_added(reviewing, relation, command->name);
}

static bool is_table_form(enum form_id id)
{
    return form_get(id)->hazard != HAZARD_NONE;
}

static void run(struct reviewing *reviewing, const struct relation *relation,
                const PgQuery__AlterTableStmt *statement, const PgQuery__AlterTableCmd *command,
                enum lock_mode lock)
{
    const enum form_id id = form_of(relation, command);
    struct form form;

    if (id != N_FORMS) {
        form = *form_get(id);
        form.lock = lock;
        if (!is_for_children(statement, id) || !has_copies(relation, id))
            form.reach = REACH_SELF;
        apply_form(reviewing, form, relation);
        if (is_table_form(id) && !is_helper(reviewing, relation, command))
            found(reviewing, form.hazard, relation, command->name);
    }
    review_more(reviewing, relation, command);
}

static void alter_relation(struct reviewing *reviewing, const struct relation *relation,
                           const PgQuery__AlterTableStmt *statement)
{
    const enum lock_mode lock = strongest(relation, statement);
    bool is_rewritten = false;

    for (size_t i = 0; i < statement->n_cmds; i++)
        is_rewritten |=
            statement->cmds[i]->alter_table_cmd->subtype == AT(AlterColumnType) &&
            retype_rewrites(reviewing, relation, statement->cmds[i]->alter_table_cmd) == ANSWER_YES;
    for (size_t i = 0; i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        if (command->subtype == AT(AlterColumnType))
            review_retype(reviewing, relation, command, is_rewritten);
        else
            run(reviewing, relation, statement, command, lock);
    }
    if (lock)
        touch(reviewing, relation, lock);
}

/* Both tables are opened. */
static void attach_index(struct reviewing *reviewing, const struct relation *table,
                         const PgQuery__RangeVar *name)
{
    struct found_index part = find_index(reviewing, raw_optional(name->schemaname), name->relname);

    touch(reviewing, table, LOCK_MODE_ACCESS_SHARE);
    touch(reviewing, part.table, LOCK_MODE_ACCESS_SHARE);
}

static void alter_index(struct reviewing *reviewing, struct found_index found_index,
                        const PgQuery__AlterTableStmt *statement)
{
    for (size_t i = 0; i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        const enum form_id id =
            command->subtype == AT(SetRelOptions) || command->subtype == AT(ResetRelOptions)
                ? options_form(NULL, command->def)
                : plain_form(command->subtype);
        touch_index(reviewing, found_index.table, found_index.index->name, form_get(id)->lock)
            ->rewrite = form_get(id)->rewrite;
        if (command->subtype == AT(AttachPartition))
            attach_index(reviewing, found_index.table, command->def->partition_cmd->name);
        found(reviewing, form_get(id)->hazard, found_index.table, found_index.index->name);
    }
}

void touch_typed_tables(struct reviewing *reviewing, const struct relation *type)
{
    size_t n;
    struct relation *const *relations = catalog_relations(reviewing->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->of_type == type->oid)
            touch(reviewing, relations[i], LOCK_MODE_ACCESS_EXCLUSIVE);
}

void review_alter_table(struct reviewing *reviewing, const PgQuery__AlterTableStmt *statement)
{
    const PgQuery__RangeVar *name = statement->relation;
    const struct relation *relation = find_relation(reviewing, name);
    struct found_index index;

    if (relation && relation->relkind == 'c') {
        touch_typed_tables(reviewing, relation);
    } else if (relation) {
        alter_relation(reviewing, relation, statement);
    } else {
        index = find_index(reviewing, raw_optional(name->schemaname), name->relname);
        if (index.index)
            alter_index(reviewing, index, statement);
    }
}
