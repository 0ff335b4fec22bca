/* What a statement drops, with all that goes with it: the catalog before it is compared with the
 * one behind it. Whatever is gone was locked, and so was the table that it was part of.
 */
#include <string.h>

#include "review/reviewing.h"

bool can_drop(const PgQuery__Node *tree)
{
    if (NODE_IS(tree, ALTER_TABLE_STMT))
        for (size_t i = 0; i < tree->alter_table_stmt->n_cmds; i++)
            switch (tree->alter_table_stmt->cmds[i]->alter_table_cmd->subtype) {
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
                return true;
            default:
                break;
            }
    return NODE_IS(tree, DROP_STMT) || NODE_IS(tree, DROP_OWNED_STMT);
}

/* --- Before ----------------------------------------------------------------------------------- */

static void add_part(struct reviewing *reviewing, struct snapshot *snapshot, char kind,
                     const char *name, oid ref_relid)
{
    vec_push(reviewing->arena, &snapshot->parts, (struct snapshot_part){kind, name, ref_relid});
}

static void add_parts(struct reviewing *reviewing, struct snapshot *snapshot,
                      const struct relation *relation)
{
    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped) {
            add_part(reviewing, snapshot, 'a', relation->attributes.items[i].name, 0);
            if (relation->attributes.items[i].has_default)
                add_part(reviewing, snapshot, 'd', relation->attributes.items[i].name, 0);
        }
    for (size_t i = 0; i < relation->constraints.n; i++)
        add_part(reviewing, snapshot, 'c', relation->constraints.items[i]->name,
                 relation->constraints.items[i]->ref_relid);
    for (size_t i = 0; i < relation->triggers.n; i++)
        add_part(reviewing, snapshot, 't', relation->triggers.items[i]->name, 0);
    for (size_t i = 0; i < relation->policies.n; i++)
        add_part(reviewing, snapshot, 'p', relation->policies.items[i]->name, 0);
    for (size_t i = 0; i < relation->rules.n; i++)
        add_part(reviewing, snapshot, 'r', relation->rules.items[i]->name, 0);
    for (size_t i = 0; i < relation->indexes.n; i++)
        add_part(reviewing, snapshot, 'i', relation->indexes.items[i]->name, 0);
    for (size_t i = 0; i < relation->statistics.n; i++)
        add_part(reviewing, snapshot, 's', relation->statistics.items[i]->name, 0);
}

static void add(struct reviewing *reviewing, const struct relation *relation)
{
    struct snapshot snapshot = {.oid = relation->oid,
                                .name = relation_path(reviewing, relation),
                                .relkind = relation->relkind,
                                .is_new = is_new(reviewing, relation)};

    for (size_t i = 0; i < relation->parents.n; i++)
        vec_push(reviewing->arena, &snapshot.parents, relation->parents.items[i]);
    add_parts(reviewing, &snapshot, relation);
    vec_push(reviewing->arena, &reviewing->before, snapshot);
}

void snapshot_take(struct reviewing *reviewing)
{
    size_t n;
    struct relation *const *relations = catalog_relations(reviewing->catalog, &n);

    reviewing->before.n = 0;
    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->relkind != 'c')
            add(reviewing, relations[i]);
}

/* --- After ------------------------------------------------------------------------------------ */

static bool is_part(const struct relation *relation, const struct snapshot_part *part)
{
    const struct attribute *column;

    if (part->kind == 'c')
        return constraint_find(relation, part->name) != NULL;
    if (part->kind == 'i')
        return relation_has_index(relation, part->name);
    if (part->kind == 'a' || part->kind == 'd') {
        column = attribute_find(relation, part->name);
        return column && (part->kind == 'a' || column->has_default);
    }
    for (size_t i = 0; part->kind == 't' && i < relation->triggers.n; i++)
        if (strcmp(relation->triggers.items[i]->name, part->name) == 0)
            return true;
    for (size_t i = 0; part->kind == 'p' && i < relation->policies.n; i++)
        if (strcmp(relation->policies.items[i]->name, part->name) == 0)
            return true;
    for (size_t i = 0; part->kind == 'r' && i < relation->rules.n; i++)
        if (strcmp(relation->rules.items[i]->name, part->name) == 0)
            return true;
    for (size_t i = 0; part->kind == 's' && i < relation->statistics.n; i++)
        if (strcmp(relation->statistics.items[i]->name, part->name) == 0)
            return true;
    return false;
}

/* Triggers of a foreign key are on both tables. */
static void touch_other_end(struct reviewing *reviewing, const struct snapshot_part *part)
{
    const struct form form = {LOCK_MODE_ACCESS_EXCLUSIVE, REACH_PARTITIONS, ANSWER_NO, ANSWER_NO,
                              HAZARD_NONE};

    if (part->ref_relid)
        apply_form(reviewing, form, catalog_get_relation(reviewing->catalog, part->ref_relid));
}

static void lose_part(struct reviewing *reviewing, const struct snapshot *old,
                      const struct relation *relation, const struct snapshot_part *part)
{
    const bool is_light = part->kind == 's' || (part->kind == 'i' && reviewing->current->is_alone);

    if (part->kind == 'a' && old->relkind != 'v')
        loses(reviewing, "column %s.%s", old->name, part->name);
    touch(reviewing, relation,
          is_light ? LOCK_MODE_SHARE_UPDATE_EXCLUSIVE : LOCK_MODE_ACCESS_EXCLUSIVE);
    touch_other_end(reviewing, part);
}

