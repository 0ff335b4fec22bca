/* Parameters: $n is of unknown type until something asks for a type (parse_param.c, variable
 * parameters). On the way the columns that a parameter meets are remembered, for its name and
 * whether it may be NULL.
 */
#include "resolve/params.h"

#include "resolve/coerce.h"
#include "resolve/scope.h"

enum {
    MAX_BOUND = 65535,     /* the protocol's last number */
    MAX_PARAM = 536870911, /* the server's */
};

/* Parameters have a slot each: by number as far as they can be bound, which are all that occur in
 * good statements, then by occurrence. */
static int slot_of(struct parse *parse, int number)
{
    struct statement_state *statement = parse->statement;
    int last = number < MAX_BOUND ? number : MAX_BOUND;

    for (int n = (int)statement->params.n + 1; n <= last; n++)
        vec_push(statement->arena, &statement->params,
                 (struct param_info){.number = n, .location = -1});
    if (number <= MAX_BOUND)
        return number;
    for (size_t i = MAX_BOUND; i < statement->params.n; i++)
        if (statement->params.items[i].number == number)
            return (int)i + 1;
    vec_push(statement->arena, &statement->params,
             (struct param_info){.number = number, .location = -1});
    return (int)statement->params.n;
}

struct expr *param_of_number(struct parse *parse, int number, int location)
{
    struct statement_state *statement = parse->statement;
    int slot = slot_of(parse, number);
    struct param_info *info = &statement->params.items[slot - 1];
    const struct type *type = catalog_get_type(statement->catalog, info->type);
    struct expr *expr;

    if (info->location < 0)
        info->location = location;
    expr = expr_make(parse->statement->arena, EXPR_PARAM, info->type ? info->type : UNKNOWNOID,
                     location);
    expr->u.param = slot;
    if (statement->body_of && type)
        expr->collation = type->collation;
    return expr;
}

struct expr *param_of_node(struct parse *parse, const PgQuery__ParamRef *param)
{
    const struct statement_state *statement = parse->statement;
    int last = statement->body_of ? (int)statement->body_of->n_args : MAX_PARAM;

    if (statement->no_params || param->number < 1 || param->number > last)
        parse_error(parse, "42P02", param->location, "there is no parameter $%d", param->number);
    return param_of_number(parse, param->number, param->location);
}

/* --- Which columns a parameter meets ---------------------------------------------------------- */

static bool column_of(const struct parse *parse, const struct expr *var, struct origin *origin)
{
    const struct rte *rte = range_entry(parse, var);
    const struct rte_column *column;
    const struct query *query = NULL;
    struct target *targets;
    size_t n;

    if (var->u.var.attno <= 0)
        return false;
    switch (rte->kind) {
    case RTE_RELATION:
        *origin = (struct origin){rte->relation, var->u.var.attno};
        return true;
    case RTE_SUBQUERY:
        query = rte->subquery;
        break;
    case RTE_CTE:
        query = rte->cte->query;
        break;
    case RTE_JOIN:
        column = &rte->columns[var->u.var.attno - 1];
        if (column->alias && column->alias->kind == EXPR_COALESCE &&
            column->alias->args[0]->kind == EXPR_VAR)
            return column_of(parse, column->alias->args[0], origin);
        return false;
    default:
        return false;
    }
    if (!query)
        return false;
    targets = query_result(query, &n);
    return (size_t)var->u.var.attno <= n &&
           query_origin(query, targets[var->u.var.attno - 1].expr, origin);
}

static void note_comparison(struct parse *parse, struct expr *value, struct expr *column)
{
    struct param_info *param;
    struct origin origin;

    value = expr_strip_casts(value);
    column = expr_strip_casts(column);
    if (value->kind != EXPR_PARAM || column->kind != EXPR_VAR || !column_of(parse, column, &origin))
        return;
    param = &parse->statement->params.items[value->u.param - 1];
    if (param->compared_relation)
        return;
    param->compared_relation = origin.relation;
    param->compared_attno = origin.attno;
}

void param_note_comparison(struct parse *parse, struct expr *left, struct expr *right)
{
    if (!left || !right)
        return;
    note_comparison(parse, left, right);
    note_comparison(parse, right, left);
}

