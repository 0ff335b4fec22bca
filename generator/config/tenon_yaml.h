/* The configuration file tenon.yaml. */
#ifndef TENON_CONFIG_TENON_YAML_H
#define TENON_CONFIG_TENON_YAML_H

#include "config/settings.h"

/* Reads the text into settings; its relative paths become relative to its own directory. Adds to
 * diags and leaves the settings alone when it is wrong. */
void tenon_yaml_load(struct arena *arena, const struct source *source, struct run_settings *settings,
                     struct diags *diags);

#endif
