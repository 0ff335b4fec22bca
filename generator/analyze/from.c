/* FROM (transformFromClause): each item adds range-table entries and the names they put in view;
 * items to the left are in view for LATERAL ones.
 */
#include "analyze/transform.h"

static void set_lateral(struct name_items *names, bool lateral_only, bool lateral_ok)
{
    for (size_t i = 0; i < names->n; i++) {
        names->items[i]->lateral_only = lateral_only;
        names->items[i]->lateral_ok = lateral_ok;
    }
}

static struct name_item *table_item(struct parse *parse, const PgQuery__RangeVar *name)
{
    struct name_item *item;
    struct cte *cte = NULL;
    int levels_up;

    if (!raw_optional(name->schemaname) && !raw_optional(name->catalogname))
        cte = range_find_cte(parse, name->relname, &levels_up);
    if (cte)
        return range_add_cte(parse, cte, levels_up, name->alias, name->location);
    item = range_add_relation(parse, range_find_relation(parse, name), name->relname, name->alias,
                              name->location);
    parse->scope->rtable.items[item->rte]->is_only = !name->inh;
    return item;
}

static struct name_item *query_item(struct parse *parse, const PgQuery__RangeSubselect *item)
{
    struct scope *scope = parse->scope;
    enum expr_place before = scope->place;
    bool lateral_before = scope->lateral_active;
    struct query *query;

    scope->place = PLACE_FROM_SUBSELECT;
    scope->lateral_active = item->lateral;
    query = transform_sub_query(parse, item->subquery, false);
    scope->lateral_active = lateral_before;
    scope->place = before;
    return range_add_query(parse, query, "unnamed_subquery", item->alias, item->lateral,
                           raw_location(item->subquery));
}

/* A sampling method is a function of its name that takes internal. */
static const struct function *sample_method(struct parse *parse,
                                            const PgQuery__RangeTableSample *sample)
{
    const char *method = raw_last_name(NODES(sample, method));
    const char *schema =
        sample->n_method > 1 ? raw_string(sample->method[sample->n_method - 2]) : NULL;
    struct function_list list =
        catalog_find_functions(parse->statement->catalog, parse->statement->arena, schema, method);

    for (size_t i = 0; i < list.n; i++)
        if (list.items[i]->n_args == 1 && list.items[i]->arg_types[0] == INTERNALOID)
            return list.items[i];
    parse_error(parse, "42704", sample->location, "tablesample method %s does not exist", method);
}

/* TABLESAMPLE: bernoulli and system take one float4; extensions add methods of their own. */
static void transform_sample(struct parse *parse, const PgQuery__RangeTableSample *sample,
                             struct rte *rte)
{
    struct arena *arena = parse->statement->arena;
    const char *method = raw_last_name(NODES(sample, method));
    struct expr_list args = {0};
    struct expr *arg;

    if (rte->kind != RTE_RELATION || !rte->relation || rte->relation->relkind == 'v' ||
        rte->relation->relkind == 'f')
        parse_error(parse, "0A000", raw_location(sample->relation),
                    "TABLESAMPLE clause can only be applied to tables and materialized views");
    rte->sample_method = sample_method(parse, sample);
    if (sample->n_args != 1)
        parse_error(parse, "2202H", sample->location,
                    "tablesample method %s requires 1 argument, not %zu", method, sample->n_args);
    arg = transform_expr(parse, sample->args[0], PLACE_FROM_FUNCTION);
    arg = coerce_to_specific(parse, arg,
                             name_eq(method, "system_rows")   ? INT8OID
                             : name_eq(method, "system_time") ? FLOAT8OID
                                                              : FLOAT4OID,
                             "TABLESAMPLE");
    vec_push(arena, &args, arg);
    if (sample->repeatable) {
        if (name_eq(method, "system_rows") || name_eq(method, "system_time"))
            parse_error(parse, "0A000", sample->location,
                        "tablesample method %s does not support REPEATABLE", method);
        arg = transform_expr(parse, sample->repeatable, PLACE_FROM_FUNCTION);
        vec_push(arena, &args, coerce_to_specific(parse, arg, FLOAT8OID, "REPEATABLE"));
    }
    rte->sample_args = args.items;
    rte->n_sample_args = args.n;
}

struct join_node *transform_from_item(struct parse *parse, const PgQuery__Node *node,
                                      struct name_item **top, struct name_items *names)
{
    struct join_node *leaf;

    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        *top = table_item(parse, node->range_var);
        break;
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
        *top = query_item(parse, node->range_subselect);
        break;
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
        *top = transform_function_item(parse, node->range_function);
        break;
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC:
        *top = transform_table_func(parse, node->range_table_func);
        break;
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
        leaf = transform_from_item(parse, node->range_table_sample->relation, top, names);
        transform_sample(parse, node->range_table_sample, parse->scope->rtable.items[(*top)->rte]);
        return leaf;
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
        return transform_join(parse, node->join_expr, top, names);
    default:
        parse_error(parse, "0A000", raw_location(node),
                    "this kind of FROM item is not supported yet by tenon");
    }
    vec_push(parse->statement->arena, names, *top);
    return join_leaf(parse, (*top)->rte);
}

void transform_from(struct parse *parse, struct node_list items)
{
    struct scope *scope = parse->scope;

    for (size_t i = 0; i < items.n; i++) {
        struct name_items names = {0};
        struct name_item *top;
        struct join_node *node = transform_from_item(parse, items.items[i], &top, &names);

        scope_check_conflicts(parse, &scope->names, &names);
        set_lateral(&names, true, true);
        scope_add_from(parse, node);
        for (size_t j = 0; j < names.n; j++)
            vec_push(parse->statement->arena, &scope->names, names.items[j]);
    }
    set_lateral(&scope->names, false, true);
}

void transform_target_table(struct parse *parse, const PgQuery__RangeVar *name, bool also_source)
{
    const struct relation *relation = range_find_relation(parse, name);
    struct scope *scope = parse->scope;
    struct name_item *item =
        range_add_relation(parse, relation, name->relname, name->alias, name->location);

    scope->rtable.items[item->rte]->is_only = !name->inh;
    scope->target = item;
    scope->query->result_rte = item->rte;
    if (!also_source)
        return;
    scope_add_from(parse, join_leaf(parse, item->rte));
    scope_add_names(parse, item, true, true);
}
