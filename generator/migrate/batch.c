/* An UPDATE in batches is repeated until its WHERE finds nothing: so what it sets must make the
 * WHERE false, and it must leave the key alone along which the batches walk.
 */
#include <string.h>

#include "migrate/outside.h"
#include "sql/raw.h"

struct batch {
    const PgQuery__RangeVar *table;
    const PgQuery__Node *where;
    struct node_list targets;
    bool is_delete;
};

static const PgQuery__Node *set_value(const struct batch *batch, const char *column)
{
    for (size_t i = 0; i < batch->targets.n; i++)
        if (name_eq(batch->targets.items[i]->res_target->name, column))
            return batch->targets.items[i]->res_target->val;
    return NULL;
}

/* --- The key ---------------------------------------------------------------------------------- */

static bool is_walkable(const struct batch *batch, const struct relation *table,
                        const struct index *index)
{
    if (!index->is_unique || index->is_partial || index->has_expressions)
        return false;
    for (size_t i = 0; i < index->n_columns; i++) {
        const struct attribute *column = &table->attributes.items[index->columns[i] - 1];
        if (!column->not_null || set_value(batch, column->name))
            return false;
    }
    return true;
}

static void check_key(const struct batch *batch, const struct catalog *catalog, span at,
                      struct diags *diags)
{
    const char *schema = raw_optional(batch->table->schemaname);
    const struct relation *table =
        catalog_find_relation(catalog, schema ? schema : "public", batch->table->relname);

    for (size_t i = 0; table && i < table->indexes.n; i++)
        if (is_walkable(batch, table, table->indexes.items[i]))
            return;
    if (table)
        diag_hint(diags,
                  diag_error(diags, "PL719", at, "\"%s\" has no key along which batches could walk",
                             table->name),
                  "a primary key, or a unique index over NOT NULL columns, none of which the "
                  "statement sets");
    else
        diag_hint(
            diags,
            diag_error(diags, "PL719", at, "table \"%s\" is not there", batch->table->relname),
            "name it with its schema");
}

/* --- The end ---------------------------------------------------------------------------------- */

/* The last name of a column reference; NULL for any other expression. */
static const char *column_of(const PgQuery__Node *node)
{
    return NODE_IS(node, COLUMN_REF) ? raw_last_name(NODES(node->column_ref, fields)) : NULL;
}

static bool has_not_null(const PgQuery__Node *where, const char *column)
{
    if (NODE_IS(where, BOOL_EXPR) &&
        where->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < where->bool_expr->n_args; i++)
            if (has_not_null(where->bool_expr->args[i], column))
                return true;
        return false;
    }
    return NODE_IS(where, NULL_TEST) &&
           where->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL &&
           name_eq(column_of(where->null_test->arg), column);
}

static const PgQuery__AConst *constant(const PgQuery__Node *node)
{
    if (NODE_IS(node, TYPE_CAST))
        node = node->type_cast->arg;
    return NODE_IS(node, A_CONST) ? node->a_const : NULL;
}

/* Whether the value is never NULL in the rows that the WHERE finds. */
static bool is_not_null(const struct batch *batch, const PgQuery__Node *value)
{
    const PgQuery__AConst *literal = constant(value);

    if (literal)
        return !literal->isnull;
    if (NODE_IS(value, COALESCE_EXPR))
        return is_not_null(batch, value->coalesce_expr->args[value->coalesce_expr->n_args - 1]);
    return column_of(value) && has_not_null(batch->where, column_of(value));
}

/* column IS DISTINCT FROM value, where column is set to that value. */
static bool ends_distinct(const struct batch *batch, const PgQuery__AExpr *expr)
{
    const PgQuery__Node *value =
        column_of(expr->lexpr) ? set_value(batch, column_of(expr->lexpr)) : NULL;

    return value && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT &&
           raw_equal(&value->base, &expr->rexpr->base);
}

/* column = 'a' or column <> 'b', where column is set to 'b'. */
static bool ends_comparison(const struct batch *batch, const PgQuery__AExpr *expr)
{
    const char *name = expr->n_name == 1 ? raw_string(expr->name[0]) : NULL;
    const PgQuery__Node *value =
        column_of(expr->lexpr) ? set_value(batch, column_of(expr->lexpr)) : NULL;
    bool is_same;

    if (!value || expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || !constant(value) ||
        constant(value)->isnull || !constant(expr->rexpr))
        return false;
    is_same = raw_equal(&constant(value)->base, &constant(expr->rexpr)->base);
    return (name_eq(name, "=") && !is_same) || (name_eq(name, "<>") && is_same);
}

/* Whether the condition is false for a row whose columns were set. */
static bool ends(const struct batch *batch, const PgQuery__Node *where)
{
    if (NODE_IS(where, BOOL_EXPR) &&
        where->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < where->bool_expr->n_args; i++)
            if (ends(batch, where->bool_expr->args[i]))
                return true;
        return false;
    }
    if (NODE_IS(where, NULL_TEST)) {
        const char *column = column_of(where->null_test->arg);
        const PgQuery__Node *value = column ? set_value(batch, column) : NULL;
        return value && where->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL &&
               is_not_null(batch, value);
    }
    return NODE_IS(where, A_EXPR) &&
           (ends_distinct(batch, where->a_expr) || ends_comparison(batch, where->a_expr));
}

static struct batch batch_of(const PgQuery__Node *tree)
{
    if (NODE_IS(tree, UPDATE_STMT))
        return (struct batch){tree->update_stmt->relation, tree->update_stmt->where_clause,
                              NODES(tree->update_stmt, target_list), false};
    return (struct batch){
        tree->delete_stmt->relation, tree->delete_stmt->where_clause, {NULL, 0}, true};
}

static bool is_size(const char *value)
{
    size_t n = strspn(value, "0123456789");

    return n > 0 && n < 8 && !value[n] && value[0] != '0';
}

void batch_check(const struct statement *statement, const struct batch_mark *mark,
                 const struct catalog *catalog, struct diags *diags)
{
    const struct batch batch = batch_of(statement->tree);
    const span at = sql_span(statement->sql, statement->location);
    const char *column = batch.targets.n ? batch.targets.items[0]->res_target->name : NULL;

    if (!is_size(mark->size))
        diag_hint(diags, diag_error(diags, "PL719", mark->at, "a batch is a number of rows"),
                  "write \"-- tenon: batch 5000\"");
    check_key(&batch, catalog, at, diags);
    if (!batch.is_delete && !ends(&batch, batch.where))
        diag_hint(
            diags,
            diag_error(diags, "PL719", at,
                       "it cannot be told that a row is not found again once it is done"),
            "write in WHERE what is false afterwards: %s IS DISTINCT FROM the value that it is "
            "set to",
            column ? column : "column");
}
