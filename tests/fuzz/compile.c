/* From schema and queries to C, as `tenon generate` goes.
 *
 * Two things are checked beside that every step comes back: the C is whole, and the SQL that a
 * program would send has the very columns and parameters of the SQL that the user wrote.
 */
#include <string.h>

#include "describe/describe.h"
#include "emit/emit.h"
#include "fuzz/oracle.h"
#include "ir/json.h"
#include "replay/replay.h"

#define SEPARATOR "\n----\n"

struct compile {
    struct arena *arena;
    struct catalog *catalog;
    struct ir_types *types;
    struct diags diags;
};

static bool is_operator(void *context, const char *name)
{
    return catalog_has_operator_name(context, name);
}

static const struct source *source_of(struct arena *arena, const char *path, str text)
{
    char *copy = arena_strndup(arena, text.data, text.len);

    return source_create(arena, path, (str){copy, text.len});
}

/* The query again, from the text that is sent. */
static struct ir_query *analyze_sent(struct compile *compile, const struct annotated_query *query,
                                     const struct ir_query *ir, struct diags *diags)
{
    struct annotated_query again = *query;
    struct ir_query *result;

    again.sql = (struct sql){.source = source_of(compile->arena, "sent.sql", str_from(ir->sql)),
                             .text = ir->sql,
                             .len = strlen(ir->sql)};
    again.embeds.n = 0;
    if (!sql_parse_one(compile->arena, &again.sql, diags, &again.statement))
        return NULL;
    result = describe_query(compile->arena, compile->catalog, compile->types, &again, diags);
    return result;
}

static void check_sent(struct compile *compile, const struct annotated_query *query,
                       const struct ir_query *ir)
{
    struct diags diags = {.arena = compile->arena};
    struct ir_query *sent = analyze_sent(compile, query, ir, &diags);

    CHECK(sent, "sent: %s: %s", ir->sql, diags.n_errors ? diags.list.items[0]->message : "");
    CHECK(strcmp(sent->sql, ir->sql) == 0, "sent: %s\nthen: %s", ir->sql, sent->sql);
    CHECK(sent->n_columns == ir->n_columns, "sent: %s", ir->sql);
    CHECK(sent->n_params == ir->n_params, "sent: %s", ir->sql);
    CHECK(sent->at_most_one == ir->at_most_one, "sent: %s", ir->sql);
    for (size_t i = 0; i < ir->n_columns; i++) {
        const struct ir_column *a = &ir->columns[i], *b = &sent->columns[i];
        CHECK(strcmp(a->name, b->name) == 0 && a->type == b->type && a->typmod == b->typmod &&
                  a->nullable == b->nullable,
              "column %zu: %s %s%s, sent: %s %s%s: %s", i, a->name, a->type->sql_name,
              a->nullable ? "?" : "", b->name, b->type->sql_name, b->nullable ? "?" : "", ir->sql);
    }
    for (size_t i = 0; i < ir->n_params; i++)
        CHECK(ir->params[i].type == sent->params[i].type, "$%zu: %s, sent: %s: %s", i + 1,
              ir->params[i].type->sql_name, sent->params[i].type->sql_name, ir->sql);
}

static void load_schema(struct compile *compile, str text)
{
    const struct source *source = source_of(compile->arena, "schema.sql", text);

    replay_script(compile->catalog, sql_parse_schema(compile->arena, source, &compile->diags),
                  &compile->diags);
}

static struct ir_file compile_queries(struct compile *compile, str text)
{
    const struct source *source = source_of(compile->arena, "queries.sql", text);
    struct annotated_queries queries =
        query_file_parse(compile->arena, source, is_operator, compile->catalog, &compile->diags);
    struct ir_file file = {.path = "queries.sql",
                           .module = "queries",
                           .queries = arena_array(compile->arena, struct ir_query *, queries.n)};

    for (size_t i = 0; i < queries.n; i++) {
        size_t n_errors = compile->diags.n_errors;
        struct ir_query *ir = describe_query(compile->arena, compile->catalog, compile->types,
                                             queries.items[i], &compile->diags);
        CHECK((ir == NULL) == (compile->diags.n_errors > n_errors), "query %zu", i);
        if (!ir)
            continue;
        check_sent(compile, queries.items[i], ir);
        file.queries[file.n_queries++] = ir;
    }
    return file;
}

static void emit(struct compile *compile, const struct ir_package *package)
{
    struct emit_options options = {.version = "0", .repositories = true, .fakes = true};
    emit_files files = {0};
    bool done = emit_package(compile->arena, package, &options, &compile->diags, &files);

    CHECK(done == (compile->diags.n_errors == 0), "%zu errors", compile->diags.n_errors);
    for (size_t i = 0; i < files.n; i++)
        check_c_file(&files.items[i]);
}

void fuzz_compile(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const char *text = arena_strndup(&arena, (const char *)data, size);
    const char *separator = strstr(text, SEPARATOR);
    size_t len = separator ? (size_t)(separator - text) + 1 : size;
    size_t from = separator ? len + strlen(SEPARATOR) - 1 : size;
    struct ir_package package = {.name = "app", .n_files = 1};
    struct buf json = buf_in(&arena);
    struct compile compile = {.arena = &arena, .diags = {.arena = &arena}};
    struct ir_file file;

    compile.catalog = catalog_create(&arena, release_default());
    compile.types = ir_types_create(&arena, compile.catalog);
    load_schema(&compile, (str){text, len});
    file = compile_queries(&compile, (str){text + from, size - from});
    package.files = &file;
    describe_schema(&arena, compile.catalog, compile.types, &package);
    if (compile.diags.n_errors == 0)
        emit(&compile, &package);
    diag_sort(&compile.diags);
    check_diags(&arena, &compile.diags);
    ir_write_json(&json, &package, &compile.diags);
    arena_finish(&arena);
}
