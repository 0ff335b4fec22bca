/* Publications and subscriptions. */
#include <string.h>

#include "plan/planner.h"

/* --- Publications ----------------------------------------------------------------------------- */

static bool is_schema(const char *table)
{
    return strncmp(table, "TABLES IN SCHEMA ", 17) == 0;
}

/* "public.a (b) WHERE (c)" → "public.a": names in quotes may have spaces. */
static const char *table_alone(struct arena *arena, const char *table)
{
    bool is_quoted = false;
    size_t len = 0;

    for (; table[len] && (is_quoted || table[len] != ' '); len++)
        is_quoted ^= table[len] == '"';
    return arena_strndup(arena, table, len);
}

static bool has_children(const struct inventory *inventory, const char *table)
{
    for (size_t i = 0; i < inventory->items.n; i++) {
        const struct item *item = inventory->items.items[i];
        if (item->kind == ITEM_TABLE && !item_property(item, PROPERTY_BOUND) &&
            item_has_value(item, PROPERTY_PARENT, table))
            return true;
    }
    return false;
}

/* A table has its children published with it, unless ONLY says that they are told by themselves. */
static const char *table_words(const struct planner *planner, const char *table)
{
    const char *alone = table_alone(planner->arena, table);

    if (is_schema(table))
        return "";
    return has_children(&planner->before, alone) || has_children(&planner->after, alone)
               ? "TABLE ONLY "
               : "TABLE ";
}

/* "TABLE a (b), TABLES IN SCHEMA s": those of the one that the other has not. */
static const char *published(const struct planner *planner, const struct item *item,
                             const struct item *other)
{
    struct buf buf = buf_in(planner->arena);
    size_t at = 0;
    const char *table;

    while ((table = item_next(item, PROPERTY_TABLE, &at)))
        if (!item_has_value(other, PROPERTY_TABLE, table))
            buf_addf(&buf, "%s%s%s", buf.len ? ", " : "", table_words(planner, table), table);
    return buf_text(&buf);
}

void create_publication(struct planner *planner, const struct change *change)
{
    const bool is_of_all = item_has_value(change->after, PROPERTY_TABLE, "ALL TABLES");
    const char *tables = is_of_all ? "ALL TABLES" : published(planner, change->after, NULL);
    const char *options = values_joined(planner->arena, change->after, PROPERTY_CLAUSE, ", ");

    step_add(planner, "CREATE %s%s%s%s%s%s", item_words(planner->arena, change->after),
             *tables ? " FOR " : "", tables, *options ? " WITH (" : "", options,
             *options ? ")" : "");
}

/* The table is published before and after, with other columns or rows. */
static bool stays(struct arena *arena, const struct item *item, const char *table)
{
    size_t at = 0;
    const char *other;

    while ((other = item_next(item, PROPERTY_TABLE, &at)))
        if (!is_schema(other) && strcmp(table_alone(arena, other), table_alone(arena, table)) == 0)
            return true;
    return false;
}

static void drop_published(struct planner *planner, const struct change *change)
{
    struct buf buf = buf_in(planner->arena);
    size_t at = 0;
    const char *table;

    while ((table = item_next(change->before, PROPERTY_TABLE, &at)))
        if (!item_has_value(change->after, PROPERTY_TABLE, table))
            buf_addf(&buf, "%s%s%s", buf.len ? ", " : "", table_words(planner, table),
                     is_schema(table) ? table : table_alone(planner->arena, table));
    if (buf.len)
        step_add(planner, "ALTER %s DROP %s", item_words(planner->arena, change->after),
                 buf_text(&buf));
}

/* SET in one statement where a table stays with other columns or rows, so that at no moment it is
 * published not at all; else ADD and DROP. */
static void alter_published(struct planner *planner, const struct change *change)
{
    const char *words = item_words(planner->arena, change->after);
    const char *added = published(planner, change->after, change->before);
    size_t at = 0;
    const char *table;

    while ((table = item_next(change->before, PROPERTY_TABLE, &at)))
        if (!is_schema(table) && !item_has_value(change->after, PROPERTY_TABLE, table) &&
            stays(planner->arena, change->after, table)) {
            step_add(planner, "ALTER %s SET %s", words, published(planner, change->after, NULL));
            return;
        }
    drop_published(planner, change);
    if (*added)
        step_add(planner, "ALTER %s ADD %s", words, added);
}

static const char *option_or(const struct item *item, const char *name, const char *otherwise)
{
    const char *value = clause_value(item, name);

    return value ? value : otherwise;
}

void alter_publication_of(struct planner *planner, const struct change *change)
{
    if (change_has(change, PROPERTY_TABLE))
        alter_published(planner, change);
    if (change_has(change, PROPERTY_CLAUSE))
        step_add(planner, "ALTER %s SET (publish = %s, publish_via_partition_root = %s)",
                 item_words(planner->arena, change->after),
                 option_or(change->after, "publish", "'insert, update, delete, truncate'"),
                 option_or(change->after, "publish_via_partition_root", "false"));
}

/* FOR ALL TABLES is for ever. */
bool can_alter_publication(const struct change *change)
{
    return item_has_value(change->before, PROPERTY_TABLE, "ALL TABLES") ==
           item_has_value(change->after, PROPERTY_TABLE, "ALL TABLES");
}

/* --- Subscriptions ---------------------------------------------------------------------------- */

static const char *options_but(struct arena *arena, const struct item *item)
{
    struct buf buf = buf_in(arena);
    size_t at = 0;
    const char *clause;

    while ((clause = item_next(item, PROPERTY_CLAUSE, &at)))
        if (strncmp(clause, "CONNECTION = ", 13) != 0 && strncmp(clause, "PUBLICATION = ", 14) != 0)
            buf_addf(&buf, "%s%s", buf.len ? ", " : " WITH (", clause);
    if (buf.len)
        buf_addc(&buf, ')');
    return buf_text(&buf);
}

void create_subscription(struct planner *planner, const struct change *change)
{
    const struct item *subscription = change->after;

    step_add(planner, "CREATE %s CONNECTION %s PUBLICATION %s%s",
             item_words(planner->arena, subscription), option_or(subscription, "CONNECTION", "''"),
             option_or(subscription, "PUBLICATION", ""), options_but(planner->arena, subscription));
}
