/* Columns and their defaults. */
#include <string.h>

#include "catalog/storage.h"
#include "plan/planner.h"
#include "types/conversion.h"

/* --- In the words of CREATE TABLE ------------------------------------------------------------- */

/* The sequence of an identity column. */
static const struct item *own_sequence(const struct change *column)
{
    for (size_t i = 0; i < column->parts.n; i++) {
        const struct item *part = column->parts.items[i]->after;
        if (part && part->kind == ITEM_SEQUENCE && part->is_derived)
            return part;
    }
    return NULL;
}

static const char *identity_words(struct planner *planner, const struct change *column)
{
    const char *identity = item_property(column->after, PROPERTY_IDENTITY);
    const struct item *sequence = own_sequence(column);

    return arena_printf(planner->arena, "GENERATED %s AS IDENTITY%s", identity,
                        sequence ? sequence_options(planner->arena, sequence, true) : "");
}

const char *type_words(struct arena *arena, const struct item *column)
{
    const char *collation = item_property(column, PROPERTY_COLLATION);

    return arena_printf(arena, "%s%s%s", item_property(column, PROPERTY_TYPE),
                        collation ? " COLLATE " : "", collation ? collation : "");
}

const char *column_words(struct planner *planner, const struct change *change,
                         const struct item *value)
{
    const struct item *column = change->after;
    struct buf buf = buf_in(planner->arena);
    const char *collation = item_property(column, PROPERTY_COLLATION);
    const char *generated = item_property(column, PROPERTY_GENERATED);
    const char *options = values_joined(planner->arena, column, PROPERTY_FOREIGN_OPTION, ", ");

    buf_addf(&buf, "%s %s", column->qualified, item_property(column, PROPERTY_TYPE));
    if (*options)
        buf_addf(&buf, " OPTIONS (%s)", options);
    if (collation)
        buf_addf(&buf, " COLLATE %s", collation);
    if (value)
        buf_addf(&buf, " DEFAULT %s", item_property(value, PROPERTY_DEFAULT));
    if (generated)
        buf_addf(&buf, " GENERATED ALWAYS AS (%s) STORED", generated);
    if (item_property(column, PROPERTY_IDENTITY))
        buf_addf(&buf, " %s", identity_words(planner, change));
    if (item_property(column, PROPERTY_NOT_NULL))
        buf_adds(&buf, " NOT NULL");
    return buf_text(&buf);
}

const struct item *value_with(const struct change *column)
{
    for (size_t i = 0; i < column->parts.n; i++)
        if (column->parts.items[i]->after && column->parts.items[i]->after->kind == ITEM_DEFAULT &&
            column->parts.items[i]->is_made_with_whole)
            return column->parts.items[i]->after;
    return NULL;
}

/* --- ALTER COLUMN ----------------------------------------------------------------------------- */

static struct step *alter(struct planner *planner, const struct change *change, const char *how)
{
    return step_add(planner, "%s ALTER COLUMN %s %s", alter_words(planner->arena, change->after),
                    change->after->qualified, how);
}

#define alterf(planner, change, ...)                                                               \
    alter((planner), (change), arena_printf((planner)->arena, __VA_ARGS__))

bool is_attribute(const struct item *column)
{
    return column->part_of && column->part_of->kind == ITEM_COMPOSITE;
}

/* Tables of the type are changed with it. */
const char *cascade_words(const struct planner *planner, const struct item *attribute)
{
    for (size_t i = 0; i < planner->before.items.n; i++) {
        const struct item *table = planner->before.items.items[i];
        if (table->kind == ITEM_TABLE &&
            name_eq(item_property(table, PROPERTY_OF_TYPE), attribute->part_of->qualified))
            return " CASCADE";
    }
    return "";
}

/* SET STORAGE DEFAULT is of PostgreSQL 16. */
static const char *storage_of(const struct planner *planner, const struct item *column)
{
    const char *own = item_property(column, PROPERTY_STORAGE);
    const struct attribute *attribute = column->object;

    return own ? own : storage_word(type_storage(planner->after_catalog, attribute->type));
}

