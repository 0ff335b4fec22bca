/* What a run of the program is told, by a configuration file overlaid with the command line. */
#ifndef TENON_CONFIG_SETTINGS_H
#define TENON_CONFIG_SETTINGS_H

#include "compile/compile.h"

#define DEFAULT_MIGRATIONS "schema/migrations"

/* A command that makes files of its own (plugin/plugin.h). */
struct plugin_setting {
    const char *command;
    const char *out;       /* where its files go; NULL: where the C goes */
    const char *directory; /* where it runs; NULL: here */
};

/* Lists are filled by libcyaml or by the command line, never by both. */
struct settings {
    struct compile_settings compile;
    const char *out;
    VEC(struct plugin_setting) plugins;
    bool plugins_only;      /* no C */
    const char *migrations; /* the folder; NULL: DEFAULT_MIGRATIONS */
    path_list roles;        /* that exist */
    path_list ignored;      /* patterns of objects of others */
    const char *partitions; /* "external": those too; NULL: they are the schema's */
    /* Of the command line only: */
    path_list only;       /* packages of the configuration file; none: all */
    bool keep_going;      /* without the queries that have errors */
    bool may_lack_schema; /* of sqlc's file: queries over the system's relations alone */
    const char *config; /* the configuration file that was read or is to be read; may be NULL */
    bool check, plans;
    const char *database;
    path_list extensions;
    path_list from, to, allow_drop, allow_lossy, allow_lock;
    bool plain, empty;
    const char *since, *picture;
    const char *depfile, *stamp, *format;
};

typedef VEC(struct settings) settings_list;

#endif
