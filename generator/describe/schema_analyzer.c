/* What the schema room asks of the analysis: the bodies of views, with their columns and which of
 * them are never NULL; and the expressions, rules and function bodies of DDL (analyze/ddl.h). The
 * context of each answer is the arena.
 */
#include "analyze/ddl.h"
#include "describe/describe.h"
#include "prove/nulls.h"

static bool describe(void *context, struct catalog *catalog, const struct sql *sql,
                     const PgQuery__Node *tree, struct diags *diags, struct view_description *out)
{
    struct arena *arena = context;
    struct statement statement = {
        .sql = sql, .location = raw_location(tree), .len = (int)sql->len, .tree = tree};
    struct analysis analysis;
    struct nulls_input input = {.catalog = catalog};
    const struct nullability *nulls;
    const struct target *targets;
    size_t n_nulls;

    if (!analyze_statement(arena, catalog, &statement, diags, &analysis))
        return false;
    input.query = analysis.query;
    nulls = nulls_infer(arena, &input, &n_nulls);
    targets = query_result(analysis.query, &out->n_columns);
    out->columns = arena_array(arena, struct view_column, out->n_columns);
    for (size_t i = 0; i < out->n_columns; i++)
        out->columns[i] = (struct view_column){
            .name = targets[i].name,
            .type = targets[i].expr->type,
            .typmod = targets[i].expr->typmod,
            .collation = targets[i].expr->collation,
            .not_null = i < n_nulls && !nulls[i].nullable,
        };
    out->query = analysis.query;
    return true;
}

static bool evaluate(void *context, struct catalog *catalog, const struct sql *sql,
                     const struct ddl_expression *expression, struct diags *diags,
                     struct ddl_value *value)
{
    return ddl_evaluate(context, catalog, sql, expression, diags, value);
}

static const void *translate(void *context, const void *expr, const int16_t *numbers, size_t n)
{
    return ddl_translate(context, expr, numbers, n);
}

static bool check_rule(void *context, struct catalog *catalog, const struct sql *sql,
                       const PgQuery__RuleStmt *rule, const struct relation *relation,
                       struct diags *diags)
{
    return ddl_check_rule(context, catalog, sql, rule, relation, diags);
}

static bool check_body(void *context, struct catalog *catalog, struct ddl_body *body,
                       struct diags *diags)
{
    return ddl_check_body(context, catalog, body, diags);
}

struct schema_analyzer describe_schema_analyzer(struct arena *arena)
{
    return (struct schema_analyzer){
        .context = arena,
        .describe = describe,
        .evaluate = evaluate,
        .translate = translate,
        .check_rule = check_rule,
        .check_body = check_body,
    };
}
