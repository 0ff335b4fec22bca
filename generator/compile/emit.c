/* From the IR to C, once the names of the query files are known to make names of C files. */
#include <string.h>

#include "compile/compile.h"
#include "compile/identifier.h"

static void check_module(struct compilation *compilation, const struct ir_file *file)
{
    if (!is_c_identifier(file->module) || strcmp(file->module, "models") == 0)
        diag_error(&compilation->diags, "PL601", (span){0},
                   "the query file %s needs another name: it must start with a C identifier "
                   "other than \"models\"",
                   file->path);
}

/* Each query file makes ORDERS.h: its name must do for that, and there can be only one. */
static void check_modules(struct compilation *compilation)
{
    const struct ir_package *package = &compilation->package;

    for (size_t i = 0; i < package->n_files; i++) {
        const struct ir_file *file = &package->files[i];
        check_module(compilation, file);
        for (size_t k = 0; k < i; k++)
            if (strcmp(package->files[k].module, file->module) == 0)
                diag_error(&compilation->diags, "PL602", (span){0},
                           "the query files %s and %s would both make %s.h", package->files[k].path,
                           file->path, file->module);
    }
}

bool compile_emit(struct compilation *compilation, emit_files *files)
{
    check_modules(compilation);
    return compilation->diags.n_errors == 0 &&
           emit_package(compilation->arena, &compilation->package, TENON_VERSION,
                        &compilation->diags, files);
}
