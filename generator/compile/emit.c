/* From the IR to C. */
#include "compile/compile.h"

bool compile_emit(struct compilation *compilation, emit_files *files)
{
    return compilation->diags.n_errors == 0 &&
           emit_package(compilation->arena, &compilation->package, TENON_VERSION,
                        &compilation->diags, files);
}

/* Takes the query out of its file. */
static bool remove_query(struct ir_package *package, const char *name)
{
    for (size_t f = 0; f < package->n_files; f++) {
        struct ir_file *file = &package->files[f];

        for (size_t i = 0; i < file->n_queries; i++) {
            if (!name_eq(file->queries[i]->name, name))
                continue;
            file->n_queries--;
            for (size_t k = i; k < file->n_queries; k++)
                file->queries[k] = file->queries[k + 1];
            return true;
        }
    }
    return false;
}

/* Takes out the queries that have errors; false when there is none. */
static bool remove_failed(struct ir_package *package, const struct diags *diags)
{
    bool removed = false;

    for (size_t i = 0; i < diags->list.n; i++)
        if (diags->list.items[i]->severity == SEVERITY_ERROR && diags->list.items[i]->query)
            removed = remove_query(package, diags->list.items[i]->query) || removed;
    return removed;
}

bool compile_emit_rest(struct compilation *compilation, emit_files *files)
{
    struct diags diags;
    bool ok;

    do {
        diags = (struct diags){.arena = compilation->arena};
        *files = (emit_files){0};
        ok = emit_package(compilation->arena, &compilation->package, TENON_VERSION, &diags, files);
        for (size_t i = 0; i < diags.list.n; i++)
            if ((diags.list.items[i]->severity == SEVERITY_ERROR) == !ok)
                diag_adopt(&compilation->diags, diags.list.items[i]);
    } while (!ok && remove_failed(&compilation->package, &diags));
    return ok;
}
