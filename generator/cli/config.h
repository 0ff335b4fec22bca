/* The configuration file tenon.yaml. */
#ifndef TENON_CLI_CONFIG_H
#define TENON_CLI_CONFIG_H

#include "cli/cli.h"
#include "support/diag.h"

#define CONFIG_NAME "tenon.yaml"

/* Reads the file into settings; its relative paths become relative to its own directory. False
 * after an environment error, or with n_errors in diags when the content is wrong. */
bool config_load(struct arena *arena, const char *path, struct settings *settings,
                 struct diags *diags, struct error *error);

#endif
