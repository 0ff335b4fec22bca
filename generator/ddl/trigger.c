/* Triggers and rules. They type no query, but for INSTEAD OF triggers and rules, which make a view
 * accept changes that its query would not allow, or forbid some statements; what they say is
 * checked all the same, as the server does when it makes them. A rule ON SELECT makes a view of a
 * table.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "ddl/view.h"

static struct relation *relation_of(struct ddl *ddl, const PgQuery__RangeVar *name)
{
    return relation_edit(ddl, relation_get(ddl, name), range_var_span(ddl, name));
}

static void remove_rule(struct relation *relation, const char *name, bool is_trigger)
{
    size_t n = 0;

    for (size_t i = 0; i < relation->rules.n; i++) {
        const struct rule *rule = &relation->rules.items[i];

        if (rule->is_trigger != is_trigger || strcmp(rule->name, name) != 0)
            relation->rules.items[n++] = *rule;
    }
    relation->rules.n = n;
}

/* One of the same name has been there only when it is replaced. */
static void add_rule(struct ddl *ddl, struct relation *relation, struct rule rule)
{
    remove_rule(relation, rule.name, rule.is_trigger);
    vec_push(ddl->arena, &relation->rules, rule);
}

/* --- CREATE TRIGGER --------------------------------------------------------------------------- */

static void check_kind(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                       const struct relation *relation)
{
    bool is_instead = statement->timing & TRIGGER_INSTEAD;
    bool refused = false;

    switch (relation->relkind) {
    case 'r':
    case 'p':
        refused = is_instead;
        break;
    case 'v':
        refused = (!is_instead && statement->row) || (statement->events & TRIGGER_TRUNCATE);
        break;
    case 'f':
        refused = is_instead || statement->isconstraint;
        break;
    default:
        ddl_fail(ddl, "42809", range_var_span(ddl, statement->relation),
                 "relation \"%s\" cannot have triggers", relation->name);
    }
    if (refused)
        ddl_fail(ddl, "42809", range_var_span(ddl, statement->relation), "\"%s\" is a %s",
                 relation->name, relkind_name(relation->relkind));
}

static void check_events(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement)
{
    span at = ddl_span(ddl, -1);

    if ((statement->events & TRIGGER_TRUNCATE) && statement->row)
        ddl_fail(ddl, "0A000", at, "TRUNCATE FOR EACH ROW triggers are not supported");
    if (!(statement->timing & TRIGGER_INSTEAD))
        return;
    if (!statement->row)
        ddl_fail(ddl, "0A000", at, "INSTEAD OF triggers must be FOR EACH ROW");
    if (statement->when_clause)
        ddl_fail(ddl, "0A000", at, "INSTEAD OF triggers cannot have WHEN conditions");
    if (statement->n_columns > 0)
        ddl_fail(ddl, "0A000", at, "INSTEAD OF triggers cannot have column lists");
}

static void check_columns(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                          const struct relation *relation)
{
    for (size_t i = 0; i < statement->n_columns; i++) {
        const char *name = raw_string(statement->columns[i]);
        span at = ddl_name_span(ddl, -1, name);
        if (!attribute_find(relation, name))
            ddl_fail(ddl, "42703", at, "column \"%s\" of relation \"%s\" does not exist", name,
                     relation->name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(name, raw_string(statement->columns[k])) == 0)
                ddl_fail(ddl, "42701", at, "column \"%s\" specified more than once", name);
    }
}

/* 0 when it is missing and that is forgiven. */
static oid trigger_function(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->funcname, statement->n_funcname);
    const char *text = qualified_text(ddl->arena, name);
    struct function_list list =
        catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
    const struct function *found = NULL;
    size_t n_before = ddl->diags->list.n;
    span at = name_span(ddl, name);

    if (name.schema)
        namespace_get(ddl, name.schema, at);
    for (size_t i = 0; i < list.n && !found; i++)
        if (list.items[i]->n_args == 0)
            found = list.items[i];
    if (!found) {
        diag_error(ddl->diags, "42883", at, "function %s() does not exist", text);
        if (!missing_is_forgiven(ddl, n_before, missing_function_hint(ddl, name.name)))
            ddl_stop(ddl);
        return 0;
    }
    if (!is_builtin_type(ddl, found->return_type, "trigger"))
        ddl_fail(ddl, "42P17", at, "function %s must return type trigger", text);
    return found->oid;
}

static struct trigger *trigger_find(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->triggers.n; i++)
        if (strcmp(relation->triggers.items[i]->name, name) == 0)
            return relation->triggers.items[i];
    return NULL;
}

void trigger_remove(struct relation *relation, const struct trigger *trigger)
{
    size_t n = 0;

    for (size_t i = 0; i < relation->triggers.n; i++)
        if (relation->triggers.items[i] != trigger)
            relation->triggers.items[n++] = relation->triggers.items[i];
    relation->triggers.n = n;
    remove_rule(relation, trigger->name, true);
}

