/* Every setting of the program, each a row of one table: its flag, its key in tenon.yaml, its help.
 */
#ifndef TENON_CONFIG_OPTIONS_H
#define TENON_CONFIG_OPTIONS_H

#include "config/settings.h"

/* The commands of the program, as bits of struct option.commands. */
enum {
    IN_INIT = 1,
    IN_GENERATE = 2,
    IN_CHECK = 4,
    IN_DESCRIBE = 8,
    IN_EXPLAIN = 16,
    IN_VERIFY = 32,
    IN_CATALOG = 64,
    COMPILING = IN_GENERATE | IN_CHECK | IN_DESCRIBE | IN_EXPLAIN | IN_VERIFY,
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
    size_t offset;      /* in struct settings */
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
