/* Objects that no query asks for, each in the spelling of its own CREATE: the inventory keeps what
 * they say of themselves as clauses "NAME = value".
 */
#include <stdlib.h>
#include <string.h>

#include "plan/planner.h"

/* " HANDLER f", or "" without it. */
static const char *spelled(struct arena *arena, const struct item *item, const char *name)
{
    const char *value = clause_value(item, name);

    return value ? arena_printf(arena, " %s %s", name, value) : "";
}

/* The clauses but the one of that name ("": all of them), each behind its name, with the separator
 * between. */
static const char *spelled_all(struct arena *arena, const struct item *item, const char *but,
                               const char *separator)
{
    struct buf buf = buf_in(arena);
    size_t at = 0;
    const char *clause;

    while ((clause = item_next(item, PROPERTY_CLAUSE, &at))) {
        const size_t len = clause_name_len(clause);
        if (*but && len == strlen(but) && strncmp(clause, but, len) == 0)
            continue;
        buf_adds(&buf, buf.len ? separator : "");
        if (len)
            buf_addf(&buf, "%.*s %s", (int)len, clause, clause + len + 3);
        else
            buf_adds(&buf, clause);
    }
    return buf_text(&buf);
}

/* --- CREATE [DEFAULT] CONVERSION, CREATE [TRUSTED] LANGUAGE ------------------------------------
 */

static void create_with_word(struct planner *planner, const struct change *change, const char *word)
{
    const bool has_word = item_has_value(change->after, PROPERTY_CLAUSE, word);
    const char *clauses = spelled_all(planner->arena, change->after, "", " ");

    if (has_word)
        clauses += strlen(word); /* which is the first one */
    while (*clauses == ' ')
        clauses++;
    step_add(planner, "CREATE %s%s%s%s%s", has_word ? word : "", has_word ? " " : "",
             item_words(planner->arena, change->after), *clauses ? " " : "", clauses);
}

void create_conversion(struct planner *planner, const struct change *change)
{
    create_with_word(planner, change, "DEFAULT");
}

void create_language(struct planner *planner, const struct change *change)
{
    create_with_word(planner, change, "TRUSTED");
}

void create_spelled(struct planner *planner, const struct change *change)
{
    const char *clauses = spelled_all(planner->arena, change->after, "", " ");

    step_add(planner, "CREATE %s%s%s", item_words(planner->arena, change->after),
             *clauses ? " " : "", clauses);
}

/* --- Event triggers --------------------------------------------------------------------------- */

void alter_event_trigger_of(struct planner *planner, const struct change *change)
{
    const char *enabled = item_property(change->after, PROPERTY_ENABLED);

    if (change->before ? change_has(change, PROPERTY_ENABLED) : enabled != NULL)
        step_add(planner, "ALTER %s %s", item_words(planner->arena, change->after),
                 enabled ? enabled : "ENABLE");
}

void create_event_trigger(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const struct item *trigger = change->after;
    const char *enabled = item_property(trigger, PROPERTY_ENABLED);

    step_add(planner, "CREATE %s%s%s EXECUTE FUNCTION %s()", item_words(arena, trigger),
             spelled(arena, trigger, "ON"), spelled(arena, trigger, "WHEN"),
             clause_value(trigger, "FUNCTION"));
    if (enabled)
        step_add(planner, "ALTER %s %s", item_words(arena, trigger), enabled);
}

/* --- Operators, their families and classes -----------------------------------------------------
 */

/* CREATE OPERATOR has the types among its clauses. */
void create_operator(struct planner *planner, const struct change *change)
{
    const struct item *op = change->after;
    const size_t len = strlen(op->qualified) - strlen(op->arguments);

    step_add(planner, "CREATE OPERATOR %.*s(%s)", (int)len, op->qualified,
             values_joined(planner->arena, op, PROPERTY_CLAUSE, ", "));
}

/* "OPERATOR 1 (integer, bigint)" of "OPERATOR 1 < (integer, bigint)", "FUNCTION 1 (integer,
 * bigint)" of "FUNCTION 1 (integer, bigint) f(integer, bigint)". */
static const char *member_slot(struct arena *arena, const char *member)
{
    const char *number = strchr(member, ' ') + 1;
    const char *types = strchr(number, '(');
    const size_t len = strcspn(number, " ");

    return arena_printf(arena, "%.*s %.*s", (int)(number + len - member), member,
                        (int)(strcspn(types, ")") + 1), types);
}

static void drop_members(struct planner *planner, const struct change *family)
{
    struct buf buf = buf_in(planner->arena);
    size_t at = 0;
    const char *member;

    while (family->before && (member = item_next(family->before, PROPERTY_CLAUSE, &at)))
        if (!item_has_value(family->after, PROPERTY_CLAUSE, member))
            buf_addf(&buf, "%s%s", buf.len ? ", " : "", member_slot(planner->arena, member));
    if (buf.len)
        step_add(planner, "ALTER %s DROP %s", item_words(planner->arena, family->after),
                 buf_text(&buf));
}

static void add_members(struct planner *planner, const struct change *family,
                        const struct item *before)
{
    const char *members =
        values_of_one(planner->arena, family->after, before, PROPERTY_CLAUSE, ", ");

    if (*members)
        step_add(planner, "ALTER %s ADD %s", item_words(planner->arena, family->after), members);
}

void create_operator_family(struct planner *planner, const struct change *change)
{
    step_add(planner, "CREATE %s", item_words(planner->arena, change->after));
    add_members(planner, change, NULL);
}

void alter_operator_family_of(struct planner *planner, const struct change *change)
{
    drop_members(planner, change);
    add_members(planner, change, change->before);
}

/* One that has no member of its own still has to say something of itself. */
void create_operator_class(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const struct item *class = change->after;
    const bool is_default = item_has_value(class, PROPERTY_CLAUSE, "DEFAULT");
    const char *members = spelled_all(arena, class, "FAMILY", ",\n    ");
    const char *using = strstr(class->qualified, " USING ");
    const char *type = item_property(class, PROPERTY_TYPE);

    if (is_default)
        members += strlen("DEFAULT"); /* which is the first one */
    members += strspn(members, ",\n ");
    step_add(planner, "CREATE OPERATOR CLASS %.*s%s FOR TYPE %s%s%s AS\n    %s",
             (int)(using - class->qualified), class->qualified, is_default ? " DEFAULT" : "", type,
             using, spelled(arena, class, "FAMILY"),
             *members ? members : arena_printf(arena, "STORAGE %s", type));
}

/* --- Transforms ------------------------------------------------------------------------------- */

void create_transform(struct planner *planner, const struct change *change)
{
    static const char *const names[] = {"FROM SQL", "TO SQL"};
    struct buf buf = buf_in(planner->arena);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *function = clause_value(change->after, names[i]);
        if (function)
            buf_addf(&buf, "%s%s WITH FUNCTION %s", buf.len ? ", " : "", names[i], function);
    }
    step_add(planner, "CREATE %s (%s)", item_words(planner->arena, change->after), buf_text(&buf));
}