/* What CREATE TABLE has no words for. */
void write_column_extras(struct planner *planner, const struct change *change, bool is_new)
{
    const struct item *before = is_new ? NULL : change->before, *after = change->after;
    const char *set, *reset;

    if (is_new ? item_property(after, PROPERTY_STORAGE) != NULL
               : change_has(change, PROPERTY_STORAGE))
        alterf(planner, change, "SET STORAGE %s", storage_of(planner, after));
    if (is_new ? item_property(after, PROPERTY_COMPRESSION) != NULL
               : change_has(change, PROPERTY_COMPRESSION))
        alterf(planner, change, "SET COMPRESSION %s",
               item_property(after, PROPERTY_COMPRESSION)
                   ? item_property(after, PROPERTY_COMPRESSION)
                   : "default");
    if (is_new ? item_property(after, PROPERTY_STATISTICS_TARGET) != NULL
               : change_has(change, PROPERTY_STATISTICS_TARGET))
        alterf(planner, change, "SET STATISTICS %s",
               item_property(after, PROPERTY_STATISTICS_TARGET)
                   ? item_property(after, PROPERTY_STATISTICS_TARGET)
                   : "-1");
    reset = before ? names_of_lost(planner->arena, before, after, PROPERTY_OPTION) : "";
    set = values_of_one(planner->arena, after, before, PROPERTY_OPTION, ", ");
    if (*reset)
        alterf(planner, change, "RESET (%s)", reset);
    if (*set)
        alterf(planner, change, "SET (%s)", set);
}

/* --- Type ------------------------------------------------------------------------------------- */

/* Another type, and not only another modifier. */
static bool is_converted(const struct planner *planner, const struct change *column)
{
    const struct attribute *before = column->before->object, *after = column->after->object;

    return !is_same_type(planner, before->type, after->type);
}

/* A type of the schema: two of them have nothing in common but their text. */
static bool has_own_type(const struct item *column)
{
    for (size_t i = 0; i < column->needs.n; i++)
        switch (column->needs.items[i]->kind) {
        case ITEM_ENUM:
        case ITEM_RANGE:
        case ITEM_COMPOSITE:
            return true;
        default:
            break;
        }
    return false;
}

static bool is_range(const struct catalog *catalog, const struct item *column)
{
    const struct attribute *attribute = column->object;

    return type_range_subtype(catalog, attribute->type) != 0;
}

static bool goes_by_text(const struct planner *planner, const struct change *column)
{
    return (has_own_type(column->before) && has_own_type(column->after)) ||
           (is_range(planner->before_catalog, column->before) &&
            is_range(planner->after_catalog, column->after));
}

/* A foreign table has no rows to convert: USING is refused, for it and for a table that it is a
 * child of (ATPrepAlterColumnType). */
static bool has_foreign_child(const struct planner *planner, const char *table)
{
    for (size_t i = 0; i < planner->before.items.n; i++) {
        const struct item *child = planner->before.items.items[i];
        if ((child->kind == ITEM_FOREIGN_TABLE || child->kind == ITEM_TABLE) &&
            item_has_value(child, PROPERTY_PARENT, table) &&
            (child->kind == ITEM_FOREIGN_TABLE || has_foreign_child(planner, child->qualified)))
            return true;
    }
    return false;
}

bool takes_using(const struct planner *planner, const struct change *column)
{
    const struct item *table = column->after->part_of;

    return table->kind != ITEM_FOREIGN_TABLE && !has_foreign_child(planner, table->qualified);
}

/* A typed table changes with its type; ALTER TABLE reaches the children that the table had before.
 */
static bool changes_with_parent(const struct planner *planner, const struct change *change)
{
    const char *of_type = item_property(change->before->part_of, PROPERTY_OF_TYPE);
    size_t at = 0;
    const char *parent;

    if (of_type && name_eq(of_type, item_property(change->after->part_of, PROPERTY_OF_TYPE)))
        return true;

    while (!leaves_parents(change->whole) &&
           (parent = item_next(change->after->part_of, PROPERTY_PARENT, &at))) {
        const struct change *other = parent_column(planner, change->after, parent);
        if (other && changes_type(other) &&
            item_has_value(change->before->part_of, PROPERTY_PARENT, parent))
            return true;
    }
    return false;
}

