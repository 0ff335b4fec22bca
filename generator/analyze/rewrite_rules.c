/* Rules ON INSERT, UPDATE and DELETE add statements or put them in the place of the one that is
 * written. Here they are only counted, for what the server refuses then (RewriteQuery, fireRules).
 * The actions' own relations are not followed to their rules.
 */
#include "analyze/rewrite_rules.h"

static bool fires_on(const struct rule *rule, enum query_kind kind)
{
    switch (kind) {
    case QUERY_INSERT:
        return rule->on_insert;
    case QUERY_UPDATE:
        return rule->on_update;
    case QUERY_DELETE:
        return rule->on_delete;
    default:
        return false;
    }
}

static void fire(struct fired_rules *fired, const struct rule *rule)
{
    if (rule->is_trigger) {
        fired->trigger = true;
        return;
    }
    if (!rule->instead)
        fired->n_also_actions += rule->n_actions;
    else if (rule->conditional)
        fired->n_conditional_actions += rule->n_actions;
    fired->instead = fired->instead || (rule->instead && !rule->conditional);
    fired->conditional = fired->conditional || (rule->instead && rule->conditional);
    fired->returning = fired->returning || rule->returning;
    fired->n_actions += rule->n_actions;
    fired->n_utility_actions += rule->n_utility_actions;
}

struct fired_rules rules_fire(const struct relation *relation, enum query_kind kind)
{
    struct fired_rules fired = {0};

    for (size_t i = 0; i < relation->rules.n; i++) {
        const struct rule *rule = relation->rules.items[i];

        if (rule->on_update && !rule->is_trigger)
            fired.has_for_update = true;
        if (fires_on(rule, kind))
            fire(&fired, rule);
    }
    return fired;
}

static _Noreturn void refuse_in_with(struct parse *parse, const struct query *query,
                                     const char *which)
{
    parse_error(parse, "0A000", query->location,
                "%s rules are not supported for data-modifying statements in WITH", which);
}

/* An item of WITH must become exactly one query. */
static void check_in_with(struct parse *parse, const struct query *query,
                          const struct fired_rules *fired)
{
    size_t n = fired->n_actions + (fired->instead ? 0 : 1);

    if (n == 0)
        refuse_in_with(parse, query, "DO INSTEAD NOTHING");
    if (n == 1 && fired->n_utility_actions)
        refuse_in_with(parse, query, "DO INSTEAD NOTIFY");
    if (n == 1)
        return;
    if (fired->n_conditional_actions)
        refuse_in_with(parse, query, "conditional DO INSTEAD");
    if (fired->n_also_actions)
        refuse_in_with(parse, query, "DO ALSO");
    refuse_in_with(parse, query, "multi-statement DO INSTEAD");
}

static const char *verb_of(const struct query *query)
{
    return query->kind == QUERY_INSERT   ? "INSERT"
           : query->kind == QUERY_UPDATE ? "UPDATE"
                                         : "DELETE";
}

void rules_check(struct parse *parse, const struct query *query, const struct relation *relation,
                 bool in_with)
{
    const struct fired_rules fired = rules_fire(relation, query->kind);
    size_t n_queries = fired.n_actions - fired.n_utility_actions + (fired.instead ? 0 : 1);

    if ((fired.instead || fired.conditional) && query->has_returning && !fired.returning)
        parse_error_hint(parse, "0A000", query->location,
                         "an unconditional DO INSTEAD rule with a RETURNING clause is needed",
                         "cannot perform %s RETURNING on relation \"%s\"", verb_of(query),
                         relation->name);
    if (query->on_conflict && (fired.n_actions > 0 || fired.has_for_update))
        parse_error(parse, "0A000", query->location,
                    "INSERT with ON CONFLICT clause cannot be used with table that has INSERT or "
                    "UPDATE rules");
    if (query->n_ctes && n_queries > 1)
        parse_error(parse, "0A000", query->location,
                    "WITH cannot be used in a query that is rewritten by rules into multiple "
                    "queries");
    if (in_with)
        check_in_with(parse, query, &fired);
}
