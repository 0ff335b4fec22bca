/* What the commands of the program share: settings, exit statuses, what they print with.
 *
 * A command is a row of config/commands.def; it gets a struct cli whose settings hold the
 * configuration file overlaid with the command line, and returns an exit status.
 */
#ifndef TENON_CLI_CLI_H
#define TENON_CLI_CLI_H

#include "compile/compile.h"
#include "config/options.h"

enum exit_status {
    STATUS_OK = 0,
    STATUS_INPUT = 1, /* the input or the database said no */
    STATUS_USAGE = 2,
    STATUS_ENVIRONMENT = 3, /* files, memory, connections */
};

/* A schema, which several packages may have. */
struct loaded_schema {
    source_list sources;
    struct compiled_schema compiled;
};

struct cli {
    struct arena *arena;
    const struct command *command;
    struct settings settings;   /* of the package at hand */
    settings_list packages;     /* one, unless the configuration file is sqlc's */
    path_list operands;         /* arguments that are not options */
    struct compile_input input; /* the texts of it, after cli_compile() */
    path_list migrations;       /* the files of the folder, where they are part of what is made */
    bool is_last;               /* of the packages */
    struct diags reported;      /* of the packages so far, where one report is made of all */
    VEC(struct loaded_schema *) schemas; /* of the packages so far */
};

/* A row of config/commands.def. */
struct command {
    const char *name;
    unsigned bit; /* of struct option.commands */
    enum command_packages packages;
    const char *operands, *summary, *details;
    int (*run)(struct cli *cli);
};

#define COMMAND(id, name, packages, operands, summary, details) int run_##name(struct cli *cli);
#include "config/commands.def"

extern const struct command commands[]; /* in the order of commands.def */
extern const size_t n_commands;

/* Whether the command is `name` and a verb. */
bool command_is_in_group(const struct command *command, const char *name);

/* Compiles the package at hand. STATUS_OK even when there are errors in its diags; another status
 * after a message was printed. */
int cli_compile(struct cli *cli, struct compilation *compilation);

/* Prints "tenon: text" on standard error and returns the status. */
int cli_fail(enum exit_status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes text to standard output; STATUS_ENVIRONMENT instead of `status` when that fails. */
int cli_print(str text, enum exit_status status);

#endif
