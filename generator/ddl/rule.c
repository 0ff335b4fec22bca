/* Rules. They type no query, but make a view accept changes that its query would not allow, or
 * forbid some statements; what they say is checked and kept as the server does. A rule ON SELECT
 * makes a view of a table. Rules, triggers and policies are dropped as parts of their tables.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "ddl/trigger.h"
#include "ddl/view.h"

static struct relation *relation_of(struct ddl *ddl, const PgQuery__RangeVar *name)
{
    return relation_edit(ddl, relation_get(ddl, name), range_var_span(ddl, name));
}

void rule_remove(struct relation *relation, const char *name, bool is_trigger)
{
    size_t n = 0;

    for (size_t i = 0; i < relation->rules.n; i++) {
        struct rule *rule = relation->rules.items[i];

        if (rule->is_trigger != is_trigger || strcmp(rule->name, name) != 0)
            relation->rules.items[n++] = rule;
    }
    relation->rules.n = n;
}

/* One of the same name has been there only when it is replaced. */
void rule_add(struct ddl *ddl, struct relation *relation, struct rule rule)
{
    struct rule *kept = arena_new(ddl->arena, struct rule);

    *kept = rule;
    rule_remove(relation, rule.name, rule.is_trigger);
    vec_push(ddl->arena, &relation->rules, kept);
}

static const char *statement_text(struct ddl *ddl)
{
    const struct statement *statement = &ddl->statement;
    const size_t len =
        statement->len > 0 ? (size_t)statement->len : ddl->sql->len - (size_t)statement->location;

    return arena_printf(ddl->arena, "%.*s", (int)len, ddl->sql->text + statement->location);
}

static bool has_returning(const PgQuery__Node *action)
{
    switch (action->node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return action->insert_stmt->n_returning_list > 0;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return action->update_stmt->n_returning_list > 0;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return action->delete_stmt->n_returning_list > 0;
    default:
        return false;
    }
}

/* Dumps from before PostgreSQL 10 make a view that is part of a circle as a table first. */
static void make_view(struct ddl *ddl, const PgQuery__RuleStmt *statement,
                      struct relation *relation)
{
    span at = range_var_span(ddl, statement->relation);

    if (statement->where_clause)
        ddl_fail(ddl, "0A000", at, "event qualifications are not implemented for rules on SELECT");
    if (statement->n_actions != 1 || !NODE_IS(statement->actions[0], SELECT_STMT) ||
        !statement->instead)
        ddl_fail(ddl, "0A000", at, "rules on SELECT must have action INSTEAD SELECT");
    if (relation->relkind == 'v' && !statement->replace)
        ddl_fail(ddl, "55000", at, "\"%s\" is already a view", relation->name);
    if (strncmp(statement->rulename, "_RET", 4) != 0)
        ddl_fail(ddl, "42P17", ddl_name_span(ddl, -1, statement->rulename),
                 "view rule for \"%s\" must be named \"_RETURN\"", relation->name);
    if (relation->relkind != 'v' && relation->relkind != 'r')
        ddl_fail(ddl, "42809", at, "relation \"%s\" cannot have rules on SELECT", relation->name);
    if (relation->parents.n > 0 || relation->children.n > 0 || relation->indexes.n > 0)
        ddl_fail(ddl, "55000", at, "could not convert table \"%s\" to a view because it has %s",
                 relation->name,
                 relation->indexes.n > 0    ? "indexes"
                 : relation->children.n > 0 ? "child tables"
                                            : "parent tables");
    view_from_rule(ddl, relation, statement->actions[0], at);
}

struct rule *rule_find(const struct relation *relation, const char *name, bool is_trigger)
{
    for (size_t i = 0; i < relation->rules.n; i++)
        if (relation->rules.items[i]->is_trigger == is_trigger &&
            strcmp(relation->rules.items[i]->name, name) == 0)
            return relation->rules.items[i];
    return NULL;
}

