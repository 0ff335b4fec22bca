/* Indexes and keys of partitioned tables, and those of their partitions that are attached to them.
 *
 * CREATE INDEX on a partitioned table makes all of them under a lock. Where its partitions have
 * rows it is made ON ONLY the table, then one of each partition CONCURRENTLY, and each is attached;
 * with the last one it is whole. A partition that comes to a table gets its indexes before, so that
 * ATTACH PARTITION finds them.
 */
#include <string.h>

#include "plan/planner.h"

static bool is_index(const struct item *item)
{
    return item->kind == ITEM_INDEX ||
           (item->kind == ITEM_CONSTRAINT && !is_foreign_key(item) && !is_check(item));
}

const struct item *parent_index(const struct item *item)
{
    if (!item || !is_index(item))
        return NULL;
    for (size_t i = 0; i < item->needs.n; i++)
        if (is_index(item->needs.items[i]) && item->needs.items[i]->part_of != item->part_of)
            return item->needs.items[i];
    return NULL;
}

static const struct change *table_of(const struct planner *planner, const struct change *piece)
{
    return change_of(planner, change_item(piece)->part_of);
}

/* --- What is made apart ----------------------------------------------------------------------- */

static bool has_old_partition(const struct planner *planner, const struct change *index)
{
    for (size_t i = 0; i < index->pieces.n; i++)
        if (is_on_old_table(planner, index->pieces.items[i]->after))
            return true;
    return false;
}

/* It was not whole, and is to be. */
static bool becomes_whole(const struct change *index)
{
    return index->before && index->after && item_property(index->before, PROPERTY_ONLY) &&
           !item_property(index->after, PROPERTY_ONLY);
}

/* A key of a partition's own, which is attached. */
static bool has_own_piece(const struct change *index)
{
    for (size_t i = 0; i < index->pieces.n; i++)
        if (!index->pieces.items[i]->after->is_derived)
            return true;
    return false;
}

static bool is_made_apart(const struct planner *planner, const struct change *index)
{
    return is_created(index) && !index->after->is_derived &&
           ((!planner->options->is_plain && has_old_partition(planner, index)) ||
            has_own_piece(index));
}

/* The table is there, and comes to be a partition. */
static bool comes_as_partition(const struct change *table)
{
    return table && table->before && table->after && change_has(table, PROPERTY_PARENT) &&
           item_property(table->after, PROPERTY_BOUND);
}

static bool was_attached_to(const struct item *before, const struct item *parent)
{
    const struct item *was = parent_index(before);

    return was && strcmp(was->key, parent->key) == 0;
}

static void decide_attachment(struct change *piece)
{
    piece->attaches = true;
    if (piece->action != ACTION_REBUILD)
        piece->action = piece->before && !piece->before->is_derived ? ACTION_ALTER : ACTION_CREATE;
}

static void decide_piece(const struct planner *planner, const struct change *parent,
                         struct change *piece)
{
    const bool is_there = was_attached_to(piece->before, parent->after) && !is_created(parent);

    if (is_there)
        return;
    if (parent->is_apart || (piece->before && !piece->before->is_derived))
        decide_attachment(piece);
    piece->is_apart = parent->is_apart;
    if (is_created(parent) || piece->before || !is_on_old_table(planner, piece->after))
        return;
    piece->is_apart = !planner->options->is_plain || !comes_as_partition(table_of(planner, piece));
    piece->is_ahead = piece->is_apart && comes_as_partition(table_of(planner, piece));
    piece->attaches = piece->is_apart && !piece->is_ahead;
}

static void decide_pieces(const struct planner *planner, struct change *parent)
{
    for (size_t i = 0; i < parent->pieces.n; i++) {
        decide_piece(planner, parent, parent->pieces.items[i]);
        decide_pieces(planner, parent->pieces.items[i]);
    }
}

void planner_attach(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        struct change *parent = change_of(planner, parent_index(change->after));
        if (!parent || !parent->after)
            continue;
        change->attached_to = parent;
        vec_push(planner->arena, &parent->pieces, change);
    }
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        if (change->pieces.n == 0 || change->attached_to)
            continue;
        change->is_apart = is_made_apart(planner, change) || becomes_whole(change);
        decide_pieces(planner, change);
    }
}

static bool stays_partition(const struct change *table)
{
    return table->after && !is_dropped(table) && !change_has(table, PROPERTY_PARENT);
}

/* An index cannot be detached while its table is a partition: that of the whole table is made anew.
 */
void planner_detach(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        const struct item *was = parent_index(change->before);
        struct change *parent = change_of(planner, was);
        if (parent && parent->after && !is_dropped(parent) &&
            stays_partition(table_of(planner, change)) && !was_attached_to(change->after, was))
            parent->action = ACTION_REBUILD;
    }
}

/* --- Steps ------------------------------------------------------------------------------------ */

static const char *index_name(struct arena *arena, const struct item *index)
{
    return arena_printf(arena, "%s.%s", quoted_name(arena, index->schema),
                        quoted_name(arena, index->name));
}

void write_attachment(struct planner *planner, const struct change *change)
{
    if (change->attaches)
        step_add(planner, "ALTER INDEX %s ATTACH PARTITION %s",
                 index_name(planner->arena, change->attached_to->after),
                 index_name(planner->arena, change->after));
}

/* A key of a partition's own whose index is attached goes with the index of the whole table, which
 * the server does not do by itself. */
