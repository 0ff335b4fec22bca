/* INSERT, UPDATE, DELETE, MERGE, SELECT and COPY of a migration. */
#include <string.h>

#include "review/reviewing.h"

static bool writes_column(const struct relation *relation, const struct constraint *key,
                          struct node_list targets)
{
    for (size_t i = 0; i < targets.n; i++)
        for (size_t k = 0; k < key->n_columns; k++)
            if (NODE_IS(targets.items[i], RES_TARGET) &&
                strcmp(targets.items[i]->res_target->name,
                       relation->attributes.items[key->columns[k] - 1].name) == 0)
                return true;
    return false;
}

/* Foreign keys look up the rows that they refer to. */
static void check_keys(struct reviewing *reviewing, const struct relation *relation,
                       struct node_list targets)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *key = relation->constraints.items[i];
        if (key->kind == CONSTRAINT_FOREIGN &&
            (!targets.n || writes_column(relation, key, targets)))
            scanned(touch(reviewing, catalog_get_relation(reviewing->catalog, key->ref_relid),
                          LOCK_MODE_ROW_SHARE));
    }
}

static void insert(struct reviewing *reviewing, const PgQuery__InsertStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);
    struct form form = *form_get(FORM_WRITE_ROWS);

    form.reach = REACH_SELF;
    if (!relation)
        return;
    if (statement->select_stmt)
        touch_read(reviewing, &statement->select_stmt->base, true);
    apply_form(reviewing, form, relation);
    check_keys(reviewing, relation, (struct node_list){0});
}

static void change(struct reviewing *reviewing, const PgQuery__RangeVar *name,
                   const PgQuery__Node *where, const ProtobufCMessage *statement,
                   struct node_list targets)
{
    const struct relation *relation = find_relation(reviewing, name);
    struct form form = *form_get(where ? FORM_WRITE_ROWS : FORM_WRITE_ALL_ROWS);

    if (!relation)
        return;
    touch_read(reviewing, statement, true);
    if (!name->inh)
        form.reach = REACH_SELF;
    apply_form(reviewing, form, relation);
    found(reviewing, form.hazard, relation, NULL);
    if (targets.n)
        check_keys(reviewing, relation, targets);
}

void review_rows(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        insert(reviewing, tree->insert_stmt);
        break;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        change(reviewing, tree->update_stmt->relation, tree->update_stmt->where_clause, &tree->base,
               NODES(tree->update_stmt, target_list));
        break;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        change(reviewing, tree->delete_stmt->relation, tree->delete_stmt->where_clause, &tree->base,
               (struct node_list){0});
        break;
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        change(reviewing, tree->merge_stmt->relation, tree->merge_stmt->join_condition, &tree->base,
               (struct node_list){0});
        break;
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        touch_read(reviewing, &tree->base, true);
        break;
    default:
        break;
    }
}
