/* Bodies of SQL functions (interpret_AS_clause, fmgr_sql_validator, check_sql_fn_retval): every
 * statement is analysed with the function's parameters, before any of them is run; then the last
 * one must give what the function is declared to return.
 */
#include <string.h>

#include "analyze/analyze.h"
#include "analyze/expression.h"

/* --- Statements ------------------------------------------------------------------------------- */

/* RETURN x is SELECT x. */
static const PgQuery__Node *select_of_return(struct arena *arena, const PgQuery__Node *node)
{
    PgQuery__SelectStmt *select = arena_new(arena, PgQuery__SelectStmt);
    PgQuery__ResTarget *target = arena_new(arena, PgQuery__ResTarget);
    PgQuery__Node *item = arena_new(arena, PgQuery__Node);
    PgQuery__Node *result = arena_new(arena, PgQuery__Node);

    if (node->node_case != PG_QUERY__NODE__NODE_RETURN_STMT)
        return node;
    *select = (PgQuery__SelectStmt)PG_QUERY__SELECT_STMT__INIT;
    *target = (PgQuery__ResTarget)PG_QUERY__RES_TARGET__INIT;
    *item = (PgQuery__Node)PG_QUERY__NODE__INIT;
    *result = (PgQuery__Node)PG_QUERY__NODE__INIT;
    target->val = node->return_stmt->returnval;
    target->location = raw_location(target->val);
    item->node_case = PG_QUERY__NODE__NODE_RES_TARGET;
    item->res_target = target;
    select->target_list = arena_array(arena, PgQuery__Node *, 1);
    select->target_list[0] = item;
    select->n_target_list = 1;
    select->op = PG_QUERY__SET_OPERATION__SETOP_NONE;
    select->limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
    result->node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
    result->select_stmt = select;
    return result;
}

/* Other utility statements are left alone until they are run. */
static bool is_analysed(const PgQuery__Node *node)
{
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return true;
    default:
        return false;
    }
}

/* --- The result ------------------------------------------------------------------------------- */

static _Noreturn void mismatch(struct parse *parse, const struct function *function,
                               const char *hint)
{
    parse_error_hint(parse, "42P13", -1, hint,
                     "return type mismatch in function declared to return %s",
                     type_text(parse, function->return_type));
}

static bool fits(struct parse *parse, struct expr *expr, oid type, int32_t typmod)
{
    return coerce_to_target(parse, expr, expr->type, type, typmod, COERCE_ASSIGNMENT, FORM_IMPLICIT,
                            -1) != NULL;
}

struct result_columns {
    struct {
        oid type;
        int32_t typmod;
    } * items;
    size_t n;
    bool is_known;
};

static void add_column(struct result_columns *columns, oid type, int32_t typmod)
{
    columns->items[columns->n].type = type;
    columns->items[columns->n++].typmod = typmod;
}

/* The columns of a row: those of the composite type, or the OUT parameters. */
static struct result_columns columns_of(struct parse *parse, const struct function *function)
{
    const struct catalog *catalog = parse->statement->catalog;
    const struct type *type = catalog_get_type(catalog, function->return_type);
    const struct relation *relation =
        type->typtype == 'c' ? catalog_get_relation(catalog, type->relid) : NULL;
    size_t n = relation ? relation->attributes.n : function->n_all_args;
    struct result_columns columns = {.is_known = relation != NULL};

    columns.items = arena_alloc(parse->statement->arena, (n + 1) * sizeof *columns.items);
    for (size_t i = 0; i < n; i++) {
        if (relation && !relation->attributes.items[i].is_dropped)
            add_column(&columns, relation->attributes.items[i].type,
                       relation->attributes.items[i].typmod);
        if (!relation && strchr("obt", function->arg_modes[i]))
            add_column(&columns, function->all_arg_types[i], -1);
    }
    columns.is_known |= columns.n > 0;
    return columns;
}

static void check_row(struct parse *parse, const struct function *function,
                      const struct target *targets, size_t n)
{
    struct result_columns columns;

    if (n == 1 && function->kind != 'p' && fits(parse, targets[0].expr, function->return_type, -1))
        return;
    columns = columns_of(parse, function);
    if (!columns.is_known)
        return;
    for (size_t i = 0; i < n; i++) {
        if (i >= columns.n)
            mismatch(parse, function, "the final statement returns too many columns");
        if (!fits(parse, targets[i].expr, columns.items[i].type, columns.items[i].typmod))
            mismatch(parse, function,
                     arena_printf(parse->statement->arena,
                                  "the final statement returns %s instead of %s at column %zu",
                                  type_text(parse, targets[i].expr->type),
                                  type_text(parse, columns.items[i].type), i + 1));
    }
    if (n < columns.n)
        mismatch(parse, function, "the final statement returns too few columns");
}

