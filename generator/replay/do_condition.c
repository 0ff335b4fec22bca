/* Conditions of DO blocks:
 *
 *     [NOT] EXISTS (SELECT … FROM information_schema.columns WHERE table_name = 't' AND …)
 *     (SELECT count(*) FROM pg_class WHERE relname = 't') = 0
 *     to_regclass('t') IS NULL
 *     current_setting('server_version_num')::int >= 150000
 *
 * and AND, OR, NOT of those. WHERE and ON are read as a list of names that are looked for
 * (do_probe.c), whatever of the system's relations they stand in.
 */
#include "replay/do_condition.h"

#include <stdlib.h>
#include <string.h>

#include "replay/do_constant.h"
#include "replay/do_probe.h"

static enum truth eval(struct ddl *ddl, const PgQuery__Node *node);

static enum truth truth_of(bool value)
{
    return value ? TRUTH_TRUE : TRUTH_FALSE;
}

static enum truth negated(enum truth truth)
{
    return truth == TRUTH_UNKNOWN ? truth : truth_of(truth == TRUTH_FALSE);
}

static enum truth eval_bool(struct ddl *ddl, const PgQuery__BoolExpr *expr)
{
    const bool is_and = expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    const enum truth deciding = truth_of(!is_and);
    enum truth result = truth_of(is_and);

    if (expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
        return negated(eval(ddl, expr->args[0]));
    for (size_t i = 0; i < expr->n_args; i++) {
        enum truth arg = eval(ddl, expr->args[i]);
        if (arg == deciding)
            return deciding;
        if (arg == TRUTH_UNKNOWN)
            result = TRUTH_UNKNOWN;
    }
    return result;
}

static enum truth exists(struct ddl *ddl, const PgQuery__Node *query)
{
    struct probe probe = {0};
    const PgQuery__SelectStmt *select;

    if (!NODE_IS(query, SELECT_STMT))
        return TRUTH_UNKNOWN;
    select = query->select_stmt;
    if (select->op != PG_QUERY__SET_OPERATION__SETOP_NONE || select->n_group_clause ||
        select->having_clause || select->with_clause || select->limit_offset)
        return TRUTH_UNKNOWN;
    for (size_t i = 0; i < select->n_from_clause; i++)
        probe_add_from(ddl, &probe, select->from_clause[i]);
    if (select->where_clause)
        probe_add_condition(ddl, &probe, select->where_clause);
    return probe_is_understood(&probe) ? truth_of(probe_finds(ddl, &probe)) : TRUTH_UNKNOWN;
}

/* to_regclass('t'), to_regtype('t') */
static enum truth eval_null_test(struct ddl *ddl, const PgQuery__NullTest *test)
{
    const bool wants_null = test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
    struct probe probe = {0};

    if (!probe_add_lookup(ddl, &probe, test->arg))
        return TRUTH_UNKNOWN;
    return truth_of(probe_finds(ddl, &probe) != wants_null);
}

/* --- Comparisons with a number ------------------------------------------------------------------
 */

static const char *function_name(const PgQuery__Node *node)
{
    return NODE_IS(node, FUNC_CALL) && node->func_call->n_funcname > 0
               ? raw_string(node->func_call->funcname[node->func_call->n_funcname - 1])
               : NULL;
}

static bool is_function(const PgQuery__Node *node, const char *name)
{
    const char *called = function_name(node);

    return called && strcmp(called, name) == 0;
}

/* count(*) of names is that of one thing, or of none. */
static bool count_of(struct ddl *ddl, const PgQuery__SubLink *sublink, long *number)
{
    const PgQuery__SelectStmt *select;
    enum truth found;

    if (sublink->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK ||
        !NODE_IS(sublink->subselect, SELECT_STMT))
        return false;
    select = sublink->subselect->select_stmt;
    if (select->n_target_list != 1 ||
        !is_function(select->target_list[0]->res_target->val, "count"))
        return false;
    found = exists(ddl, sublink->subselect);
    *number = found == TRUTH_TRUE;
    return found != TRUTH_UNKNOWN;
}

static bool number_of(struct ddl *ddl, const PgQuery__Node *node, long *number)
{
    const char *setting;

    if (NODE_IS(node, TYPE_CAST))
        node = node->type_cast->arg;
    if (NODE_IS(node, A_CONST) && node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        *number = node->a_const->ival->ival;
        return true;
    }
    if (NODE_IS(node, SUB_LINK))
        return count_of(ddl, node->sub_link, number);
    if (!is_function(node, "current_setting") || node->func_call->n_args == 0)
        return false;
    setting = probe_string(node->func_call->args[0]);
    *number = release_number(catalog_release(ddl->catalog));
    return setting && strcmp(setting, "server_version_num") == 0;
}

static enum truth eval_comparison(struct ddl *ddl, const PgQuery__AExpr *expr)
{
    const char *op = expr->n_name == 1 ? raw_string(expr->name[0]) : NULL;
    long left, right;

    if (expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || !op || !expr->lexpr ||
        !number_of(ddl, expr->lexpr, &left) || !number_of(ddl, expr->rexpr, &right))
        return TRUTH_UNKNOWN;
    if (strcmp(op, "=") == 0)
        return truth_of(left == right);
    if (strcmp(op, "<>") == 0)
        return truth_of(left != right);
    if (strcmp(op, "<") == 0)
        return truth_of(left < right);
    if (strcmp(op, ">") == 0)
        return truth_of(left > right);
    if (strcmp(op, "<=") == 0)
        return truth_of(left <= right);
    return strcmp(op, ">=") == 0 ? truth_of(left >= right) : TRUTH_UNKNOWN;
}

static enum truth eval(struct ddl *ddl, const PgQuery__Node *node)
{
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
        return node->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL
                   ? truth_of(node->a_const->boolval->boolval)
                   : TRUTH_UNKNOWN;
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return eval_bool(ddl, node->bool_expr);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return eval_null_test(ddl, node->null_test);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return eval_comparison(ddl, node->a_expr);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK
                   ? exists(ddl, node->sub_link->subselect)
                   : TRUTH_UNKNOWN;
    default:
        return TRUTH_UNKNOWN;
    }
}

enum truth do_condition(struct ddl *ddl, const char *text)
{
    const PgQuery__Node *node = do_expression(ddl, text);

    return node ? eval(ddl, node) : TRUTH_UNKNOWN;
}
