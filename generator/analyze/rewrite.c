/* What the server refuses when it rewrites an analysed statement, which it does at once: values for
 * generated columns, a column assigned twice, and views that it cannot change by itself
 * (rewriteTargetListIU, rewriteTargetView; manual, CREATE VIEW, "Updatable Views").
 */
#include "analyze/rewrite_rules.h"
#include "analyze/system_view.h"
#include "analyze/transform.h"

enum { MAX_VIEW_DEPTH = 100 };

/* One list of assignments to a relation. */
struct change {
    enum query_kind kind; /* INSERT or UPDATE */
    const struct query *query;
    const struct relation *relation;
    const struct target *targets;
    size_t n_targets;
    char overriding;
    bool is_conflict; /* of ON CONFLICT DO UPDATE */
    bool in_with;
};

/* --- Columns ---------------------------------------------------------------------------------- */

/* DEFAULT, in every row when there are several. */
static bool is_default(const struct change *change, const struct expr *expr)
{
    const struct rte *rte;

    expr = expr_strip_casts((struct expr *)expr);
    if (expr->kind == EXPR_DEFAULT)
        return true;
    if (expr->kind != EXPR_VAR || change->kind != QUERY_INSERT || expr->u.var.levels_up)
        return false;
    rte = change->query->rtable[expr->u.var.rte];
    if (rte->kind != RTE_VALUES)
        return false;
    for (size_t i = 0; i < rte->n_values; i++)
        if (expr_strip_casts(rte->values[i][expr->u.var.attno - 1])->kind != EXPR_DEFAULT)
            return false;
    return true;
}

static void check_insert(struct parse *parse, const struct change *change,
                         const struct attribute *attribute, const struct target *target)
{
    bool is_identity = attribute->identity == 'a' && !change->overriding;

    if (!is_identity && !attribute->generated)
        return;
    if (!is_default(change, target->expr))
        parse_error_hint(parse, "428C9", target->location,
                         is_identity ? "the column is GENERATED ALWAYS AS IDENTITY: use OVERRIDING "
                                       "SYSTEM VALUE to override"
                                     : "it is a generated column",
                         "cannot insert a non-DEFAULT value into column \"%s\"", attribute->name);
}

static void check_update(struct parse *parse, const struct change *change,
                         const struct attribute *attribute, const struct target *target)
{
    if ((attribute->identity == 'a' || attribute->generated) && !is_default(change, target->expr))
        parse_error_hint(parse, "428C9", target->location,
                         attribute->generated ? "it is a generated column"
                                              : "the column is GENERATED ALWAYS AS IDENTITY",
                         "column \"%s\" can only be updated to DEFAULT", attribute->name);
}

/* Parts of one column may be assigned one by one, whole columns once. */
static void check_duplicates(struct parse *parse, const struct change *change)
{
    for (size_t i = 0; i < change->n_targets; i++)
        for (size_t j = 0; j < i; j++) {
            const struct target *a = &change->targets[i], *b = &change->targets[j];

            if (a->target_column == b->target_column &&
                (a->expr->kind != EXPR_ASSIGN_PART || b->expr->kind != EXPR_ASSIGN_PART))
                parse_error(parse, "42601", a->location,
                            "multiple assignments to same column \"%s\"", a->name);
        }
}

static const struct target *target_of(const struct change *change, int attno)
{
    for (size_t i = 0; i < change->n_targets; i++)
        if (change->targets[i].target_column == attno)
            return &change->targets[i];
    return NULL;
}

static void check_columns(struct parse *parse, const struct change *change)
{
    check_duplicates(parse, change);
    for (size_t i = 0; i < change->relation->attributes.n; i++) {
        const struct attribute *attribute = &change->relation->attributes.items[i];
        const struct target *target = target_of(change, attribute->number);

        if (!target)
            continue;
        if (change->kind == QUERY_INSERT)
            check_insert(parse, change, attribute, target);
        else
            check_update(parse, change, attribute, target);
    }
}

/* --- Views ------------------------------------------------------------------------------------ */

