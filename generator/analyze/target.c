/* Select lists and RETURNING lists (transformTargetList). */
#include "analyze/transform.h"

struct target transform_target(struct parse *parse, const PgQuery__Node *node, struct expr *expr,
                               enum expr_place place, const char *name, bool is_junk)
{
    if (!expr) {
        if (place == PLACE_UPDATE_SOURCE && node->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
            expr = expr_make(parse->statement->arena, EXPR_DEFAULT, UNKNOWNOID,
                             node->set_to_default->location);
        else
            expr = transform_expr(parse, node, place);
    }
    if (!name && !is_junk)
        name = column_name_of(parse, node);
    return (struct target){
        .expr = expr,
        .name = name,
        .is_junk = is_junk,
        .location = expr->location,
    };
}

static void add_star(struct parse *parse, const PgQuery__ResTarget *target, enum expr_place place,
                     struct target_list *list)
{
    struct arena *arena = parse->statement->arena;
    struct star star = {0};

    expand_star(parse, target->val, place, &star);
    star_record(parse, target, &star, list->n);
    for (size_t i = 0; i < star.exprs.n; i++)
        vec_push(arena, list,
                 (struct target){
                     .expr = star.exprs.items[i],
                     .name = star.names.items[i],
                     .location = star.exprs.items[i]->location,
                 });
}

void transform_target_list(struct parse *parse, struct node_list targets, enum expr_place place,
                           struct target_list *list)
{
    for (size_t i = 0; i < targets.n; i++) {
        const PgQuery__ResTarget *target = targets.items[i]->res_target;

        if (place != PLACE_UPDATE_SOURCE && is_star_node(target->val))
            add_star(parse, target, place, list);
        else
            vec_push(parse->statement->arena, list,
                     transform_target(parse, target->val, NULL, place, raw_optional(target->name),
                                      false));
    }
}

void resolve_unknown_targets(struct parse *parse, struct target_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        list->items[i].expr = coerce_unknown_to_text(parse, list->items[i].expr);
}

void transform_returning(struct parse *parse, struct node_list targets)
{
    struct query *query = parse->scope->query;
    struct target_list list = {0};

    if (targets.n == 0)
        return;
    transform_target_list(parse, targets, PLACE_RETURNING, &list);
    if (list.n == 0)
        parse_error(parse, "42601", raw_location(targets.items[0]),
                    "RETURNING must have at least one column");
    resolve_unknown_targets(parse, &list);
    query->has_returning = true;
    query->returning = list.items;
    query->n_returning = list.n;
}
