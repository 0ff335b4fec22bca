/* The command line of a command, over what its configuration file says. */
#ifndef TENON_CLI_ARGUMENTS_H
#define TENON_CLI_ARGUMENTS_H

#include "cli/cli.h"
#include "support/buf.h"

/* Fills cli->packages and cli->operands from the arguments after the command's name, and from the
 * configuration file. STATUS_OK, or a status after a message was printed. */
int arguments_parse(struct cli *cli, int n_args, char **args);

/* The lines of help on the options of a command. */
void arguments_help(struct buf *out, unsigned command);

#endif