static void write_type(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const char *before = item_property(change->before, PROPERTY_TYPE);
    const char *after = item_property(change->after, PROPERTY_TYPE);
    const char *collation = item_property(change->after, PROPERTY_COLLATION);
    struct buf buf = buf_in(arena);
    struct step *step;

    if ((!change_has(change, PROPERTY_TYPE) && !change_has(change, PROPERTY_COLLATION)) ||
        changes_with_parent(planner, change))
        return;
    buf_addf(&buf, "TYPE %s", after);
    if (collation)
        buf_addf(&buf, " COLLATE %s", collation);
    if (is_attribute(change->after)) {
        step_add(planner, "%s ALTER ATTRIBUTE %s %s%s", alter_words(arena, change->after),
                 change->after->qualified, buf_text(&buf), cascade_words(planner, change->after));
        return;
    }
    if (is_converted(planner, change) && takes_using(planner, change))
        buf_addf(&buf, " USING %s::%s%s", change->after->qualified,
                 goes_by_text(planner, change) ? "text::" : "", after);
    step = alter(planner, change, buf_text(&buf));
    step->head = alter_words(arena, change->after);
    step->tail = step->sql + strlen(step->head) + 1;
    if (change_has(change, PROPERTY_TYPE) && rewrites_table(planner, change))
        step_locks(planner, step, change->after,
                   "the table is written anew while nobody can read it");
    if (change_has(change, PROPERTY_TYPE) && !widens_type(planner, change))
        step_loses(planner, step, "--allow-lossy", item_flag(arena, change->after),
                   arena_printf(arena, "values of %s need not fit into %s", before, after));
}

/* --- Identity --------------------------------------------------------------------------------- */

/* serial becomes identity or the other way round: its sequence stays, and turns with it. */
static bool converts_sequence(const struct change *column)
{
    for (size_t i = 0; i < column->parts.n; i++)
        if (is_converted_sequence(column->parts.items[i]))
            return true;
    return false;
}

static void write_identity(struct planner *planner, const struct change *change)
{
    const char *before = item_property(change->before, PROPERTY_IDENTITY);
    const char *after = item_property(change->after, PROPERTY_IDENTITY);

    if (converts_sequence(change))
        return;
    if (before && !after)
        step_loses(planner, alter(planner, change, "DROP IDENTITY"), "--allow-drop",
                   item_flag(planner->arena, change->after), "the value of its sequence is lost");
    else if (!before && after)
        alterf(planner, change, "ADD %s", identity_words(planner, change));
    else if (!name_eq(before, after))
        alterf(planner, change, "SET GENERATED %s", after);
}

/* --- NOT NULL --------------------------------------------------------------------------------- */

static const char *not_null_check(struct planner *planner, const struct change *change)
{
    return helper_name(planner, change->after, "not_null");
}

/* A CHECK that is proved without a strong lock spares SET NOT NULL its own look at all rows. */
void set_not_null_online(struct planner *planner, const struct change *change)
{
    const char *table = alter_words(planner->arena, change->after);
    const char *check = not_null_check(planner, change);

    settle(planner);
    step_add(planner, "%s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID", table, check,
             change->after->qualified);
    begin_transaction_anew(planner);
    step_add(planner, "%s VALIDATE CONSTRAINT %s", table, check);
    begin_transaction_anew(planner);
    alter(planner, change, "SET NOT NULL");
    step_add(planner, "%s DROP CONSTRAINT %s", table, check);
}

static void set_not_null(struct planner *planner, const struct change *change)
{
    const size_t n = planner->plan->steps.n;

    if (planner->options->is_plain || !is_on_old_table(planner, change->after))
        alter(planner, change, "SET NOT NULL");
    else
        set_not_null_online(planner, change);
    planner->plan->steps.items[n]->note =
        arena_printf(planner->arena, "rows that are in the way: SELECT * FROM %s WHERE %s IS NULL",
                     table_name(planner->arena, change->after), change->after->qualified);
}

static void write_not_null(struct planner *planner, const struct change *change)
{
    if (!change_has(change, PROPERTY_NOT_NULL))
        return;
    if (item_property(change->after, PROPERTY_NOT_NULL))
        set_not_null(planner, change);
    else
        alter(planner, change, "DROP NOT NULL");
}

/* --- All of it -------------------------------------------------------------------------------- */

