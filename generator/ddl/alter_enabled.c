/* ALTER TABLE: triggers and rules that fire always, on replicas, or not at all. */
#include <string.h>

#include "catalog/trigger_type.h"
#include "ddl/alter.h"

/* 0: the command is another. */
static char trigger_state(PgQuery__AlterTableType type)
{
    switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
        return 'O';
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        return 'D';
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
        return 'R';
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
        return 'A';
    default:
        return 0;
    }
}

static char rule_state(PgQuery__AlterTableType type)
{
    switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
        return 'O';
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
        return 'D';
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
        return 'R';
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
        return 'A';
    default:
        return 0;
    }
}

/* The name of the trigger; NULL for ALL and USER. */
static const char *trigger_name(const PgQuery__AlterTableCmd *command)
{
    return command->name && *command->name ? command->name : NULL;
}

static void set_copies(struct ddl *ddl, const struct relation *relation,
                       const struct trigger *trigger, char state)
{
    size_t at = 0;

    if (relation->relkind != 'p')
        return;
    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));)
        for (size_t i = 0; i < child->triggers.n; i++)
            if (child->triggers.items[i]->parent == trigger) {
                child->triggers.items[i]->enabled = state;
                set_copies(ddl, child, child->triggers.items[i], state);
            }
}

static void set_triggers(struct alteration *alter, char state)
{
    const char *name = trigger_name(alter->command);
    bool found = false;

    for (size_t i = 0; i < alter->relation->triggers.n; i++) {
        struct trigger *trigger = alter->relation->triggers.items[i];
        if (name && strcmp(trigger->name, name) != 0)
            continue;
        found = true;
        trigger->enabled = state;
        if ((trigger->type & TRIGGER_ROW) && alter_recurses(alter))
            set_copies(alter->ddl, alter->relation, trigger, state);
    }
    if (name && !found && !catalog_is_incomplete(alter->ddl->catalog))
        ddl_fail(alter->ddl, "42704", alter_place(alter),
                 "trigger \"%s\" for table \"%s\" does not exist", name, alter->relation->name);
}

static void set_rule(struct alteration *alter, char state)
{
    for (size_t i = 0; i < alter->relation->rules.n; i++) {
        struct rule *rule = alter->relation->rules.items[i];
        if (rule->is_trigger || strcmp(rule->name, alter->command->name) != 0)
            continue;
        rule->enabled = state;
        return;
    }
    if (!catalog_is_incomplete(alter->ddl->catalog))
        ddl_fail(alter->ddl, "42704", alter_place(alter),
                 "rule \"%s\" for relation \"%s\" does not exist", alter->command->name,
                 alter->relation->name);
}

bool alter_enabled(struct alteration *alter)
{
    const char trigger = trigger_state(alter->command->subtype);
    const char rule = rule_state(alter->command->subtype);

    if (trigger)
        set_triggers(alter, trigger);
    else if (rule)
        set_rule(alter, rule);
    return trigger || rule;
}
