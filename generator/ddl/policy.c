/* Row security policies (manual, 5.8). They type no query; what they say is checked as the server
 * does when it makes them, and kept, for it runs with each query of the table.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* As it is written where it is a word; NULL: PUBLIC. */
static const char *role_name(struct ddl *ddl, const PgQuery__RoleSpec *role)
{
    switch (role->roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
        return NULL;
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE:
        return "current_role";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER:
        return "current_user";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER:
        return "session_user";
    default:
        return arena_strdup(ddl->arena, role->rolename);
    }
}

/* NULL when there is none, or it could not be analysed. */
static const struct expr *condition_of(struct ddl *ddl, const struct relation *relation,
                                       const PgQuery__Node *condition)
{
    struct ddl_value value;

    if (!condition)
        return NULL;
    expression_evaluate(
        ddl, &(struct ddl_expression){.place = DDL_POLICY, .node = condition, .relation = relation},
        &value);
    return value.expr;
}

static struct relation *policy_table(struct ddl *ddl, const PgQuery__RangeVar *name)
{
    const struct relation *relation = relation_get(ddl, name);

    if (relation->relkind != 'r' && relation->relkind != 'p')
        ddl_fail(ddl, "42809", range_var_span(ddl, name), "\"%s\" is not a table", relation->name);
    return relation_edit(ddl, relation, range_var_span(ddl, name));
}

struct policy *policy_find(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->policies.n; i++)
        if (strcmp(relation->policies.items[i]->name, name) == 0)
            return relation->policies.items[i];
    return NULL;
}

bool policy_remove(struct relation *relation, const char *name)
{
    size_t n = 0, n_before = relation->policies.n;

    for (size_t i = 0; i < n_before; i++)
        if (strcmp(relation->policies.items[i]->name, name) != 0)
            relation->policies.items[n++] = relation->policies.items[i];
    relation->policies.n = n;
    return n < n_before;
}

static void check_name_free(struct ddl *ddl, const struct relation *relation, const char *name)
{
    const struct policy *old = policy_find(relation, name);

    if (old)
        ddl_fail_exists(ddl, "42710", ddl_name_span(ddl, -1, name), name, old->defined_at,
                        "policy \"%s\" for table \"%s\" already exists", name, relation->name);
}

static char command_letter(const char *command)
{
    static const char *const commands[] = {"select", "insert", "update", "delete"};
    static const char letters[] = "rawd";

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(command, commands[i]) == 0)
            return letters[i];
    return '*';
}

/* Whom PUBLIC is among, PUBLIC alone is. */
static void set_roles(struct ddl *ddl, struct policy *policy, PgQuery__Node **roles, size_t n)
{
    policy->roles.n = 0;
    for (size_t i = 0; i < n; i++) {
        const char *role = role_name(ddl, roles[i]->role_spec);
        if (!role)
            policy->roles.n = 0;
        vec_push(ddl->arena, &policy->roles, role);
        if (!role)
            return;
    }
}

void ddl_create_policy(struct ddl *ddl, const PgQuery__CreatePolicyStmt *statement)
{
    const char *command = statement->cmd_name ? statement->cmd_name : "all";
    struct relation *relation;
    struct policy *policy = arena_new(ddl->arena, struct policy);

    if (statement->with_check && (strcmp(command, "select") == 0 || strcmp(command, "delete") == 0))
        ddl_fail(ddl, "42601", ddl_span(ddl, -1),
                 "WITH CHECK cannot be applied to SELECT or DELETE");
    if (statement->qual && strcmp(command, "insert") == 0)
        ddl_fail(ddl, "42601", ddl_span(ddl, -1), "only WITH CHECK expression allowed for INSERT");
    relation = policy_table(ddl, statement->table);
    *policy = (struct policy){.name = statement->policy_name,
                              .command = command_letter(command),
                              .is_restrictive = !statement->permissive,
                              .using = condition_of(ddl, relation, statement->qual),
                              .check = condition_of(ddl, relation, statement->with_check),
                              .defined_at = ddl_name_span(ddl, -1, statement->policy_name)};
    set_roles(ddl, policy, statement->roles, statement->n_roles);
    check_name_free(ddl, relation, policy->name);
    vec_push(ddl->arena, &relation->policies, policy);
}

/* What a policy of its command can have. */
static void check_conditions(struct ddl *ddl, const struct policy *policy,
                             const PgQuery__AlterPolicyStmt *statement)
{
    if (strchr("rd", policy->command) && statement->with_check)
        ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, policy->name),
                 "only USING expression allowed for SELECT, DELETE");
    if (policy->command == 'a' && statement->qual)
        ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, policy->name),
                 "only WITH CHECK expression allowed for INSERT");
}

void ddl_alter_policy(struct ddl *ddl, const PgQuery__AlterPolicyStmt *statement)
{
    struct relation *relation = policy_table(ddl, statement->table);
    const struct expr *using = condition_of(ddl, relation, statement->qual);
    const struct expr *check = condition_of(ddl, relation, statement->with_check);
    struct policy *policy = policy_find(relation, statement->policy_name);

    if (!policy && !catalog_is_incomplete(ddl->catalog))
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, statement->policy_name),
                 "policy \"%s\" for table \"%s\" does not exist", statement->policy_name,
                 relation->name);
    if (policy)
        check_conditions(ddl, policy, statement);
    if (policy && statement->n_roles > 0)
        set_roles(ddl, policy, statement->roles, statement->n_roles);
    if (policy && using)
        policy->using = using;
    if (policy && check)
        policy->check = check;
}

void ddl_rename_policy(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    const struct relation *found = relation_find(ddl, statement->relation);
    struct policy *policy = found ? policy_find(found, statement->subname) : NULL;

    if (!policy)
        return;
    check_name_free(ddl, found, statement->newname);
    policy->name = statement->newname;
}
