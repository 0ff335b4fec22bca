/* What else tables and views have: triggers, rules, policies, extended statistics. */
#include <string.h>
#include <strings.h>

#include "catalog/trigger_type.h"
#include "inventory/relation.h"
#include "support/buf.h"

static struct item *part_named(struct collector *collector, enum item_kind kind, struct item *whole,
                               const char *name)
{
    struct item *item =
        item_named(collector, kind,
                   (struct item_name){.schema = whole->schema, .table = whole->name, .name = name});

    item->part_of = whole;
    return item;
}

/* --- Triggers --------------------------------------------------------------------------------- */

static void add_event(struct buf *buf, unsigned type, unsigned event, const char *word, bool *first)
{
    if (!(type & event))
        return;
    buf_addf(buf, *first ? " %s" : " OR %s", word);
    *first = false;
}

static void add_events(struct collector *collector, struct buf *buf,
                       const struct relation *relation, const struct trigger *trigger)
{
    bool first = true;

    add_event(buf, trigger->type, TRIGGER_INSERT, "INSERT", &first);
    add_event(buf, trigger->type, TRIGGER_DELETE, "DELETE", &first);
    add_event(buf, trigger->type, TRIGGER_UPDATE, "UPDATE", &first);
    for (size_t i = 0; i < trigger->n_columns; i++)
        buf_addf(buf, "%s%s", i ? ", " : " OF ",
                 quoted_word(collector, relation->attributes.items[trigger->columns[i] - 1].name));
    add_event(buf, trigger->type, TRIGGER_TRUNCATE, "TRUNCATE", &first);
}

static void add_constraint(struct collector *collector, struct buf *buf,
                           const struct trigger *trigger)
{
    const struct relation *from =
        trigger->ref_relid ? catalog_get_relation(collector->catalog, trigger->ref_relid) : NULL;

    if (!trigger->is_constraint)
        return;
    if (from)
        buf_addf(buf, "FROM %s ", relation_name(collector, from));
    buf_addf(buf, "%sDEFERRABLE INITIALLY %s ", trigger->deferrable ? "" : "NOT ",
             trigger->deferred ? "DEFERRED" : "IMMEDIATE");
}

static void add_transition_tables(struct collector *collector, struct buf *buf,
                                  const struct trigger *trigger)
{
    if (!trigger->old_table && !trigger->new_table)
        return;
    buf_adds(buf, "REFERENCING ");
    if (trigger->old_table)
        buf_addf(buf, "OLD TABLE AS %s ", quoted_word(collector, trigger->old_table));
    if (trigger->new_table)
        buf_addf(buf, "NEW TABLE AS %s ", quoted_word(collector, trigger->new_table));
}

static void add_call(struct collector *collector, struct buf *buf, const struct trigger *trigger)
{
    const struct function *function = catalog_get_function(collector->catalog, trigger->function);

    buf_addf(buf, "EXECUTE FUNCTION %s(",
             function ? function_text(collector, trigger->function) : "unknown");
    for (size_t i = 0; i < trigger->n_arguments; i++)
        buf_addf(buf, "%s%s", i ? ", " : "", simple_literal(collector, trigger->arguments[i]));
    buf_addc(buf, ')');
}

static const char *trigger_text(struct collector *collector, const struct relation *relation,
                                const struct trigger *trigger)
{
    const struct deparse_entry rows[] = {{"old", relation}, {"new", relation}};
    const struct deparse_scope scope = {rows, 2, true};
    struct buf buf = buf_in(collector->arena);

    buf_addf(&buf, "CREATE %sTRIGGER %s %s", trigger->is_constraint ? "CONSTRAINT " : "",
             quoted_word(collector, trigger->name),
             trigger->type & TRIGGER_BEFORE    ? "BEFORE"
             : trigger->type & TRIGGER_INSTEAD ? "INSTEAD OF"
                                               : "AFTER");
    add_events(collector, &buf, relation, trigger);
    buf_addf(&buf, " ON %s ", relation_name(collector, relation));
    add_constraint(collector, &buf, trigger);
    add_transition_tables(collector, &buf, trigger);
    buf_addf(&buf, "FOR EACH %s ", trigger->type & TRIGGER_ROW ? "ROW" : "STATEMENT");
    if (trigger->when)
        buf_addf(&buf, "WHEN (%s) ",
                 deparsed_text(deparse_expression(collector->arena, collector->catalog,
                                                  trigger->when, &scope, DEPARSE_RUNNABLE)));
    add_call(collector, &buf, trigger);
    return buf_text(&buf);
}

