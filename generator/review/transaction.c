/* What statements do to each other that run in one transaction: their locks are held to its end. */
#include <string.h>

#include "review/reviewing.h"

void transaction_begin(struct reviewing *reviewing)
{
    reviewing->new_labels.n = 0;
    reviewing->not_validated.n = 0;
    reviewing->strongly_locked.n = 0;
}

static bool is_locked(const struct reviewing *reviewing, oid relation)
{
    for (size_t i = 0; i < reviewing->strongly_locked.n; i++)
        if (reviewing->strongly_locked.items[i] == relation)
            return true;
    return false;
}

/* Another table than those that earlier statements have locked. */
static void look_at_locks(struct reviewing *reviewing)
{
    const size_t n_before = reviewing->strongly_locked.n;

    for (size_t i = 0; i < reviewing->current->relations.n; i++) {
        const struct reviewed_relation *relation = &reviewing->current->relations.items[i];
        if (relation->lock < LOCK_MODE_SHARE || relation->is_new || relation->is_index ||
            !relation->has_rows || is_locked(reviewing, relation->oid))
            continue;
        if (n_before)
            found_named(reviewing, HAZARD_SEVERAL_TABLES, relation->name);
        vec_push(reviewing->arena, &reviewing->strongly_locked, relation->oid);
    }
}

static bool writes_rows(const PgQuery__Node *tree)
{
    return NODE_IS(tree, INSERT_STMT) || NODE_IS(tree, UPDATE_STMT) || NODE_IS(tree, DELETE_STMT) ||
           NODE_IS(tree, MERGE_STMT) || NODE_IS(tree, COPY_STMT);
}

static void look_at_labels(struct reviewing *reviewing)
{
    for (size_t i = 0; i < reviewing->new_labels.n; i++) {
        const char *label = reviewing->new_labels.items[i];
        if (strstr(reviewing->current->sql, arena_printf(reviewing->arena, "'%s'", label)) &&
            !NODE_IS(reviewing->statement->tree, ALTER_ENUM_STMT))
            found_named(reviewing, HAZARD_ENUM_IN_USE, label);
    }
}

bool is_added(struct reviewing *reviewing, const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < reviewing->added.n; i++)
        if (strcmp(reviewing->added.items[i], part_path(reviewing, relation, name)) == 0)
            return true;
    return false;
}

static void note_constraint(struct reviewing *reviewing, const struct relation *relation,
                            const PgQuery__Constraint *constraint)
{
    const char *path = part_path(reviewing, relation, constraint->conname);

    if (!raw_optional(constraint->conname))
        return;
    vec_push(reviewing->arena, &reviewing->added, path);
    if (constraint->skip_validation)
        vec_push(reviewing->arena, &reviewing->not_validated, path);
}

static void note_constraints(struct reviewing *reviewing, const PgQuery__AlterTableStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);

    for (size_t i = 0; relation && i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint)
            note_constraint(reviewing, relation, command->def->constraint);
    }
}

void transaction_look(struct reviewing *reviewing)
{
    const PgQuery__Node *tree = reviewing->statement->tree;

    if (writes_rows(tree) && reviewing->strongly_locked.n)
        found_named(reviewing, HAZARD_DATA_WITH_DDL, "rows");
    look_at_locks(reviewing);
    look_at_labels(reviewing);
    if (NODE_IS(tree, ALTER_TABLE_STMT))
        note_constraints(reviewing, tree->alter_table_stmt);
}