static void note_weak_name(struct parse *parse, struct expr *value, const char *name)
{
    struct param_info *param;

    value = value ? expr_strip_casts(value) : NULL;
    if (!value || value->kind != EXPR_PARAM || !name || !*name)
        return;
    param = &parse->statement->params.items[value->u.param - 1];
    if (!param->weak_name)
        param->weak_name = name;
}

static const char *origin_name(struct parse *parse, struct expr *column)
{
    struct origin origin;

    column = expr_strip_casts(column);
    return column->kind == EXPR_VAR && column_of(parse, column, &origin)
               ? origin.relation->attributes.items[origin.attno - 1].name
               : NULL;
}

void param_note_operand(struct parse *parse, struct expr *left, struct expr *right)
{
    note_weak_name(parse, left, origin_name(parse, right));
    note_weak_name(parse, right, origin_name(parse, left));
}

/* A call passes the inputs only, but for that of a procedure. */
void param_note_arguments(struct parse *parse, const struct function *function,
                          struct expr *const *args, size_t n)
{
    const size_t n_names = function->n_all_args ? function->n_all_args : function->n_args;
    size_t arg = 0;

    for (size_t i = 0; function->arg_names && i < n_names && arg < n; i++) {
        const char mode = function->arg_modes ? function->arg_modes[i] : 'i';

        if (function->kind == 'p' || (mode != 'o' && mode != 't'))
            note_weak_name(parse, args[arg++], function->arg_names[i]);
    }
}

static bool domain_refuses_null(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, id);

    for (; type && type->typtype == 'd'; type = catalog_get_type(catalog, type->base_type))
        if (type->not_null)
            return true;
    return false;
}

/* Whether a NULL that is stored there is refused by a constraint of the column, also of the table's
 * below a view. */
static bool column_refuses_null(const struct catalog *catalog, struct origin column)
{
    const struct attribute *attribute;

    while (column_behind_view(&column))
        ;
    attribute = &column.relation->attributes.items[column.attno - 1];
    return attribute->not_null || relation_find_null_check(column.relation, column.attno) ||
           domain_refuses_null(catalog, attribute->type);
}

void param_note_assignment(struct parse *parse, struct expr *value, int attno)
{
    const struct relation *relation;
    struct param_info *param;

    value = expr_strip_casts(value);
    if (value->kind != EXPR_PARAM)
        return;
    relation = parse->scope->rtable.items[parse->scope->target->rte]->relation;
    param = &parse->statement->params.items[value->u.param - 1];
    if (!param->assigned_relation) {
        param->assigned_relation = relation;
        param->assigned_attno = attno;
    }
    if (column_refuses_null(parse->statement->catalog, (struct origin){relation, attno}))
        param->assigned_to_not_null = true;
    else
        param->assigned_to_nullable = true;
}

void param_note_role(struct parse *parse, struct expr *value, const char *role)
{
    value = expr_strip_casts(value);
    if (value->kind == EXPR_PARAM)
        parse->statement->params.items[value->u.param - 1].role = role;
}

/* --- The end of the analysis ------------------------------------------------------------------ */

static bool visit_param(struct walk *walk, struct expr *expr)
{
    struct parse *parse = walk->context;
    oid type;

    if (expr->kind != EXPR_PARAM)
        return walk_parts(walk, expr);
    type = parse->statement->params.items[expr->u.param - 1].type;
    if (type && expr->type != type)
        parse_error(parse, "42P08", expr->location,
                    "could not determine data type of parameter $%d",
                    parse->statement->params.items[expr->u.param - 1].number);
    return false;
}

void check_params(struct parse *parse, struct query *query)
{
    struct walk walk = {.visit = visit_param, .context = parse, .into_queries = true};
    const struct statement_state *statement = parse->statement;

    walk_query(&walk, query);
    for (size_t i = 0; i < statement->params.n; i++) {
        const struct param_info *param = &statement->params.items[i];

        if (!param->type || param->type == UNKNOWNOID)
            parse_error_hint(
                parse, "42P18", param->location,
                arena_printf(statement->arena, "write its type, as in $%d::text", param->number),
                "could not determine data type of parameter $%d", param->number);
    }
    if (statement->params.n > MAX_BOUND)
        parse_error(parse, "54023", statement->params.items[MAX_BOUND].location,
                    "a statement cannot have more than %d parameters", MAX_BOUND);
}