static void lose_relation(struct reviewing *reviewing, const struct snapshot *old)
{
    vec_push(reviewing->arena, &reviewing->current->relations,
             (struct reviewed_relation){.oid = old->oid,
                                        .name = old->name,
                                        .is_new = old->is_new,
                                        .has_rows = old->relkind == 'r' || old->relkind == 'm',
                                        .lock = LOCK_MODE_ACCESS_EXCLUSIVE});
    if (!old->is_new && strchr("rp", old->relkind))
        loses(reviewing, "table %s", old->name);
    else if (!old->is_new && strchr("mS", old->relkind))
        loses(reviewing, "%s %s", old->relkind == 'm' ? "materialized view" : "sequence",
              old->name);
    for (size_t i = 0; old->relkind != 'S' && i < old->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(reviewing->catalog, old->parents.items[i]);
        if (!parent || parent->relkind != 'p')
            continue;
        touch(reviewing, parent, LOCK_MODE_ACCESS_EXCLUSIVE);
        touch(reviewing, default_partition(reviewing, parent), LOCK_MODE_ACCESS_EXCLUSIVE);
    }
    for (size_t i = 0; i < old->parts.n; i++)
        touch_other_end(reviewing, &old->parts.items[i]);
}

static void compare(struct reviewing *reviewing, const struct snapshot *old)
{
    const struct relation *relation = catalog_get_relation(reviewing->catalog, old->oid);

    if (!relation) {
        lose_relation(reviewing, old);
        return;
    }
    for (size_t i = 0; i < old->parts.n; i++)
        if (!is_part(relation, &old->parts.items[i]))
            lose_part(reviewing, old, relation, &old->parts.items[i]);
}

void review_dropped(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    if (!can_drop(tree))
        return;
    for (size_t i = 0; i < reviewing->before.n; i++)
        compare(reviewing, &reviewing->before.items[i]);
}

/* --- DROP itself: its hazards, before it -------------------------------------------------------
 */

static enum hazard_id hazard_of(const PgQuery__DropStmt *statement)
{
    switch (statement->remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return HAZARD_DROP_TABLE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        return HAZARD_DROP_VIEW;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        return statement->concurrent ? HAZARD_NONE : HAZARD_DROP_INDEX;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return HAZARD_DROP_SCHEMA;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        return HAZARD_TRIGGER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return HAZARD_POLICY;
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return HAZARD_RULE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT:
        return HAZARD_NONE;
    default:
        return HAZARD_DROP_OBJECT;
    }
}

static struct node_list names_of(const PgQuery__Node *object)
{
    if (NODE_IS(object, LIST))
        return NODES(object->list, items);
    if (NODE_IS(object, OBJECT_WITH_ARGS))
        return NODES(object->object_with_args, objname);
    if (NODE_IS(object, TYPE_NAME))
        return NODES(object->type_name, names);
    return (struct node_list){0};
}

static void drop_index(struct reviewing *reviewing, const PgQuery__DropStmt *statement,
                       struct node_list names)
{
    struct found_index index = find_index(
        reviewing, names.n > 1 ? raw_name(names, names.n - 2) : NULL, raw_last_name(names));

    if (!index.index)
        return;
    apply(reviewing, statement->concurrent ? FORM_DROP_INDEX_CONCURRENTLY : FORM_DROP_INDEX,
          index.table);
    touch_index(reviewing, index.table, index.index->name,
                statement->concurrent ? LOCK_MODE_SHARE_UPDATE_EXCLUSIVE
                                      : LOCK_MODE_ACCESS_EXCLUSIVE);
}

static const struct relation *table_of(struct reviewing *reviewing,
                                       const PgQuery__DropStmt *statement, struct node_list names)
{
    switch (statement->remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return find_listed(reviewing, (struct node_list){names.items, names.n - 1});
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return find_listed(reviewing, names);
    default:
        return NULL;
    }
}

static bool is_of_tables(const PgQuery__DropStmt *statement)
{
    switch (statement->remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return true;
    default:
        return false;
    }
}

static void drop_object(struct reviewing *reviewing, const PgQuery__DropStmt *statement,
                        const PgQuery__Node *object)
{
    PgQuery__Node *const alone = (PgQuery__Node *)object;
    const struct node_list names =
        raw_string(object) ? (struct node_list){&alone, 1} : names_of(object);
    const struct relation *table = table_of(reviewing, statement, names);
    const char *name = raw_dotted(reviewing->arena, names);

    if (table && is_new(reviewing, table))
        return;
    if (statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX)
        drop_index(reviewing, statement, names);
    else if (table || !is_of_tables(statement))
        found_named(reviewing, hazard_of(statement), name);
    if (statement->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        found_named(reviewing, HAZARD_CASCADE, name);
}

void review_drop(struct reviewing *reviewing, const PgQuery__DropStmt *statement)
{
    for (size_t i = 0; i < statement->n_objects; i++)
        drop_object(reviewing, statement, statement->objects[i]);
}
