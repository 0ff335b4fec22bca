/* The statements of renames. */
#include "migrate/renaming.h"

#include <string.h>

#include "catalog/catalog.h"

static const char *quoted(struct arena *arena, const char *name)
{
    return catalog_quote_identifier(arena, name);
}

static const char *qualified(struct arena *arena, const char *schema, const char *name)
{
    return schema ? arena_printf(arena, "%s.%s", quoted(arena, schema), quoted(arena, name))
                  : quoted(arena, name);
}

static const char *lower(struct arena *arena, const char *noun)
{
    char *text = arena_strdup(arena, noun);

    for (char *c = text; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c | 0x20);
    return text;
}

const char *item_title(struct arena *arena, const struct item *item, const char *label)
{
    const char *noun = lower(arena, item_noun(item->kind));

    if (label)
        return arena_printf(arena, "label '%s' of %s", label,
                            qualified(arena, item->schema, item->name));
    if (item->table && item->kind != ITEM_INDEX)
        return arena_printf(arena, "%s %s of %s", noun, quoted(arena, item->name),
                            qualified(arena, item->schema, item->table));
    return arena_printf(arena, "%s %s", noun, item->qualified);
}

/* --- One statement ---------------------------------------------------------------------------- */

/* ALTER TABLE t, of what the part is a part of: its kind is that of the whole. */
static const char *alter_whole(struct arena *arena, const struct item *item)
{
    const struct item *whole = item->part_of;
    const char *noun = item->kind == ITEM_DOMAIN_CONSTRAINT ? "DOMAIN"
                       : whole                              ? item_noun(whole->kind)
                                                            : "TABLE";

    return arena_printf(arena, "ALTER %s %s", noun, qualified(arena, item->schema, item->table));
}

static const char *rename_part(struct arena *arena, const struct renaming *renaming, const char *to)
{
    const struct item *item = renaming->item;
    const char *from = quoted(arena, renaming->name), *new_name = quoted(arena, to);
    const bool is_attribute = item->part_of && (item->part_of->kind == ITEM_COMPOSITE);

    switch (item->kind) {
    case ITEM_COLUMN:
        return arena_printf(arena, "%s RENAME %s %s TO %s%s", alter_whole(arena, item),
                            is_attribute ? "ATTRIBUTE" : "COLUMN", from, new_name,
                            is_attribute ? " CASCADE" : "");
    case ITEM_CONSTRAINT:
    case ITEM_DOMAIN_CONSTRAINT:
        return arena_printf(arena, "%s RENAME CONSTRAINT %s TO %s", alter_whole(arena, item), from,
                            new_name);
    default:
        return arena_printf(arena, "ALTER %s %s ON %s RENAME TO %s", item_noun(item->kind), from,
                            qualified(arena, item->schema, item->table), new_name);
    }
}

static bool is_part(const struct item *item)
{
    return item->table && item->kind != ITEM_INDEX && item->kind != ITEM_STATISTICS;
}

static const char *rename_to(struct arena *arena, const struct renaming *renaming, const char *to)
{
    const struct item *item = renaming->item;

    if (renaming->label)
        return arena_printf(arena, "ALTER TYPE %s RENAME VALUE %s TO %s",
                            qualified(arena, item->schema, item->name),
                            catalog_quote_literal(arena, renaming->name),
                            catalog_quote_literal(arena, to));
    if (is_part(item))
        return rename_part(arena, renaming, to);
    return arena_printf(arena, "ALTER %s %s%s RENAME TO %s", item_noun(item->kind),
                        qualified(arena, renaming->schema, renaming->name),
                        item->arguments ? item->arguments : "", quoted(arena, to));
}

/* --- Their order ------------------------------------------------------------------------------ */

struct writer {
    struct arena *arena;
    const struct catalog *before;
    renaming_list *list;
    rename_list *renames;
    size_t n_temporary;
};

static const char *new_name(const struct renaming *renaming)
{
    return renaming->label ? renaming->label : renaming->item->name;
}

static bool is_done(const struct renaming *renaming)
{
    return name_eq(renaming->name, new_name(renaming)) &&
           (renaming->label || name_eq(renaming->schema, renaming->item->schema));
}

/* Tables, views, sequences, indexes and types share their names. */
static bool shares_names(const struct renaming *a, const struct renaming *b)
{
    if (a->label || b->label)
        return a->label && b->label && a->item == b->item;
    if (is_part(a->item) || is_part(b->item))
        return a->item->kind == b->item->kind && name_eq(a->item->table, b->item->table);
    return (a->item->kind == ITEM_SCHEMA) == (b->item->kind == ITEM_SCHEMA) &&
           name_eq(a->item->arguments, b->item->arguments);
}

/* Whether another one still has the name that this one is to get. */
static bool is_blocked(const struct writer *writer, const struct renaming *renaming)
{
    for (size_t i = 0; i < writer->list->n; i++) {
        const struct renaming *other = &writer->list->items[i];
        if (other != renaming && !is_done(other) && shares_names(renaming, other) &&
            name_eq(other->name, new_name(renaming)) &&
            (renaming->label || name_eq(other->schema, renaming->item->schema)))
            return true;
    }
    return false;
}

static void add(struct writer *writer, const char *sql, struct renaming *renaming)
{
    vec_push(writer->arena, writer->renames, (struct rename){sql, renaming->note, renaming->item});
    renaming->note = NULL;
}

static void give_name(struct writer *writer, struct renaming *renaming, const char *to)
{
    if (name_eq(renaming->name, to))
        return;
    add(writer, rename_to(writer->arena, renaming, to), renaming);
    renaming->name = to;
}

static void move(struct writer *writer, struct renaming *renaming)
{
    const char *schema = renaming->item->schema;

    if (renaming->label || name_eq(renaming->schema, schema))
        return;
    if (!catalog_find_namespace(writer->before, schema))
        vec_push(
            writer->arena, writer->renames,
            (struct rename){.sql = arena_printf(writer->arena, "CREATE SCHEMA IF NOT EXISTS %s",
                                                quoted(writer->arena, schema))});
    add(writer,
        arena_printf(writer->arena, "ALTER %s %s%s SET SCHEMA %s", item_noun(renaming->item->kind),
                     qualified(writer->arena, renaming->schema, renaming->name),
                     renaming->item->arguments ? renaming->item->arguments : "",
                     quoted(writer->arena, schema)),
        renaming);
    renaming->schema = schema;
}

/* The new name is given in the old schema, so that the old one meets nothing in the new schema. */
static bool write_next(struct writer *writer)
{
    struct renaming *first = NULL;

    for (size_t i = 0; i < writer->list->n; i++) {
        struct renaming *renaming = &writer->list->items[i];
        if (is_done(renaming))
            continue;
        if (!is_blocked(writer, renaming)) {
            give_name(writer, renaming, new_name(renaming));
            move(writer, renaming);
            return true;
        }
        if (!first)
            first = renaming;
    }
    if (first)
        give_name(writer, first,
                  arena_printf(writer->arena, "tenon_renamed_%zu", ++writer->n_temporary));
    return first != NULL;
}

void renamings_write(struct arena *arena, const struct catalog *before, renaming_list *list,
                     rename_list *renames)
{
    struct writer writer = {arena, before, list, renames, 0};

    while (write_next(&writer))
        ;
}
