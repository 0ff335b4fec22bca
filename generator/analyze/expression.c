/* Expressions in DDL, for the schema room: DEFAULT, CHECK, indexes, policies, …. One row per place
 * says what may stand there; then the tables that are in view, the expression, its type, and what
 * the server checks of its variables and functions (cookDefault, cookConstraint, ComputeIndexAttrs,
 * CreateTriggerFiringOn, …).
 */
#include "analyze/expression.h"

#include "analyze/analyze.h"
#include "analyze/retype.h"
#include "resolve/collate.h"

struct place_rule {
    enum expr_place place;
    const char *boolean;   /* it must be boolean: "argument of CHECK …" */
    const char *immutable; /* what a mutable function is told */
};

static const struct place_rule rules[] = {
    [DDL_DEFAULT] = {PLACE_COLUMN_DEFAULT, NULL, NULL},
    [DDL_GENERATED] = {PLACE_GENERATED, NULL, "generation expression is not immutable"},
    [DDL_CHECK] = {PLACE_CHECK, "CHECK", NULL},
    [DDL_DOMAIN_CHECK] = {PLACE_CHECK, "CHECK", NULL},
    [DDL_INDEX] = {PLACE_INDEX, NULL, NULL},
    [DDL_INDEX_PREDICATE] = {PLACE_INDEX_PREDICATE, "WHERE", NULL},
    [DDL_EXCLUSION] = {PLACE_INDEX, NULL, NULL},
    [DDL_PARTITION_KEY] = {PLACE_PARTITION_KEY, NULL,
                           "functions in partition key expression must be marked IMMUTABLE"},
    [DDL_PARTITION_BOUND] = {PLACE_PARTITION_BOUND, NULL, NULL},
    [DDL_STATISTICS] = {PLACE_STATISTICS, NULL, NULL},
    [DDL_USING] = {PLACE_USING, NULL, NULL},
    [DDL_POLICY] = {PLACE_POLICY, "POLICY", NULL},
    [DDL_TRIGGER_WHEN] = {PLACE_TRIGGER_WHEN, "WHEN", NULL},
    [DDL_FUNCTION_DEFAULT] = {PLACE_FUNCTION_DEFAULT, NULL, NULL},
};

/* --- What is in view -------------------------------------------------------------------------- */

/* VALUE, as the only column of a table without a name. */
static const struct relation *value_relation(struct parse *parse,
                                             const struct ddl_expression *expression)
{
    struct arena *arena = parse->statement->arena;
    struct relation *relation = arena_new(arena, struct relation);

    *relation = (struct relation){.name = "", .relkind = 'c'};
    vec_push(arena, &relation->attributes,
             (struct attribute){.name = "value",
                                .number = 1,
                                .type = expression->type,
                                .typmod = expression->typmod,
                                .collation = expression->collation});
    return relation;
}

static void add_table(struct parse *parse, const struct relation *relation, const char *name)
{
    struct name_item *item = range_add_relation(parse, relation, name, NULL, -1);

    scope_add_names(parse, item, true, true);
}

static void open_tables(struct parse *parse, const struct ddl_expression *expression)
{
    switch (expression->place) {
    case DDL_DOMAIN_CHECK:
        add_table(parse, value_relation(parse, expression), "");
        break;
    case DDL_TRIGGER_WHEN:
        add_table(parse, expression->relation, "old");
        add_table(parse, expression->relation, "new");
        break;
    default:
        if (expression->relation)
            add_table(parse, expression->relation, expression->relation->name);
        break;
    }
}

/* --- Types ------------------------------------------------------------------------------------ */

static struct expr *assigned(struct parse *parse, const struct ddl_expression *expression,
                             struct expr *expr)
{
    return coerce_to_target(parse, expr, expr->type, expression->type, expression->typmod,
                            COERCE_ASSIGNMENT, FORM_ASSIGNMENT, -1);
}

