/* The plug-ins of a package, as part of generate. */
#ifndef TENON_CLI_PLUGINS_H
#define TENON_CLI_PLUGINS_H

#include "cli/cli.h"
#include "support/output.h"

/* Runs every plug-in and adds its files to the output. What is wrong is added to the diagnostics of
 * the compilation. STATUS_OK, or another status after a message was printed. */
int add_plugin_files(struct cli *cli, struct compilation *compilation, struct output *output);

#endif