static void collect_trigger(struct collector *collector, struct item *whole,
                            const struct relation *relation, const struct trigger *trigger)
{
    struct item *item = part_named(collector, ITEM_TRIGGER, whole, trigger->name);
    const struct relation *from =
        trigger->ref_relid ? catalog_get_relation(collector->catalog, trigger->ref_relid) : NULL;

    item->at = trigger->defined_at;
    item->object = trigger;
    item_about(collector, item, &trigger->about);
    item->is_derived = trigger->parent != NULL;
    item_set(collector, item, PROPERTY_DEFINITION, trigger_text(collector, relation, trigger));
    item_set(collector, item, PROPERTY_ENABLED, enabled_text(trigger->enabled));
    item_need(collector, item, function_item(collector, trigger->function));
    item_need(collector, item, item_of_relation(collector, from));
    item_need_columns(collector, item, relation, trigger->columns, trigger->n_columns);
    need_expression(collector, item, trigger->when, relation);
}

void collect_triggers(struct collector *collector, struct item *item,
                      const struct relation *relation)
{
    for (size_t i = 0; i < relation->triggers.n; i++)
        collect_trigger(collector, item, relation, relation->triggers.items[i]);
}

/* --- Rules ------------------------------------------------------------------------------------ */

/* As it was written, whether it replaced another one or not. */
static const char *written_text(struct collector *collector, const struct rule *rule)
{
    static const char replacing[] = "CREATE OR REPLACE ";
    const size_t len = sizeof replacing - 1;

    if (!rule->text || strncasecmp(rule->text, replacing, len) != 0)
        return rule->text;
    return arena_printf(collector->arena, "CREATE %s", rule->text + len);
}

void collect_rules(struct collector *collector, struct item *whole, const struct relation *relation)
{
    for (size_t i = 0; i < relation->rules.n; i++) {
        const struct rule *rule = relation->rules.items[i];
        struct deparsed text;
        struct item *item;
        if (rule->is_trigger)
            continue;
        item = part_named(collector, ITEM_RULE, whole, rule->name);
        item->at = rule->defined_at;
        item->object = rule;
        item_about(collector, item, &rule->about);
        text = deparse_rule(collector->arena, collector->catalog, rule, relation, DEPARSE_RUNNABLE);
        item_set(collector, item, PROPERTY_DEFINITION,
                 text.text ? text.text : written_text(collector, rule));
        item_set(collector, item, PROPERTY_ENABLED, enabled_text(rule->enabled));
        need_expression(collector, item, rule->condition, relation);
        for (size_t k = 0; rule->actions && k < rule->n_actions; k++)
            item_need_query(collector, item, rule->actions[k]);
    }
}

/* --- Policies --------------------------------------------------------------------------------- */

static const char *command_text(char command)
{
    switch (command) {
    case 'r':
        return "SELECT";
    case 'a':
        return "INSERT";
    case 'w':
        return "UPDATE";
    case 'd':
        return "DELETE";
    default:
        return "ALL";
    }
}

static void set_condition(struct collector *collector, struct item *item, enum property_id id,
                          const struct relation *relation, const struct expr *condition)
{
    if (!condition)
        return;
    item_set(collector, item, id,
             deparsed_text(deparse_over(collector->arena, collector->catalog, condition, relation,
                                        DEPARSE_RUNNABLE)));
    need_expression(collector, item, condition, relation);
}

