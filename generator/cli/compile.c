/* In order: expand the lists of files, replay every schema file into one catalog, read every query
 * file, analyse each query, describe the schema. Errors are collected all the way: a broken
 * table does not hide a broken query.
 */
#include "cli/compile.h"

#include <string.h>

#include "describe/describe.h"
#include "ir/copy.h"
#include "replay/replay.h"
#include "sql/query_file.h"
#include "support/map.h"

struct compiler {
    const struct settings *settings;
    struct compilation *result;
    struct arena *arena;
    struct diags *diags;
    struct catalog *catalog;
    struct ir_types *types;
    struct map names;     /* query name → the span of it */
    struct arena scratch; /* reset after each query */
    VEC(struct ir_file) files;
};

static bool is_operator(void *context, const char *name)
{
    return catalog_has_operator_name(context, name);
}

/* The undo half of golang-migrate (x.down.sql) and of Flyway (U1__x.sql) is no schema. */
static bool is_down_migration(const char *path)
{
    const char *name = file_base_name(path);

    return str_ends_with(str_from(name), ".down.sql") ||
           (name[0] == 'U' && name[1] >= '0' && name[1] <= '9' && strstr(name, "__"));
}

static int expand(struct compiler *compiler, const char *const *arguments, size_t n,
                  path_list *files)
{
    struct error error;

    for (size_t i = 0; i < n; i++)
        if (!file_expand(compiler->arena, arguments[i], files, &error))
            return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

static int open_source(struct compiler *compiler, const char *path, const struct source **source)
{
    struct source *opened;
    struct error error;
    str text;

    if (!file_read(compiler->arena, path, &text, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    vec_push(compiler->arena, &compiler->result->inputs, path);
    opened = source_create(compiler->arena, path, text);
    opened->release = settings_release(compiler->settings);
    *source = opened;
    return STATUS_OK;
}

static int load_schema(struct compiler *compiler)
{
    const struct settings *settings = compiler->settings;
    path_list files = {0};
    int status = expand(compiler, settings->schema.items, settings->schema.n, &files);

    for (size_t i = 0; i < files.n && status == STATUS_OK; i++) {
        const struct source *source = NULL;
        if (is_down_migration(files.items[i]))
            continue;
        status = open_source(compiler, files.items[i], &source);
        if (status == STATUS_OK && source)
            replay_script(compiler->catalog,
                          sql_parse_schema(compiler->arena, source, compiler->diags),
                          compiler->diags);
    }
    return status;
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
        ir = describe_query(&compiler->scratch, compiler->catalog, compiler->types, query,
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

static void compile_file(struct compiler *compiler, const struct source *source)
{
    struct arena *arena = compiler->arena;
    struct query_reader *reader =
        query_reader_create(arena, source, is_operator, compiler->catalog, compiler->diags);
    const char *name = file_base_name(source->path);
    struct ir_file file = {
        .path = file_relative(arena, compiler->settings->root, source->path),
        .module = arena_strndup(arena, name, strcspn(name, ".")),
    };
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

static int compile_queries(struct compiler *compiler)
{
    const struct settings *settings = compiler->settings;
    path_list files = {0};
    int status = expand(compiler, settings->queries.items, settings->queries.n, &files);

    for (size_t i = 0; i < files.n && status == STATUS_OK; i++) {
        const struct source *source = NULL;
        status = open_source(compiler, files.items[i], &source);
        if (status == STATUS_OK && source)
            compile_file(compiler, source);
    }
    arena_finish(&compiler->scratch);
    return status;
}

static bool is_c_identifier(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", *c) &&
            !(c > name && *c >= '0' && *c <= '9'))
            return false;
    return *name != '\0';
}

/* A repository of sqlc's has a configuration, which only has to be named. */
static int missing_input(const char *what)
{
    static const char *const names[] = {"sqlc.yaml", "sqlc.yml", "sqlc.json"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (file_exists(names[i]))
            return cli_fail(STATUS_USAGE, "no %s: give --%s, or -f %s", what, what, names[i]);
    return cli_fail(STATUS_USAGE, "no %s: give --%s or a configuration file", what, what);
}

struct release settings_release(const struct settings *settings)
{
    return settings->server_version ? (struct release){(int)settings->server_version}
                                    : release_default();
}

static int check_release(struct release release)
{
    int newest = sql_newest_release().major;

    if (release.major > newest)
        return cli_fail(STATUS_USAGE,
                        "PostgreSQL %d is newer than the parser: this tenon was built with that of "
                        "%d",
                        release.major, newest);
    if (!release_is_known(release))
        return cli_fail(STATUS_USAGE, "the catalog of PostgreSQL %d is not known, only that of %d",
                        release.major, release_default().major);
    return STATUS_OK;
}

static int check_settings(const struct settings *settings)
{
    if (!settings->schema.n || !settings->queries.n)
        return missing_input(settings->schema.n ? "queries" : "schema");
    if (settings->package && !is_c_identifier(settings->package))
        return cli_fail(STATUS_USAGE, "the package \"%s\" is not a C identifier",
                        settings->package);
    return check_release(settings_release(settings));
}

int compile(struct arena *arena, const struct settings *settings, struct compilation *compilation)
{
    struct compiler compiler = {
        .settings = settings,
        .result = compilation,
        .arena = arena,
        .diags = &compilation->diags,
        .names = {.arena = arena},
    };
    int status = check_settings(settings);

    if (status != STATUS_OK)
        return status;
    *compilation = (struct compilation){.arena = arena, .diags = {.arena = arena}};
    compilation->package.name = settings->package ? settings->package : "app";
    if (settings->config)
        vec_push(arena, &compilation->inputs, settings->config);
    compiler.catalog = catalog_create(arena, settings_release(settings));
    compiler.types = ir_types_create(arena, compiler.catalog);
    status = load_schema(&compiler);
    if (status == STATUS_OK)
        status = compile_queries(&compiler);
    if (status != STATUS_OK)
        return status;
    describe_schema(arena, compiler.catalog, compiler.types, &compilation->package);
    compilation->package.files = compiler.files.items;
    compilation->package.n_files = compiler.files.n;
    diag_sort(&compilation->diags);
    return STATUS_OK;
}

/* Each query file makes ORDERS.h: its name must do for that, and there can be only one. */
static void check_modules(struct compilation *compilation)
{
    const struct ir_package *package = &compilation->package;

    for (size_t i = 0; i < package->n_files; i++) {
        const struct ir_file *file = &package->files[i];
        if (!is_c_identifier(file->module) || strcmp(file->module, "models") == 0)
            diag_error(&compilation->diags, "PL601", (span){0},
                       "the query file %s needs another name: it must start with a C identifier "
                       "other than \"models\"",
                       file->path);
        for (size_t k = 0; k < i; k++)
            if (strcmp(package->files[k].module, file->module) == 0)
                diag_error(&compilation->diags, "PL602", (span){0},
                           "the query files %s and %s would both make %s.h", package->files[k].path,
                           file->path, file->module);
    }
}

static const struct emit_rename *emit_renames(struct arena *arena, const struct settings *settings)
{
    struct emit_rename *renames = arena_array(arena, struct emit_rename, settings->renames.n);

    for (size_t i = 0; i < settings->renames.n; i++)
        renames[i] =
            (struct emit_rename){settings->renames.items[i].from, settings->renames.items[i].to};
    return renames;
}

static const struct emit_override *emit_overrides(struct arena *arena,
                                                  const struct settings *settings)
{
    struct emit_override *overrides =
        arena_array(arena, struct emit_override, settings->overrides.n);

    for (size_t i = 0; i < settings->overrides.n; i++) {
        const struct type_override *from = &settings->overrides.items[i];
        overrides[i] = (struct emit_override){.match = from->match,
                                              .c_type = from->c_type,
                                              .include = from->include,
                                              .decode = from->decode,
                                              .encode = from->encode};
    }
    return overrides;
}

bool compile_emit(struct compilation *compilation, const struct settings *settings,
                  emit_files *files)
{
    struct emit_options emit = {
        .version = TENON_VERSION,
        .repositories = settings->repositories || settings->fakes,
        .fakes = settings->fakes,
        .renames = emit_renames(compilation->arena, settings),
        .n_renames = settings->renames.n,
        .overrides = emit_overrides(compilation->arena, settings),
        .n_overrides = settings->overrides.n,
    };

    check_modules(compilation);
    return compilation->diags.n_errors == 0 &&
           emit_package(compilation->arena, &compilation->package, &emit, &compilation->diags,
                        files);
}
