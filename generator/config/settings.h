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

/* How migrations are applied; times as people write them: 5s, 2min, never. */
struct apply_settings {
    const char *ledger; /* SCHEMA.TABLE; NULL: tenon.migrations */
    const char *role;
    /* Of the command line only: */
    const char *last;    /* the last one to apply */
    const char *schemas; /* a pattern; NULL: there is one set of tables */
    bool keeps_going;    /* with the other schemas when one has failed */
    const char *ticket, *revision;
    const char *lock_timeout, *wait_timeout, *statement_timeout, *concurrent_timeout;
    const char *batch_pause, *max_lag;
    bool out_of_order, dry_run, script, show_data, json;
    bool accept_edit, forget, mark_applied, accept_schema, end_holder; /* repairs */
};

/* Lists are filled by libcyaml or by the command line, never by both. */
struct settings {
    struct compile_settings compile;
    const char *out;
    VEC(struct plugin_setting) plugins;
    bool plugins_only;      /* no C */
    const char *migrations; /* the folder; NULL: DEFAULT_MIGRATIONS */
    bool embed_migrations;  /* as C, for programs that apply them */
    path_list roles;        /* that exist */
    path_list ignored;      /* patterns of objects of others */
    const char *partitions; /* "external": those too; NULL: they are the schema's */
    struct apply_settings apply;
    /* Of the command line only: */
    path_list only;       /* packages of the configuration file; none: all */
    bool keep_going;      /* without the queries that have errors */
    bool may_lack_schema; /* of sqlc's file: queries over the system's relations alone */
    const char *config;   /* the configuration file that was read or is to be read; may be NULL */
    bool check, plans;
    const char *database;
    path_list extensions;
    path_list from, to, allow_drop, allow_lossy, allow_lock;
    bool plain, empty, with_migrations;
    const char *pull_to, *split;
    const char *since, *picture;
    const char *depfile, *stamp, *format;
};

typedef VEC(struct settings) settings_list;

#endif