bool has_keys_attached(const struct planner *planner, const struct item *index)
{
    for (size_t i = 0; is_on_partitioned(index) && i < planner->before.items.n; i++) {
        const struct item *item = planner->before.items.items[i];
        if (item->kind == ITEM_CONSTRAINT && !item->is_derived && parent_index(item) == index)
            return true;
    }
    return false;
}

/* --- Partitions that go ----------------------------------------------------------------------- */

static bool refers_to(const struct item *key, const char *table)
{
    for (size_t i = 0; i < key->needs.n; i++)
        if (key->needs.items[i]->kind == ITEM_TABLE &&
            strcmp(key->needs.items[i]->qualified, table) == 0)
            return true;
    return false;
}

bool each_key_to_parent(struct planner *planner, const struct item *partition,
                        key_wanted *is_wanted, void *context)
{
    const char *parent = item_property(partition, PROPERTY_PARENT);
    const struct item *whole =
        parent ? inventory_find(&planner->before, arena_printf(planner->arena, "TABLE %s", parent))
               : NULL;

    if (!item_property(partition, PROPERTY_BOUND) || !whole)
        return false;
    for (size_t i = 0; i < planner->before.items.n; i++) {
        const struct item *key = planner->before.items.items[i];
        if (key->kind == ITEM_CONSTRAINT && is_foreign_key(key) && refers_to(key, parent) &&
            is_wanted(planner, change_of(planner, key), context))
            return true;
    }
    return each_key_to_parent(planner, whole, is_wanted, context);
}

/* --- Names ------------------------------------------------------------------------------------ */

/* Of a partition's foreign key that it has from its table: the key of that one. */
static const char *parent_foreign_key(struct arena *arena, const struct item *item)
{
    const struct constraint *constraint = item->object;
    const char *table = item->part_of ? item_property(item->part_of, PROPERTY_PARENT) : NULL;

    if (item->kind != ITEM_CONSTRAINT || !is_foreign_key(item) || !item->is_derived || !table ||
        !constraint->parent)
        return NULL;
    return arena_printf(arena, "CONSTRAINT %s: %s", table,
                        quoted_name(arena, constraint->parent->name));
}

/* What the partition has for an index or a key of its table goes by both; NULL: it has it for
 * itself. */
static const char *piece_key(struct arena *arena, const struct item *piece)
{
    const struct item *index = parent_index(piece);
    const char *parent = !piece ? NULL : index ? index->key : parent_foreign_key(arena, piece);

    return parent && piece->part_of ? arena_printf(arena, "%s\n%s", piece->part_of->key, parent)
                                    : NULL;
}

static struct map pieces_before(struct planner *planner)
{
    struct map pieces = {.arena = planner->arena};

    for (size_t i = 0; i < planner->before.items.n; i++) {
        struct item *item = planner->before.items.items[i];
        const char *key = piece_key(planner->arena, item);
        if (key)
            map_put(&pieces, key, item);
    }
    return pieces;
}

static void rename_piece(struct planner *planner, const struct item *piece, const char *from,
                         const char *to)
{
    if (piece->kind == ITEM_CONSTRAINT)
        step_add(planner, "%s RENAME CONSTRAINT %s TO %s", alter_words(planner->arena, piece), from,
                 to);
    else
        step_add(planner, "ALTER INDEX %s.%s RENAME TO %s",
                 quoted_name(planner->arena, piece->schema), from, to);
}

static void take_name(struct planner *planner, const struct item *piece, const struct item *other)
{
    const char *own = quoted_name(planner->arena, piece->name);
    const char *name = quoted_name(planner->arena, other->name);
    const char *between = helper_name(planner, piece, "index");

    if (!change_of(planner, other)->before) {
        rename_piece(planner, piece, own, name);
        return;
    }
    rename_piece(planner, piece, own, between);
    rename_piece(planner, other, name, own);
    rename_piece(planner, piece, between, name);
}

static const struct item *identity_sequence(const struct change *column)
{
    for (size_t i = 0; column && column->after && i < column->parts.n; i++) {
        const struct change *part = column->parts.items[i];
        if (part->before && !part->after && part->before->kind == ITEM_SEQUENCE &&
            part->before->is_derived)
            return part->before;
    }
    return NULL;
}

/* The sequence of an identity column has another name: it keeps its value. */
static void rename_sequence(struct planner *planner, const struct change *change)
{
    const struct item *old =
        change->after && change->after->kind == ITEM_SEQUENCE && change->after->is_derived
            ? identity_sequence(change->whole)
            : NULL;

    if (!old || change->before || strcmp(old->schema, change->after->schema) != 0)
        return;
    planner->current = change;
    step_add(planner, "ALTER SEQUENCE %s RENAME TO %s", old->qualified,
             quoted_name(planner->arena, change->after->name));
}

/* The server names what it makes for a partition, and takes over what fits: where the schema has
 * another one in that place, they are the same but for their names. */
void planner_rename_pieces(struct planner *planner)
{
    struct map pieces = pieces_before(planner);

    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        const char *key = piece_key(planner->arena, change->after);
        const struct item *piece;
        rename_sequence(planner, change);
        if (!key || piece_key(planner->arena, change->before))
            continue;
        piece = map_find(&pieces, key);
        if (!piece || piece->kind != change->after->kind)
            continue;
        planner->current = change;
        take_name(planner, piece, change->after);
    }
}
