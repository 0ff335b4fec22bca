/* Types of the schema: enums, composites, domains, ranges; and columns of a type that is made anew.
 */
#include <string.h>

#include "plan/planner.h"

/* --- CREATE ----------------------------------------------------------------------------------- */

static void add_attributes(struct planner *planner, const struct change *composite,
                           struct buf *body)
{
    const size_t n = composite->parts.n;

    for (size_t position = 1; position <= n; position++)
        for (size_t i = 0; i < n; i++) {
            const struct change *part = composite->parts.items[i];
            const char *number = part->after ? item_property(part->after, PROPERTY_POSITION) : NULL;
            const char *collation;
            if (!number || part->after->kind != ITEM_COLUMN ||
                strcmp(number, arena_printf(planner->arena, "%zu", position)) != 0)
                continue;
            collation = item_property(part->after, PROPERTY_COLLATION);
            buf_addf(body, "%s\n    %s %s%s%s", body->len ? "," : "", part->after->qualified,
                     item_property(part->after, PROPERTY_TYPE), collation ? " COLLATE " : "",
                     collation ? collation : "");
        }
}

void create_composite(struct planner *planner, const struct change *change)
{
    struct buf body = buf_in(planner->arena);

    add_attributes(planner, change, &body);
    step_add(planner, "CREATE TYPE %s AS (%s%s)", change->after->qualified, buf_text(&body),
             body.len ? "\n" : "");
}

static void create_enum_named(struct planner *planner, const struct item *type)
{
    step_add(planner, "CREATE TYPE %s AS ENUM (%s)", type->qualified,
             values_joined(planner->arena, type, PROPERTY_LABEL, ", "));
}

static void create_domain_named(struct planner *planner, const struct change *change)
{
    const struct item *domain = change->after;
    const char *collation = item_property(domain, PROPERTY_COLLATION);
    const char *value = item_property(domain, PROPERTY_DEFAULT);
    struct buf sql = buf_in(planner->arena);

    buf_addf(&sql, "CREATE DOMAIN %s AS %s", domain->qualified,
             item_property(domain, PROPERTY_SUBTYPE));
    if (collation)
        buf_addf(&sql, " COLLATE %s", collation);
    if (value)
        buf_addf(&sql, " DEFAULT %s", value);
    if (item_property(domain, PROPERTY_NOT_NULL))
        buf_adds(&sql, " NOT NULL");
    for (size_t i = 0; i < change->parts.n; i++)
        if (change->parts.items[i]->is_made_with_whole)
            buf_addf(&sql, "\n    %s",
                     constraint_words(planner->arena, change->parts.items[i]->after));
    step_add(planner, "%s", buf_text(&sql));
}

void create_range(struct planner *planner, const struct change *change)
{
    const char *collation = item_property(change->after, PROPERTY_COLLATION);
    const char *clauses = values_joined(planner->arena, change->after, PROPERTY_CLAUSE, ", ");

    step_add(planner, "CREATE TYPE %s AS RANGE (SUBTYPE = %s%s%s%s%s)", change->after->qualified,
             item_property(change->after, PROPERTY_SUBTYPE), collation ? ", COLLATION = " : "",
             collation ? collation : "", *clauses ? ", " : "", clauses);
}

/* --- A type made anew, with the columns that have it ------------------------------------------ */

static bool needs(const struct item *item, const struct item *wanted)
{
    for (size_t i = 0; i < item->needs.n; i++)
        if (item->needs.items[i] == wanted)
            return true;
    return false;
}

/* Enums are converted by their labels, domains by their base type. */
static const char *between(struct arena *arena, const struct change *type, const char *column_type)
{
    const char *base =
        type->after->kind == ITEM_ENUM ? "text" : item_property(type->before, PROPERTY_SUBTYPE);
    const char *array = strchr(column_type, '[');

    return arena_printf(arena, "%s%s", base, array ? "[]" : "");
}

static void convert_columns(struct planner *planner, const struct change *type)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *column = planner->changes.items[i];
        const char *to;
        if (!column->before || !column->after || column->after->kind != ITEM_COLUMN ||
            column->after->is_derived || column->after->part_of->kind != ITEM_TABLE ||
            column->action == ACTION_REBUILD || !needs(column->before, type->before) ||
            change_has(column, PROPERTY_TYPE))
            continue;
        to = item_property(column->after, PROPERTY_TYPE);
        step_add(planner, "%s ALTER COLUMN %s TYPE %s USING %s::%s::%s",
                 alter_words(planner->arena, column->after), column->after->qualified, to,
                 column->after->qualified, between(planner->arena, type, to), to);
    }
}

/* The old type goes out of the way, and away when no column has it any more. */
static void swap_type(struct planner *planner, const struct change *change)
{
    const char *name = helper_name(planner, change->before, "old_type");
    const char *old = arena_printf(planner->arena, "%s.%s",
                                   quoted_name(planner->arena, change->before->schema), name);
    struct step *step;

    step_add(planner, "ALTER %s %s RENAME TO %s", item_noun(change->before->kind),
             change->before->qualified, name);
    if (change->after->kind == ITEM_ENUM)
        create_enum_named(planner, change->after);
    else
        create_domain_named(planner, change);
    convert_columns(planner, change);
    step = step_add(planner, "DROP %s %s", item_noun(change->before->kind), old);
    step_loses(planner, step, "--allow-lossy", item_flag(planner->arena, change->after),
               "rows with values that the new type does not have are in the way");
}

void create_enum(struct planner *planner, const struct change *change)
{
    if (is_swapped(change))
        swap_type(planner, change);
    else
        create_enum_named(planner, change->after);
}

void create_domain(struct planner *planner, const struct change *change)
{
    if (is_swapped(change))
        swap_type(planner, change);
    else
        create_domain_named(planner, change);
}

/* Nothing goes before its columns have the new type. */
void drop_swapped(struct planner *planner, const struct change *change)
{
    if (!is_swapped(change))
        drop_object(planner, change);
}

/* --- ALTER ------------------------------------------------------------------------------------ */

/* Each new label behind the one that it follows, or in front of all. */
void alter_enum_of(struct planner *planner, const struct change *change)
{
    size_t at = 0;
    const char *label, *previous = NULL;

    while ((label = item_next(change->after, PROPERTY_LABEL, &at))) {
        if (!item_has_value(change->before, PROPERTY_LABEL, label)) {
            size_t first = 0;
            const char *next = previous ? NULL : item_next(change->before, PROPERTY_LABEL, &first);
            step_add(planner, "ALTER TYPE %s ADD VALUE %s%s%s", change->after->qualified, label,
                     previous ? " AFTER "
                     : next   ? " BEFORE "
                              : "",
                     previous ? previous
                     : next   ? next
                              : "");
        }
        previous = label;
    }
    if (change_has(change, PROPERTY_LABEL))
        begin_transaction_anew(planner);
}

void alter_domain_of(struct planner *planner, const struct change *change)
{
    const char *words = alter_words(planner->arena, change->after);
    const char *value = item_property(change->after, PROPERTY_DEFAULT);

    if (change_has(change, PROPERTY_DEFAULT) && value)
        step_add(planner, "%s SET DEFAULT %s", words, value);
    else if (change_has(change, PROPERTY_DEFAULT))
        step_add(planner, "%s DROP DEFAULT", words);
    if (change_has(change, PROPERTY_NOT_NULL))
        step_add(planner, "%s %s NOT NULL", words,
                 item_property(change->after, PROPERTY_NOT_NULL) ? "SET" : "DROP");
}
