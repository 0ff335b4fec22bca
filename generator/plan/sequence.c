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
