/* Each check compares two things and points at the place where they part. */
#include "migrate/check.h"

#include <string.h>

#include "migrate/batch.h"
#include "migrate/reader.h"
#include "migrate/renaming.h"
#include "sql/alone.h"
#include "sql/raw.h"

enum { MOST_NOTES = 5 };

/* The schema at the moment of the migration decides which keys a table has. */
static void check_batches(struct arena *arena, const struct migration *migration,
                          const struct catalog *catalog, struct diags *diags)
{
    for (size_t i = 0; i < migration->moves.n; i++) {
        const struct move *move = &migration->moves.items[i];
        const struct mark *mark = marks_find(&move->marks, MARK_BATCH);
        if (mark && (NODE_IS(move->statement.tree, UPDATE_STMT) ||
                     NODE_IS(move->statement.tree, DELETE_STMT)))
            batch_check(arena, &move->statement, &(struct batch_mark){mark->value, mark->at},
                        catalog, diags);
    }
}

/* What REINDEX or CLUSTER names; NULL for all other statements. */
static const PgQuery__RangeVar *maintained(const PgQuery__Node *tree)
{
    if (NODE_IS(tree, REINDEX_STMT))
        return tree->reindex_stmt->relation;
    return NODE_IS(tree, CLUSTER_STMT) ? tree->cluster_stmt->relation : NULL;
}

static bool has_index(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (strcmp(relation->indexes.items[i]->name, name) == 0)
            return true;
    return false;
}

/* Whether the name is that of a partitioned table, or of an index of one. */
static bool is_partitioned(const struct catalog *catalog, const PgQuery__RangeVar *name)
{
    const char *schema = raw_optional(name->schemaname);
    const struct namespace *namespace = catalog_find_namespace(catalog, schema ? schema : "public");
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; namespace && i < n; i++) {
        const struct relation *relation = relations[i];
        if (relation && relation->relkind == 'p' && relation->namespace_oid == namespace->oid &&
            (name_eq(relation->name, name->relname) || has_index(relation, name->relname)))
            return true;
    }
    return false;
}

/* The server goes from one partition to the next, each in a transaction. */
static void check_partitioned(struct arena *arena, const struct migration *migration,
                              const struct catalog *catalog, struct diags *diags)
{
    for (size_t i = 0; i < migration->moves.n && !migration->is_outside; i++) {
        const struct move *move = &migration->moves.items[i];
        const PgQuery__RangeVar *name = maintained(move->statement.tree);
        if (name && !raw_alone(move->statement.tree, false) && is_partitioned(catalog, name))
            refuse_in_transaction(arena, move, raw_alone(move->statement.tree, true), diags);
    }
}

void check_replay(struct arena *arena, const struct folder *folder, struct catalog *catalog,
                  struct diags *diags)
{
    for (size_t i = 0; i < folder->items.n; i++) {
        check_batches(arena, folder->items.items[i], catalog, diags);
        check_partitioned(arena, folder->items.items[i], catalog, diags);
        migration_replay(arena, folder->items.items[i], catalog, diags);
    }
}

void check_hash(struct arena *arena, const struct folder *folder, struct catalog *catalog,
                struct diags *diags)
{
    const struct migration *head = folder_head(folder);
    const char *hash = head ? catalog_hash(arena, catalog) : NULL;
    struct diag *diag;

    if (!head || name_eq(head->hash, hash))
        return;
    if (!head->hash)
        diag =
            diag_error(diags, "PL721", span_of(head->source, (uint32_t)head->source->text.len, 0),
                       "the last line names the schema that a migration leads to");
    else if (!str_starts_with(str_from(head->hash), CATALOG_VERSION ":"))
        diag = diag_error(diags, "PL721", head->hash_at,
                          "this tenon names schemas by " CATALOG_VERSION ":HASH only");
    else
        diag = diag_error(diags, "PL721", head->hash_at,
                          "the migrations lead to another schema than this line says");
    diag_hint(diags, diag,
              "if no database has this migration yet: tenon migrate rehash %s; else put back what "
              "was changed in it or in one before it",
              head->source->path);
}

/* --- The end ---------------------------------------------------------------------------------- */

/* The first property in which two items differ; NULL: none. */
static const char *differing_property(const struct item *a, const struct item *b)
{
    for (int id = 0; id < N_PROPERTIES; id++)
        if (!(property_flags((enum property_id)id) & PROPERTY_IS_NOTED) &&
            !item_same(a, b, (enum property_id)id))
            return property_name((enum property_id)id);
    return NULL;
}

struct differences {
    struct arena *arena;
    struct diags *diags;
    struct diag *diag;
    size_t n;
};

static void note(struct differences *found, const struct item *item, const char *what)
{
    if (++found->n <= MOST_NOTES)
        diag_note(found->diags, found->diag, item->at, "%s %s",
                  item_title(found->arena, item, NULL), what);
}

static void note_differences(struct differences *found, const struct inventory *end,
                             const struct inventory *wanted)
{
    for (size_t i = 0; i < wanted->items.n; i++) {
        const struct item *item = wanted->items.items[i], *other = inventory_find(end, item->key);
        const char *property = other ? differing_property(item, other) : NULL;
        if (!other)
            note(found, item, "is in the schema only");
        else if (property)
            note(found, item, arena_printf(found->arena, "differs: %s", property));
    }
    for (size_t i = 0; i < end->items.n; i++)
        if (!inventory_find(wanted, end->items.items[i]->key))
            note(found, end->items.items[i], "is in the migrations only");
}

void check_end(struct arena *arena, const struct folder *folder, const struct inventory *end,
               const struct inventory *wanted, struct diags *diags)
{
    const struct migration *head = folder_head(folder);
    struct differences found = {.arena = arena, .diags = diags};
    const span at = head ? span_of(head->source, 0, 0) : (span){0};

    if (strcmp(inventory_text(arena, end), inventory_text(arena, wanted)) == 0)
        return;
    found.diag = diag_error(diags, "PL722", at, "the migrations do not lead to the schema");
    note_differences(&found, end, wanted);
    if (found.n > MOST_NOTES)
        diag_note(diags, found.diag, (span){0}, "and %zu differences more", found.n - MOST_NOTES);
    diag_hint(diags, found.diag, "tenon migrate new NAME writes the migration that is missing");
}

void check_unchanged(struct arena *arena, const struct migration *migration, str old,
                     const char *revision, struct diags *diags)
{
    const str text = migration->source->text;
    size_t at = 0;

    old = without_carriage_returns(arena, old);
    if (str_eq(text, old))
        return;
    while (at < text.len && at < old.len && text.data[at] == old.data[at])
        at++;
    diag_hint(diags,
              diag_error(diags, "PL723", span_of(migration->source, (uint32_t)at, 1),
                         "the migration was edited since %s, where it was already", revision),
              "databases may have it: put it back, and write what is to change into a new one");
}
