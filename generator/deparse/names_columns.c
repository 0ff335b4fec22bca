/* The columns that nothing merges: those of tables, and those that a join takes from its sides. */
#include <string.h>

#include "deparse/names_internal.h"

/* As the catalog has it now; NULL for one that was dropped. */
static const char *real_name(const struct rte *rte, size_t column)
{
    if (rte->kind == RTE_RELATION) {
        const struct attribute *attribute = &rte->relation->attributes.items[column];

        return attribute->is_dropped ? NULL : attribute->name;
    }
    return rte->columns[column].is_dropped ? NULL : rte->columns[column].name;
}

static size_t n_columns_now(const struct rte *rte)
{
    return rte->kind == RTE_RELATION ? rte->relation->attributes.n : rte->n_columns;
}

/* The columns of a function are always listed, as its own may change; those of XMLTABLE stand in
 * it, under their own names. */
static bool must_list(const struct rte *rte, bool is_changed)
{
    switch (rte->kind) {
    case RTE_RELATION:
        return is_changed;
    case RTE_FUNCTION:
        return true;
    case RTE_TABLE_FUNC:
        return rte->n_aliased > 0;
    default:
        return is_changed || rte->n_aliased > 0;
    }
}

static void name_table_columns(struct naming *naming, const struct rte *rte,
                               struct entry_names *entry)
{
    const size_t n = n_columns_now(rte);
    bool is_changed = false;

    names_make_room(naming, &entry->columns, n);
    for (size_t i = 0; i < n; i++) {
        const char *real = real_name(rte, i), *wanted = real;

        if (!real)
            continue;
        if (i < rte->n_aliased)
            wanted = rte->columns[i].name;
        if (!entry->columns.items[i])
            entry->columns.items[i] = names_free(naming, entry, wanted);
        is_changed |= strcmp(entry->columns.items[i], real) != 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (!entry->columns.items[i])
            continue;
        vec_push(naming->arena, &entry->listed, entry->columns.items[i]);
        entry->n_kept += i < rte->n_columns;
    }
    entry->shows_columns = must_list(rte, is_changed);
}

/* The name that the join's column has at the side that it comes from; NULL: it was dropped. */
static const char *side_name(const struct naming *naming, const struct rte *join, size_t column)
{
    const struct join_columns *columns = &join->join_columns;
    const struct entry_names *entries = naming->level->entries;

    if (columns->left[column])
        return entries[join->join->left->rte].columns.items[columns->left[column] - 1];
    return entries[join->join->right->rte].columns.items[columns->right[column] - 1];
}

/* False when a column has another name than where it comes from. */
static bool name_join_column(struct naming *naming, const struct rte *rte,
                             struct entry_names *entry, size_t column)
{
    const char *real = side_name(naming, rte, column), **name = &entry->columns.items[column];

    if (!real || !entry->name)
        *name = real;
    else if (!*name)
        *name =
            names_free(naming, entry, column < rte->n_aliased ? rte->columns[column].name : real);
    return !real || strcmp(*name, real) == 0;
}

static bool is_merged(const int *columns, size_t n_merged, size_t attno)
{
    for (size_t i = 0; i < n_merged; i++)
        if (columns[i] == (int)attno)
            return true;
    return false;
}

/* The next column of the join that is still there. */
static const char *next_column(const struct entry_names *entry, size_t *at)
{
    while (!entry->columns.items[*at])
        ++*at;
    return entry->columns.items[(*at)++];
}

/* Lists what the join has of one side: its columns that are not merged, then those that the side
 * has got since. */
static bool list_side(struct naming *naming, const struct rte *rte, struct entry_names *entry,
                      bool is_left, size_t *at)
{
    const struct join_node *side = is_left ? rte->join->left : rte->join->right;
    const int *columns = is_left ? rte->join_columns.left : rte->join_columns.right;
    const struct entry_names *names = &naming->level->entries[side->rte];
    bool is_changed = false;
    size_t attno = 0;

    for (size_t i = 0; i < names->listed.n; i++) {
        const char *name = names->listed.items[i];

        if (i < names->n_kept) {
            while (!names->columns.items[attno++])
                ;
            if (is_merged(columns, rte->join_columns.n_merged, attno))
                continue;
            name = next_column(entry, at);
        } else if (entry->name) {
            name = names_free(naming, entry, name);
            is_changed |= strcmp(name, names->listed.items[i]) != 0;
        }
        vec_push(naming->arena, &entry->listed, name);
    }
    return is_changed;
}

static void name_join_columns(struct naming *naming, const struct rte *rte,
                              struct entry_names *entry)
{
    const size_t n_merged = rte->join_columns.n_merged;
    struct name_vec listed = {0};
    bool is_changed = false;
    size_t at = n_merged;

    names_make_room(naming, &entry->columns, rte->n_columns);
    for (size_t i = n_merged; i < rte->n_columns; i++)
        is_changed |= !name_join_column(naming, rte, entry, i);
    for (size_t i = 0; i < n_merged; i++)
        vec_push(naming->arena, &listed, entry->columns.items[i]);
    entry->listed = listed;
    is_changed |= list_side(naming, rte, entry, true, &at);
    is_changed |= list_side(naming, rte, entry, false, &at);
    entry->n_kept = entry->listed.n;
    entry->shows_columns = entry->name && is_changed;
}

void names_columns(struct naming *naming, size_t index)
{
    const struct rte *rte = naming->level->query->rtable[index];
    struct entry_names *entry = &naming->level->entries[index];

    if (rte->kind == RTE_JOIN)
        name_join_columns(naming, rte, entry);
    else
        name_table_columns(naming, rte, entry);
}