static void write_column_options(struct planner *planner, const struct change *change)
{
    const char *options = foreign_option_changes(planner->arena, change);

    if (*options)
        alterf(planner, change, "OPTIONS (%s)", options);
}

static void write_alterations(struct planner *planner, const struct change *change)
{
    if (!item_property(change->after, PROPERTY_IDENTITY))
        write_identity(planner, change);
    if (item_property(change->before, PROPERTY_GENERATED) &&
        !item_property(change->after, PROPERTY_GENERATED))
        alter(planner, change, "DROP EXPRESSION");
    write_type(planner, change);
    write_column_extras(planner, change, false);
    write_column_options(planner, change);
    write_not_null(planner, change);
    if (item_property(change->after, PROPERTY_IDENTITY))
        write_identity(planner, change);
}

/* A serial's sequence is there before the column, and belongs to it when both are. */
static void tie_sequences(struct planner *planner, const struct change *column)
{
    for (size_t i = 0; i < column->parts.n; i++) {
        const struct change *part = column->parts.items[i];
        if (comes_to_column(part))
            step_add(planner, "ALTER SEQUENCE %s OWNED BY %s", part->after->qualified,
                     item_property(part->after, PROPERTY_OWNED_BY));
    }
}

/* What is kept of its values can be said of it, though the query makes it. */
static bool is_materialized(const struct item *column)
{
    return column->part_of->kind == ITEM_MATERIALIZED_VIEW;
}

void finish_column(struct planner *planner, const struct change *change)
{
    tie_sequences(planner, change);
    if (change->action == ACTION_CREATE && change->is_made_with_whole &&
        !is_attribute(change->after) &&
        (!change->after->is_derived || is_materialized(change->after)))
        write_column_extras(planner, change, true);
}

void alter_column_of(struct planner *planner, const struct change *change)
{
    if (!change->after->is_derived || !change->before->is_derived ||
        change->after->part_of->kind == ITEM_TABLE)
        write_alterations(planner, change);
    else if (is_materialized(change->after))
        write_column_extras(planner, change, false);
}

/* A child has it by its parent, and keeps it. */
static bool stays_in_child(const struct planner *planner, const struct item *column)
{
    for (size_t i = 0; i < planner->before.items.n; i++) {
        const struct item *child = planner->before.items.items[i];
        const struct change *own;
        if (child->kind != ITEM_TABLE ||
            !item_has_value(child, PROPERTY_PARENT, column->part_of->qualified))
            continue;
        own = map_find(&planner->by_key, arena_printf(planner->arena, "COLUMN %s: %s",
                                                      child->qualified, column->qualified));
        if (own && own->before && own->after && own->before->is_derived && !is_dropped(own))
            return true;
    }
    return false;
}

void drop_column_of(struct planner *planner, const struct change *change)
{
    const struct item *column = change->before;
    struct step *step;

    if (is_attribute(column))
        step = step_add(planner, "%s DROP ATTRIBUTE %s%s", alter_words(planner->arena, column),
                        column->qualified, cascade_words(planner, column));
    else if (change->action == ACTION_DROP && stays_in_child(planner, column))
        step = step_add(planner, "ALTER TABLE ONLY %s DROP COLUMN %s", column->part_of->qualified,
                        column->qualified);
    else
        step = step_add(planner, "%s DROP COLUMN %s", alter_words(planner->arena, column),
                        column->qualified);
    if (!item_property(column, PROPERTY_GENERATED))
        step_loses(planner, step, "--allow-drop", item_flag(planner->arena, column),
                   "the values of the column are lost");
}

/* --- Defaults --------------------------------------------------------------------------------- */

static void set_default(struct planner *planner, const struct change *change)
{
    step_add(planner, "%s ALTER COLUMN %s SET DEFAULT %s",
             alter_words(planner->arena, change->after), change->after->qualified,
             item_property(change->after, PROPERTY_DEFAULT));
}

void create_default(struct planner *planner, const struct change *change)
{
    set_default(planner, change);
}

void alter_default_of(struct planner *planner, const struct change *change)
{
    set_default(planner, change);
}

void drop_default(struct planner *planner, const struct change *change)
{
    step_add(planner, "%s ALTER COLUMN %s DROP DEFAULT",
             alter_words(planner->arena, change->before), change->before->qualified);
}
