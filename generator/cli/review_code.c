/* What a change means for the C code: the queries of both sides are compiled against both schemas.
 */
#include <string.h>

#include "cli/review.h"

static void compile_against(struct cli *cli, const source_list *schema, const source_list *queries,
                            struct compilation *compilation)
{
    const struct compile_input input = {*schema, *queries};

    compile(cli->arena, &cli->settings.compile, &input, compilation);
}

const char *review_error_of(const struct compilation *compilation, const char *query)
{
    for (size_t i = 0; i < compilation->diags.list.n; i++) {
        const struct diag *diag = compilation->diags.list.items[i];
        if (diag->severity == SEVERITY_ERROR && diag->query && strcmp(diag->query, query) == 0)
            return diag->message;
    }
    return NULL;
}

static void find_broken(struct arena *arena, const struct compilation *before,
                        const struct compilation *after, problem_list *broken)
{
    for (size_t i = 0; i < after->diags.list.n; i++) {
        const struct diag *diag = after->diags.list.items[i];
        if (diag->severity == SEVERITY_ERROR && diag->query &&
            !review_error_of(before, diag->query))
            vec_push(arena, broken, (struct query_problem){diag->query, diag->message});
    }
}

void review_code(struct cli *cli, const struct review_side *before, const struct review_side *after,
                 struct code_review *review)
{
    struct compilation old, new, old_on_new, new_on_old;

    review->has_queries = before->queries.n || after->queries.n;
    if (!review->has_queries)
        return;
    compile_against(cli, &before->schema, &before->queries, &old);
    compile_against(cli, &after->schema, &after->queries, &new);
    compile_against(cli, &after->schema, &before->queries, &old_on_new);
    compile_against(cli, &before->schema, &after->queries, &new_on_old);
    find_broken(cli->arena, &old, &new, &review->broken);
    review_rolling(cli->arena, &old, &old_on_new, &review->old_on_new);
    review_rolling(cli->arena, &new, &new_on_old, &review->new_on_old);
    review_declarations(cli->arena, &old, &new, review);
}

void review_programs(struct cli *cli, const struct review_side *programs, const source_list *schema,
                     problem_list *problems)
{
    struct compilation compiled, other;

    if (!programs->queries.n)
        return;
    compile_against(cli, &programs->schema, &programs->queries, &compiled);
    compile_against(cli, schema, &programs->queries, &other);
    review_rolling(cli->arena, &compiled, &other, problems);
}

const char *review_order(const struct code_review *code)
{
    const bool schema_first = code->old_on_new.n == 0, code_first = code->new_on_old.n == 0;

    if (schema_first && code_first)
        return "any order: the programs of both sides run on both schemas";
    if (schema_first)
        return "schema first, then the code: the programs that run now run on the new schema";
    if (code_first)
        return "code first, then the schema: the new programs run on the old schema";
    return "expand and contract: neither side's programs run on the other side's schema";
}
