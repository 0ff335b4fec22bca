/* The steps of `tenon check` up to the analysed query. */
#include "nulls/suite.h"
#include "compile/compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void give_up(const struct diags *diags)
{
    struct arena arena = {0};

    for (size_t i = 0; i < diags->list.n; i++) {
        struct buf out = buf_in(&arena);

        diag_render(&out, diags->list.items[i], false);
        fputs(buf_text(&out), stderr);
    }
    exit(1);
}

static const struct source *read_source(struct arena *arena, const char *path)
{
    struct error error;
    str text;

    if (!file_read(arena, path, &text, &error)) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    return source_create(arena, path, text);
}

static bool is_operator(void *context, const char *name)
{
    return catalog_has_operator_name(context, name);
}

static const char *expectation(struct arena *arena, const char *doc)
{
    const char *start = doc ? strstr(doc, "expect: ") : NULL;

    if (!start)
        return NULL;
    start += strlen("expect: ");
    return arena_strndup(arena, start, strcspn(start, "\n"));
}

static void add_case(struct suite *suite, const struct annotated_query *query)
{
    struct suite_case item = {
        .query = query,
        .expect = expectation(suite->arena, query->doc),
    };

    if (!analyze_statement(suite->arena, suite->catalog, &query->statement, &suite->diags,
                           &item.analysis))
        return;
    item.param_nullable = arena_array(suite->arena, bool, item.analysis.n_params);
    for (size_t i = 0; i < query->params.n; i++) {
        const struct named_param *param = &query->params.items[i];

        if ((size_t)param->number <= item.analysis.n_params)
            item.param_nullable[param->number - 1] = param->nullable;
    }
    vec_push(suite->arena, &suite->cases, item);
}

void suite_add(struct suite *suite, const char *path)
{
    const struct source *source = read_source(suite->arena, path);
    struct annotated_queries queries =
        query_file_parse(suite->arena, source, is_operator, suite->catalog, &suite->diags);

    for (size_t i = 0; i < queries.n; i++)
        add_case(suite, queries.items[i]);
    if (suite->diags.n_errors > 0)
        give_up(&suite->diags);
}

struct suite *suite_load(struct arena *arena, const char *directory, const char *files)
{
    struct suite *suite = arena_new(arena, struct suite);
    const struct source *schema = read_source(arena, file_join(arena, directory, "schema.sql"));
    const struct compile_settings settings = {0};
    struct compile_input input = {0};
    struct compilation compilation;
    path_list paths = {0};
    struct error error;

    suite->arena = arena;
    vec_push(arena, &input.schema, schema);
    compile(arena, &settings, &input, &compilation);
    suite->catalog = compilation.catalog;
    suite->schema = schema->text.data;
    suite->diags = compilation.diags;
    if (suite->diags.n_errors > 0)
        give_up(&suite->diags);
    if (!file_expand(arena, file_join(arena, directory, files), &paths, &error)) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    for (size_t i = 0; i < paths.n; i++)
        suite_add(suite, paths.items[i]);
    return suite;
}

struct nullability *suite_infer(struct suite *suite, const struct suite_case *item, size_t *n)
{
    const struct nulls_input input = {
        .catalog = suite->catalog,
        .query = item->analysis.query,
        .param_nullable = item->param_nullable,
        .n_params = item->analysis.n_params,
    };

    return nulls_infer(suite->arena, &input, n);
}

const char *suite_signs(struct arena *arena, const struct nullability *columns, size_t n)
{
    char *signs = arena_alloc(arena, n + 1);

    for (size_t i = 0; i < n; i++)
        signs[i] = columns[i].nullable ? '?' : '!';
    return signs;
}
