/* Whether a database is as the migrations that count as applied make it. */
#include <string.h>

#include "cli/adopt.h"
#include "cli/report.h"

static bool is_applied(const struct adopting *adopting, const char *name)
{
    for (size_t i = 0; i < adopting->applied.n; i++)
        if (strcmp(adopting->applied.items[i], name) == 0)
            return true;
    return false;
}

/* What the applied ones make of an empty database. */
static int replay_applied(struct adopting *adopting, struct schema *schema)
{
    struct arena *arena = adopting->cli->arena;
    struct diags diags = {.arena = arena};

    *schema = (struct schema){.catalog = migrate_catalog(adopting->cli)};
    for (size_t i = 0; i < adopting->folder.items.n; i++) {
        struct migration *migration = adopting->folder.items.items[i];
        if (!is_applied(adopting, migration->name))
            continue;
        migration_replay(arena, migration, schema->catalog, &diags);
        vec_push(arena, &schema->sources, migration->source);
    }
    if (diags.n_errors)
        report_diags(arena, &diags);
    return diags.n_errors ? cli_fail(STATUS_INPUT, "the migrations that are applied do not replay "
                                                   "without those that are pending")
                          : STATUS_OK;
}

/* A session of its own reads the schema: the one with the locks is in a transaction. */
static int read_database(struct adopting *adopting, const struct schema *schema,
                         struct catalog **catalog)
{
    struct mirror reader;
    int status = mirror_open(adopting->cli, &reader);

    if (status == STATUS_OK)
        status = mirror_read(&reader, schema, catalog);
    mirror_close(&reader);
    return status;
}

int adopt_compare(struct adopting *adopting)
{
    struct schema schema;
    struct catalog *catalog;
    const char *differences;
    int status = replay_applied(adopting, &schema);

    if (status == STATUS_OK)
        status = read_database(adopting, &schema, &catalog);
    if (status != STATUS_OK)
        return status;
    differences = mirror_differences(&adopting->mirror, schema.catalog, catalog);
    if (!*differences || adopting->cli->settings.apply.accept_schema)
        return STATUS_OK;
    return cli_fail(
        STATUS_INPUT,
        "the database is not as the applied migrations make it (+ only the database has "
        "it, - only the migrations, ~ migrations → database):\n%sMake them alike, or "
        "take it over as it is with --accept-schema; nothing was changed",
        differences);
}
