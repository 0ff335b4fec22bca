/* Emitting: plan, then print each file. Nothing is printed when the plan has an error. */
#include "emit/emit.h"

#include "emit/print.h"

static void add_file(struct printer *printer, emit_files *files, const char *stem, const char *kind,
                     const char *text)
{
    struct emit_file file = {
        .path = arena_printf(printer->arena, "%s/%s%s", printer->package->name, stem, kind),
        .text = text,
    };

    vec_push(printer->arena, files, file);
}

static void add_module(struct printer *printer, emit_files *files, const struct c_module *module)
{
    const struct ir_settings *settings = printer->package->settings;

    add_file(printer, files, module->name, ".h", print_module_header(printer, module));
    add_file(printer, files, module->name, ".c", print_module_source(printer, module));
    if (settings->repositories || settings->fakes) {
        add_file(printer, files, module->name, "_repository.h",
                 print_repository_header(printer, module));
        add_file(printer, files, module->name, "_repository.c",
                 print_repository_source(printer, module));
    }
    if (settings->fakes) {
        add_file(printer, files, module->name, "_fake.h", print_fake_header(printer, module));
        add_file(printer, files, module->name, "_fake.c", print_fake_source(printer, module));
    }
}

bool emit_package(struct arena *arena, const struct ir_package *package, const char *version,
                  struct diags *diags, emit_files *files)
{
    struct c_package plan;
    struct printer printer = {.arena = arena, .version = version, .package = &plan};

    *files = (emit_files){0};
    if (!plan_package(arena, package, diags, &plan))
        return false;
    add_file(&printer, files, "models", ".h", print_models_header(&printer));
    add_file(&printer, files, "models", ".c", print_models_source(&printer));
    add_file(&printer, files, "models_wire", ".h", print_models_wire(&printer));
    add_file(&printer, files, "prepare", ".h", print_prepare_header(&printer));
    add_file(&printer, files, "prepare", ".c", print_prepare_source(&printer));
    for (size_t i = 0; i < plan.modules.n; i++)
        add_module(&printer, files, plan.modules.items[i]);
    return true;
}