static void check_rule(struct ddl *ddl, const PgQuery__RuleStmt *statement, struct rule *rule)
{
    const struct relation *relation = relation_get(ddl, statement->relation);
    span at = range_var_span(ddl, statement->relation);
    size_t n_before = ddl->diags->list.n;

    if (relation->relkind == 'm')
        ddl_fail(ddl, "0A000", at, "rules on materialized views are not supported");
    if (ddl->session->depth == 0 &&
        !analyze_rule(ddl->arena, ddl->catalog, ddl->sql, statement, relation, ddl->diags, rule) &&
        !missing_is_forgiven(ddl, n_before, missing_call_hint(ddl, &statement->base)))
        ddl_stop(ddl);
    if (!strchr("rpv", relation->relkind))
        ddl_fail(ddl, "42809", at, "relation \"%s\" cannot have rules", relation->name);
    if (!statement->replace && rule_find(relation, statement->rulename, false))
        ddl_fail(ddl, "42710", ddl_name_span(ddl, -1, statement->rulename),
                 "rule \"%s\" for relation \"%s\" already exists", statement->rulename,
                 relation->name);
}

void ddl_create_rule(struct ddl *ddl, const PgQuery__RuleStmt *statement)
{
    struct rule rule = {
        .name = statement->rulename,
        .on_insert = statement->event == PG_QUERY__CMD_TYPE__CMD_INSERT,
        .on_update = statement->event == PG_QUERY__CMD_TYPE__CMD_UPDATE,
        .on_delete = statement->event == PG_QUERY__CMD_TYPE__CMD_DELETE,
        .instead = statement->instead,
        .conditional = statement->where_clause != NULL,
        .n_actions = statement->n_actions,
        .enabled = 'O',
        .text = statement_text(ddl),
        .defined_at = ddl_name_span(ddl, -1, statement->rulename),
    };

    if (statement->event == PG_QUERY__CMD_TYPE__CMD_SELECT) {
        make_view(ddl, statement, relation_of(ddl, statement->relation));
        return;
    }
    if (strcmp(rule.name, "_RETURN") == 0)
        ddl_fail(ddl, "42P17", rule.defined_at,
                 "non-view rule for \"%s\" must not be named \"_RETURN\"",
                 relation_of(ddl, statement->relation)->name);
    check_rule(ddl, statement, &rule);
    for (size_t i = 0; i < statement->n_actions; i++) {
        rule.returning = rule.returning || has_returning(statement->actions[i]);
        rule.n_utility_actions += NODE_IS(statement->actions[i], NOTIFY_STMT);
    }
    rule_add(ddl, relation_of(ddl, statement->relation), rule);
}

/* ALTER and DROP name a part of a table; NULL: it is missing, and that is forgiven. */
static struct relation *table_of_part(struct ddl *ddl, struct qualified_name name, bool missing_ok)
{
    const struct relation *found = catalog_find_relation(ddl->catalog, name.schema, name.name);

    if (!found && !missing_ok)
        found = relation_named(ddl, name, name_span(ddl, name));
    return found ? catalog_edit_relation(ddl->catalog, found->oid) : NULL;
}

static void check_new_rule_name(struct ddl *ddl, const PgQuery__RenameStmt *statement,
                                const struct relation *relation)
{
    const span at = ddl_name_span(ddl, -1, statement->newname);
    const bool has_select = strchr("vm", relation->relkind) != NULL;

    if (has_select && strcmp(statement->subname, "_RETURN") == 0)
        ddl_fail(ddl, "42P17", at, "renaming an ON SELECT rule is not allowed");
    if (!rule_find(relation, statement->subname, false))
        ddl_fail(ddl, "42704", at, "rule \"%s\" for relation \"%s\" does not exist",
                 statement->subname, relation->name);
    if (rule_find(relation, statement->newname, false) ||
        (has_select && strcmp(statement->newname, "_RETURN") == 0))
        ddl_fail(ddl, "42710", at, "rule \"%s\" for relation \"%s\" already exists",
                 statement->newname, relation->name);
    if (strcmp(statement->newname, "_RETURN") == 0)
        ddl_fail(ddl, "42P17", at, "non-view rule for \"%s\" must not be named \"_RETURN\"",
                 relation->name);
}