static const struct rte *only_table(const struct query *view)
{
    const struct rte *rte;

    if (view->n_from != 1 || view->from[0]->is_join)
        return NULL;
    rte = view->rtable[view->from[0]->rte];
    if (rte->kind != RTE_RELATION || rte->relation->relkind == 'm' || rte->relation->relkind == 'S')
        return NULL;
    return rte;
}

static const struct expr *base_column(const struct query *view, size_t i)
{
    const struct expr *expr = view->targets[i].expr;

    if (expr->kind != EXPR_VAR || expr->u.var.levels_up || expr->u.var.attno <= 0 ||
        expr->u.var.rte != view->from[0]->rte)
        return NULL;
    return expr;
}

static bool has_base_column(const struct query *view)
{
    size_t n;

    query_result(view, &n);
    for (size_t i = 0; i < n; i++)
        if (base_column(view, i))
            return true;
    return false;
}

/* Why the view is not automatically updatable; NULL when it is. */
static const char *view_obstacle(const struct query *view, bool needs_columns)
{
    if (view->is_distinct)
        return "views containing DISTINCT are not automatically updatable";
    if (view->has_group_by)
        return "views containing GROUP BY are not automatically updatable";
    if (view->having)
        return "views containing HAVING are not automatically updatable";
    if (view->set_ops)
        return "views containing UNION, INTERSECT, or EXCEPT are not automatically updatable";
    if (view->n_ctes)
        return "views containing WITH are not automatically updatable";
    if (view->limit || view->offset)
        return "views containing LIMIT or OFFSET are not automatically updatable";
    if (view->has_aggs)
        return "views that return aggregate functions are not automatically updatable";
    if (view->has_windows)
        return "views that return window functions are not automatically updatable";
    if (view->has_set_returning)
        return "views that return set-returning functions are not automatically updatable";
    if (!only_table(view))
        return "views that do not select from a single table or view are not automatically "
               "updatable";
    if (only_table(view)->sample_method)
        return "views containing TABLESAMPLE are not automatically updatable";
    if (needs_columns && !has_base_column(view))
        return "views that have no updatable columns are not automatically updatable";
    return NULL;
}

static _Noreturn void refuse_view(struct parse *parse, enum query_kind kind,
                                  const struct relation *view, const char *why)
{
    const char *what = kind == QUERY_INSERT   ? "insert into"
                       : kind == QUERY_UPDATE ? "update"
                                              : "delete from";

    parse_error_hint(parse, "55000", -1, why, "cannot %s view \"%s\"", what, view->name);
}

/* What the view's own default, or NULL, is to its table: a value. */
static struct expr *some_value(struct parse *parse, int location)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_CONST, UNKNOWNOID, location);

    expr->u.constant.is_null = true;
    return expr;
}

/* The assignments with the view's own defaults. Where it has none, INSERT leaves the column to its
 * table's; UPDATE sets it to NULL. */
static struct target_list targets_with_defaults(struct parse *parse, const struct change *change)
{
    struct arena *arena = parse->statement->arena;
    struct target_list targets = {0};

    for (size_t i = 0; i < change->n_targets; i++) {
        struct target target = change->targets[i];
        const struct attribute *attribute =
            &change->relation->attributes.items[target.target_column - 1];

        if (change->kind == QUERY_INSERT && !attribute->has_default &&
            expr_strip_casts(target.expr)->kind == EXPR_DEFAULT)
            continue;
        if ((change->kind != QUERY_INSERT || attribute->has_default) &&
            is_default(change, target.expr))
            target.expr = some_value(parse, target.location);
        vec_push(arena, &targets, target);
    }
    for (size_t i = 0; change->kind == QUERY_INSERT && i < change->relation->attributes.n; i++) {
        const struct attribute *attribute = &change->relation->attributes.items[i];

        if (attribute->has_default && !target_of(change, attribute->number))
            vec_push(arena, &targets,
                     (struct target){.expr = some_value(parse, change->query->location),
                                     .name = attribute->name,
                                     .target_column = attribute->number,
                                     .location = change->query->location});
    }
    return targets;
}