static struct expr *typed(struct parse *parse, const struct ddl_expression *expression,
                          const struct place_rule *rule, struct expr *expr)
{
    const char *rewrite = "you will need to rewrite or cast the expression";
    struct expr *result = expr;

    if (rule->boolean)
        return coerce_to_boolean(parse, expr, rule->boolean);
    if (!expression->type)
        return expr;
    if (expression->place == DDL_FUNCTION_DEFAULT)
        return coerce_to_specific(parse, expr, expression->type, "DEFAULT");
    result = assigned(parse, expression, expr);
    if (!result && expression->place == DDL_USING)
        parse_error_hint(parse, "42804", expr_location(expr),
                         "you might need to add an explicit cast",
                         "result of USING clause for column \"%s\" cannot be cast automatically to "
                         "type %s",
                         expression->column, type_text(parse, expression->type));
    if (!result && expression->place == DDL_PARTITION_BOUND)
        parse_error(parse, "42804", expr_location(expr),
                    "specified value cannot be cast to type %s for column \"%s\"",
                    type_text(parse, expression->type), expression->column);
    if (!result)
        parse_error_hint(parse, "42804", expr_location(expr), rewrite,
                         "column \"%s\" is of type %s but default expression is of type %s",
                         expression->column, type_text(parse, expression->type),
                         type_text(parse, expr->type));
    return result;
}

/* --- Variables -------------------------------------------------------------------------------- */

struct variables {
    struct parse *parse;
    const struct ddl_expression *expression;
    struct ddl_value *value;
    size_t cap;
};

static bool is_generated(const struct relation *relation, int attno)
{
    if (attno > 0)
        return relation->attributes.items[attno - 1].generated;
    for (size_t i = 0; attno == 0 && i < relation->attributes.n; i++)
        if (relation->attributes.items[i].generated && !relation->attributes.items[i].is_dropped)
            return true;
    return false;
}

static void check_generation(struct variables *variables, const struct expr *var)
{
    const struct relation *relation = variables->expression->relation;

    if (var->u.var.attno == 0)
        parse_error(variables->parse, "42P17", var->location,
                    "cannot use whole-row variable in column generation expression");
    if (is_generated(relation, var->u.var.attno))
        parse_error(variables->parse, "42P17", var->location,
                    "cannot use generated column \"%s\" in column generation expression",
                    relation->attributes.items[var->u.var.attno - 1].name);
}

static void check_trigger(struct variables *variables, const struct expr *var)
{
    const struct ddl_expression *expression = variables->expression;
    struct parse *parse = variables->parse;
    unsigned type = expression->trigger_type;
    bool is_old = var->u.var.rte == 0;

    if (!(type & TRIGGER_ROW))
        parse_error(parse, "42P17", var->location,
                    "statement trigger's WHEN condition cannot reference column values");
    if (is_old && (type & TRIGGER_INSERT))
        parse_error(parse, "42P17", var->location,
                    "INSERT trigger's WHEN condition cannot reference OLD values");
    if (is_old)
        return;
    if (type & TRIGGER_DELETE)
        parse_error(parse, "42P17", var->location,
                    "DELETE trigger's WHEN condition cannot reference NEW values");
    if (!(type & TRIGGER_BEFORE))
        return;
    if (var->u.var.attno < 0)
        parse_error(parse, "0A000", var->location,
                    "BEFORE trigger's WHEN condition cannot reference NEW system columns");
    if (is_generated(expression->relation, var->u.var.attno))
        parse_error(parse, "42P17", var->location,
                    "BEFORE trigger's WHEN condition cannot reference NEW generated columns");
}

