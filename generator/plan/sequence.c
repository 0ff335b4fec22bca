/* Sequences, of identity columns too. */
#include <string.h>

#include "plan/planner.h"

static void add_option(struct buf *buf, const char *words, const char *value)
{
    if (value)
        buf_addf(buf, "%s%s %s", buf->len ? " " : "", words, value);
}

/* All options; with parentheses and the name for an identity column. */
const char *sequence_options(struct arena *arena, const struct item *sequence, bool of_identity)
{
    struct buf buf = buf_in(arena);

    if (of_identity)
        add_option(&buf, "SEQUENCE NAME", sequence->qualified);
    else
        add_option(&buf, "AS", item_property(sequence, PROPERTY_TYPE));
    add_option(&buf, "START WITH", item_property(sequence, PROPERTY_START));
    add_option(&buf, "INCREMENT BY", item_property(sequence, PROPERTY_INCREMENT));
    add_option(&buf, "MINVALUE", item_property(sequence, PROPERTY_MINIMUM));
    add_option(&buf, "MAXVALUE", item_property(sequence, PROPERTY_MAXIMUM));
    add_option(&buf, "CACHE", item_property(sequence, PROPERTY_CACHE));
    if (item_property(sequence, PROPERTY_CYCLE))
        buf_adds(&buf, " CYCLE");
    return of_identity ? arena_printf(arena, " (%s)", buf_text(&buf)) : buf_text(&buf);
}

void create_sequence(struct planner *planner, const struct change *change)
{
    const char *persistence = item_property(change->after, PROPERTY_PERSISTENCE);

    step_add(planner, "CREATE %s%sSEQUENCE %s %s", persistence ? persistence : "",
             persistence ? " " : "", change->after->qualified,
             sequence_options(planner->arena, change->after, false));
}

static void add_difference(struct buf *buf, const struct change *change, enum property_id id,
                           const char *words)
{
    if (change_has(change, id))
        buf_addf(buf, "%s%s %s", buf->len ? " " : "", words, item_property(change->after, id));
}

static const char *differences(struct arena *arena, const struct change *change, bool with_type)
{
    struct buf buf = buf_in(arena);

    if (with_type)
        add_difference(&buf, change, PROPERTY_TYPE, "AS");
    add_difference(&buf, change, PROPERTY_START, "START WITH");
    add_difference(&buf, change, PROPERTY_INCREMENT, "INCREMENT BY");
    add_difference(&buf, change, PROPERTY_MINIMUM, "MINVALUE");
    add_difference(&buf, change, PROPERTY_MAXIMUM, "MAXVALUE");
    add_difference(&buf, change, PROPERTY_CACHE, "CACHE");
    if (change_has(change, PROPERTY_CYCLE))
        buf_addf(&buf, "%s%s", buf.len ? " " : "",
                 item_property(change->after, PROPERTY_CYCLE) ? "CYCLE" : "NO CYCLE");
    return buf_text(&buf);
}

/* --- Between serial and identity -------------------------------------------------------------- */

/* The column keeps its numbers, but the sequence is another kind of object. */
bool is_converted_sequence(const struct change *change)
{
    return change->before && change->after && change->after->kind == ITEM_SEQUENCE &&
           change->before->is_derived != change->after->is_derived;
}

bool comes_to_column(const struct change *part)
{
    return part->after && part->after->kind == ITEM_SEQUENCE && !part->after->is_derived &&
           (is_created(part) || change_has(part, PROPERTY_OWNED_BY));
}

static void take_value(struct planner *planner, const char *to, const char *from)
{
    struct step *step = step_add(
        planner, "SELECT pg_catalog.setval(%s::pg_catalog.regclass, last_value, is_called) FROM %s",
        catalog_quote_literal(planner->arena, to), from);

    step->note = "@effect none";
}

static const char *column_words_of(struct arena *arena, const struct item *sequence)
{
    return arena_printf(arena, "%s ALTER COLUMN %s", alter_words(arena, sequence->part_of),
                        sequence->part_of->qualified);
}

static void make_identity(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const struct item *column = change->after->part_of;
    const struct change *altered = change_of(planner, column);
    /* When the column gets another type, the sequence gets it with it. */
    const struct item *like = altered && changes_type(altered) ? change->before : change->after;
    const char *old = helper_name(planner, change->before, "sequence");

    step_add(planner, "ALTER SEQUENCE %s OWNED BY NONE", change->before->qualified);
    step_add(planner, "ALTER SEQUENCE %s RENAME TO %s", change->before->qualified, old);
    step_add(planner, "%s ADD GENERATED %s AS IDENTITY%s", column_words_of(arena, change->after),
             item_property(column, PROPERTY_IDENTITY), sequence_options(arena, like, true));
    old = arena_printf(arena, "%s.%s", quoted_name(arena, change->before->schema), old);
    take_value(planner, change->after->qualified, old);
    step_add(planner, "DROP SEQUENCE %s", old);
}

static void make_serial(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const char *name = helper_name(planner, change->before, "sequence");
    const char *new =
        arena_printf(arena, "%s.%s", quoted_name(arena, change->before->schema), name);

    step_add(planner, "CREATE SEQUENCE %s %s", new, sequence_options(arena, change->after, false));
    take_value(planner, new, change->before->qualified);
    step_add(planner, "%s DROP IDENTITY", column_words_of(arena, change->before));
    step_add(planner, "ALTER SEQUENCE %s RENAME TO %s", new,
             quoted_name(arena, change->after->name));
}

void convert_sequence(struct planner *planner, const struct change *change)
{
    if (change->after->is_derived)
        make_identity(planner, change);
    else
        make_serial(planner, change);
}

void alter_sequence_of(struct planner *planner, const struct change *change)
{
    const char *options = differences(planner->arena, change, true);

    if (*options)
        step_add(planner, "ALTER SEQUENCE %s %s", change->after->qualified, options);
    if (change->after->is_derived)
        return;
    if (change_has(change, PROPERTY_PERSISTENCE))
        step_add(planner, "ALTER SEQUENCE %s SET %s", change->after->qualified,
                 item_property(change->after, PROPERTY_PERSISTENCE) ? "UNLOGGED" : "LOGGED");
    if (change_has(change, PROPERTY_OWNED_BY) && item_property(change->before, PROPERTY_OWNED_BY))
        step_add(planner, "ALTER SEQUENCE %s OWNED BY NONE", change->after->qualified);
}
