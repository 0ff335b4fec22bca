/* ORDER BY and DISTINCT, and how their items and those of GROUP BY find the select-list item they
 * mean: by output name, by position, or as an expression (findTargetlistEntrySQL92/99).
 */
#include "analyze/transform.h"

#include <string.h>

/* --- Finding the target ----------------------------------------------------------------------- */

static void check_target(struct parse *parse, const struct target *target, enum expr_place place)
{
    const struct query *query = parse->scope->query;
    int location;

    if (place != PLACE_GROUP_BY)
        return;
    location = query->has_aggs ? expr_find_aggregate(target->expr, 0) : -2;
    if (location != -2)
        parse_error(parse, "42803", location, "aggregate functions are not allowed in %s",
                    place_name(place));
    location = query->has_windows ? expr_find_window(target->expr) : -2;
    if (location != -2)
        parse_error(parse, "42P20", location, "window functions are not allowed in %s",
                    place_name(place));
}

/* A bare name means an output column; in GROUP BY an input column goes first. */
static bool find_by_name(struct parse *parse, const PgQuery__ColumnRef *ref,
                         const struct target_list *targets, enum expr_place place, size_t *found)
{
    const char *name = ref->n_fields == 1 ? raw_string(ref->fields[0]) : NULL;
    bool any = false;

    if (!name || (place == PLACE_GROUP_BY && names_find_column(parse, name, true, ref->location)))
        return false;
    for (size_t i = 0; i < targets->n; i++) {
        const struct target *target = &targets->items[i];

        if (target->is_junk || !name_eq(target->name, name))
            continue;
        if (any && !expr_equal(targets->items[*found].expr, target->expr))
            parse_error(parse, "42702", ref->location, "%s \"%s\" is ambiguous", place_name(place),
                        name);
        if (!any)
            *found = i;
        any = true;
    }
    if (any)
        check_target(parse, &targets->items[*found], place);
    return any;
}

static size_t find_by_position(struct parse *parse, const PgQuery__AConst *constant,
                               const struct target_list *targets, enum expr_place place)
{
    int position = 0;

    if (constant->val_case != PG_QUERY__A__CONST__VAL_IVAL)
        parse_error(parse, "42601", constant->location, "non-integer constant in %s",
                    place_name(place));
    for (size_t i = 0; i < targets->n; i++)
        if (!targets->items[i].is_junk && ++position == constant->ival->ival) {
            check_target(parse, &targets->items[i], place);
            return i;
        }
    parse_error(parse, "42P10", constant->location, "%s position %d is not in select list",
                place_name(place), constant->ival->ival);
}

static size_t find_by_expression(struct parse *parse, const PgQuery__Node *node,
                                 struct target_list *targets, enum expr_place place)
{
    struct expr *expr = transform_expr(parse, node, place);

    for (size_t i = 0; i < targets->n; i++)
        if (targets->items[i].expr && expr_equal(expr, expr_strip_implicit(targets->items[i].expr)))
            return i;
    vec_push(parse->statement->arena, targets,
             transform_target(parse, node, expr, place, NULL, true));
    return targets->n - 1;
}

size_t sort_find_target(struct parse *parse, const PgQuery__Node *node, struct target_list *targets,
                        enum expr_place place, bool by_expression)
{
    size_t found = 0;

    if (!by_expression && node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
        find_by_name(parse, node->column_ref, targets, place, &found))
        return found;
    if (!by_expression && node->node_case == PG_QUERY__NODE__NODE_A_CONST)
        return find_by_position(parse, node->a_const, targets, place);
    return find_by_expression(parse, node, targets, place);
}

/* --- Adding it to a list ---------------------------------------------------------------------- */

static int assign_ref(struct target_list *targets, size_t target)
{
    int highest = 0;

    if (targets->items[target].group_ref)
        return targets->items[target].group_ref;
    for (size_t i = 0; i < targets->n; i++)
        if (targets->items[i].group_ref > highest)
            highest = targets->items[i].group_ref;
    targets->items[target].group_ref = highest + 1;
    return highest + 1;
}

static bool is_in(const struct sort_list *list, int group_ref)
{
    for (size_t i = 0; i < list->n; i++)
        if (group_ref && list->items[i].group_ref == group_ref)
            return true;
    return false;
}

static const struct expr *typed_target(struct parse *parse, struct target *target)
{
    target->expr = coerce_unknown_to_text(parse, target->expr);
    return target->expr;
}

/* ORDER BY x USING op: op must be < or > of a btree family. */
static const struct operator*
    check_using(struct parse *parse, const PgQuery__SortBy *item, const struct expr *expr)
{
    struct qualified_name name =
        qualified_name_of(parse, item->use_op, item->n_use_op, item->location);

    const struct operator* op =
        resolve_operator_for(parse, name, expr->type, expr->type, false, item->location);
    if (!name_eq(name.name, "<") && !name_eq(name.name, ">") && !name_eq(name.name, "~<~") &&
        !name_eq(name.name, "~>~"))
        parse_error_hint(parse, "42809", item->location,
                         "ordering operators must be \"<\" or \">\" members of btree operator "
                         "families",
                         "operator %s is not a valid ordering operator", name.name);
    return op;
}

