/* From schema and queries to C, as `tenon generate` goes.
 *
 * Three things are checked beside that every step comes back: the C is whole, a query that was
 * analysed alone is what the package has, and the SQL that a program would send has the very
 * columns and parameters of the SQL that the user wrote.
 */
#include <string.h>

#include "compile/compile.h"
#include "describe/describe.h"
#include "fuzz/oracle.h"
#include "ir/json.h"

#define SEPARATOR "\n----\n"

/* The analysis of each query again, beside that of the package. */
struct again {
    struct arena *arena;
    const struct catalog *catalog;
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
static struct ir_query *analyze_sent(struct again *alone, const struct annotated_query *query,
                                     const struct ir_query *ir, struct diags *diags)
{
    struct annotated_query again = *query;
    struct ir_query *result;

    again.sql = (struct sql){.source = source_of(alone->arena, "sent.sql", str_from(ir->sql)),
                             .text = ir->sql,
                             .len = strlen(ir->sql)};
    again.embeds.n = 0;
    if (!sql_parse_one(alone->arena, &again.sql, diags, &again.statement))
        return NULL;
    result = describe_query(alone->arena, alone->catalog, alone->types, &again, diags);
    return result;
}

static void check_sent(struct again *alone, const struct annotated_query *query,
                       const struct ir_query *ir)
{
    struct diags diags = {.arena = alone->arena};
    struct ir_query *sent = analyze_sent(alone, query, ir, &diags);

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

static const struct ir_query *find_query(const struct ir_package *package, const char *name)
{
    for (size_t i = 0; i < package->files[0].n_queries; i++)
        if (strcmp(package->files[0].queries[i]->name, name) == 0)
            return package->files[0].queries[i];
    return NULL;
}

static void check_query(struct again *alone, const struct compilation *compilation,
                        struct annotated_query *query)
{
    size_t n_errors = alone->diags.n_errors;
    struct ir_query *ir =
        describe_query(alone->arena, alone->catalog, alone->types, query, &alone->diags);
    const struct ir_query *whole = find_query(&compilation->package, query->name);

    CHECK((ir == NULL) == (alone->diags.n_errors > n_errors), "%s", query->name);
    CHECK(ir || !whole, "%s: only the package has it", query->name);
    if (!ir)
        return;
    CHECK(!whole || whole->line != query->line || strcmp(whole->sql, ir->sql) == 0, "%s",
          query->name);
    check_sent(alone, query, ir);
}

static void check_queries(struct arena *arena, const struct compilation *compilation,
                          const struct source *source)
{
    struct again alone = {.arena = arena,
                          .catalog = compilation->catalog,
                          .types = ir_types_create(arena, compilation->catalog),
                          .diags = {.arena = arena}};
    struct annotated_queries queries =
        query_file_parse(arena, source, is_operator, compilation->catalog, &alone.diags);

    for (size_t i = 0; i < queries.n; i++)
        check_query(&alone, compilation, queries.items[i]);
}

static void emit(struct compilation *compilation)
{
    emit_files files = {0};
    bool done = compile_emit(compilation, &files);

    CHECK(done == (compilation->diags.n_errors == 0), "%zu errors", compilation->diags.n_errors);
    for (size_t i = 0; i < files.n; i++)
        check_c_file(&files.items[i]);
}

static void fuzz_texts(struct arena *arena, str schema, str queries)
{
    const struct compile_settings settings = {.repositories = true, .fakes = true};
    const struct source *source = source_of(arena, "queries.sql", queries);
    struct compile_input input = {0};
    struct compilation compilation;
    struct buf json = buf_in(arena);

    vec_push(arena, &input.schema, source_of(arena, "schema.sql", schema));
    vec_push(arena, &input.queries, source);
    compile(arena, &settings, &input, &compilation);
    check_queries(arena, &compilation, source);
    emit(&compilation);
    diag_sort(&compilation.diags);
    check_diags(arena, &compilation.diags);
    ir_write_json(&json, &compilation.package, &compilation.diags);
}

void fuzz_compile(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const char *text = arena_strndup(&arena, (const char *)data, size);
    const char *separator = strstr(text, SEPARATOR);
    size_t len = separator ? (size_t)(separator - text) + 1 : size;
    size_t from = separator ? len + strlen(SEPARATOR) - 1 : size;

    fuzz_texts(&arena, (str){text, len}, (str){text + from, size - from});
    arena_finish(&arena);
}