static void rename_trigger(struct ddl *ddl, struct relation *relation,
                           const PgQuery__RenameStmt *statement)
{
    struct trigger *trigger = trigger_find(relation, statement->subname);
    const span at = ddl_name_span(ddl, -1, statement->newname);

    if (!trigger)
        ddl_fail(ddl, "42704", at, "trigger \"%s\" for table \"%s\" does not exist",
                 statement->subname, relation->name);
    if (trigger->parent)
        ddl_fail(ddl, "0A000", ddl_name_span(ddl, -1, statement->subname),
                 "cannot rename trigger \"%s\" on table \"%s\"", trigger->name, relation->name);
    if (strcmp(statement->subname, statement->newname) != 0 &&
        trigger_find(relation, statement->newname))
        ddl_fail(ddl, "42710", at, "trigger \"%s\" for relation \"%s\" already exists",
                 statement->newname, relation->name);
    trigger->name = statement->newname;
    trigger_rename_copies(ddl, relation, trigger);
}

void ddl_rename_rule(struct ddl *ddl, const PgQuery__RenameStmt *statement, bool is_trigger)
{
    struct relation *relation = table_of_part(ddl, name_from_range_var(statement->relation), true);
    struct rule *rule;

    if (relation && is_trigger)
        rename_trigger(ddl, relation, statement);
    else if (relation)
        check_new_rule_name(ddl, statement, relation);
    rule = relation ? rule_find(relation, statement->subname, is_trigger) : NULL;
    if (rule)
        rule->name = statement->newname;
}

static const char *part_word(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        return "trigger";
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return "policy";
    default:
        return "rule";
    }
}

static void drop_trigger(struct ddl *ddl, struct relation *relation, const struct trigger *trigger)
{
    if (trigger->parent)
        ddl_fail(ddl, "2BP01", ddl_name_span(ddl, -1, trigger->name),
                 "cannot drop trigger %s on table %s because trigger %s on its parent requires it",
                 trigger->name, relation->name, trigger->name);
    trigger_drop_copies(ddl, relation, trigger);
    trigger_remove(relation, trigger);
}

/* False when there is none. */
static bool remove_part(struct ddl *ddl, struct relation *relation, const char *name,
                        PgQuery__ObjectType type)
{
    const struct trigger *trigger;

    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        trigger = trigger_find(relation, name);
        if (trigger)
            drop_trigger(ddl, relation, trigger);
        return trigger != NULL;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return policy_remove(relation, name);
    default:
        if (!rule_find(relation, name, false))
            return false;
        rule_remove(relation, name, false);
        return true;
    }
}

void ddl_drop_part(struct ddl *ddl, const PgQuery__DropStmt *statement, const PgQuery__Node *object)
{
    size_t n = object->list->n_items;
    const char *name = raw_string(object->list->items[n - 1]);
    struct qualified_name table = name_from_list(ddl, object->list->items, n - 1);
    struct relation *relation = table_of_part(ddl, table, statement->missing_ok);

    if (relation && statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE &&
        strchr("vm", relation->relkind) && strcmp(name, "_RETURN") == 0)
        ddl_fail(ddl, "2BP01", ddl_name_span(ddl, -1, name),
                 "cannot drop rule %s on view %s because view %s requires it", name, relation->name,
                 relation->name);
    if (!relation || remove_part(ddl, relation, name, statement->remove_type) ||
        statement->missing_ok || catalog_is_incomplete(ddl->catalog))
        return;
    ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name),
             "%s \"%s\" for table \"%s\" does not exist", part_word(statement->remove_type), name,
             relation->name);
}