static void check_variable(struct variables *variables, const struct expr *var)
{
    switch (variables->expression->place) {
    case DDL_GENERATED:
        check_generation(variables, var);
        break;
    case DDL_TRIGGER_WHEN:
        check_trigger(variables, var);
        break;
    case DDL_INDEX:
    case DDL_INDEX_PREDICATE:
        variables->value->has_system_column |= var->u.var.attno < 0;
        break;
    case DDL_STATISTICS:
        if (var->u.var.attno < 0)
            parse_error(variables->parse, "0A000", var->location,
                        "statistics creation on system columns is not supported");
        break;
    case DDL_PARTITION_KEY:
        if (var->u.var.attno < 0)
            parse_error(variables->parse, "42P17", var->location,
                        "partition key expressions cannot contain system column references");
        if (is_generated(variables->expression->relation, var->u.var.attno))
            parse_error(variables->parse, "42P17", var->location,
                        "cannot use generated column in partition key");
        break;
    default:
        break;
    }
}

static void add_column(struct variables *variables, int attno)
{
    struct ddl_value *value = variables->value;

    for (size_t i = 0; i < value->n_columns; i++)
        if (value->columns[i] == attno)
            return;
    if (value->n_columns == variables->cap)
        value->columns = vec_grow(variables->parse->statement->arena, value->columns,
                                  &variables->cap, sizeof *value->columns);
    value->columns[value->n_columns++] = (int16_t)attno;
}

static bool visit_variable(struct walk *walk, struct expr *expr)
{
    struct variables *variables = walk->context;

    if (expr->kind == EXPR_VAR && expr->u.var.levels_up == walk->depth) {
        check_variable(variables, expr);
        add_column(variables, expr->u.var.attno);
    }
    return walk_parts(walk, expr);
}

/* --- All of it -------------------------------------------------------------------------------- */

static bool is_of_index(const struct ddl_expression *expression)
{
    return expression->place == DDL_INDEX || expression->place == DDL_INDEX_PREDICATE;
}

static void evaluate_in(struct parse *parse, const struct ddl_expression *expression,
                        struct ddl_value *value)
{
    const struct place_rule *rule = &rules[expression->place];
    struct variables variables = {.parse = parse, .expression = expression, .value = value};
    struct walk walk = {
        .visit = visit_variable, .context = &variables, .into_queries = true, .depth = 0};
    struct expr *expr;

    open_tables(parse, expression);
    expr = expression->kept ? retype_expr(parse, expression->relation, expression->kept)
                            : transform_expr(parse, expression->node, rule->place);
    value->type = expr->type == UNKNOWNOID && expression->type ? expression->type : expr->type;
    walk_expr(&walk, expr);
    /* The conversion to a column's type may be mutable (cookDefault). */
    if (rule->immutable && expr_is_mutable(parse, expr))
        parse_error(parse, "42P17", expr_location(expr), "%s", rule->immutable);
    if (is_of_index(expression)) {
        value->is_mutable = expr_is_mutable(parse, expr);
        value->location = expression->kept ? expression->location : expr_location(expr);
    }
    expr = typed(parse, expression, rule, expr);
    collate_exprs(parse, &expr, 1);
    if (expression->place == DDL_PARTITION_KEY && expr->kind == EXPR_CONST)
        parse_error(parse, "42P17", expr->location,
                    "cannot use constant expression as partition key");
    value->expr = expr;
    value->is_constant = expr->kind == EXPR_CONST;
    if (expr->kind == EXPR_VAR && expr->u.var.attno > 0)
        value->column = (int16_t)expr->u.var.attno;
}

bool analyze_expression(struct arena *arena, const struct catalog *catalog, const struct sql *sql,
                        const struct ddl_expression *expression, struct diags *diags,
                        struct ddl_value *value)
{
    struct statement_state *state = arena_new(arena, struct statement_state);
    struct parse top = {state, NULL}, parse;

    state->arena = arena;
    state->catalog = catalog;
    state->sql = sql;
    state->diags = diags;
    state->start = expression->kept ? expression->location : raw_location(expression->node);
    state->no_params = true;
    *value = (struct ddl_value){0};
    if (setjmp(state->on_error))
        return false;
    parse = scope_open(&top);
    evaluate_in(&parse, expression, value);
    return true;
}
