/* Columns that USING merges: one name fits the join and both its sides, so a name goes from a join
 * down to what it joins.
 */
#include "deparse/names_internal.h"

static const struct rte *entry_of(const struct naming *naming, const struct join_node *node)
{
    return naming->level->query->rtable[node->rte];
}

/* A merged column that is neither side's can only be written as its bare name, when its join has
 * none. */
bool names_has_bare_column(const struct naming *naming, const struct join_node *node)
{
    const struct rte *rte = entry_of(naming, node);

    if (!node->is_join)
        return false;
    for (size_t i = 0; !rte->has_alias && i < rte->join_columns.n_merged; i++)
        if (rte->columns[i].alias->kind != EXPR_VAR)
            return true;
    return names_has_bare_column(naming, node->left) || names_has_bare_column(naming, node->right);
}

static void push_down(struct naming *naming, const struct join_node *side, int attno,
                      const char *name)
{
    struct name_vec *columns = &naming->level->entries[side->rte].columns;

    if (attno == 0)
        return;
    names_make_room(naming, columns, (size_t)attno);
    columns->items[attno - 1] = name;
}

static void push_to_sides(struct naming *naming, const struct join_node *node, size_t column,
                          const char *name)
{
    const struct join_columns *columns = &entry_of(naming, node)->join_columns;

    push_down(naming, node->left, columns->left[column], name);
    push_down(naming, node->right, columns->right[column], name);
}

/* A name that an outer join has given; else one of its own. */
static const char *merged_name(struct naming *naming, struct entry_names *entry,
                               const struct rte *rte, size_t column)
{
    const char *name = entry->columns.items[column];

    if (name)
        return name;
    name = names_free(naming, entry, rte->columns[column].name);
    if (naming->level->merges_are_unique)
        vec_push(naming->arena, &naming->level->merged, name);
    entry->columns.items[column] = name;
    return name;
}

static void name_merged(struct naming *naming, const struct join_node *node,
                        struct name_vec *reserved)
{
    struct entry_names *entry = &naming->level->entries[node->rte];
    const struct rte *rte = entry_of(naming, node);

    names_make_room(naming, &entry->columns, rte->join_columns.n_merged);
    for (size_t i = 0; i < rte->join_columns.n_merged; i++) {
        const char *name = merged_name(naming, entry, rte, i);

        vec_push(naming->arena, &entry->merged, name);
        vec_push(naming->arena, reserved, name);
        push_to_sides(naming, node, i, name);
    }
}

static struct name_vec copy_of(struct naming *naming, const struct name_vec *names)
{
    struct name_vec copy = {0};

    for (size_t i = 0; i < names->n; i++)
        vec_push(naming->arena, &copy, names->items[i]);
    return copy;
}

/* A join without a name has no columns of its own: what is asked of them is asked of its sides. */
void names_merge(struct naming *naming, const struct join_node *node)
{
    struct entry_names *entries = naming->level->entries, *entry = &entries[node->rte];
    struct name_vec reserved;

    if (!node->is_join)
        return;
    reserved = copy_of(naming, &entry->reserved);
    for (size_t i = 0; !entry->name && i < entry->columns.n; i++)
        if (entry->columns.items[i])
            push_to_sides(naming, node, i, entry->columns.items[i]);
    name_merged(naming, node, &reserved);
    entries[node->left->rte].reserved = reserved;
    entries[node->right->rte].reserved = reserved;
    names_merge(naming, node->left);
    names_merge(naming, node->right);
}
