/* Secrets stay where they are: in their place stands a word. Only where no schema file has that
 * word are they read, to be compared with those of the files.
 */
#include "cli/mirror.h"

#include <stdio.h>
#include <string.h>

#include "cli/apply.h"
#include "cli/report.h"
#include "cli/review.h"
#include "inventory/inventory.h"
#include "live/ddl.h"
#include "pull/load.h"

/* --- Connecting ------------------------------------------------------------------------------- */

void mirror_ignore(struct mirror *mirror, const char *pattern)
{
    vec_push(mirror->cli->arena, &mirror->ignored, pattern);
    mirror->ignore.patterns = mirror->ignored.items;
    mirror->ignore.n_patterns = mirror->ignored.n;
}

/* The ledger is no part of the schema; nor is the schema that is there for it alone. */
static void ignore_ledger(struct mirror *mirror, const char *schema, const char *table)
{
    struct cli *cli = mirror->cli;
    const char *ledger = arena_printf(cli->arena, "%s.%s", schema, table);
    const struct ignore wanted = migrate_ignore(cli);

    mirror->ignore = wanted;
    for (size_t i = 0; i < wanted.n_patterns; i++)
        mirror_ignore(mirror, wanted.patterns[i]);
    if (strcmp(ledger, DEFAULT_LEDGER) == 0)
        mirror_ignore(mirror, schema);
    mirror_ignore(mirror, ledger);
    mirror_ignore(mirror, arena_printf(cli->arena, "%s_log", ledger));
}

int mirror_open(struct cli *cli, struct mirror *mirror)
{
    const char *schema, *table;
    struct error error = {.text = ""};
    int status = migrate_check_settings(cli);

    *mirror = (struct mirror){.cli = cli};
    if (status == STATUS_OK)
        status = ledger_of(cli, &schema, &table);
    if (status != STATUS_OK)
        return status;
    ignore_ledger(mirror, schema, table);
    mirror->ledger = arena_printf(cli->arena, "%s.%s", catalog_quote_identifier(cli->arena, schema),
                                  catalog_quote_identifier(cli->arena, table));
    mirror->server = server_connect(cli->arena, url_of(cli), &error);
    return mirror->server ? STATUS_OK : cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
}

void mirror_close(struct mirror *mirror)
{
    server_disconnect(mirror->server);
}

/* --- Reading ---------------------------------------------------------------------------------- */

/* Whether the files say what the secrets are. */
static bool has_secrets(const struct schema *schema)
{
    if (!schema)
        return false;
    for (size_t i = 0; i < schema->sources.n; i++)
        if (strstr(schema->sources.items[i]->text.data, DDL_SECRET))
            return false;
    return true;
}

static void forget_version(struct cli *cli, struct ddl_object *object)
{
    const char *version = strstr(object->sql, " VERSION '");
    const char *end = version ? strchr(version, ';') : NULL;

    if (end)
        object->sql =
            arena_printf(cli->arena, "%.*s%s", (int)(version - object->sql), object->sql, end);
}

/* CREATE EXTENSION without VERSION takes what the server has. */
static void forget_versions(struct cli *cli, const struct schema *schema, struct ddl *ddl)
{
    const struct inventory inventory = inventory_of(cli->arena, schema->catalog);

    for (size_t i = 0; i < ddl->objects.n; i++) {
        const struct item *item = inventory_find(&inventory, ddl->objects.items[i].words);
        if (item && item->kind == ITEM_EXTENSION && !item_property(item, PROPERTY_VERSION))
            forget_version(cli, &ddl->objects.items[i]);
    }
}

static int refuse(struct mirror *mirror, const struct ddl *ddl)
{
    struct arena *arena = mirror->cli->arena;
    struct buf text = buf_in(arena);

    for (size_t i = 0; i < ddl->refusals.n; i++)
        buf_addf(&text, "\n    %s", ddl->refusals.items[i]);
    return cli_fail(STATUS_INPUT,
                    "PostgreSQL %s has what a schema of PostgreSQL %d can not express; nothing is "
                    "written before it is taken away there:%s",
                    server_version(mirror->server),
                    compile_release(&mirror->cli->settings.compile).major, buf_text(&text));
}

static int load(struct mirror *mirror, const struct ddl *ddl, struct catalog **catalog)
{
    struct diags diags = {.arena = mirror->cli->arena};

    *catalog = migrate_catalog(mirror->cli);
    pull_load(mirror->cli->arena, ddl, *catalog, &diags);
    report_diags(mirror->cli->arena, &diags);
    return diags.n_errors ? STATUS_INPUT : STATUS_OK;
}

int mirror_read(struct mirror *mirror, const struct schema *schema, struct catalog **catalog)
{
    struct error error = {.text = ""};
    struct ddl ddl;

    if (!ddl_read(mirror->server, !has_secrets(schema), &ddl, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (ddl.refusals.n)
        return refuse(mirror, &ddl);
    for (size_t i = 0; i < ddl.notes.n; i++)
        fprintf(stderr, "tenon: %s\n", ddl.notes.items[i]);
    if (schema)
        forget_versions(mirror->cli, schema, &ddl);
    return load(mirror, &ddl, catalog);
}

/* --- Comparing -------------------------------------------------------------------------------- */

static struct inventory inventory_without(struct mirror *mirror, struct catalog *catalog)
{
    struct inventory inventory = inventory_of(mirror->cli->arena, catalog);

    inventory_ignore(mirror->cli->arena, &inventory, &mirror->ignore);
    return inventory;
}

/* What their options are may be a secret. */
static bool is_shown(const struct object_change *object)
{
    return strcmp(object->kind, "USER MAPPING") != 0 && strcmp(object->kind, "SERVER") != 0 &&
           strcmp(object->kind, "SUBSCRIPTION") != 0;
}

const char *mirror_differences(struct mirror *mirror, struct catalog *wanted,
                               struct catalog *catalog)
{
    struct arena *arena = mirror->cli->arena;
    const struct inventory before = inventory_without(mirror, wanted),
                           after = inventory_without(mirror, catalog);
    struct migration_review review = {0};
    struct buf out = buf_in(arena);

    review_objects(arena, &before, &after, &review);
    for (size_t i = 0; i < review.objects.n; i++) {
        const struct object_change *object = &review.objects.items[i];
        buf_addf(&out, "  %c %s %s%s%s\n", object->sign, object->kind, object->name,
                 *object->details ? ": " : "",
                 *object->details && !is_shown(object) ? "its options" : object->details);
    }
    return buf_text(&out);
}