static void check_scalar(struct parse *parse, const struct function *function,
                         const struct target *targets, size_t n)
{
    if (n != 1)
        mismatch(parse, function, "the final statement must return exactly one column");
    if (!fits(parse, targets[0].expr, function->return_type, -1))
        mismatch(parse, function,
                 arena_printf(parse->statement->arena, "the actual return type is %s",
                              type_text(parse, targets[0].expr->type)));
}

/* Rules may put other statements in the place of this one. */
static bool has_rules(const struct query *query)
{
    return query && query->kind != QUERY_SELECT && query->result_rte >= 0 &&
           query->rtable[query->result_rte]->relation &&
           query->rtable[query->result_rte]->relation->rules.n > 0;
}

static void check_result(struct parse *parse, const struct function *function,
                         const struct query *query)
{
    const struct type *type = catalog_get_type(parse->statement->catalog, function->return_type);
    const struct target *targets;
    size_t n;

    if (type->oid == VOIDOID || has_rules(query))
        return;
    if (!query || (query->kind != QUERY_SELECT && !query->has_returning))
        mismatch(parse, function,
                 "the final statement must be SELECT or INSERT, UPDATE, DELETE with RETURNING");
    targets = query_result(query, &n);
    if (type->typtype == 'c' || type->oid == RECORDOID)
        check_row(parse, function, targets, n);
    else if (type->typtype != 'p')
        check_scalar(parse, function, targets, n);
}

/* --- All of it -------------------------------------------------------------------------------- */

static struct statement_state *open_state(struct arena *arena, const struct catalog *catalog,
                                          const struct ddl_body *body, struct diags *diags)
{
    struct statement_state *state = arena_new(arena, struct statement_state);
    const struct function *function = body->function;

    state->arena = arena;
    state->catalog = catalog;
    state->sql = body->sql;
    state->start = body->start;
    state->diags = diags;
    state->body_of = function;
    for (size_t i = 0; i < function->n_args; i++)
        vec_push(arena, &state->params,
                 (struct param_info){
                     .number = (int)i + 1, .type = function->arg_types[i], .location = -1});
    return state;
}

/* BEGIN ATOMIC takes no utility statements; of those with a result, only a CALL is asked. */
static bool check_kind(struct statement_state *state, const struct ddl_body *body,
                       const PgQuery__Node *tree, const struct query *query)
{
    bool is_utility = !query || query->kind == QUERY_UTILITY;
    struct parse top = {state, NULL};

    if (setjmp(state->on_error))
        return false;
    if (is_utility && body->is_atomic)
        parse_error(&top, "0A000", -1,
                    "this statement is not yet supported in an unquoted SQL function body");
    if (query && tree->node_case == PG_QUERY__NODE__NODE_CALL_STMT && query->n_targets > 0)
        parse_error(&top, "0A000", -1,
                    "calling procedures with output arguments is not supported in SQL functions");
    return true;
}

static bool check_last(struct statement_state *state, const struct function *function,
                       const struct query *query)
{
    struct parse top = {state, NULL};

    if (setjmp(state->on_error))
        return false;
    check_result(&top, function, query);
    return true;
}

bool analyze_body(struct arena *arena, const struct catalog *catalog, struct ddl_body *body,
                  struct diags *diags)
{
    struct statement_state *state = open_state(arena, catalog, body, diags);
    struct routine_body *analysed = arena_new(arena, struct routine_body);
    struct query *query = NULL;

    analysed->statements = arena_array(arena, struct routine_statement, body->statements.n);
    analysed->is_atomic = body->is_atomic;
    body->analysed = analysed;
    for (size_t i = 0; i < body->statements.n; i++) {
        struct statement statement = body->statements.items[i];
        const bool is_return = statement.tree->node_case == PG_QUERY__NODE__NODE_RETURN_STMT;

        state = open_state(arena, catalog, body, diags);
        state->start = statement.location;
        statement.tree = select_of_return(arena, statement.tree);
        query = NULL;
        if (is_analysed(statement.tree) && !analyze_in_state(state, &statement, &query))
            return false;
        if (!check_kind(state, body, statement.tree, query))
            return false;
        if (query)
            query->is_return = is_return;
        analysed->statements[analysed->n_statements++] =
            (struct routine_statement){statement.tree, query};
        if (query && query->kind == QUERY_UTILITY)
            query = NULL;
    }
    return body->any_result || check_last(state, body->function, query);
}
