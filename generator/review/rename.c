/* RENAME, SET SCHEMA and COMMENT. */
#include "review/reviewing.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

static void rename_index(struct reviewing *reviewing, const PgQuery__RangeVar *name)
{
    struct found_index index = find_index(reviewing, raw_optional(name->schemaname), name->relname);

    if (index.index)
        touch_index(reviewing, index.table, index.index->name, LOCK_MODE_SHARE_UPDATE_EXCLUSIVE);
}

static void rename_constraint(struct reviewing *reviewing, const struct relation *relation,
                              const char *name)
{
    const struct constraint *constraint = constraint_find(relation, name);

    apply(reviewing,
          constraint && constraint->kind == CONSTRAINT_CHECK ? FORM_ADD_CHECK_NOT_VALID
                                                             : FORM_RENAME_CONSTRAINT,
          relation);
    if (constraint && relation_has_index(relation, name))
        touch_index(reviewing, relation, name, LOCK_MODE_SHARE_UPDATE_EXCLUSIVE);
}

static void rename_part(struct reviewing *reviewing, const struct relation *relation,
                        const PgQuery__RenameStmt *statement)
{
    switch (statement->rename_type) {
    case OBJECT(COLUMN):
        apply_form(reviewing, *form_get(FORM_RENAME_COLUMN), relation);
        found(reviewing, HAZARD_RENAME_COLUMN, relation, statement->subname);
        break;
    case OBJECT(TABCONSTRAINT):
        rename_constraint(reviewing, relation, statement->subname);
        break;
    case OBJECT(TRIGGER):
        apply(reviewing, FORM_RENAME_TRIGGER, relation);
        break;
    case OBJECT(POLICY):
        apply(reviewing, FORM_RENAME_POLICY, relation);
        break;
    case OBJECT(RULE):
        apply(reviewing, FORM_RENAME_RULE, relation);
        break;
    case OBJECT(TABLE):
    case OBJECT(FOREIGN_TABLE):
        apply(reviewing, FORM_RENAME_TABLE, relation);
        break;
    default:
        apply(reviewing, FORM_RENAME_VIEW, relation);
        break;
    }
}

void review_rename(struct reviewing *reviewing, const PgQuery__RenameStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);

    if (relation && relation->relkind != 'c')
        rename_part(reviewing, relation, statement);
    else if (relation && statement->rename_type == OBJECT(ATTRIBUTE))
        touch_typed_tables(reviewing, relation);
    else if (statement->relation && !relation)
        rename_index(reviewing, statement->relation);
    else if (statement->rename_type != OBJECT(DOMCONSTRAINT))
        found_named(reviewing, HAZARD_RENAME_OBJECT, statement->newname);
}

/* --- SET SCHEMA ------------------------------------------------------------------------------- */

void review_move(struct reviewing *reviewing, const PgQuery__AlterObjectSchemaStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);

    if (!relation) {
        found_named(reviewing, HAZARD_MOVE_OBJECT, statement->newschema);
        return;
    }
    apply(reviewing, FORM_MOVE, relation);
    touch_sequences(reviewing, relation, LOCK_MODE_ACCESS_EXCLUSIVE);
}

/* --- COMMENT ---------------------------------------------------------------------------------- */

static void comment_index(struct reviewing *reviewing, struct node_list names)
{
    struct found_index index = find_index(
        reviewing, names.n > 1 ? raw_name(names, names.n - 2) : NULL, raw_last_name(names));

    if (index.index)
        touch_index(reviewing, index.table, index.index->name, LOCK_MODE_SHARE_UPDATE_EXCLUSIVE);
}

void review_comment(struct reviewing *reviewing, const PgQuery__CommentStmt *statement)
{
    struct node_list names, table;

    if (!NODE_IS(statement->object, LIST))
        return;
    names = NODES(statement->object->list, items);
    table = (struct node_list){names.items, names.n ? names.n - 1 : 0};
    switch (statement->objtype) {
    case OBJECT(TABLE):
    case OBJECT(VIEW):
    case OBJECT(MATVIEW):
    case OBJECT(SEQUENCE):
    case OBJECT(FOREIGN_TABLE):
        apply(reviewing, FORM_COMMENT, find_listed(reviewing, names));
        break;
    case OBJECT(INDEX):
        comment_index(reviewing, names);
        break;
    case OBJECT(COLUMN):
        apply(reviewing, FORM_COMMENT, find_listed(reviewing, table));
        break;
    case OBJECT(TABCONSTRAINT):
    case OBJECT(TRIGGER):
    case OBJECT(POLICY):
    case OBJECT(RULE):
        apply(reviewing, FORM_COMMENT_PART, find_listed(reviewing, table));
        break;
    default:
        break;
    }
}
