/* Compares inventories with what a server has after the same script.
 *
 *     inventory_agree [-v | --all] FACTS.sql CASE.sql…
 *
 * FACTS.sql ends in a query for lines "KEY" and "KEY | property: value" of items of relations and
 * their parts; with --all of all kinds, and of relations only what objects of every kind have. Exit
 * status 1 when any line is on one side only, 77 without a server. A case that the server refuses
 * is a difference, with -v only a message.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agree/script.h"
#include "catalog/server.h"
#include "inventory/inventory.h"
#include "replay/replay.h"

enum { SKIPPED = 77 };

struct lines {
    VEC(const char *) list;
};

struct tally {
    const char *facts;
    const char *const *kinds; /* as keys begin */
    size_t n_kinds;
    bool of_all; /* owners, privileges and comments are compared too */
    bool is_verbose;
    size_t n_cases, n_equal, n_refused, n_lines;
};

/* --- Here ------------------------------------------------------------------------------------- */

/* Of relations nothing but owners and the like, or nothing of those. */
static bool is_compared(const struct tally *tally, const struct item *item, enum property_id id)
{
    const bool is_relation = item->kind >= ITEM_SEQUENCE && item->kind <= ITEM_POLICY &&
                             !(item->part_of && item->part_of->kind == ITEM_COMPOSITE);

    if (property_flags(id) & PROPERTY_IS_NOTED)
        return false;
    return tally->of_all ? !is_relation || id <= PROPERTY_SECURITY_LABEL
                         : id > PROPERTY_SECURITY_LABEL;
}

static void add_item(struct arena *arena, const struct tally *tally, struct lines *lines,
                     const struct item *item)
{
    size_t n = 0;

    vec_push(arena, &lines->list, item->key);
    for (size_t i = 0; i < item->properties.n; i++) {
        const struct property *property = &item->properties.items[i];
        const bool is_listed = property_flags(property->id) & PROPERTY_IS_LISTED;
        if (!is_compared(tally, item, property->id))
            continue;
        n = i > 0 && property[-1].id == property->id ? n + 1 : 1;
        vec_push(arena, &lines->list,
                 is_listed ? arena_printf(arena, "%s | %s[%zu]: %s", item->key,
                                          property_name(property->id), n, property->value)
                           : arena_printf(arena, "%s | %s: %s", item->key,
                                          property_name(property->id), property->value));
    }
}

static bool is_kind(const struct item *item, const char *name)
{
    const size_t len = strlen(name);

    return strncmp(item->key, name, len) == 0 && item->key[len] == ' ';
}

static struct lines lines_here(struct arena *arena, const struct tally *tally,
                               const struct inventory *inventory)
{
    struct lines lines = {0};

    for (size_t i = 0; tally->of_all && i < inventory->items.n; i++)
        if (inventory->items.items[i]->kind != ITEM_DEFAULT)
            add_item(arena, tally, &lines, inventory->items.items[i]);
    for (size_t i = 0; !tally->of_all && i < inventory->items.n; i++)
        for (size_t k = 0; k < tally->n_kinds; k++)
            if (is_kind(inventory->items.items[i], tally->kinds[k]))
                add_item(arena, tally, &lines, inventory->items.items[i]);
    return lines;
}

/* --- There ------------------------------------------------------------------------------------ */

/* The last result of the text; NULL after a message. */
static PGresult *run_text(PGconn *conn, const char *path, const char *text)
{
    PGresult *result = PQexec(conn, text);

    if (PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK)
        return result;
    printf("%s: %s", path, PQerrorMessage(conn));
    PQclear(result);
    return NULL;
}

/* Roles outlive the database of the case that made them. */
static void drop_roles(PGconn *conn)
{
    PQclear(PQexec(conn, "DO $$DECLARE r name; BEGIN"
                         " FOR r IN SELECT rolname FROM pg_roles WHERE rolname ILIKE 'inv%' LOOP"
                         " EXECUTE format('DROP ROLE %I', r); END LOOP; END$$"));
}

