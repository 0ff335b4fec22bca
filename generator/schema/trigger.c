/* INSTEAD OF triggers and rules: they make a view accept changes that its query would not allow.
 * Other triggers type no query.
 */
#include "schema/statements.h"

enum {
    TRIGGER_INSTEAD = 1 << 6, /* the parser's bit of CreateTrigStmt.timing */
};

static struct relation *relation_of(struct ddl *ddl, const PgQuery__RangeVar *name)
{
    return relation_edit(ddl, relation_get(ddl, name), range_var_span(ddl, name));
}

void ddl_create_trigger(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement)
{
    struct relation *relation;

    if (!(statement->timing & TRIGGER_INSTEAD))
        return;
    relation = relation_of(ddl, statement->relation);
    if (relation->relkind != 'v')
        ddl_fail(ddl, "42809", range_var_span(ddl, statement->relation), "\"%s\" is a %s",
                 relation->name, relkind_name(relation->relkind));
    relation->has_rules_instead = true;
}

void ddl_create_rule(struct ddl *ddl, const PgQuery__RuleStmt *statement)
{
    struct relation *relation;

    if (statement->event == PG_QUERY__CMD_TYPE__CMD_SELECT)
        return;
    relation = relation_of(ddl, statement->relation);
    relation->has_rules = true;
    relation->has_rules_instead |= statement->instead;
}