/* Whether the operator is the one by which ASC or DESC sorts the type. */
static bool is_default_order(const struct parse *parse, const struct operator* op, oid type)
{
    struct operator_class usual = catalog_default_operators(parse->statement->catalog, type);

    return op->oid == usual.less || op->oid == usual.greater;
}

void sort_add(struct parse *parse, size_t target, const PgQuery__SortBy *item,
              struct target_list *targets, struct sort_list *out)
{
    const struct expr *expr = typed_target(parse, &targets->items[target]);
    bool descending = item->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    const struct operator* using = NULL;
    int group_ref;

    if (item->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_USING)
        using = check_using(parse, item, expr);
    else
        resolve_sort_operator(parse, expr->type, true, true, raw_location(item->node));
    if (is_in(out, targets->items[target].group_ref))
        return;
    group_ref = assign_ref(targets, target);
    descending = descending || (using && strchr(using->name, '>'));
    vec_push(parse->statement->arena, out,
             (struct sort_clause){
                 .group_ref = group_ref,
                 .descending = descending,
                 .using = using && !is_default_order(parse, using, expr->type) ? using : NULL,
                 .nulls_first = item->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                                (descending && item->sortby_nulls ==
                                                   PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT),
             });
}

void group_add(struct parse *parse, size_t target, struct target_list *targets,
               struct sort_list *out, int location)
{
    const struct expr *expr = typed_target(parse, &targets->items[target]);
    int group_ref;

    if (is_in(out, targets->items[target].group_ref))
        return;
    resolve_sort_operator(parse, expr->type, false, true, location);
    group_ref = assign_ref(targets, target);
    vec_push(parse->statement->arena, out, (struct sort_clause){.group_ref = group_ref});
}

void transform_sort(struct parse *parse, struct node_list items, struct target_list *targets,
                    enum expr_place place, bool by_expression, struct sort_list *out)
{
    for (size_t i = 0; i < items.n; i++) {
        const PgQuery__SortBy *item = items.items[i]->sort_by;
        size_t target = sort_find_target(parse, item->node, targets, place, by_expression);

        sort_add(parse, target, item, targets, out);
    }
}

/* --- DISTINCT --------------------------------------------------------------------------------- */

static size_t target_of_ref(const struct target_list *targets, int group_ref)
{
    size_t i = 0;

    while (targets->items[i].group_ref != group_ref)
        i++;
    return i;
}

void transform_distinct(struct parse *parse, struct target_list *targets,
                        const struct sort_list *order, bool is_aggregate, struct sort_list *out)
{
    for (size_t i = 0; i < order->n; i++) {
        const struct target *target =
            &targets->items[target_of_ref(targets, order->items[i].group_ref)];

        if (target->is_junk)
            parse_error(parse, "42P10", expr_location(target->expr),
                        is_aggregate ? "in an aggregate with DISTINCT, ORDER BY expressions must "
                                       "appear in argument list"
                                     : "for SELECT DISTINCT, ORDER BY expressions must appear in "
                                       "select list");
        vec_push(parse->statement->arena, out, order->items[i]);
    }
    for (size_t i = 0; i < targets->n; i++)
        if (!targets->items[i].is_junk)
            group_add(parse, i, targets, out, expr_location(targets->items[i].expr));
    if (out->n == 0)
        parse_error(parse, "42601", -1,
                    is_aggregate ? "an aggregate with DISTINCT must have at least one argument"
                                 : "SELECT DISTINCT must have at least one column");
}

static size_t place_of(const struct sort_list *list, int group_ref)
{
    size_t i = 0;

    while (list->items[i].group_ref != group_ref)
        i++;
    return i;
}

static _Noreturn void distinct_on_mismatch(struct parse *parse, int location)
{
    parse_error(parse, "42P10", location,
                "SELECT DISTINCT ON expressions must match initial ORDER BY expressions");
}

/* DISTINCT ON's items must be the first ones of ORDER BY, in any order among themselves. */
void transform_distinct_on(struct parse *parse, struct node_list items, struct target_list *targets,
                           const struct sort_list *order, struct sort_list *out)
{
    struct sort_list wanted = {0};
    bool skipped = false;

    for (size_t i = 0; i < items.n; i++) {
        size_t target = sort_find_target(parse, items.items[i], targets, PLACE_DISTINCT_ON, false);

        vec_push(parse->statement->arena, &wanted,
                 (struct sort_clause){.group_ref = assign_ref(targets, target)});
    }
    for (size_t i = 0; i < order->n; i++) {
        if (!is_in(&wanted, order->items[i].group_ref))
            skipped = true;
        else if (skipped)
            distinct_on_mismatch(
                parse, raw_location(items.items[place_of(&wanted, order->items[i].group_ref)]));
        else
            vec_push(parse->statement->arena, out, order->items[i]);
    }
    for (size_t i = 0; i < wanted.n; i++) {
        size_t target = target_of_ref(targets, wanted.items[i].group_ref);

        if (is_in(out, wanted.items[i].group_ref))
            continue;
        if (skipped)
            distinct_on_mismatch(parse, raw_location(items.items[i]));
        group_add(parse, target, targets, out, raw_location(items.items[i]));
    }
}
