/* Row security policies (manual, 5.8). They type no query; what they say is checked as the server
 * does when it makes them, and kept, for it runs with each query of the table.
 */
#include <string.h>

#include "ddl/statements.h"
#include "ddl/table.h"

static void check_condition(struct ddl *ddl, struct relation *relation,
                            const PgQuery__Node *condition)
{
    struct ddl_value value;

    if (!condition)
        return;
    expression_evaluate(
        ddl, &(struct ddl_expression){.place = DDL_POLICY, .node = condition, .relation = relation},
        &value);
    vec_push(ddl->arena, &relation->policies, value.expr);
}

static struct relation *policy_table(struct ddl *ddl, const PgQuery__RangeVar *name)
{
    const struct relation *relation = relation_get(ddl, name);

    if (relation->relkind != 'r' && relation->relkind != 'p')
        ddl_fail(ddl, "42809", range_var_span(ddl, name), "\"%s\" is not a table", relation->name);
    return relation_edit(ddl, relation, range_var_span(ddl, name));
}

void ddl_create_policy(struct ddl *ddl, const PgQuery__CreatePolicyStmt *statement)
{
    const char *command = statement->cmd_name ? statement->cmd_name : "all";
    struct relation *relation;

    if (statement->with_check && (strcmp(command, "select") == 0 || strcmp(command, "delete") == 0))
        ddl_fail(ddl, "42601", ddl_span(ddl, -1),
                 "WITH CHECK cannot be applied to SELECT or DELETE");
    if (statement->qual && strcmp(command, "insert") == 0)
        ddl_fail(ddl, "42601", ddl_span(ddl, -1), "only WITH CHECK expression allowed for INSERT");
    relation = policy_table(ddl, statement->table);
    check_condition(ddl, relation, statement->qual);
    check_condition(ddl, relation, statement->with_check);
}

void ddl_alter_policy(struct ddl *ddl, const PgQuery__AlterPolicyStmt *statement)
{
    struct relation *relation = policy_table(ddl, statement->table);

    check_condition(ddl, relation, statement->qual);
    check_condition(ddl, relation, statement->with_check);
}
