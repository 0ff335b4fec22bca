/* JOIN (transformFromClauseItem): which columns a join has, what USING and NATURAL merge, and which
 * names stay in view.
 */
#include "analyze/transform.h"

/* One side of a join. */
struct side {
    struct join_node *node;
    struct name_item *item;
    struct name_items names;
    size_t *merged; /* by column of item: which of USING's it is, from 1; 0: none */
};

struct join {
    struct parse *parse;
    const PgQuery__JoinExpr *raw;
    enum join_kind kind;
    struct side left, right;
    VEC(const char *) using;                /* of USING, or found by NATURAL */
    struct expr_list left_vars, right_vars; /* what USING compares */
    struct expr_list conditions;            /* from USING */
    VEC(struct name_column) columns;
    VEC(struct expr *) aliases; /* what each column stands for */
};

static enum join_kind kind_of(PgQuery__JoinType type)
{
    switch (type) {
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        return JOIN_KIND_LEFT;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        return JOIN_KIND_RIGHT;
    case PG_QUERY__JOIN_TYPE__JOIN_FULL:
        return JOIN_KIND_FULL;
    default:
        return JOIN_KIND_INNER;
    }
}

/* The right side may refer to the left one when it is LATERAL; not so in RIGHT and FULL joins,
 * where the names are in view and refused. */
static void transform_sides(struct join *join)
{
    struct parse *parse = join->parse;
    struct name_items *view = &parse->scope->names;
    size_t n_before = view->n;
    bool lateral_ok = join->kind == JOIN_KIND_INNER || join->kind == JOIN_KIND_LEFT;

    join->left.node =
        transform_from_item(parse, join->raw->larg, &join->left.item, &join->left.names);
    for (size_t i = 0; i < join->left.names.n; i++) {
        join->left.names.items[i]->lateral_only = true;
        join->left.names.items[i]->lateral_ok = lateral_ok;
        vec_push(parse->statement->arena, view, join->left.names.items[i]);
    }
    join->right.node =
        transform_from_item(parse, join->raw->rarg, &join->right.item, &join->right.names);
    view->n = n_before;
    scope_check_conflicts(parse, &join->left.names, &join->right.names);
    join->left.merged = arena_array(parse->statement->arena, size_t, join->left.item->n_columns);
    join->right.merged = arena_array(parse->statement->arena, size_t, join->right.item->n_columns);
}

static bool has_column(const struct name_item *item, const char *name)
{
    for (size_t i = 0; i < item->n_columns; i++)
        if (name_eq(item->columns[i].name, name))
            return true;
    return false;
}

static void find_merged_names(struct join *join)
{
    struct arena *arena = join->parse->statement->arena;
    const struct name_item *left = join->left.item;

    for (size_t i = 0; i < join->raw->n_using_clause; i++)
        vec_push(arena, &join->using, raw_string(join->raw->using_clause[i]));
    for (size_t i = 0; join->raw->is_natural && i < left->n_columns; i++)
        if (left->columns[i].name[0] && has_column(join->right.item, left->columns[i].name))
            vec_push(arena, &join->using, left->columns[i].name);
}

static size_t find_merged_column(struct join *join, const struct side *side, const char *name,
                                 const char *side_name)
{
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < side->item->n_columns; i++) {
        if (!name_eq(side->item->columns[i].name, name))
            continue;
        if (found != SIZE_MAX)
            parse_error(join->parse, "42702", -1,
                        "common column name \"%s\" appears more than once in %s table", name,
                        side_name);
        found = i;
    }
    if (found == SIZE_MAX)
        parse_error(join->parse, "42703", -1,
                    "column \"%s\" specified in USING clause does not exist in %s table", name,
                    side_name);
    return found;
}

static struct expr *as_common(struct parse *parse, struct expr *var, oid type, int32_t typmod)
{
    struct expr *relabel;

    if (var->type != type)
        return coerce_type(parse, var, var->type, type, typmod, COERCE_IMPLICIT, FORM_IMPLICIT, -1);
    if (var->typmod == typmod)
        return var;
    relabel = expr_with_args(parse->statement->arena, EXPR_CAST, type, var->location, 1, var);
    relabel->typmod = typmod;
    relabel->collation = var->collation;
    relabel->u.cast.method = CAST_RELABEL;
    relabel->u.cast.form = FORM_IMPLICIT;
    return relabel;
}

/* The merged column: the side that is there in every row, or COALESCE of both for a FULL join. */
static struct expr *merged_expr(const struct join *join, struct expr *left, struct expr *right)
{
    struct parse *parse = join->parse;
    struct expr *pair[2] = {left, right}, *expr;
    oid type = coerce_common_type(parse, pair, 2, "JOIN/USING", NULL);
    int32_t typmod = coerce_common_typmod(pair, 2, type);

