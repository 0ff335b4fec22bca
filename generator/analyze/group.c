/* GROUP BY, with grouping sets (transformGroupClause). Of ROLLUP, CUBE and GROUPING SETS only two
 * things matter to the proofs: which items are in every set, and whether a set is empty. What was
 * written is kept beside it.
 */
#include "analyze/transform.h"

struct grouping {
    struct parse *parse;
    struct target_list *targets;
    struct sort_list items;
    struct grouping_set *top;  /* what is kept of GROUP BY; NULL without grouping sets */
    struct grouping_set *open; /* into which elements go */
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

static struct grouping_set *add_set(struct grouping *grouping, enum grouping_kind kind)
{
    struct arena *arena = grouping->parse->statement->arena;
    struct grouping_set *set = arena_new(arena, struct grouping_set);

    set->kind = kind;
    vec_push(arena, &grouping->open->content, set);
    return set;
}

static bool is_kept(const struct grouping_set *set, int ref)
{
    for (size_t i = 0; i < set->refs.n; i++)
        if (set->refs.items[i] == ref)
            return true;
    return false;
}

/* GROUP BY x, x is GROUP BY x; repetitions inside of grouping sets count. */
static bool is_repeated(const struct grouping *grouping, int ref)
{
    const struct grouping_set *set = grouping->open;

    if (set != grouping->top)
        return is_kept(set, ref);
    for (size_t i = 0; i < set->content.n; i++)
        if (is_kept(set->content.items[i], ref))
            return true;
    return false;
}

/* Items stand in sets of their own, except those of a row inside of a grouping set, which share
 * one. */
static void keep_item(struct grouping *grouping, int ref)
{
    struct grouping_set *set = grouping->open;

    if (!set || is_repeated(grouping, ref))
        return;
    if (set->kind != GROUPING_ITEMS)
        set = add_set(grouping, GROUPING_ITEMS);
    vec_push(grouping->parse->statement->arena, &set->refs, ref);
}

static struct common group_expr(struct grouping *grouping, const PgQuery__Node *node)
{
    struct parse *parse = grouping->parse;
    size_t target = sort_find_target(parse, node, grouping->targets, PLACE_GROUP_BY, false);
    struct common common = {0};

    group_add(parse, target, grouping->targets, &grouping->items, raw_location(node));
    add_ref(grouping, &common, grouping->targets->items[target].group_ref);
    keep_item(grouping, grouping->targets->items[target].group_ref);
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

/* (a, b) inside of a grouping set is one of its sets; elsewhere it is a, b. */
static struct common group_row(struct grouping *grouping, struct node_list nodes)
{
    struct grouping_set *before = grouping->open;
    struct common common;

    if (before && before != grouping->top && before->kind != GROUPING_ITEMS)
        grouping->open = add_set(grouping, GROUPING_ITEMS);
    common = group_list(grouping, nodes);
    grouping->open = before;
    return common;
}

/* GROUPING SETS directly inside of GROUPING SETS are the same as one list. */
static struct common group_set(struct grouping *grouping, const PgQuery__GroupingSet *set)
{
    struct grouping_set *before = grouping->open;
    struct common common = {.has_empty = true};

    switch (set->kind) {
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_SETS:
        if (before == grouping->top || before->kind != GROUPING_SETS)
            grouping->open = add_set(grouping, GROUPING_SETS);
        common = grouping_sets(grouping, set);
        break;
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_ROLLUP:
        grouping->open = add_set(grouping, GROUPING_ROLLUP);
        group_list(grouping, NODES(set, content));
        break;
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_CUBE:
        grouping->open = add_set(grouping, GROUPING_CUBE);
        group_list(grouping, NODES(set, content));
        break;
    default:
        if (before != grouping->top)
            add_set(grouping, GROUPING_ITEMS);
    }
    grouping->open = before;
    return common;
}

static struct common group_element(struct grouping *grouping, const PgQuery__Node *node)
{
    if (is_row_list(node))
        return group_row(grouping, NODES(node->row_expr, args));
    if (node->node_case == PG_QUERY__NODE__NODE_LIST)
        return group_row(grouping, NODES(node->list, items));
    if (node->node_case == PG_QUERY__NODE__NODE_GROUPING_SET)
        return group_set(grouping, node->grouping_set);
    return group_expr(grouping, node);
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
    query->has_grouping_sets = has_sets(NODES(stmt, group_clause));
    if (query->has_grouping_sets) {
        grouping.top = arena_new(parse->statement->arena, struct grouping_set);
        grouping.top->kind = GROUPING_SETS;
        grouping.open = grouping.top;
    }
    common = group_list(&grouping, NODES(stmt, group_clause));
    query->has_group_by = true;
    query->is_group_distinct = stmt->group_distinct;
    query->has_empty_grouping_set = common.has_empty;
    query->group_by = grouping.items.items;
    query->n_group_by = grouping.items.n;
    if (query->has_grouping_sets) {
        query->always_grouped = common.refs.items;
        query->n_always_grouped = common.refs.n;
        if (grouping.top->content.n == 0) /* GROUP BY () */
            add_set(&grouping, GROUPING_ITEMS);
        query->grouping = grouping.top;
    }
}
