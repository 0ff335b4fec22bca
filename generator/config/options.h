/* Every setting of the program, each a row of one table: its flag, its key in tenon.yaml, its help.
 */
#ifndef TENON_CONFIG_OPTIONS_H
#define TENON_CONFIG_OPTIONS_H

#include "config/settings.h"

/* How many packages of the configuration file a command takes. */
enum command_packages { PACKAGES_NONE, PACKAGES_ONE, PACKAGES_ALL };

/* The commands of the program. */
enum {
#define COMMAND(id, name, packages, operands, summary, details) BIT_##id,
#include "config/commands.def"
};

/* The same as they stand in struct option.commands; COMPILING are all that take packages. */
enum {
#define COMMAND(id, name, packages, operands, summary, details) IN_##id = 1 << BIT_##id,
#include "config/commands.def"
    COMPILING = 0
#define COMMAND(id, name, packages, operands, summary, details)                                    \
    +(PACKAGES_##packages != PACKAGES_NONE ? IN_##id : 0)
#include "config/commands.def"
};

enum option_kind {
    OPTION_SWITCH,    /* bool */
    OPTION_TEXT,      /* const char * */
    OPTION_NUMBER,    /* unsigned */
    OPTION_LIST,      /* VEC(const char *): one or more values */
    OPTION_RENAMES,   /* VEC(struct ir_rename) */
    OPTION_OVERRIDES, /* VEC(struct ir_override) */
    OPTION_PLUGINS,   /* VEC(struct plugin_setting) */
};

struct option {
    const char *flag; /* without the -- */
    const char *key;  /* in tenon.yaml; NULL: on the command line only */
    enum option_kind kind;
    size_t offset;      /* in struct run_settings */
    unsigned commands;  /* IN_… bits */
    const char *value;  /* for help: "FILE..." */
    const char *sample; /* for `tenon init`: a value in YAML */
    const char *help;
};

extern const struct option options[];
extern const size_t n_options;

/* Whether the option has several values. All lists have the layout of path_list. */
bool option_is_list(const struct option *option);

#endif
