/* The configuration file: tenon.yaml, or sqlc's. */
#ifndef TENON_CONFIG_CONFIG_H
#define TENON_CONFIG_CONFIG_H

#include "config/settings.h"

#define CONFIG_NAME "tenon.yaml"

/* Reads the file and appends the settings of each package in it, of which tenon.yaml has one. False
 * after an environment error, or with n_errors in diags when the content is wrong. */
bool config_load(struct arena *arena, const char *path, settings_list *packages,
                 struct diags *diags, struct error *error);

#endif
