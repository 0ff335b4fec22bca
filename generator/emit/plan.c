/* Planning a package: its modules query by query, which finds the types and rows in use, then the
 * constraints, then what only shows when all names are known. Declarations are put into the
 * schema's order at the end, so that a new query moves nothing.
 */
#include "emit/planner.h"

#include <stdlib.h>
#include <string.h>

static bool is_file_name(const char *name)
{
    if (!*name || *name == '.' || *name == '-')
        return false;
    return name[strspn(
               name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.")] == '\0';
}

static span module_at(const struct ir_file *file)
{
    return file->n_queries > 0 ? file->queries[0]->name_at : (span){0};
}

static bool check_package(struct planner *planner)
{
    const char *name = planner->ir->name;

    if (c_is_prefix(name))
        return true;
    struct diag *diag = diag_error(planner->diags, "PL506", (span){0},
                                   "\"%s\" cannot be the prefix of C names", name);
    diag_hint(planner->diags, diag,
              "lower-case letters, digits and single underscores, and no word of C or C++");
    return false;
}

/* Two files would meet in one when their include guards are the same: also on file systems that
 * fold case. */
static bool claim_file(struct planner *planner, const char *stem, struct claim claim)
{
    const char *guard = arena_printf(planner->arena, "%s_%s_H", planner->package->upper,
                                     name_capitals(planner->arena, stem));

    return plan_static(planner, guard, claim);
}

/* The module's own names, and those of what is made on request. */
static void claim_module(struct planner *planner, const struct c_module *module)
{
    static const char *const suffixes[] = {"repository", "on", "fake", "fake_repository"};
    const struct ir_settings *settings = planner->settings;
    struct arena *arena = planner->arena;
    struct claim claim = {.what = arena_printf(arena, "file %s", module->file->path),
                          .hint = "rename one of them",
                          .at = module_at(module->file)};
    size_t n = settings->fakes ? 4 : settings->repositories ? 2 : 0;

    if (!claim_file(planner, module->stem, claim) ||
        !plan_static(planner, module->statements, claim))
        return;
    for (size_t i = 0; i < n; i++)
        plan_global(planner, arena_printf(arena, "%s_%s", module->stem, suffixes[i]), claim);
    for (size_t i = 0; i < n; i += 2)
        claim_file(planner, arena_printf(arena, "%s_%s", module->stem, suffixes[i]), claim);
}

static void plan_module(struct planner *planner, const struct ir_file *file)
{
    struct arena *arena = planner->arena;
    struct c_module *module = arena_new(arena, struct c_module);

    module->file = file;
    module->name = file->module;
    module->stem = c_name(arena, file->module);
    module->statements =
        arena_printf(arena, "%s_%s_statements", planner->package->name, module->stem);
    vec_push(arena, &planner->package->modules, module);
    if (!is_file_name(module->name)) {
        diag_error(planner->diags, "PL506", module_at(file),
                   "\"%s\" cannot be the name of a C file", module->name);
        return;
    }
    claim_module(planner, module);
    for (size_t i = 0; i < file->n_queries; i++) {
        struct c_function *function = arena_new(arena, struct c_function);
        planner->diags->query = file->queries[i]->name;
        function->query = file->queries[i];
        if (plan_function(planner, module, function))
            vec_push(arena, &module->functions, function);
    }
    planner->diags->query = NULL;
}

static int compare_constraints(const void *left, const void *right)
{
    return strcmp(((const struct c_constraint *)left)->name,
                  ((const struct c_constraint *)right)->name);
}

/* One constant for each name: a violation is reported by name, and the table's name beside it. */
static void plan_constraints(struct planner *planner)
{
    struct arena *arena = planner->arena;
    struct map seen = {.arena = arena};

    for (size_t i = 0; i < planner->ir->n_constraints; i++) {
        const struct ir_constraint *ir = &planner->ir->constraints[i];
        const char *of = ir->table ? ir->table : ir->domain;
        struct c_constraint *old = map_find(&seen, ir->name), *new;
        struct claim claim = {
            .what = arena_printf(arena, "constraint %s of %s", ir->name, of),
            .hint = arena_printf(
                arena, "rename one of them: \"renames: [{from: %s, to: other_name}]\"", ir->name),
            .at = ir->defined_at,
        };

        if (old) {
            old->doc = arena_printf(arena, "%s, %s", old->doc, of);
            continue;
        }
        new = arena_new(arena, struct c_constraint);
        new->name = ir->name;
        new->doc = of;
        new->constant = arena_printf(
            arena, "%s_CONSTRAINT_%s", planner->package->upper,
            name_capitals(arena, c_name(arena, plan_name(planner, "public", ir->name, NULL))));
        map_put(&seen, ir->name, new);
        plan_static(planner, new->constant, claim);
    }
    for (size_t i = 0; i < seen.n_entries; i++)
        vec_push(arena, &planner->package->constraints,
                 *(struct c_constraint *)seen.entries[i].value);
    if (seen.n_entries > 0)
        qsort(planner->package->constraints.items, planner->package->constraints.n,
              sizeof(struct c_constraint), compare_constraints);
}

/* Puts what was found query by query into the schema's order; what is not of the schema (rows made
 * by @row, types of extensions) stays behind it. */
static void sort_enums(struct planner *planner)
{
    struct c_package *package = planner->package;
    size_t n = 0;

    for (size_t i = 0; i < planner->ir->n_types; i++)
        for (size_t j = n; j < package->enums.n; j++)
            if (package->enums.items[j]->ir == planner->ir->types[i]) {
                struct c_enum *found = package->enums.items[j];
                memmove(&package->enums.items[n + 1], &package->enums.items[n],
                        (j - n) * sizeof found);
                package->enums.items[n++] = found;
            }
}

/* A composite goes behind those that are part of it. */
static void place_record(struct c_package *package, const struct c_record *record, size_t *n)
{
    size_t at = *n;

    while (at < package->records.n && package->records.items[at] != record)
        at++;
    if (at == package->records.n)
        return; /* placed before */
    for (size_t i = 0; i < record->n_fields; i++) {
        const struct c_type *type = record->fields[i].type;
        if (type->element)
            type = type->element;
        if (type->record)
            place_record(package, type->record, n);
    }
    while (package->records.items[at] != record)
        at++;
    memmove(&package->records.items[*n + 1], &package->records.items[*n],
            (at - *n) * sizeof record);
    package->records.items[(*n)++] = record;
}

static void sort_records(struct planner *planner)
{
    struct c_package *package = planner->package;
    size_t n = 0;

    for (size_t i = 0; i < planner->ir->n_types; i++)
        for (size_t j = n; j < package->records.n; j++)
            if (package->records.items[j]->ir == planner->ir->types[i])
                place_record(package, package->records.items[j], &n);
}

static void sort_rows(struct planner *planner)
{
    struct c_package *package = planner->package;
    size_t n = 0;

    for (size_t i = 0; i < planner->ir->n_tables; i++)
        for (size_t j = n; j < package->rows.n; j++)
            if (package->rows.items[j]->table == planner->ir->tables[i]) {
                struct c_row *found = package->rows.items[j];
                memmove(&package->rows.items[n + 1], &package->rows.items[n],
                        (j - n) * sizeof found);
                package->rows.items[n++] = found;
            }
}

/* A parameter or member that is called like something of file scope would hide it. */
static void check_name(struct planner *planner, const char *name, span at, const char *what)
{
    const struct claim *claim = map_find(&planner->names.map, name);
    struct diag *diag;

    if (!claim)
        return;
    diag = diag_error(planner->diags, "PL501", at, "%s \"%s\" is called like %s in C", what, name,
                      claim->what);
    diag_hint(planner->diags, diag, "give it another name");
}

static void check_hiding(struct planner *planner)
{
    for (size_t i = 0; i < planner->package->modules.n; i++) {
        const struct c_module *module = planner->package->modules.items[i];
        for (size_t j = 0; j < module->functions.n; j++) {
            const struct c_function *f = module->functions.items[j];
            for (size_t k = 0; k < f->n_params; k++)
                check_name(planner, f->params[k].name, f->query->name_at, "parameter");
        }
        for (size_t j = 0; j < module->rows.n; j++)
            for (size_t k = 0; k < module->rows.items[j]->n_fields; k++)
                check_name(planner, module->rows.items[j]->fields[k].name,
                           module->rows.items[j]->at, "column");
    }
    for (size_t j = 0; j < planner->package->rows.n; j++)
        for (size_t k = 0; k < planner->package->rows.items[j]->n_fields; k++)
            check_name(planner, planner->package->rows.items[j]->fields[k].name,
                       planner->package->rows.items[j]->at, "column");
}

/* A misspelt rename or override would go unnoticed. */
static void warn_of_unused(struct planner *planner)
{
    const struct ir_settings *settings = planner->settings;

    for (size_t i = 0; i < settings->n_renames; i++)
        if (!planner->used_renames[i])
            diag_warning(planner->diags, "PL509", (span){0},
                         "the rename of \"%s\" matches nothing that is generated",
                         settings->renames[i].from);
    for (size_t i = 0; i < settings->n_overrides; i++)
        if (!planner->used_overrides[i])
            diag_warning(planner->diags, "PL509", (span){0},
                         "the override of \"%s\" matches nothing that is generated",
                         settings->overrides[i].match);
}

bool plan_package(struct arena *arena, const struct ir_package *package, struct diags *diags,
                  struct c_package *out)
{
    const struct ir_settings *settings = &package->settings;
    struct planner planner = {.arena = arena,
                              .ir = package,
                              .settings = settings,
                              .diags = diags,
                              .package = out,
                              .names = names_in(arena, diags),
                              .rows = {.arena = arena},
                              .params = {.arena = arena},
                              .tables = {.arena = arena},
                              .used_renames = arena_array(arena, bool, settings->n_renames),
                              .used_overrides = arena_array(arena, bool, settings->n_overrides)};
    struct claim own = {.what = "the package's own file", .hint = "rename the other"};
    size_t n_errors = diags->n_errors;

    *out = (struct c_package){.name = package->name, .settings = settings};
    if (!check_package(&planner))
        return false;
    for (size_t i = 0; i < package->n_tables; i++)
        map_put(&planner.tables, table_path(arena, package->tables[i]), &package->tables[i]);
    out->upper = name_capitals(arena, package->name);
    claim_file(&planner, "models", own);
    claim_file(&planner, "models_wire", own);
    claim_file(&planner, "prepare", own);
    plan_global(&planner, "prepare",
                (struct claim){.what = "the function that prepares all queries",
                               .hint = "rename the other"});
    plan_static(&planner, "skip_missing", own);
    plan_static(&planner, "keep_text", own);
    plan_constraints(&planner);
    if (out->constraints.n > 0) {
        struct claim claim = {.what = "the enum of constraints", .hint = "rename the other"};
        plan_global(&planner, "constraint", claim);
        plan_global(&planner, "constraint_of_error", claim);
        plan_global(&planner, "constraint_name", claim);
        plan_static(&planner, arena_printf(arena, "%s_CONSTRAINT_NONE", out->upper), claim);
    }
    for (size_t i = 0; i < package->n_files; i++)
        plan_module(&planner, &package->files[i]);
    sort_enums(&planner);
    sort_records(&planner);
    sort_rows(&planner);
    check_hiding(&planner);
    if (diags->n_errors == n_errors)
        warn_of_unused(&planner);
    return diags->n_errors == n_errors;
}
