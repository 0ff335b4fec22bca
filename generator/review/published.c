/* Logical replication applies rows, not DDL: which side must change first. A subscriber may have
 * more columns and fewer rules than the publisher, never the reverse.
 */
#include <string.h>

#include "review/reviewing.h"

#define AT(name) PG_QUERY__ALTER_TABLE_TYPE__AT_##name

static bool is_of_all_tables(const struct other_object *publication)
{
    for (size_t i = 0; i < publication->clauses.n; i++)
        if (strstr(publication->clauses.items[i].name, "ALL TABLES"))
            return true;
    return false;
}

static bool publishes(const struct reviewing *reviewing, const struct other_object *publication,
                      const struct relation *relation)
{
    for (size_t i = 0; i < publication->published.n; i++)
        if (publication->published.items[i].relid == relation->oid)
            return true;
    for (size_t i = 0; relation->relkind != 'S' && i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(reviewing->catalog, relation->parents.items[i]);
        if (parent && publishes(reviewing, publication, parent))
            return true;
    }
    return is_of_all_tables(publication);
}

static const char *publication_of(const struct reviewing *reviewing,
                                  const struct relation *relation)
{
    size_t at = 0;

    for (const struct other_object *other; (other = catalog_next_other(reviewing->catalog, &at));)
        if (other->class == OTHER_PUBLICATION && publishes(reviewing, other, relation))
            return other->name;
    return NULL;
}

static enum hazard_id command_order(PgQuery__AlterTableType type)
{
    switch (type) {
    case AT(AddColumn):
    case AT(AlterColumnType):
    case AT(DropNotNull):
    case AT(DropConstraint):
        return HAZARD_SUBSCRIBER_FIRST;
    case AT(DropColumn):
    case AT(SetNotNull):
    case AT(AddConstraint):
        return HAZARD_PUBLISHER_FIRST;
    default:
        return HAZARD_NONE;
    }
}

static void look(struct reviewing *reviewing, const struct relation *relation, enum hazard_id id)
{
    const char *publication =
        relation && id && !is_new(reviewing, relation) ? publication_of(reviewing, relation) : NULL;

    if (publication)
        found_named(reviewing, id,
                    arena_printf(reviewing->arena, "%s (publication %s)",
                                 relation_path(reviewing, relation), publication));
}

void review_published(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    if (NODE_IS(tree, ALTER_TABLE_STMT))
        for (size_t i = 0; i < tree->alter_table_stmt->n_cmds; i++)
            look(reviewing, find_relation(reviewing, tree->alter_table_stmt->relation),
                 command_order(tree->alter_table_stmt->cmds[i]->alter_table_cmd->subtype));
    else if (NODE_IS(tree, RENAME_STMT))
        look(reviewing, find_relation(reviewing, tree->rename_stmt->relation), HAZARD_BOTH_SIDES);
    else if (NODE_IS(tree, INDEX_STMT) && tree->index_stmt->unique)
        look(reviewing, find_relation(reviewing, tree->index_stmt->relation),
             HAZARD_PUBLISHER_FIRST);
}