static bool lines_there(struct arena *arena, PGconn *conn, const struct tally *tally,
                        const char *path, struct lines *lines)
{
    const char *text = script_read_text(arena, path);
    const char *facts = script_read_text(arena, tally->facts);
    PGresult *result;

    drop_roles(conn);
    result = run_text(conn, path, text);
    if (!result)
        return false;
    PQclear(result);
    PQclear(PQexec(conn, "ROLLBACK"));
    PQclear(run_text(conn, path, "RESET ALL; SET search_path = pg_catalog"));
    result = run_text(conn, tally->facts, facts);
    if (!result)
        exit(3);
    for (int i = 0; i < PQntuples(result); i++)
        vec_push(arena, &lines->list, arena_strdup(arena, PQgetvalue(result, i, 0)));
    PQclear(result);
    return true;
}

/* --- Both ------------------------------------------------------------------------------------- */

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(struct lines *lines)
{
    if (lines->list.n > 0)
        qsort(lines->list.items, lines->list.n, sizeof *lines->list.items, compare_lines);
}

static size_t print_differences(const char *path, const struct lines *here,
                                const struct lines *there)
{
    size_t i = 0, k = 0, n = 0;

    while (i < here->list.n || k < there->list.n) {
        const int order = i == here->list.n    ? 1
                          : k == there->list.n ? -1
                                               : strcmp(here->list.items[i], there->list.items[k]);
        if (order < 0)
            printf("%s: here:  %s\n", path, here->list.items[i]);
        else if (order > 0)
            printf("%s: there: %s\n", path, there->list.items[k]);
        n += order != 0;
        i += order <= 0;
        k += order >= 0;
    }
    return n;
}

static struct inventory replayed(struct arena *arena, const char *path, size_t *n_errors)
{
    struct diags diags = {.arena = arena};
    struct catalog *catalog = catalog_create(arena, release_default());
    const struct source *source =
        source_create(arena, path, str_from(script_read_text(arena, path)));

    replay_script(catalog, sql_parse_schema(arena, source, &diags), &diags);
    for (size_t i = 0; diags.n_errors > 0 && i < diags.list.n; i++) {
        struct buf out = buf_in(arena);
        diag_render(&out, diags.list.items[i], false);
        printf("%s", buf_text(&out));
    }
    *n_errors = diags.n_errors;
    return inventory_of(arena, catalog);
}

/* False without a server. */
static bool compare_case(struct tally *tally, const char *path)
{
    struct arena arena = {0};
    struct server *server = server_open_for_verdict(&arena, "inventory");
    struct lines here, there = {0};
    struct inventory inventory;
    size_t n_errors, n_different;

    if (!server)
        return false;
    tally->n_cases++;
    if (lines_there(&arena, server->conn, tally, path, &there)) {
        inventory = replayed(&arena, path, &n_errors);
        here = lines_here(&arena, tally, &inventory);
        sort(&here);
        sort(&there);
        n_different = print_differences(path, &here, &there) + n_errors;
        tally->n_equal += n_different == 0;
        tally->n_lines += there.list.n;
    } else {
        tally->n_refused++;
    }
    server_close(server);
    arena_finish(&arena);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const kinds[] = {
        "SEQUENCE",
        "TABLE",
        "FOREIGN_TABLE",
        "COLUMN",
        "DEFAULT",
        "VIEW",
        "MATERIALIZED_VIEW",
        "INDEX",
        "CONSTRAINT",
        "STATISTICS",
        "RULE",
        "TRIGGER",
        "POLICY",
    };
    struct tally tally = {.kinds = kinds,
                          .n_kinds = sizeof kinds / sizeof *kinds,
                          .is_verbose = argc > 1 && strcmp(argv[1], "-v") == 0,
                          .of_all = argc > 1 && strcmp(argv[1], "--all") == 0};
    int first = tally.is_verbose || tally.of_all ? 2 : 1;

    tally.facts = argv[first];
    for (int i = first + 1; i < argc; i++)
        if (!compare_case(&tally, argv[i]))
            return SKIPPED;
    printf("inventory: %zu of %zu cases are equal, %zu were refused; %zu lines\n", tally.n_equal,
           tally.n_cases, tally.n_refused, tally.n_lines);
    return tally.n_equal + (tally.is_verbose ? tally.n_refused : 0) < tally.n_cases;
}