/* System catalogs keep none. */
static void add_trigger(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                        const struct relation *found, struct trigger trigger)
{
    struct relation *relation = catalog_edit_relation(ddl->catalog, found->oid);
    struct trigger *kept = relation ? trigger_find(relation, trigger.name) : NULL;

    if (!relation)
        return;
    if (kept && !statement->replace)
        ddl_fail_exists(ddl, "42710", trigger.defined_at, trigger.name, kept->defined_at,
                        "trigger \"%s\" for relation \"%s\" already exists", trigger.name,
                        relation->name);
    if (!kept) {
        kept = arena_new(ddl->arena, struct trigger);
        vec_push(ddl->arena, &relation->triggers, kept);
    }
    *kept = trigger;
}

static unsigned trigger_type(const PgQuery__CreateTrigStmt *statement)
{
    return (unsigned)statement->timing | (unsigned)statement->events |
           (statement->row ? TRIGGER_ROW : 0U);
}

void ddl_create_trigger(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement)
{
    const struct relation *relation = relation_get(ddl, statement->relation);
    struct ddl_value value = {0};
    oid function;

    check_kind(ddl, statement, relation);
    check_events(ddl, statement);
    if (statement->when_clause)
        expression_evaluate(ddl,
                            &(struct ddl_expression){.place = DDL_TRIGGER_WHEN,
                                                     .node = statement->when_clause,
                                                     .relation = relation,
                                                     .trigger_type = trigger_type(statement)},
                            &value);
    function = trigger_function(ddl, statement);
    check_columns(ddl, statement, relation);
    add_trigger(ddl, statement, relation,
                (struct trigger){.name = statement->trigname,
                                 .function = function,
                                 .when = value.expr,
                                 .defined_at = ddl_name_span(ddl, -1, statement->trigname)});
    if (statement->timing & TRIGGER_INSTEAD)
        add_rule(ddl, relation_of(ddl, statement->relation),
                 (struct rule){
                     .name = statement->trigname,
                     .is_trigger = true,
                     .on_insert = statement->events & TRIGGER_INSERT,
                     .on_update = statement->events & TRIGGER_UPDATE,
                     .on_delete = statement->events & TRIGGER_DELETE,
                     .instead = true,
                 });
}

/* --- Rules ------------------------------------------------------------------------------------ */

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

static bool has_rule(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->rules.n; i++)
        if (!relation->rules.items[i].is_trigger &&
            strcmp(relation->rules.items[i].name, name) == 0)
            return true;
    return false;
}

static void check_rule(struct ddl *ddl, const PgQuery__RuleStmt *statement)
{
    const struct relation *relation = relation_get(ddl, statement->relation);
    span at = range_var_span(ddl, statement->relation);
    size_t n_before = ddl->diags->list.n;

    if (relation->relkind == 'm')
        ddl_fail(ddl, "0A000", at, "rules on materialized views are not supported");
    if (ddl->session->depth == 0 &&
        !analyze_rule(ddl->arena, ddl->catalog, ddl->sql, statement, relation, ddl->diags) &&
        !missing_is_forgiven(ddl, n_before, missing_call_hint(ddl, &statement->base)))
        ddl_stop(ddl);
    if (!strchr("rpv", relation->relkind))
        ddl_fail(ddl, "42809", at, "relation \"%s\" cannot have rules", relation->name);
    if (!statement->replace && has_rule(relation, statement->rulename))
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
    };

    if (statement->event == PG_QUERY__CMD_TYPE__CMD_SELECT) {
        make_view(ddl, statement, relation_of(ddl, statement->relation));
        return;
    }
    check_rule(ddl, statement);
    for (size_t i = 0; i < statement->n_actions; i++) {
        rule.returning = rule.returning || has_returning(statement->actions[i]);
        rule.n_utility_actions += NODE_IS(statement->actions[i], NOTIFY_STMT);
    }
    add_rule(ddl, relation_of(ddl, statement->relation), rule);
}

void ddl_rename_rule(struct ddl *ddl, const PgQuery__RenameStmt *statement, bool is_trigger)
{
    const struct relation *found = relation_find(ddl, statement->relation);
    struct relation *relation = found ? catalog_edit_relation(ddl->catalog, found->oid) : NULL;

    for (size_t i = 0; relation && i < relation->rules.n; i++) {
        struct rule *rule = &relation->rules.items[i];

        if (rule->is_trigger == is_trigger && strcmp(rule->name, statement->subname) == 0)
            rule->name = statement->newname;
    }
    if (relation && is_trigger && trigger_find(relation, statement->subname))
        trigger_find(relation, statement->subname)->name = statement->newname;
}

void ddl_drop_rule(struct ddl *ddl, const PgQuery__Node *object, bool is_trigger)
{
    size_t n = object->list->n_items;
    const char *name = raw_string(object->list->items[n - 1]);
    struct qualified_name table = name_from_list(ddl, object->list->items, n - 1);
    const struct relation *found = catalog_find_relation(ddl->catalog, table.schema, table.name);
    struct relation *relation = found ? catalog_edit_relation(ddl->catalog, found->oid) : NULL;

    if (relation && is_trigger && trigger_find(relation, name))
        trigger_remove(relation, trigger_find(relation, name));
    else if (relation)
        remove_rule(relation, name, is_trigger);
}