/* The same assignments, to the view's table. */
static struct change change_of_base(struct parse *parse, const struct change *change,
                                    const struct query *view)
{
    struct target_list targets = targets_with_defaults(parse, change);
    struct change base = *change;

    base.relation = only_table(view)->relation;
    base.targets = targets.items;
    base.n_targets = targets.n;
    for (size_t i = 0; i < targets.n; i++) {
        const struct expr *column = base_column(view, (size_t)targets.items[i].target_column - 1);

        if (!column)
            parse_error_hint(parse, "0A000", targets.items[i].location,
                             "view columns that are not columns of their base relation are not "
                             "updatable",
                             change->query->kind == QUERY_INSERT
                                 ? "cannot insert into column \"%s\" of view \"%s\""
                                 : "cannot update column \"%s\" of view \"%s\"",
                             targets.items[i].name, change->relation->name);
        targets.items[i].target_column = column->u.var.attno;
        targets.items[i].name = base.relation->attributes.items[column->u.var.attno - 1].name;
    }
    return base;
}

/* The one rule that the system's views have beside those that make them views. */
static bool is_done_by_rule(const struct relation *view, enum query_kind kind)
{
    return view->oid < FIRST_USER_OID && kind == QUERY_UPDATE && name_eq(view->name, "pg_settings");
}

static bool is_done_instead(struct parse *parse, const struct change *change)
{
    const struct fired_rules fired = rules_fire(change->relation, change->query->kind);

    if (fired.conditional && !fired.instead && !fired.trigger)
        refuse_view(parse, change->query->kind, change->relation,
                    "views with conditional DO INSTEAD rules are not automatically updatable");
    return fired.instead || fired.trigger || is_done_by_rule(change->relation, change->kind);
}

/* WHERE CURRENT OF cursor: nothing else can stand beside it. */
static bool is_positioned(const struct query *query)
{
    return query->where && query->where->kind == EXPR_CURRENT_OF;
}

static void check_change(struct parse *parse, struct change change)
{
    for (int depth = 0; depth < MAX_VIEW_DEPTH; depth++) {
        const struct query *view = view_body(parse->statement->catalog, change.relation);
        const char *obstacle;

        check_columns(parse, &change);
        if (change.relation->relkind != 'v' || !view || is_done_instead(parse, &change)) {
            if (!change.is_conflict)
                rules_check(parse, change.query, change.relation, change.in_with);
            return;
        }
        obstacle = view_obstacle(view, change.kind != QUERY_DELETE);
        if (obstacle)
            refuse_view(parse, change.kind, change.relation, obstacle);
        if (is_positioned(change.query))
            parse_error(parse, "0A000", change.query->location,
                        "WHERE CURRENT OF on a view is not implemented");
        change = change_of_base(parse, &change, view);
    }
}

/* --- Statements ------------------------------------------------------------------------------- */

static void check_actions(struct parse *parse, const struct query *query,
                          const struct relation *relation)
{
    for (size_t i = 0; i < query->n_merge_actions; i++) {
        const struct merge_action *action = &query->merge_actions[i];

        if (action->kind == QUERY_INSERT || action->kind == QUERY_UPDATE)
            check_change(parse,
                         (struct change){action->kind, query, relation, action->targets,
                                         action->n_targets, action->overriding, false, false});
    }
}

static void check_statement(struct parse *parse, const struct query *query, bool in_with)
{
    const struct relation *relation;

    for (size_t i = 0; i < query->n_ctes; i++)
        if (query->ctes[i]->query && query->ctes[i]->query->kind != QUERY_SELECT)
            check_statement(parse, query->ctes[i]->query, true);
    if (query->result_rte < 0)
        return;
    relation = query->rtable[query->result_rte]->relation;
    if (query->kind == QUERY_MERGE) {
        check_actions(parse, query, relation);
        return;
    }
    check_change(parse, (struct change){query->kind, query, relation, query->targets,
                                        query->n_targets, query->overriding, false, in_with});
    if (query->on_conflict && query->on_conflict->do_update)
        check_change(parse, (struct change){QUERY_UPDATE, query, relation, query->on_conflict->set,
                                            query->on_conflict->n_set, 0, true, in_with});
}

void check_rewrite(struct parse *parse, struct query *query)
{
    check_statement(parse, query, false);
}
