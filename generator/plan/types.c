/* Types of the schema: enums, composites, domains, ranges; and columns of a type that is made anew.
 */
#include <string.h>

#include "plan/planner.h"

/* --- CREATE ----------------------------------------------------------------------------------- */

static size_t number_of(const struct item *attribute)
{
    const char *position = item_property(attribute, PROPERTY_POSITION);
    size_t number = 0;

    for (; position && *position; position++)
        number = number * 10 + (size_t)(*position - '0');
    return number;
}

/* Values go from one type to the other by their text, in which attributes have no names: those that
 * were there stay in their order. */
static size_t rank_of(const struct change *attribute)
{
    return attribute->before ? number_of(attribute->before)
                             : SIZE_MAX / 2 + number_of(attribute->after);
}

static const struct change *next_attribute(const struct change *composite, size_t behind)
{
    const struct change *next = NULL;

    for (size_t i = 0; i < composite->parts.n; i++) {
        const struct change *part = composite->parts.items[i];
        if (part->after && part->after->kind == ITEM_COLUMN && rank_of(part) > behind &&
            (!next || rank_of(part) < rank_of(next)))
            next = part;
    }
    return next;
}

static void create_composite(struct planner *planner, const struct change *change)
{
    struct buf body = buf_in(planner->arena);
    const struct change *part;

    for (size_t at = 0; (part = next_attribute(change, at)); at = rank_of(part)) {
        const char *collation = item_property(part->after, PROPERTY_COLLATION);
        buf_addf(&body, "%s\n    %s %s%s%s", body.len ? "," : "", part->after->qualified,
                 item_property(part->after, PROPERTY_TYPE), collation ? " COLLATE " : "",
                 collation ? collation : "");
    }
    step_add(planner, "CREATE TYPE %s AS (%s%s)", change->after->qualified, buf_text(&body),
             body.len ? "\n" : "");
}

static void create_enum(struct planner *planner, const struct change *change)
{
    step_add(planner, "CREATE TYPE %s AS ENUM (%s)", change->after->qualified,
             values_joined(planner->arena, change->after, PROPERTY_LABEL, ", "));
}

static void create_domain(struct planner *planner, const struct change *change)
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

static void create_range(struct planner *planner, const struct change *change)
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

/* A domain over a type of the schema, which may be made anew with it. */
static bool is_over_own_type(const struct item *domain)
{
    for (size_t i = 0; i < domain->needs.n; i++)
        if (is_swappable_type(domain->needs.items[i]->kind))
            return true;
    return false;
}

/* What both types have in common: domains their base type, others their text. */
static const char *between(struct arena *arena, const struct change *type, const char *column_type)
{
    const bool has_base = type->before->kind == ITEM_DOMAIN && type->after->kind == ITEM_DOMAIN &&
                          !is_over_own_type(type->before);
    const char *base = has_base ? item_property(type->before, PROPERTY_SUBTYPE) : "text";
    const char *array = strchr(column_type, '[');

    return arena_printf(arena, "%s%s", base, array ? "[]" : "");
}

static bool is_to_be_converted(const struct change *column, const struct item *type)
{
    return column->before && column->after && column->after->kind == ITEM_COLUMN &&
           !column->after->is_derived &&
           (column->after->part_of->kind == ITEM_TABLE ||
            column->after->part_of->kind == ITEM_FOREIGN_TABLE) &&
           column->action != ACTION_REBUILD && needs(column->before, type) &&
           !change_has(column, PROPERTY_TYPE);
}

static void convert_columns(struct planner *planner, const struct change *type)
{
    struct arena *arena = planner->arena;

    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *column = planner->changes.items[i];
        struct step *step;
        const char *to, *using = "";
        if (!is_to_be_converted(column, type->before))
            continue;
        to = type_words(arena, column->after);
        if (type->after->kind != ITEM_COLLATION && takes_using(planner, column))
            using =
                arena_printf(arena, " USING %s::%s::%s", column->after->qualified,
                             between(arena, type, to), item_property(column->after, PROPERTY_TYPE));
        step = step_add(planner, "%s ALTER COLUMN %s TYPE %s%s", alter_words(arena, column->after),
                        column->after->qualified, to, using);
        step_locks(planner, step, column->after,
                   "the table is written anew while nobody can read it");
    }
}

static const char *old_name(struct planner *planner, const struct item *item)
{
    return helper_name(planner, item, is_swappable_type(item->kind) ? "old_type" : "old");
}

const char *name_of_swapped(struct planner *planner, const struct item *old)
{
    return arena_printf(planner->arena, "%s.%s", quoted_name(planner->arena, old->schema),
                        old_name(planner, old));
}

/* Nothing goes before what had it has the new one: it makes room under another name. */
void drop_swapped(struct planner *planner, const struct change *change)
{
    if (!is_swapped(change)) {
        drop_object(planner, change);
        return;
    }
    step_add(planner, "ALTER %s RENAME TO %s", item_words(planner->arena, change->before),
             old_name(planner, change->before));
}

void end_swapped(struct planner *planner, const struct change *change)
{
    const struct item *old = change->before;
    struct step *step =
        step_add(planner, "DROP %s %s", item_noun(old->kind), name_of_swapped(planner, old));

    if (is_swappable_type(old->kind))
        step_loses(planner, step, "--allow-lossy", item_flag(planner->arena, change->after),
                   "rows with values that the new type does not have are in the way");
}

void create_collation(struct planner *planner, const struct change *change)
{
    create_clauses(planner, change);
    if (is_swapped(change))
        convert_columns(planner, change);
}

void create_type(struct planner *planner, const struct change *change)
{
    switch (change->after->kind) {
    case ITEM_ENUM:
        create_enum(planner, change);
        break;
    case ITEM_DOMAIN:
        create_domain(planner, change);
        break;
    default:
        create_composite(planner, change);
    }
    if (is_swapped(change))
        convert_columns(planner, change);
}

/* --- A type whose functions cannot make room: its columns are texts while there is none --------
 */

void drop_bridged(struct planner *planner, const struct change *change)
{
    const bool is_base = change->before->kind == ITEM_BASE_TYPE;
    struct arena *arena = planner->arena;

    for (size_t i = 0; is_bridged(change) && i < planner->changes.n; i++) {
        const struct change *column = planner->changes.items[i];
        const char *text;
        if (!is_to_be_converted(column, change->before))
            continue;
        text = between(arena, change, item_property(column->before, PROPERTY_TYPE));
        step_locks(planner,
                   step_add(planner, "%s ALTER COLUMN %s TYPE %s USING %s::%s",
                            alter_words(arena, column->after), column->after->qualified, text,
                            column->after->qualified, text),
                   column->after, "the table is written anew while nobody can read it");
    }
    drop_object(planner, change);
    if (is_base) /* with its functions (fold.c); all else that has it went before */
        planner->plan->steps.items[planner->plan->steps.n - 1]->sql =
            arena_printf(arena, "DROP %s CASCADE", item_words(arena, change->before));
}

void create_bridged(struct planner *planner, const struct change *change)
{
    if (change->after->kind == ITEM_RANGE)
        create_range(planner, change);
    else
        create_clauses(planner, change);
    if (is_bridged(change))
        convert_columns(planner, change);
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
