/* The fields of rows: of composite types, of functions with OUT parameters, of ROW(…), and of
 * record variables by what they were made of (get_expr_result_tupdesc, expandRecordVariable).
 */
#include "resolve/row_type.h"

#include "resolve/coerce.h"
#include "resolve/scope.h"
#include "types/polymorphic.h"

static struct rte_column *relation_columns(struct parse *parse, const struct relation *relation,
                                           size_t *n)
{
    struct rte_column *columns =
        arena_array(parse->statement->arena, struct rte_column, relation->attributes.n);

    *n = relation->attributes.n;
    for (size_t i = 0; i < *n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];

        columns[i] = (struct rte_column){
            .name = attribute->name,
            .type = attribute->type,
            .typmod = attribute->typmod,
            .collation = attribute->collation,
            .is_dropped = attribute->is_dropped,
        };
    }
    return columns;
}

/* The type of an OUT parameter in this call: polymorphic ones follow the arguments. */
static oid out_type(struct parse *parse, const struct expr *call, oid declared_type)
{
    const struct function *function = call->u.call.function;
    struct arena *arena = parse->statement->arena;
    oid *actual, *declared;

    if (!type_is_polymorphic(declared_type))
        return declared_type;
    actual = arena_array(arena, oid, function->n_args + 1);
    declared = arena_array(arena, oid, function->n_args + 1);
    for (size_t i = 0; i < function->n_args; i++) {
        declared[i] = function->arg_types[i];
        actual[i] = i < call->n_args && call->args[i] ? call->args[i]->type : UNKNOWNOID;
    }
    return coerce_generic(parse, actual, declared, function->n_args, declared_type, false);
}

static struct rte_column *out_columns(struct parse *parse, const struct expr *call, size_t *n)
{
    const struct function *function = call->u.call.function;
    struct arena *arena = parse->statement->arena;
    struct rte_column *columns = arena_array(arena, struct rte_column, function->n_all_args);

    *n = 0;
    for (size_t i = 0; function->arg_modes && i < function->n_all_args; i++) {
        char mode = function->arg_modes[i];
        const char *name = function->arg_names ? raw_optional(function->arg_names[i]) : NULL;

        if (mode != 'o' && mode != 'b' && mode != 't')
            continue;
        columns[*n] = (struct rte_column){
            .name = name ? name : arena_printf(arena, "column%zu", *n + 1),
            .type = out_type(parse, call, function->all_arg_types[i]),
            .typmod = -1,
        };
        ++*n;
    }
    return *n >= (function->kind == 'p' ? 1 : 2) ? columns : NULL;
}

struct rte_column *function_columns(struct parse *parse, struct expr *call, size_t *n)
{
    const struct relation *relation;

    if (call->kind == EXPR_FUNC && call->type == RECORDOID)
        return out_columns(parse, call, n);
    relation = catalog_type_relation(parse->statement->catalog, call->type);
    return relation ? relation_columns(parse, relation, n) : NULL;
}

static struct rte_column *row_columns(struct parse *parse, const struct expr *row, size_t *n)
{
    struct arena *arena = parse->statement->arena;
    struct rte_column *columns = arena_array(arena, struct rte_column, row->n_args);

    *n = row->n_args;
    for (size_t i = 0; i < *n; i++)
        columns[i] = (struct rte_column){
            .name = row->u.row.names ? row->u.row.names[i] : arena_printf(arena, "f%zu", i + 1),
            .type = row->args[i]->type,
            .typmod = row->args[i]->typmod,
            .collation = row->args[i]->collation,
        };
    return columns;
}

/* A record column, followed to the expression that makes it, in the level where that stands. */
static struct rte_column *variable_columns(struct parse *parse, const struct expr *var, size_t *n)
{
    struct parse below = {parse->statement, scope_up(parse->scope, var->u.var.levels_up)};
    const struct rte *rte = range_entry(parse, var);
    const struct query *query = NULL;
    const struct target *targets;
    struct scope inner = {0};
    size_t n_targets;

    if (var->u.var.attno == 0) {
        *n = rte->n_columns;
        return rte->columns;
    }
    switch (rte->kind) {
    case RTE_JOIN:
        return row_type_columns(&below, rte->columns[var->u.var.attno - 1].alias, n);
    case RTE_VALUES:
        return row_type_columns(&below, rte->values[0][var->u.var.attno - 1], n);
    case RTE_SUBQUERY:
        query = rte->subquery;
        inner.parent = below.scope;
        break;
    case RTE_CTE:
        query = rte->cte->query;
        inner.parent = scope_up(below.scope, rte->cte_levels_up);
        break;
    default:
        return NULL;
    }
    if (!query)
        return NULL;
    targets = query_result(query, &n_targets);
    if ((size_t)var->u.var.attno > n_targets)
        return NULL;
    inner.query = (struct query *)query;
    inner.rtable.items = query->rtable;
    inner.rtable.n = query->n_rtable;
    below.scope = &inner;
    return row_type_columns(&below, targets[var->u.var.attno - 1].expr, n);
}

struct rte_column *row_type_columns(struct parse *parse, struct expr *row, size_t *n)
{
    const struct relation *relation;

    if (row->type == RECORDOID) {
        if (row->kind == EXPR_ROW)
            return row_columns(parse, row, n);
        if (row->kind == EXPR_VAR)
            return variable_columns(parse, row, n);
        if (row->kind == EXPR_FUNC)
            return out_columns(parse, row, n);
        return NULL;
    }
    relation = catalog_type_relation(parse->statement->catalog, row->type);
    return relation ? relation_columns(parse, relation, n) : NULL;
}
