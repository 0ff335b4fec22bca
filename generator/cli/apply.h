/* What the verbs share that bring migrations to a database. */
#ifndef TENON_CLI_APPLY_H
#define TENON_CLI_APPLY_H

#include <tenon/migrate.h>

#include "cli/migrate.h"

struct applying {
    struct cli *cli;
    struct folder folder;
    tenon_migrations migrations;
    tenon_migrate_options options;
    tenon_migrator *migrator;
};

#define DEFAULT_LEDGER "tenon.migrations"

/* The server: secrets belong into the environment, a service file or a password file. */
const char *url_of(const struct cli *cli);

/* The parts of SCHEMA.TABLE; another status after a message. */
int ledger_of(struct cli *cli, const char **schema, const char **table);

/* Reads the folder and the settings, connects, and does the work: once, or in each schema that
 * --schemas matches. The worst status. */
int apply_work(struct cli *cli, int (*work)(struct applying *applying));

/* The same in steps, for who works once: the settings alone; then the folder and the connection.
 * tenon_migrator_close() follows. */
int apply_prepare(struct applying *applying);
int apply_open(struct applying *applying);

/* Says what failed; the exit status that belongs to it. */
int apply_fail(struct applying *applying);

/* Prints an event: for people, or as a line of JSON. The context is a struct applying. */
void apply_report(void *context, const tenon_migrate_event *event);

/* Text of a server for a terminal: control characters but line ends and tabs are shown as \x1B. */
const char *printable(struct arena *arena, const char *text);

/* An object of JSON as one line. */
void print_json_line(struct cli *cli, struct buf *json);

#endif