void collect_policies(struct collector *collector, struct item *whole,
                      const struct relation *relation)
{
    for (size_t i = 0; i < relation->policies.n; i++) {
        const struct policy *policy = relation->policies.items[i];
        struct item *item = part_named(collector, ITEM_POLICY, whole, policy->name);

        item->at = policy->defined_at;
        item->object = policy;
        item_about(collector, item, &policy->about);
        item_set(collector, item, PROPERTY_COMMAND, command_text(policy->command));
        item_mark(collector, item, PROPERTY_RESTRICTIVE, policy->is_restrictive);
        for (size_t k = 0; k < policy->roles.n; k++)
            item_set(collector, item, PROPERTY_ROLE,
                     policy->roles.items[k] ? quoted_word(collector, policy->roles.items[k])
                                            : "PUBLIC");
        set_condition(collector, item, PROPERTY_USING, relation, policy->using);
        set_condition(collector, item, PROPERTY_CHECK, relation, policy->check);
    }
}

/* --- Extended statistics ---------------------------------------------------------------------- */

static void add_kinds(struct buf *buf, const struct statistics *statistics)
{
    const char *comma = "";

    if (statistics->n_columns + statistics->n_expressions < 2 ||
        (statistics->ndistinct && statistics->dependencies && statistics->mcv))
        return;
    buf_adds(buf, " (");
    if (statistics->ndistinct) {
        buf_adds(buf, "ndistinct");
        comma = ", ";
    }
    if (statistics->dependencies) {
        buf_addf(buf, "%sdependencies", comma);
        comma = ", ";
    }
    if (statistics->mcv)
        buf_addf(buf, "%smcv", comma);
    buf_addc(buf, ')');
}

static const char *statistics_text(struct collector *collector, const struct relation *relation,
                                   const struct statistics *statistics, const char *name)
{
    const int16_t *columns =
        columns_by_name(collector, relation, statistics->columns, statistics->n_columns);
    struct buf buf = buf_in(collector->arena);
    const char *comma = "";

    buf_addf(&buf, "CREATE STATISTICS %s", name);
    add_kinds(&buf, statistics);
    buf_adds(&buf, " ON ");
    for (size_t i = 0; i < statistics->n_columns; i++, comma = ", ")
        buf_addf(&buf, "%s%s", comma,
                 quoted_word(collector, relation->attributes.items[columns[i] - 1].name));
    for (size_t i = 0; i < statistics->n_expressions; i++, comma = ", ")
        buf_addf(
            &buf, "%s%s", comma,
            deparsed_text(deparse_element(collector->arena, collector->catalog,
                                          statistics->expressions[i], relation, DEPARSE_PRETTY)));
    buf_addf(&buf, " FROM %s", relation_name(collector, relation));
    return buf_text(&buf);
}

static void collect_one(struct collector *collector, struct item *whole,
                        const struct relation *relation, const struct statistics *statistics)
{
    struct item *item =
        item_named(collector, ITEM_STATISTICS,
                   (struct item_name){.schema = schema_name(collector, statistics->namespace_oid),
                                      .name = statistics->name});

    item->part_of = whole;
    item->at = statistics->defined_at;
    item->object = statistics;
    item_about(collector, item, &statistics->about);
    item_set(collector, item, PROPERTY_DEFINITION,
             statistics_text(collector, relation, statistics, item->qualified));
    if (statistics->has_statistics_target)
        item_setf(collector, item, PROPERTY_STATISTICS_TARGET, "%d", statistics->statistics_target);
    item_need(collector, item, schema_item(collector, statistics->namespace_oid));
    item_need_columns(collector, item, relation, statistics->columns, statistics->n_columns);
    for (size_t i = 0; i < statistics->n_expressions; i++)
        need_expression(collector, item, statistics->expressions[i], relation);
}

void collect_statistics(struct collector *collector, struct item *item,
                        const struct relation *relation)
{
    for (size_t i = 0; i < relation->statistics.n; i++)
        collect_one(collector, item, relation, relation->statistics.items[i]);
}
