/* What a run of the program is told, by a configuration file overlaid with the command line. */
#ifndef TENON_CONFIG_SETTINGS_H
#define TENON_CONFIG_SETTINGS_H

#include "compile/compile.h"

/* Lists are filled by libcyaml or by the command line, never by both. */
struct settings {
    struct compile_settings compile;
    const char *out;
    /* Of the command line only: */
    const char *config; /* the configuration file that was read or is to be read; may be NULL */
    bool check, plans;
    const char *database;
    path_list extensions;
    const char *depfile, *stamp, *format;
};

typedef VEC(struct settings) settings_list;

#endif
