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

static void alter_row_security(struct alteration *alter)
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

static void alter_owner(struct alteration *alter)
{
    relation_set_owner(alter->ddl, alter->relation, alter->command->newowner);
}

static void alter_rest(struct alteration *alter)
{
    (void)(alter_storage(alter) || alter_enabled(alter));
}

/* --- The commands ----------------------------------------------------------------------------- */

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

struct alter_command {
    PgQuery__AlterTableType type;
    const char *kinds; /* relkinds; NULL: any */
    enum pass pass;
    const char *refused; /* of a table OF a type */
    void (*run)(struct alteration *alter);
};

static const struct alter_command *command_of(const PgQuery__AlterTableCmd *command)
{
    static const struct alter_command commands[] = {
#define COMMAND(type, kinds, pass, refused, run)                                                   \
    {PG_QUERY__ALTER_TABLE_TYPE__AT_##type, kinds, PASS_##pass, refused, run},
#include "ddl/alter_commands.def"
    };
    static const struct alter_command other = {.pass = PASS_MISC, .run = alter_rest};

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (commands[i].type == command->subtype)
            return &commands[i];
    return &other;
}

static void check_allowed(const struct alteration *alter, const char *kinds)
{
    if (kinds && !strchr(kinds, alter->relation->relkind))
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "this ALTER action cannot be performed on %s \"%s\"",
                 relkind_name(alter->relation->relkind), alter->relation->name);
}

/* The columns of a table OF a type are those of the type, and change with it. */
static void check_typed(const struct alteration *alter, const char *refused)
{
    if (refused && alter->relation->of_type)
        ddl_fail(alter->ddl, "42809", alter_place(alter), "cannot %s typed table", refused);
    if (refused && alter->command->behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        type_check_no_tables(alter->ddl, alter->relation, alter_place(alter));
}

static void run(struct alteration *alter)
{
    const struct alter_command *command = command_of(alter->command);

    check_allowed(alter, command->kinds);
    check_typed(alter, command->refused);
    command->run(alter);
}

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
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        return constraint_pass(command->def);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        return command->def ? PASS_OTHER_CONSTRAINTS : PASS_DROP;
    default:
        return command_of(command)->pass;
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