    left = as_common(parse, left, type, typmod);
    right = as_common(parse, right, type, typmod);
    switch (join->kind) {
    case JOIN_KIND_LEFT:
        return left;
    case JOIN_KIND_RIGHT:
        return right;
    case JOIN_KIND_FULL:
        expr = expr_with_args(parse->statement->arena, EXPR_COALESCE, type, -1, 2, left, right);
        expr->typmod = typmod;
        expr->collation = left->collation;
        return expr;
    default:
        return left->kind != EXPR_VAR && right->kind == EXPR_VAR ? right : left;
    }
}

static void merge_column(struct join *join, const char *name)
{
    struct parse *parse = join->parse;
    struct arena *arena = parse->statement->arena;
    size_t l = find_merged_column(join, &join->left, name, "left");
    size_t r = find_merged_column(join, &join->right, name, "right");
    struct expr *left = names_column_var(parse, &join->left.item->columns[l], 0, -1);
    struct expr *right = names_column_var(parse, &join->right.item->columns[r], 0, -1);
    struct expr *merged = merged_expr(join, left, right);
    struct name_column column = {.name = name, .rte = -1, .in_star = true};

    join->left.merged[l] = join->right.merged[r] = join->columns.n + 1;
    if (merged == left)
        column = join->left.item->columns[l];
    else if (merged == right)
        column = join->right.item->columns[r];
    column.type = merged->type;
    column.typmod = merged->typmod;
    column.collation = merged->collation;
    column.qualifier = NULL;
    vec_push(arena, &join->columns, column);
    vec_push(arena, &join->aliases, merged);
    vec_push(arena, &join->left_vars, left);
    vec_push(arena, &join->right_vars, right);
}

static void merge_columns(struct join *join)
{
    struct parse *parse = join->parse;

    find_merged_names(join);
    for (size_t i = 0; i < join->using.n; i++) {
        for (size_t j = 0; j < i; j++)
            if (name_eq(join->using.items[i], join->using.items[j]))
                parse_error(parse, "42701", -1,
                            "column name \"%s\" appears more than once in USING clause",
                            join->using.items[i]);
        merge_column(join, join->using.items[i]);
    }
    for (size_t i = 0; i < join->using.n; i++)
        vec_push(parse->statement->arena, &join->conditions,
                 make_comparison(parse, (struct qualified_name){NULL, "="},
                                 expr_copy(parse->statement->arena, join->left_vars.items[i]),
                                 expr_copy(parse->statement->arena, join->right_vars.items[i]),
                                 -1));
}

/* ON sees both sides and nothing else of this level. */
static struct expr *transform_on(struct join *join)
{
    struct parse *parse = join->parse;
    struct name_items before = parse->scope->names, both = {0};
    struct expr *on;

    for (size_t i = 0; i < join->left.names.n; i++)
        vec_push(parse->statement->arena, &both, join->left.names.items[i]);
    for (size_t i = 0; i < join->right.names.n; i++)
        vec_push(parse->statement->arena, &both, join->right.names.items[i]);
    for (size_t i = 0; i < both.n; i++) {
        both.items[i]->lateral_only = false;
        both.items[i]->lateral_ok = true;
    }
    parse->scope->names = both;
    on = transform_where(parse, join->raw->quals, PLACE_JOIN_ON, "JOIN/ON");
    parse->scope->names = before;
    return on;
}

static void add_rest(struct join *join, const struct side *side)
{
    struct arena *arena = join->parse->statement->arena;

    for (size_t i = 0; i < side->item->n_columns; i++) {
        const struct name_column *column = &side->item->columns[i];

        if (side->merged[i] || !column->name[0])
            continue;
        vec_push(arena, &join->columns, *column);
        vec_push(arena, &join->aliases, names_column_var(join->parse, column, 0, -1));
    }
}

/* Which columns of one side the join has, in its order; those of the other side are 0. */
static int *columns_of_side(const struct join *join, const struct side *side, size_t first)
{
    int *columns = arena_array(join->parse->statement->arena, int, join->columns.n);

    for (size_t i = 0; i < side->item->n_columns; i++) {
        if (side->merged[i])
            columns[side->merged[i] - 1] = (int)i + 1;
        else if (side->item->columns[i].name[0])
            columns[first++] = (int)i + 1;
    }
    return columns;
}

