/* The bodies of views, for the schema room: their columns, and which of them are never NULL; with
 * the expressions of ddl.c, all that the room asks for.
 */
#include "analyze/ddl.h"
#include "describe/describe.h"
#include "prove/nulls.h"

struct view_hook {
    struct arena *arena;
};

static bool describe(void *context, struct catalog *catalog, const struct sql *sql,
                     const PgQuery__Node *tree, struct diags *diags, struct view_description *out)
{
    const struct view_hook *hook = context;
    struct statement statement = {
        .sql = sql, .location = raw_location(tree), .len = (int)sql->len, .tree = tree};
    struct analysis analysis;
    struct nulls_input input = {.catalog = catalog};
    const struct nullability *nulls;
    const struct target *targets;
    size_t n_nulls;

    if (!analyze_statement(hook->arena, catalog, &statement, diags, &analysis))
        return false;
    input.query = analysis.query;
    nulls = nulls_infer(hook->arena, &input, &n_nulls);
    targets = query_result(analysis.query, &out->n_columns);
    out->columns = arena_array(hook->arena, struct view_column, out->n_columns);
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
    const struct view_hook *hook = context;

    return ddl_evaluate(hook->arena, catalog, sql, expression, diags, value);
}

static const void *translate(void *context, const void *expr, const int16_t *numbers, size_t n)
{
    const struct view_hook *hook = context;

    return ddl_translate(hook->arena, expr, numbers, n);
}

static bool check_rule(void *context, struct catalog *catalog, const struct sql *sql,
                       const PgQuery__RuleStmt *rule, const struct relation *relation,
                       struct diags *diags)
{
    const struct view_hook *hook = context;

    return ddl_check_rule(hook->arena, catalog, sql, rule, relation, diags);
}

static bool check_body(void *context, struct catalog *catalog, const struct ddl_body *body,
                       struct diags *diags)
{
    const struct view_hook *hook = context;

    return ddl_check_body(hook->arena, catalog, body, diags);
}

struct schema_analyzer describe_view_hook(struct arena *arena)
{
    struct view_hook *hook = arena_new(arena, struct view_hook);

    hook->arena = arena;
    return (struct schema_analyzer){
        .context = hook,
        .describe = describe,
        .evaluate = evaluate,
        .translate = translate,
        .check_rule = check_rule,
        .check_body = check_body,
    };
}
