/* GROUP BY, with grouping sets (transformGroupClause). Of ROLLUP, CUBE and GROUPING SETS only two
 * things matter here: which items are in every set, and whether a set is empty.
 */
#include "analyze/transform.h"

struct grouping {
    struct parse *parse;
    struct target_list *targets;
    struct sort_list items;
};

/* What is true of all sets that an element stands for. */
struct common {
    VEC(int) refs; /* in each of them */
    bool has_empty;
};

static bool has_ref(const struct common *common, int ref)
{
    for (size_t i = 0; i < common->refs.n; i++)
        if (common->refs.items[i] == ref)
            return true;
    return false;
}

static void add_ref(const struct grouping *grouping, struct common *common, int ref)
{
    if (!has_ref(common, ref))
        vec_push(grouping->parse->statement->arena, &common->refs, ref);
}

static struct common intersect(const struct grouping *grouping, const struct common *a,
                               const struct common *b)
{
    struct common result = {.has_empty = a->has_empty || b->has_empty};

    for (size_t i = 0; i < a->refs.n; i++)
        if (has_ref(b, a->refs.items[i]))
            add_ref(grouping, &result, a->refs.items[i]);
    return result;
}

static void unite(const struct grouping *grouping, struct common *all, const struct common *one)
{
    for (size_t i = 0; i < one->refs.n; i++)
        add_ref(grouping, all, one->refs.items[i]);
    all->has_empty = all->has_empty && one->has_empty;
}

static bool is_row_list(const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR &&
           node->row_expr->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST;
}

static struct common group_element(struct grouping *grouping, const PgQuery__Node *node);

static struct common group_expr(struct grouping *grouping, const PgQuery__Node *node)
{
    struct parse *parse = grouping->parse;
    size_t target = sort_find_target(parse, node, grouping->targets, PLACE_GROUP_BY, false);
    struct common common = {0};

    group_add(parse, target, grouping->targets, &grouping->items, raw_location(node));
    add_ref(grouping, &common, grouping->targets->items[target].group_ref);
    return common;
}

static struct common group_list(struct grouping *grouping, struct node_list nodes)
{
    struct common all = {.has_empty = true};

    for (size_t i = 0; i < nodes.n; i++) {
        struct common one = group_element(grouping, nodes.items[i]);

        unite(grouping, &all, &one);
    }
    return all;
}

static struct common grouping_sets(struct grouping *grouping, const PgQuery__GroupingSet *set)
{
    struct common all = {0};

    for (size_t i = 0; i < set->n_content; i++) {
        struct common one = group_element(grouping, set->content[i]);

        all = i ? intersect(grouping, &all, &one) : one;
    }
    return all;
}

static struct common group_element(struct grouping *grouping, const PgQuery__Node *node)
{
    const PgQuery__GroupingSet *set;

    if (is_row_list(node))
        return group_list(grouping, NODES(node->row_expr, args));
    if (node->node_case == PG_QUERY__NODE__NODE_LIST)
        return group_list(grouping, NODES(node->list, items));
    if (node->node_case != PG_QUERY__NODE__NODE_GROUPING_SET)
        return group_expr(grouping, node);
    set = node->grouping_set;
    switch (set->kind) {
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_SETS:
        return grouping_sets(grouping, set);
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_ROLLUP:
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_CUBE:
        group_list(grouping, NODES(set, content));
        return (struct common){.has_empty = true};
    default:
        return (struct common){.has_empty = true};
    }
}

static bool has_sets(struct node_list items)
{
    for (size_t i = 0; i < items.n; i++)
        if (items.items[i]->node_case == PG_QUERY__NODE__NODE_GROUPING_SET)
            return true;
    return false;
}

void transform_group_by(struct parse *parse, const PgQuery__SelectStmt *stmt,
                        struct target_list *targets)
{
    struct query *query = parse->scope->query;
    struct grouping grouping = {.parse = parse, .targets = targets};
    struct common common;

    if (stmt->n_group_clause == 0)
        return;
    common = group_list(&grouping, NODES(stmt, group_clause));
    query->has_group_by = true;
    query->has_grouping_sets = has_sets(NODES(stmt, group_clause));
    query->has_empty_grouping_set = common.has_empty;
    query->group_by = grouping.items.items;
    query->n_group_by = grouping.items.n;
    if (query->has_grouping_sets) {
        query->always_grouped = common.refs.items;
        query->n_always_grouped = common.refs.n;
    }
}
