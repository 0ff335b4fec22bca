/* In order: replay every schema text into one catalog, read every query text, analyse each query,
 * describe the schema. Errors are collected all the way: a broken table does not hide a broken
 * query.
 */
#include "compile/compile.h"

#include "compile/module_names.h"
#include "describe/describe.h"
#include "ir/copy.h"
#include "replay/replay.h"
#include "sql/lexer.h"
#include "sql/query_file.h"
#include "support/map.h"

struct compiler {
    const struct compile_settings *settings;
    struct compilation *result;
    struct arena *arena;
    struct diags *diags;
    struct ir_types *types;
    struct map names;     /* query name → the span of it */
    struct arena scratch; /* reset after each query */
    VEC(struct ir_file) files;
};

static bool is_operator(void *context, const char *name)
{
    return catalog_has_operator_name(context, name);
}

/* Query names are C names, of one name space for all files of a package. */
static bool check_name(struct compiler *compiler, struct annotated_query *query)
{
    span *first = map_find(&compiler->names, query->name);
    struct diag *diag;

    if (!first) {
        first = arena_new(compiler->arena, span);
        *first = query->name_at;
        map_put(&compiler->names, arena_strdup(compiler->arena, query->name), first);
        return true;
    }
    diag = diag_error(compiler->diags, "PL102", query->name_at, "query \"%s\" is defined twice",
                      query->name);
    diag_note(compiler->diags, diag, *first, "it is first defined here");
    return false;
}

/* Gives the docs that are left to the parameters that were named after columns. False after an
 * error was added. */
static bool attach_param_docs(struct compiler *compiler, const struct annotated_query *query,
                              struct ir_query *ir)
{
    size_t n_errors = compiler->diags->n_errors;

    for (size_t d = 0; d < query->param_docs.n; d++) {
        const struct param_doc *doc = &query->param_docs.items[d];
        bool found = false;
        for (size_t p = 0; p < ir->n_params; p++)
            if (name_eq(ir->params[p].name, doc->name)) {
                ir->params[p].doc = doc->text;
                found = true;
            }
        if (!found)
            diag_error(compiler->diags, "PL121", doc->at, "the query has no parameter \"%s\"",
                       doc->name);
    }
    return compiler->diags->n_errors == n_errors;
}

/* The first error after the first `n_before` diagnostics is why the query is rejected. */
static void add_rejected(struct compiler *compiler, const struct annotated_query *query,
                         size_t n_before)
{
    const struct diags *diags = compiler->diags;
    size_t i = n_before;

    while (i < diags->list.n && diags->list.items[i]->severity != SEVERITY_ERROR)
        i++;
    if (i < diags->list.n)
        vec_push(compiler->arena, &compiler->result->rejected,
                 (struct rejected_query){arena_strdup(compiler->arena, query->sql.text),
                                         diags->list.items[i]});
}

/* NULL after an error was added. */
static struct ir_query *compile_query(struct compiler *compiler, struct annotated_query *query,
                                      const char *path)
{
    size_t n_before = compiler->diags->list.n;
    struct ir_query *ir = NULL;

    compiler->diags->query = query->name;
    if (check_name(compiler, query))
        ir = describe_query(&compiler->scratch, compiler->result->catalog, compiler->types, query,
                            compiler->diags);
    if (ir && !attach_param_docs(compiler, query, ir))
        ir = NULL;
    if (ir) {
        ir->file = path;
        ir = ir_query_copy(compiler->arena, ir);
    } else {
        add_rejected(compiler, query, n_before);
    }
    compiler->diags->query = NULL;
    return ir;
}

/* --- What follows from errors of the schema --------------------------------------------------- */

static bool is_lost(const struct diags *diags, const char *relation)
{
    for (size_t i = 0; i < diags->list.n; i++)
        if (name_eq(diags->list.items[i]->lost, relation))
            return true;
    return false;
}

/* The name at the place of the diagnostic, without its schema. */
static const char *last_name_at(struct arena *arena, span at)
{
    const str text = str_slice(at.source->text, at.offset, at.offset + at.len);
    const char *name = "";

    for (struct token token = lex_token(text, 0); token.kind != TOKEN_END;
         token = lex_token(text, token.to))
        if (token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED)
            name = token_identifier(arena, text, token);
    return name;
}

