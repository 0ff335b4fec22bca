/* The pipeline that most commands run: files → catalog → annotated queries → typed IR. */
#ifndef TENON_CLI_COMPILE_H
#define TENON_CLI_COMPILE_H

#include "cli/cli.h"
#include "emit/emit.h"
#include "ir/ir.h"

/* A query that was read but whose analysis failed. */
struct rejected_query {
    const char *sql; /* what would be sent */
    const struct diag *diag;
};

struct compilation {
    struct arena *arena;
    struct diags diags;        /* sorted */
    struct ir_package package; /* the queries without errors */
    VEC(struct rejected_query) rejected;
    path_list inputs; /* every file that was read */
};

/* The release of PostgreSQL that they name. */
struct release settings_release(const struct settings *settings);

/* Compiles what the settings name. STATUS_OK even when there are errors in diags; another status
 * after a message was printed. */
int compile(struct arena *arena, const struct settings *settings, struct compilation *compilation);

/* Makes the C files of a compilation without errors. Adds to diags and returns false otherwise. */
bool compile_emit(struct compilation *compilation, const struct settings *settings,
                  emit_files *files);

#endif
