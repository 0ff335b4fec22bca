/* Every setting of the program, each a row of one table: its flag, its key in tenon.yaml, its help.
 */
#ifndef TENON_CLI_OPTIONS_H
#define TENON_CLI_OPTIONS_H

#include "cli/cli.h"
#include "support/buf.h"

enum option_kind {
    OPTION_SWITCH,    /* bool */
    OPTION_TEXT,      /* const char * */
    OPTION_NUMBER,    /* unsigned */
    OPTION_LIST,      /* VEC(const char *): one or more values */
    OPTION_RENAMES,   /* VEC(struct rename) */
    OPTION_OVERRIDES, /* VEC(struct type_override) */
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

/* Fills cli->packages and cli->operands from the arguments after the command's name, and from the
 * configuration file. STATUS_OK, or a status after a message was printed. */
int options_parse(struct cli *cli, int n_args, char **args);

/* The lines of help on the options of a command. */
void options_help(struct buf *out, unsigned command);

#endif
