/* The table of settings. */
#include "config/options.h"

#include <assert.h>
#include <stddef.h>

#include "config/config.h"

#define AT(member) offsetof(struct settings, member)

enum {
    EMITTING = IN_GENERATE | IN_CHECK,
    APPLYING = IN_MIGRATE_APPLY | IN_MIGRATE_STATUS | IN_MIGRATE_REPAIR,
    IN_FOLDER =
        IN_MIGRATE_NEW | IN_MIGRATE_CHECK | IN_MIGRATE_REHASH | IN_MIGRATE_REBASE | APPLYING,
    MIRRORING = IN_PULL | IN_PUSH,
    PLANNING = IN_MIGRATE_NEW | IN_MIGRATE_DIFF,
    DIFFERING = PLANNING | IN_MIGRATE_REVIEW,
    LOSING = PLANNING | IN_PUSH,
    QUERYING = COMPILING & ~IN_FOLDER & ~MIRRORING, /* commands that look at queries */
    SCHEMING = COMPILING & ~APPLYING,               /* those that look at the schema files */
};

const struct option options[] = {
    {"package", "package", OPTION_TEXT, AT(compile.package), QUERYING, "NAME", "app",
     "prefix of everything generated; a C identifier"},
    {"schema", "schema", OPTION_LIST, AT(compile.schema), SCHEMING, "FILE...", "[schema]",
     "schema files, directories or patterns, in the order of loading"},
    {"queries", "queries", OPTION_LIST, AT(compile.queries), QUERYING, "FILE...", "[queries]",
     "files with annotated queries, directories or patterns"},
    {"out", "out", OPTION_TEXT, AT(out), IN_GENERATE, "DIR", "generated",
     "where generated files go, into a folder named like the package"},
    {"root", "root", OPTION_TEXT, AT(compile.root), QUERYING, "DIR", ".",
     "paths in generated text are relative to this directory"},
    {"server-version", "server_version", OPTION_NUMBER, AT(compile.server_version),
     COMPILING | IN_MIGRATE_DIFF, "N", "15",
     "major version of PostgreSQL that the SQL is written for"},
    {"repositories", "repositories", OPTION_SWITCH, AT(compile.repositories), EMITTING, NULL,
     "false", "also generate a port and its PostgreSQL adapter for each file"},
    {"fakes", "fakes", OPTION_SWITCH, AT(compile.fakes), EMITTING, NULL, "false",
     "also generate test doubles of the ports"},
    {"rename", "renames", OPTION_RENAMES, AT(compile.renames), EMITTING, "FROM=TO...",
     "[{from: orders.class, to: order_class}]",
     "other C names for tables, columns, types and labels"},
    {"override", "overrides", OPTION_OVERRIDES, AT(compile.overrides), EMITTING,
     "match=TYPE,c_type=T,include=H,decode=F,encode=F...",
     "[{match: numeric, c_type: price, include: <price.h>, decode: price_read, encode: "
     "price_write}]",
     "other C types for SQL types or columns"},
    {"plugin", "plugins", OPTION_PLUGINS, AT(plugins), IN_GENERATE, "COMMAND...",
     "[{command: python3 tools/tables.py, out: docs}]",
     "commands of the shell that make files of their own from the analysis"},
    {"plugins-only", "plugins_only", OPTION_SWITCH, AT(plugins_only), IN_GENERATE, NULL, "false",
     "generate no C, only what the plug-ins make"},
    {"config", NULL, OPTION_TEXT, AT(config), COMPILING, "FILE", NULL,
     "configuration file, sqlc's too; " CONFIG_NAME " unless --schema and --queries are given"},
    {"database", NULL, OPTION_TEXT, AT(database), IN_VERIFY | IN_CATALOG | APPLYING | MIRRORING,
     "URL", NULL, "the server: a URL or conninfo string of libpq; '' for the PG* variables"},
    {"plans", NULL, OPTION_SWITCH, AT(plans), IN_VERIFY, NULL, NULL,
     "also print how the server would run each query, whatever its parameters"},
    {"extension", NULL, OPTION_LIST, AT(extensions), IN_CATALOG, "NAME...", NULL,
     "extensions to dump, with those that they require; all but plpgsql unless given"},
    {"out", NULL, OPTION_TEXT, AT(out), IN_CATALOG, "FILE", NULL,
     "where the SQL goes; standard output unless given"},
    {"out", NULL, OPTION_TEXT, AT(pull_to), IN_PULL, "PATH", NULL,
     "the file, or with --split the directory, that is written; standard output unless given"},
    {"split", NULL, OPTION_TEXT, AT(split), IN_PULL, "schema|table", NULL,
     "a file for each schema, or each table, view, type and function"},
    {"check", NULL, OPTION_SWITCH, AT(check), IN_PULL, NULL, NULL,
     "write nothing; exit with 1 and say what differs when the database is not as the schema "
     "files"},
    {"with-migrations", NULL, OPTION_SWITCH, AT(with_migrations), IN_PUSH, NULL, NULL,
     "push to a database that migrations were applied to, behind their back"},
    {"migrations", "migrations", OPTION_TEXT, AT(migrations), IN_FOLDER, "DIR", "schema/migrations",
     "the folder of migrations; schema/migrations unless given"},
    {"role", "roles", OPTION_LIST, AT(roles), IN_MIGRATE_NEW | IN_MIGRATE_CHECK, "NAME...",
     "[app, reporting]", "roles that exist wherever the schema is put; others are errors"},
    {"ignore", "ignore", OPTION_LIST, AT(ignored), IN_MIGRATE_NEW | IN_MIGRATE_CHECK | MIRRORING,
     "PATTERN...", "[partman.*, public.*_p20*]",
     "objects of others, by qualified name: never created, changed or dropped"},
    {"partitions", "partitions", OPTION_TEXT, AT(partitions),
     IN_MIGRATE_NEW | IN_MIGRATE_CHECK | MIRRORING, "external", "external",
     "partitions are made by others: none is created, changed or dropped"},
    {"ledger", "ledger", OPTION_TEXT, AT(apply.ledger), APPLYING | MIRRORING, "SCHEMA.TABLE",
     "tenon.migrations", "the table of what was applied; tenon.migrations unless given"},
    {"role", "role", OPTION_TEXT, AT(apply.role), APPLYING, "NAME", "app_owner",
     "SET ROLE to it: it owns the ledger, and what migrations make"},
    {"to", NULL, OPTION_TEXT, AT(apply.last), IN_MIGRATE_APPLY, "VERSION", NULL,
     "the last migration to apply: its name, or the time that it begins with"},
    {"dry-run", NULL, OPTION_SWITCH, AT(apply.dry_run), IN_MIGRATE_APPLY | IN_PUSH, NULL, NULL,
     "apply nothing; print what would be"},
    {"allow-out-of-order", NULL, OPTION_SWITCH, AT(apply.out_of_order), IN_MIGRATE_APPLY, NULL,
     NULL, "also apply what comes before a migration that is applied"},
    {"ticket", NULL, OPTION_TEXT, AT(apply.ticket), IN_MIGRATE_APPLY | IN_MIGRATE_REPAIR, "TEXT",
     NULL, "is noted in the ledger"},
    {"revision", NULL, OPTION_TEXT, AT(apply.revision), IN_MIGRATE_APPLY, "TEXT", NULL,
     "git's revision, for the ledger; asked of git unless given"},
    {"lock-timeout", NULL, OPTION_TEXT, AT(apply.lock_timeout), IN_MIGRATE_APPLY, "TIME", NULL,
     "for a lock of a table, then the transaction is tried again; 5s unless given"},
    {"wait-timeout", NULL, OPTION_TEXT, AT(apply.wait_timeout), IN_MIGRATE_APPLY, "TIME", NULL,
     "for another session that applies; 10min unless given; never"},
    {"statement-timeout", NULL, OPTION_TEXT, AT(apply.statement_timeout), IN_MIGRATE_APPLY, "TIME",
     NULL, "of a statement; 1h unless given; never"},
    {"concurrent-timeout", NULL, OPTION_TEXT, AT(apply.concurrent_timeout), IN_MIGRATE_APPLY,
     "TIME", NULL, "of CREATE INDEX CONCURRENTLY and the like; 24h unless given; never"},
    {"batch-pause", NULL, OPTION_TEXT, AT(apply.batch_pause), IN_MIGRATE_APPLY, "TIME", NULL,
     "between two slices of a batch; none unless given"},
    {"max-lag", NULL, OPTION_TEXT, AT(apply.max_lag), IN_MIGRATE_APPLY, "TIME", NULL,
     "batches wait while a standby is further behind; 10s unless given; never"},
    {"show-data", NULL, OPTION_SWITCH, AT(apply.show_data), IN_MIGRATE_APPLY, NULL, NULL,
     "show the server's DETAIL of a failure, which can hold values of rows"},
    {"json", NULL, OPTION_SWITCH, AT(apply.json), IN_MIGRATE_APPLY | IN_MIGRATE_STATUS, NULL, NULL,
     "for machines: an object in each line of apply, one for status"},
    {"accept-edit", NULL, OPTION_SWITCH, AT(apply.accept_edit), IN_MIGRATE_REPAIR, NULL, NULL,
     "NAME was edited after it was applied, and does the same"},
    {"forget", NULL, OPTION_SWITCH, AT(apply.forget), IN_MIGRATE_REPAIR, NULL, NULL,
     "NAME counts as never begun: its row goes"},
    {"mark-applied", NULL, OPTION_SWITCH, AT(apply.mark_applied), IN_MIGRATE_REPAIR, NULL, NULL,
     "NAME counts as applied: a person has done what it does"},
    {"accept-schema", NULL, OPTION_SWITCH, AT(apply.accept_schema), IN_MIGRATE_REPAIR, NULL, NULL,
     "the database as it is now is as it should be: no drift"},
    {"end-holder", NULL, OPTION_SWITCH, AT(apply.end_holder), IN_MIGRATE_REPAIR, NULL, NULL,
     "end the session that holds the lock, of a runner that is gone"},
    {"from", NULL, OPTION_LIST, AT(from), IN_MIGRATE_DIFF, "FILE...", NULL,
     "the schema before: files, directories, patterns, or REVISION:PATH of git"},
    {"to", NULL, OPTION_LIST, AT(to), IN_MIGRATE_DIFF, "FILE...", NULL, "the schema after"},
    {"plain", NULL, OPTION_SWITCH, AT(plain), DIFFERING, NULL, NULL,
     "the plain form of each statement, whatever it locks"},
    {"allow-drop", NULL, OPTION_LIST, AT(allow_drop), LOSING, "KIND:NAME...", NULL,
     "what may be dropped: column:public.orders.note; all for everything"},
    {"allow-lossy", NULL, OPTION_LIST, AT(allow_lossy), LOSING, "KIND:NAME...", NULL,
     "what may lose values or fail on those that are there"},
    {"allow-lock", NULL, OPTION_LIST, AT(allow_lock), PLANNING, "TABLE...", NULL,
     "tables that may be locked for long"},
    {"empty", NULL, OPTION_SWITCH, AT(empty), IN_MIGRATE_NEW, NULL, NULL,
     "a file without statements, to be written by hand"},
    {"since", NULL, OPTION_TEXT, AT(since), IN_MIGRATE_CHECK, "REVISION", NULL,
     "no file may differ from the one where git's REVISION and HEAD part"},
    {"picture", NULL, OPTION_TEXT, AT(picture), IN_MIGRATE_REVIEW, "FILE", NULL,
     "write a picture of what changes, as SVG"},
    {"format", NULL, OPTION_TEXT, AT(format), IN_MIGRATE_REVIEW, "markdown|json", NULL,
     "for people or for machines"},
    {"check", NULL, OPTION_SWITCH, AT(check), IN_GENERATE, NULL, NULL,
     "write nothing; show a diff and exit with 1 when files are stale"},
    {"depfile", NULL, OPTION_TEXT, AT(depfile), IN_GENERATE, "FILE", NULL,
     "write the inputs as a make rule for the stamp"},
    {"stamp", NULL, OPTION_TEXT, AT(stamp), IN_GENERATE, "FILE", NULL,
     "touch this file when all is done"},
    {"format", NULL, OPTION_TEXT, AT(format), IN_CHECK | IN_VERIFY | IN_MIGRATE_CHECK,
     "text|json|sarif", NULL, "how diagnostics are shown"},
};

const size_t n_options = sizeof options / sizeof *options;

static_assert(sizeof(((struct compile_settings *)0)->renames) == sizeof(path_list) &&
                  sizeof(((struct compile_settings *)0)->overrides) == sizeof(path_list) &&
                  sizeof(((struct settings *)0)->plugins) == sizeof(path_list),
              "lists of all kinds are read, counted and cleared alike");

bool option_is_list(const struct option *option)
{
    return option->kind == OPTION_LIST || option->kind == OPTION_RENAMES ||
           option->kind == OPTION_OVERRIDES || option->kind == OPTION_PLUGINS;
}