static bool is_consequence(struct arena *arena, const struct diags *diags, const struct diag *diag)
{
    return diag->query && diag->at.source && strcmp(diag->code, "42P01") == 0 &&
           is_lost(diags, last_name_at(arena, diag->at));
}

/* A query over a relation that could not be made has no error of its own. */
static void leave_out_consequences(struct arena *arena, struct diags *diags)
{
    size_t n = 0;

    for (size_t i = 0; i < diags->list.n; i++)
        if (is_consequence(arena, diags, diags->list.items[i]))
            diags->n_errors--;
        else
            diags->list.items[n++] = diags->list.items[i];
    diags->list.n = n;
}

/* --- Files ------------------------------------------------------------------------------------ */

static void compile_file(struct compiler *compiler, const struct source *source)
{
    struct arena *arena = compiler->arena;
    struct query_reader *reader =
        query_reader_create(arena, source, is_operator, compiler->result->catalog, compiler->diags);
    struct ir_file file = {.path = file_relative(arena, compiler->settings->root, source->path)};
    VEC(struct ir_query *) queries = {0};
    struct annotated_query *query;

    while ((query = query_reader_next(reader, &compiler->scratch)) != NULL) {
        struct ir_query *ir = compile_query(compiler, query, file.path);

        if (ir)
            vec_push(arena, &queries, ir);
        arena_reset(&compiler->scratch);
    }
    file.queries = queries.items;
    file.n_queries = queries.n;
    vec_push(arena, &compiler->files, file);
}

static struct ir_settings settings_ir(const struct compile_settings *settings)
{
    return (struct ir_settings){
        .server_version = (unsigned)compile_release(settings).major,
        .repositories = settings->repositories || settings->fakes,
        .fakes = settings->fakes,
        .renames = settings->renames.items,
        .n_renames = settings->renames.n,
        .overrides = settings->overrides.items,
        .n_overrides = settings->overrides.n,
    };
}

void compile_schema(struct arena *arena, const struct compile_settings *settings,
                    const source_list *sources, struct compiled_schema *schema)
{
    *schema = (struct compiled_schema){.diags = {.arena = arena}};
    schema->catalog = catalog_create(arena, compile_release(settings));
    for (size_t i = 0; i < sources->n; i++)
        replay_script(schema->catalog, sql_parse_schema(arena, sources->items[i], &schema->diags),
                      &schema->diags);
}

void compile_queries(struct arena *arena, const struct compile_settings *settings,
                     const source_list *sources, const struct compiled_schema *schema,
                     struct compilation *compilation)
{
    struct compiler compiler = {
        .settings = settings,
        .result = compilation,
        .arena = arena,
        .diags = &compilation->diags,
        .types = ir_types_create(arena, schema->catalog),
        .names = {.arena = arena},
    };
    struct ir_package *package = &compilation->package;

    *compilation =
        (struct compilation){.arena = arena, .diags = {.arena = arena}, .catalog = schema->catalog};
    for (size_t i = 0; i < schema->diags.list.n; i++)
        diag_adopt(&compilation->diags, schema->diags.list.items[i]);
    for (size_t i = 0; i < sources->n; i++)
        compile_file(&compiler, sources->items[i]);
    arena_finish(&compiler.scratch);
    module_names_set(arena, compiler.files.items, compiler.files.n);
    package->name = settings->package ? settings->package : "app";
    package->settings = settings_ir(settings);
    package->files = compiler.files.items;
    package->n_files = compiler.files.n;
    describe_schema(arena, compilation->catalog, compiler.types, package);
    leave_out_consequences(arena, &compilation->diags);
    diag_sort(&compilation->diags);
}

void compile(struct arena *arena, const struct compile_settings *settings,
             const struct compile_input *input, struct compilation *compilation)
{
    struct compiled_schema schema;

    compile_schema(arena, settings, &input->schema, &schema);
    compile_queries(arena, settings, &input->queries, &schema, compilation);
}
