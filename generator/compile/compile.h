/* The compiler as a library: settings and texts in, diagnostics, the typed IR and C out.
 *
 *     compile_read(arena, &settings, &input, &error)     the files that the settings name → texts
 *     compile(arena, &settings, &input, &compilation)    texts → catalog, IR, diagnostics
 *     compile_schema(), compile_queries()                in two steps: many packages, one schema
 *     compile_emit(&compilation, &files)                 IR → C
 *
 * Only compile_read() touches files: a caller that has the texts makes the input itself, as an
 * editor does for what is on its screen. Nothing is printed or written, all memory is the arena's,
 * and compilations are independent of each other.
 */
#ifndef TENON_COMPILE_COMPILE_H
#define TENON_COMPILE_COMPILE_H

#include "emit/emit.h"
#include "ir/ir.h"
#include "support/diag.h"
#include "support/error.h"
#include "support/file.h"
#include "support/release.h"

struct catalog;

struct compile_settings {
    const char *package;       /* NULL: "app" */
    path_list schema, queries; /* files, directories or patterns, in the order of loading */
    const char *root;          /* paths in the IR are relative to it; NULL: they are as given */
    unsigned server_version;   /* of PostgreSQL, its major version; 0: the default release */
    bool repositories, fakes;
    VEC(struct ir_rename) renames;
    VEC(struct ir_override) overrides;
};

typedef VEC(const struct source *) source_list;

/* The texts, in the order of loading; their releases are that of the settings. */
struct compile_input {
    source_list schema, queries;
};

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
    struct catalog *catalog; /* what the schema made */
};

/* The release of PostgreSQL that the settings name. */
struct release compile_release(const struct compile_settings *settings);

/* Whether the settings can be met: the name of the package, the version of the server. */
bool compile_check(const struct compile_settings *settings, struct error *error);

/* Whether the file is the undo half of a migration of another tool, the other half of which may be
 * among the files. */
bool compile_is_undo(const path_list *files, const char *path);

/* Reads the files that the settings name. The undo half of a migration is left out. */
bool compile_read(struct arena *arena, const struct compile_settings *settings,
                  struct compile_input *input, struct error *error);

/* Compiles the input. The settings and the input must live as long as the compilation. */
void compile(struct arena *arena, const struct compile_settings *settings,
             const struct compile_input *input, struct compilation *compilation);

/* A schema that was replayed. */
struct compiled_schema {
    struct catalog *catalog;
    struct diags diags; /* are those of each compilation over it, too */
};

void compile_schema(struct arena *arena, const struct compile_settings *settings,
                    const source_list *sources, struct compiled_schema *schema);

/* Compiles queries over the schema, which must live as long as the compilation and is not changed.
 */
void compile_queries(struct arena *arena, const struct compile_settings *settings,
                     const source_list *sources, const struct compiled_schema *schema,
                     struct compilation *compilation);

/* Leaves out of the package what has errors, until the C files of the rest are made; the errors
 * stay in diags. False when it is not a query that is wrong. */
bool compile_emit_rest(struct compilation *compilation, emit_files *files);

/* Makes the C files of a compilation without errors. Adds to diags and returns false otherwise. */
bool compile_emit(struct compilation *compilation, emit_files *files);

#endif
