/* Indexes and extended statistics. */
#include <string.h>

#include "plan/planner.h"

/* --- CREATE INDEX ----------------------------------------------------------------------------- */

static const char *index_words(struct planner *planner, const struct change *change,
                               bool concurrently)
{
    const struct item *index = change->after;
    const bool is_only =
        item_property(index, PROPERTY_ONLY) || (change->is_apart && is_on_partitioned(index));
    struct arena *arena = planner->arena;
    const char *included = values_joined(arena, index, PROPERTY_INCLUDE, ", ");
    const char *options = values_joined(arena, index, PROPERTY_OPTION, ", ");
    const char *tablespace = item_property(index, PROPERTY_TABLESPACE);
    const char *predicate = item_property(index, PROPERTY_PREDICATE);
    struct buf sql = buf_in(arena);

    buf_addf(&sql, "CREATE %sINDEX %s%s ON %s%s USING %s (%s)",
             item_property(index, PROPERTY_UNIQUE) ? "UNIQUE " : "",
             concurrently ? "CONCURRENTLY " : "", quoted_name(arena, index->name),
             is_only ? "ONLY " : "", index->part_of->qualified,
             item_property(index, PROPERTY_ACCESS_METHOD),
             values_joined(arena, index, PROPERTY_ELEMENT, ", "));
    if (*included)
        buf_addf(&sql, " INCLUDE (%s)", included);
    if (item_property(index, PROPERTY_NULLS_NOT_DISTINCT))
        buf_adds(&sql, " NULLS NOT DISTINCT");
    if (*options)
        buf_addf(&sql, " WITH (%s)", options);
    if (tablespace)
        buf_addf(&sql, " TABLESPACE %s", tablespace);
    if (predicate)
        buf_addf(&sql, " WHERE %s", predicate);
    return buf_text(&sql);
}

/* "2=100" for the second column of the index. */
static void write_statistics(struct planner *planner, const struct change *change, bool is_new)
{
    const struct item *before = is_new ? NULL : change->before;
    size_t at = 0;
    const char *value;

    while (before && (value = item_next(before, PROPERTY_STATISTICS_TARGET, &at)))
        if (!item_has_value(change->after, PROPERTY_STATISTICS_TARGET, value))
            step_add(planner, "ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS -1",
                     change->after->qualified, (int)strcspn(value, "="), value);
    at = 0;
    while ((value = item_next(change->after, PROPERTY_STATISTICS_TARGET, &at)))
        if (!item_has_value(before, PROPERTY_STATISTICS_TARGET, value))
            step_add(planner, "ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS %s",
                     change->after->qualified, (int)strcspn(value, "="), value,
                     strchr(value, '=') + 1);
}

/* The table says of the index that it is clustered on it, or identified by it. */
void write_marks_of_index(struct planner *planner, const struct change *change)
{
    const struct change *table = change_of(planner, change->after->part_of);
    const char *identity, *cluster;
    const char *name = quoted_name(planner->arena, change->after->name);

    if (!table)
        return;
    identity = item_property(table->after, PROPERTY_REPLICA_IDENTITY);
    cluster = item_property(table->after, PROPERTY_CLUSTER_ON);
    if (identity && strncmp(identity, "USING INDEX ", 12) == 0 && strcmp(identity + 12, name) == 0)
        step_add(planner, "%s REPLICA IDENTITY %s", alter_words(planner->arena, change->after),
                 identity);
    if (cluster && strcmp(cluster, name) == 0)
        step_add(planner, "%s CLUSTER ON %s", alter_words(planner->arena, change->after), name);
}

/* ATTACH PARTITION runs in a transaction. */
static void write_attached(struct planner *planner, const struct change *change, bool concurrently)
{
    if (change->attaches && concurrently)
        begin_transaction_anew(planner);
    write_attachment(planner, change);
}

void create_index(struct planner *planner, const struct change *change)
{
    const bool concurrently = !planner->options->is_plain && !is_on_partitioned(change->after) &&
                              is_on_old_table(planner, change->after);

    if (concurrently)
        leave_transaction(planner);
    step_add(planner, "%s", index_words(planner, change, concurrently));
    write_statistics(planner, change, true);
    write_attached(planner, change, concurrently);
    write_marks_of_index(planner, change);
}

/* The table is locked for a column then anyway. */
static bool its_columns_change(const struct planner *planner, const struct item *index)
{
    for (size_t i = 0; i < index->needs.n; i++) {
        const struct change *needed = change_of(planner, index->needs.items[i]);
        if (needed &&
            (needed->action == ACTION_DROP || needed->action == ACTION_REBUILD ||
             (needed->action == ACTION_ALTER &&
              (change_has(needed, PROPERTY_TYPE) || change_has(needed, PROPERTY_COLLATION)))))
            return true;
    }
    return false;
}

void drop_index_of(struct planner *planner, const struct change *change)
{
    const bool concurrently = !planner->options->is_plain && !is_on_partitioned(change->before) &&
                              !item_property(change->before, PROPERTY_PARENT) &&
                              !its_columns_change(planner, change->before);

    if (concurrently)
        leave_transaction(planner);
    step_add(planner, "DROP INDEX %s%s%s", concurrently ? "CONCURRENTLY " : "",
             change->before->qualified,
             has_keys_attached(planner, change->before) ? " CASCADE" : "");
}

void alter_index_parameters(struct planner *planner, const struct change *change, const char *name)
{
    struct arena *arena = planner->arena;
    const char *reset = names_of_lost(arena, change->before, change->after, PROPERTY_OPTION);
    const char *set = values_of_one(arena, change->after, change->before, PROPERTY_OPTION, ", ");
    const char *tablespace = item_property(change->after, PROPERTY_TABLESPACE);

    if (*reset)
        step_add(planner, "ALTER INDEX %s RESET (%s)", name, reset);
    if (*set)
        step_add(planner, "ALTER INDEX %s SET (%s)", name, set);
    if (change_has(change, PROPERTY_TABLESPACE))
        step_add(planner, "ALTER INDEX %s SET TABLESPACE %s", name,
                 tablespace ? tablespace : "pg_default");
}

void alter_index_of(struct planner *planner, const struct change *change)
{
    alter_index_parameters(planner, change, change->after->qualified);
    write_statistics(planner, change, false);
    write_attachment(planner, change);
}

/* --- CREATE STATISTICS ------------------------------------------------------------------------ */

static void write_target(struct planner *planner, const struct change *change, bool is_new)
{
    const char *target = item_property(change->after, PROPERTY_STATISTICS_TARGET);

    if (is_new ? target != NULL : change_has(change, PROPERTY_STATISTICS_TARGET))
        step_add(planner, "ALTER STATISTICS %s SET STATISTICS %s", change->after->qualified,
                 target ? target : "-1");
}

void create_statistics(struct planner *planner, const struct change *change)
{
    step_add(planner, "%s", item_property(change->after, PROPERTY_DEFINITION));
    write_target(planner, change, true);
}

void alter_statistics_of(struct planner *planner, const struct change *change)
{
    write_target(planner, change, false);
}
