/* Triggers. They type no query, but for INSTEAD OF triggers, which make a view accept changes that
 * its query would not allow; what they say is checked all the same, as the server does when it
 * makes them, and kept for what depends on it.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "ddl/trigger.h"

static void check_kind(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                       const struct relation *relation)
{
    bool is_instead = statement->timing & TRIGGER_INSTEAD;
    bool refused = false;

    switch (relation->relkind) {
    case 'r':
    case 'p':
        refused = is_instead;
        if (relation->relkind == 'p' && statement->row && statement->n_transition_rels > 0)
            ddl_fail(ddl, "0A000", range_var_span(ddl, statement->relation),
                     "ROW triggers with transition tables are not supported on partitioned tables");
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

static int16_t *read_columns(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                             const struct relation *relation)
{
    int16_t *columns = arena_array(ddl->arena, int16_t, statement->n_columns);

    for (size_t i = 0; i < statement->n_columns; i++) {
        const char *name = raw_string(statement->columns[i]);
        span at = ddl_name_span(ddl, -1, name);
        columns[i] = attribute_get(ddl, relation, name, at)->number;
        for (size_t k = 0; k < i; k++)
            if (strcmp(name, raw_string(statement->columns[k])) == 0)
                ddl_fail(ddl, "42701", at, "column \"%s\" specified more than once", name);
    }
    return columns;
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
    if (!found || found->kind == 'p') {
        diag_error(ddl->diags, "42883", at, "function %s() does not exist", text);
        if (!missing_is_forgiven(ddl, n_before, missing_function_hint(ddl, name.name)))
            ddl_stop(ddl);
        return 0;
    }
    if (!is_builtin_type(ddl, found->return_type, "trigger"))
        ddl_fail(ddl, "42P17", at, "function %s must return type trigger", text);
    return found->oid;
}

struct trigger *trigger_find(const struct relation *relation, const char *name)
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
    rule_remove(relation, trigger->name, true);
}

/* System catalogs keep none. */
static void add_trigger(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                        const struct relation *found, struct trigger trigger)
{
    struct relation *relation = catalog_edit_relation(ddl->catalog, found->oid);
    struct trigger *kept = relation ? trigger_find(relation, trigger.name) : NULL;

    if (!relation && strcmp(namespace_name(ddl, found->namespace_oid), "pg_catalog") != 0)
        return;
    if (!relation)
        ddl_fail(ddl, "42501", trigger.defined_at, "permission denied: \"%s\" is a system catalog",
                 found->name);
    if (kept && !statement->replace)
        ddl_fail_exists(ddl, "42710", trigger.defined_at, trigger.name, kept->defined_at,
                        "trigger \"%s\" for relation \"%s\" already exists", trigger.name,
                        relation->name);
    if (kept && kept->parent)
        ddl_fail(ddl, "42710", trigger.defined_at,
                 "trigger \"%s\" for relation \"%s\" is an internal or a child trigger",
                 trigger.name, relation->name);
    if (kept && kept->is_constraint)
        ddl_fail(ddl, "42710", trigger.defined_at,
                 "trigger \"%s\" for relation \"%s\" is a constraint trigger", trigger.name,
                 relation->name);
    if (!kept) {
        kept = arena_new(ddl->arena, struct trigger);
        vec_push(ddl->arena, &relation->triggers, kept);
    } else
        trigger_drop_copies(ddl, relation, kept);
    *kept = trigger;
    trigger_copy_down(ddl, relation, kept, statement->replace);
}

static unsigned trigger_type(const PgQuery__CreateTrigStmt *statement)
{
    return (unsigned)statement->timing | (unsigned)statement->events |
           (statement->row ? TRIGGER_ROW : 0U);
}

/* REFERENCING OLD TABLE AS …, NEW TABLE AS …. */
static void set_transition_tables(const PgQuery__CreateTrigStmt *statement, struct trigger *trigger)
{
    for (size_t i = 0; i < statement->n_transition_rels; i++) {
        const PgQuery__TriggerTransition *table = statement->transition_rels[i]->trigger_transition;
        *(table->is_new ? &trigger->new_table : &trigger->old_table) = table->name;
    }
}

static const char *const *read_arguments(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement)
{
    const char **arguments = arena_array(ddl->arena, const char *, statement->n_args);

    for (size_t i = 0; i < statement->n_args; i++)
        arguments[i] = raw_string(statement->args[i]);
    return arguments;
}

void ddl_create_trigger(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement)
{
    const struct relation *relation = relation_get(ddl, statement->relation);
    struct ddl_value value = {0};
    struct trigger trigger = {.name = statement->trigname,
                              .type = trigger_type(statement),
                              .is_constraint = statement->isconstraint,
                              .deferrable = statement->deferrable,
                              .deferred = statement->initdeferred,
                              .enabled = 'O',
                              .n_columns = statement->n_columns,
                              .n_arguments = statement->n_args};

    check_kind(ddl, statement, relation);
    check_events(ddl, statement);
    transitions_check(ddl, statement, relation);
    if (statement->when_clause)
        expression_evaluate(ddl,
                            &(struct ddl_expression){.place = DDL_TRIGGER_WHEN,
                                                     .node = statement->when_clause,
                                                     .relation = relation,
                                                     .trigger_type = trigger_type(statement)},
                            &value);
    trigger.function = trigger_function(ddl, statement);
    trigger.when = value.expr;
    trigger.columns = read_columns(ddl, statement, relation);
    trigger.defined_at = ddl_name_span(ddl, -1, statement->trigname);
    trigger.arguments = read_arguments(ddl, statement);
    if (statement->constrrel)
        trigger.ref_relid = relation_get(ddl, statement->constrrel)->oid;
    set_transition_tables(statement, &trigger);
    add_trigger(ddl, statement, relation, trigger);
    if (statement->timing & TRIGGER_INSTEAD)
        rule_add(ddl, relation_edit(ddl, relation, range_var_span(ddl, statement->relation)),
                 (struct rule){
                     .name = statement->trigname,
                     .is_trigger = true,
                     .on_insert = statement->events & TRIGGER_INSERT,
                     .on_update = statement->events & TRIGGER_UPDATE,
                     .on_delete = statement->events & TRIGGER_DELETE,
                     .instead = true,
                 });
}
