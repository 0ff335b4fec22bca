/* ADD COLUMN, and the values of the rows that are there. */
#include "plan/planner.h"
#include "tree/tree.h"
#include "tree/volatility.h"

static void add_attribute(struct planner *planner, const struct change *change)
{
    const char *collation = item_property(change->after, PROPERTY_COLLATION);

    step_add(planner, "%s ADD ATTRIBUTE %s %s%s%s%s", alter_words(planner->arena, change->after),
             change->after->qualified, item_property(change->after, PROPERTY_TYPE),
             collation ? " COLLATE " : "", collation ? collation : "",
             cascade_words(planner, change->after));
}

static bool has_checked_domain(const struct planner *planner, const struct attribute *column)
{
    const struct type *type = catalog_get_type(planner->after_catalog, column->type);

    for (; type && type->typtype == 'd';
         type = catalog_get_type(planner->after_catalog, type->base_type))
        if (type->not_null || type->has_check)
            return true;
    return false;
}

static bool has_volatile_default(const struct planner *planner, const struct change *change)
{
    const struct attribute *column = change->after->object;

    return value_with(change) && expr_is_volatile(planner->after_catalog, column->default_expr);
}

/* Each row gets a value of its own (ATExecAddColumn); one for all stands in the catalog. */
static bool fills_rows(const struct planner *planner, const struct change *change)
{
    const struct attribute *column = change->after->object;

    return column->generated || column->identity || has_checked_domain(planner, column) ||
           has_volatile_default(planner, change);
}

/* --- Values for the rows that are there --------------------------------------------------------
 */

enum { BATCH_ROWS = 5000 };

/* A key along which batches can walk, which stays as it is. */
static bool has_walkable_key(const struct planner *planner, const struct item *table)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *key = planner->changes.items[i];
        if (key->before && key->after && key->after->part_of == table &&
            key->after->kind == ITEM_CONSTRAINT && key->action == ACTION_KEEP &&
            name_eq(item_property(key->after, PROPERTY_TYPE), "PRIMARY KEY"))
            return true;
    }
    return false;
}

static bool has_children(const struct planner *planner, const struct item *table)
{
    for (size_t i = 0; i < planner->before.items.n; i++)
        if (item_has_value(planner->before.items.items[i], PROPERTY_PARENT, table->qualified))
            return true;
    return false;
}

/* A row is done when it has a value: a function of the server that never gives NULL. */
static bool is_never_null(const struct expr *value)
{
    value = expr_strip_casts((struct expr *)value);
    return value->kind == EXPR_FUNC && value->n_args == 0 && value->u.call.function &&
           value->u.call.function->never_null;
}

static bool can_be_filled_later(const struct planner *planner, const struct change *change)
{
    const struct attribute *column = change->after->object;
    const struct item *table = change->after->part_of;

    return !planner->options->is_plain && has_volatile_default(planner, change) &&
           is_on_old_table(planner, change->after) && !column->generated && !column->identity &&
           !has_checked_domain(planner, column) && is_never_null(column->default_expr) &&
           !has_children(planner, table) && has_walkable_key(planner, table);
}

/* The column comes without a value, new rows get theirs, then those that are there, in batches. */
static void create_and_fill(struct planner *planner, const struct change *change)
{
    const struct item *column = change->after;
    const char *table = alter_words(planner->arena, column);
    const char *value = item_property(value_with(change), PROPERTY_DEFAULT);
    struct step *step;

    step_add(planner, "%s ADD COLUMN %s %s", table, column->qualified,
             type_words(planner->arena, column));
    step_add(planner, "%s ALTER COLUMN %s SET DEFAULT %s", table, column->qualified, value);
    write_column_extras(planner, change, true);
    leave_transaction(planner);
    step =
        step_add(planner, "UPDATE %s SET %s = %s WHERE %s IS NULL",
                 table_name(planner->arena, column), column->qualified, value, column->qualified);
    step->note = arena_printf(planner->arena, "tenon: batch %d", BATCH_ROWS);
    begin_transaction_anew(planner);
    if (item_property(column, PROPERTY_NOT_NULL))
        set_not_null_online(planner, change);
}

void create_column(struct planner *planner, const struct change *change)
{
    struct step *step;

    if (is_attribute(change->after)) {
        add_attribute(planner, change);
        return;
    }
    if (can_be_filled_later(planner, change)) {
        create_and_fill(planner, change);
        return;
    }
    step = step_add(planner, "%s ADD COLUMN %s", alter_words(planner->arena, change->after),
                    column_words(planner, change, value_with(change)));
    if (fills_rows(planner, change))
        step_locks(planner, step, change->after,
                   "the table is written anew while nobody can read it, as each row gets a value "
                   "of its own");
    write_column_extras(planner, change, true);
}
