/* What the verbs of `tenon migrate` share. */
#ifndef TENON_CLI_MIGRATE_H
#define TENON_CLI_MIGRATE_H

#include "cli/cli.h"
#include "migrate/difference.h"

/* A schema and the texts that it was read from. */
struct schema {
    source_list sources;
    struct catalog *catalog;
};

const char *migrations_folder(const struct cli *cli);

/* Texts of what people name: files, directories, patterns, REVISION:PATH. Without those that lie in
 * the directory `without`; NULL: all. */
bool migrate_read(struct cli *cli, const path_list *arguments, const char *without,
                  source_list *sources, struct error *error);

/* A catalog without anything of the user's. */
struct catalog *migrate_catalog(struct cli *cli);
/* Replays the texts; migrations as a folder. */
void migrate_replay(struct cli *cli, const source_list *sources, struct catalog *catalog,
                    struct diags *diags);

/* Reads and replays the schema of the settings, which is the one after. STATUS_OK even with errors
 * in diags; another status after a message was printed. */
int migrate_load_schema(struct cli *cli, struct schema *schema, struct diags *diags);
/* Reads the folder of migrations; one that is not there is empty. Its order is left to the caller,
 * who may have more files for it. */
int migrate_read_folder(struct cli *cli, struct folder *folder, struct diags *diags);
/* The same, in order. */
int migrate_load_folder(struct cli *cli, struct folder *folder, struct diags *diags);
/* The same; errors are shown, and are STATUS_INPUT, as is a second head. */
int migrate_open_folder(struct cli *cli, struct folder *folder);

struct wanted migrate_wanted(const struct schema *schema);

struct plan_options migrate_options(struct cli *cli, path_list *allowed,
                                    const struct ignore *ignore);
/* STATUS_USAGE after a message when a setting has a value that it cannot have. */
int migrate_check_settings(const struct cli *cli);

/* What belongs to others. */
struct ignore migrate_ignore(const struct cli *cli);

/* Says what nobody allowed, with the flags that do. */
int migrate_refuse(struct cli *cli, const struct plan *plan);

/* Errors for two heads. */
void migrate_check_heads(const struct folder *folder, struct diags *diags);

#endif