static size_t n_rest(const struct side *side)
{
    size_t n = 0;

    for (size_t i = 0; i < side->item->n_columns; i++)
        n += !side->merged[i] && side->item->columns[i].name[0];
    return n;
}

static struct join_columns join_columns(const struct join *join)
{
    const size_t n_merged = join->using.n;

    return (struct join_columns){
        .left = columns_of_side(join, &join->left, n_merged),
        .right = columns_of_side(join, &join->right, n_merged + n_rest(&join->left)),
        .n_merged = n_merged,
    };
}

/* The join's own entry. Its columns mean the variables below, except merged ones that are neither
 * side's. */
static struct name_item *add_entry(struct join *join, struct join_node *node)
{
    struct parse *parse = join->parse;
    struct rte *rte = arena_new(parse->statement->arena, struct rte);
    const PgQuery__Alias *alias = join->raw->alias;
    struct name_item *item;

    *rte = (struct rte){
        .kind = RTE_JOIN,
        .name = "unnamed_join",
        .location = -1,
        .join = node,
        .columns = arena_array(parse->statement->arena, struct rte_column, join->columns.n),
        .n_columns = join->columns.n,
        .join_columns = join_columns(join),
    };
    for (size_t i = 0; i < join->columns.n; i++)
        rte->columns[i] = (struct rte_column){
            .name = join->columns.items[i].name,
            .type = join->columns.items[i].type,
            .typmod = join->columns.items[i].typmod,
            .collation = join->columns.items[i].collation,
            .alias = join->aliases.items[i],
        };
    item = range_add(parse, rte, alias, "join expression");
    for (size_t i = 0; i < join->columns.n; i++) {
        struct name_column *column = &item->columns[i];

        if (join->columns.items[i].rte >= 0) {
            column->rte = join->columns.items[i].rte;
            column->attno = join->columns.items[i].attno;
        }
        column->via = alias ? item->rte + 1 : join->columns.items[i].via;
        column->via_attno = alias ? (int)i + 1 : join->columns.items[i].via_attno;
        if (!alias)
            column->qualifier = join->columns.items[i].qualifier;
        column->in_star = join->columns.items[i].in_star;
    }
    return item;
}

static void add_using_alias(struct join *join, const struct name_item *whole,
                            struct name_items *names)
{
    struct rte *rte = join->parse->scope->rtable.items[whole->rte];
    struct arena *arena = join->parse->statement->arena;
    struct name_item *item = arena_new(arena, struct name_item);
    struct name_items added = {0};

    rte->using_alias = join->raw->join_using_alias->aliasname;
    *item = *whole;
    item->name = rte->using_alias;
    item->n_columns = join->using.n;
    item->is_using_alias = true;
    item->rel_visible = true;
    item->cols_visible = false;
    vec_push(arena, &added, item);
    scope_check_conflicts(join->parse, names, &added);
    vec_push(arena, names, item);
}

/* An alias hides what is joined; without one the tables stay in view as qualifiers. */
static void publish(struct join *join, struct name_item *item, struct name_items *names)
{
    struct arena *arena = join->parse->statement->arena;
    const struct side *sides[2] = {&join->left, &join->right};
    struct name_items mine = {0};

    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < sides[s]->names.n; i++) {
            sides[s]->names.items[i]->cols_visible = false;
            vec_push(arena, &mine, sides[s]->names.items[i]);
        }
    if (join->raw->join_using_alias)
        add_using_alias(join, item, &mine);
    if (join->raw->alias)
        mine.n = 0;
    item->rel_visible = join->raw->alias != NULL;
    item->cols_visible = true;
    vec_push(arena, &mine, item);
    for (size_t i = 0; i < mine.n; i++)
        vec_push(arena, names, mine.items[i]);
}

struct join_node *transform_join(struct parse *parse, const PgQuery__JoinExpr *raw,
                                 struct name_item **top, struct name_items *names)
{
    struct join join = {.parse = parse, .raw = raw, .kind = kind_of(raw->jointype)};
    struct join_node *node = arena_new(parse->statement->arena, struct join_node);

    transform_sides(&join);
    *node = (struct join_node){
        .is_join = true, .kind = join.kind, .left = join.left.node, .right = join.right.node};
    merge_columns(&join);
    if (join.conditions.n)
        node->on = expr_bool(parse->statement->arena, BOOL_AND, &join.conditions, -1);
    else if (raw->quals)
        node->on = transform_on(&join);
    add_rest(&join, &join.left);
    add_rest(&join, &join.right);
    *top = add_entry(&join, node);
    node->rte = (*top)->rte;
    publish(&join, *top, names);
    return node;
}
