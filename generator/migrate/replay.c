/* A migration is replayed as a schema file is, but for statements whose effect is written above
 * them: in their place the effect is replayed.
 */
#include "replay/replay.h"

#include <string.h>

#include "inventory/inventory.h"
#include "migrate/reader.h"
#include "sql/raw.h"
#include "support/sha256.h"

struct replay {
    struct arena *arena;
    struct diags *diags;
    VEC(struct statement) statements;
};

/* The text of the file with nothing in it but the effect, so that places are those of the file. */
static struct source *effect_source(struct arena *arena, const struct mark *mark)
{
    const struct source *file = mark->at.source;
    char *bytes = arena_strndup(arena, file->text.data, file->text.len);
    struct source *source;

    for (size_t i = 0; i < file->text.len; i++)
        if ((i < mark->value_at.offset || i >= mark->value_at.offset + mark->value_at.len) &&
            bytes[i] != '\n')
            bytes[i] = ' ';
    source = source_create(arena, file->path, (str){bytes, file->text.len});
    source->release = file->release;
    return source;
}

static void add_effect(struct replay *replay, const struct mark *mark)
{
    struct statements effect;

    if (strcmp(mark->value, "none") == 0)
        return;
    effect = sql_parse_schema(replay->arena, effect_source(replay->arena, mark), replay->diags);
    for (size_t i = 0; i < effect.n; i++)
        vec_push(replay->arena, &replay->statements, effect.items[i]);
}

void migration_replay(struct arena *arena, const struct migration *migration,
                      struct catalog *catalog, struct diags *diags)
{
    struct replay replay = {.arena = arena, .diags = diags};

    for (size_t i = 0; i < migration->moves.n; i++) {
        const struct move *move = &migration->moves.items[i];
        bool has_effect = false;
        if (NODE_IS(move->statement.tree, TRANSACTION_STMT))
            continue;
        for (size_t m = 0; m < move->marks.n; m++)
            if (move->marks.items[m].kind == MARK_EFFECT) {
                add_effect(&replay, &move->marks.items[m]);
                has_effect = true;
            }
        if (!has_effect)
            vec_push(arena, &replay.statements, move->statement);
    }
    replay_script(catalog, (struct statements){replay.statements.items, replay.statements.n},
                  diags);
}

void folder_replay(struct arena *arena, const struct folder *folder, const struct migration *last,
                   struct catalog *catalog, struct diags *diags)
{
    for (size_t i = 0; i < folder->items.n; i++) {
        migration_replay(arena, folder->items.items[i], catalog, diags);
        if (folder->items.items[i] == last)
            return;
    }
}

const char *catalog_hash(struct arena *arena, struct catalog *catalog)
{
    const struct inventory inventory = inventory_of(arena, catalog);

    return arena_printf(arena, "%s:%s", CATALOG_VERSION,
                        sha256_hex(arena, str_from(inventory_text(arena, &inventory))));
}
