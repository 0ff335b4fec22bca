/* Views, materialized views, rules, triggers and policies. */
#include <string.h>

#include "plan/planner.h"

/* --- Views ------------------------------------------------------------------------------------ */

static const char *options_words(struct arena *arena, const struct item *view)
{
    const char *options = values_joined(arena, view, PROPERTY_OPTION, ", ");

    return *options ? arena_printf(arena, " WITH (%s)", options) : "";
}

static void create_plain_view(struct planner *planner, const struct change *change)
{
    step_add(planner, "CREATE %sVIEW %s%s AS\n%s",
             change->action == ACTION_REPLACE ? "OR REPLACE " : "", change->after->qualified,
             options_words(planner->arena, change->after),
             item_property(change->after, PROPERTY_DEFINITION));
}

static void create_materialized_view(struct planner *planner, const struct change *change)
{
    const char *method = item_property(change->after, PROPERTY_ACCESS_METHOD);
    const char *tablespace = item_property(change->after, PROPERTY_TABLESPACE);
    struct buf sql = buf_in(planner->arena);

    buf_addf(&sql, "CREATE MATERIALIZED VIEW %s", change->after->qualified);
    if (method)
        buf_addf(&sql, " USING %s", method);
    buf_adds(&sql, options_words(planner->arena, change->after));
    if (tablespace)
        buf_addf(&sql, " TABLESPACE %s", tablespace);
    buf_addf(&sql, " AS\n%s", item_property(change->after, PROPERTY_DEFINITION));
    if (item_property(change->after, PROPERTY_UNPOPULATED))
        buf_adds(&sql, "\nWITH NO DATA");
    step_add(planner, "%s", buf_text(&sql));
}

void create_view(struct planner *planner, const struct change *change)
{
    if (change->after->kind == ITEM_VIEW)
        create_plain_view(planner, change);
    else
        create_materialized_view(planner, change);
}

void alter_view_of(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const char *words = alter_words(arena, change->after);
    const char *reset = names_of_lost(arena, change->before, change->after, PROPERTY_OPTION);
    const char *set = values_of_one(arena, change->after, change->before, PROPERTY_OPTION, ", ");
    const char *tablespace = item_property(change->after, PROPERTY_TABLESPACE);
    const char *method = item_property(change->after, PROPERTY_ACCESS_METHOD);

    if (*reset)
        step_add(planner, "%s RESET (%s)", words, reset);
    if (*set)
        step_add(planner, "%s SET (%s)", words, set);
    if (change_has(change, PROPERTY_ACCESS_METHOD))
        step_add(planner, "%s SET ACCESS METHOD %s", words, method ? method : "heap");
    if (change_has(change, PROPERTY_TABLESPACE))
        step_add(planner, "%s SET TABLESPACE %s", words, tablespace ? tablespace : "pg_default");
    if (change_has(change, PROPERTY_UNPOPULATED))
        step_add(planner, "REFRESH MATERIALIZED VIEW %s%s", change->after->qualified,
                 item_property(change->after, PROPERTY_UNPOPULATED) ? " WITH NO DATA" : "");
    if (change->after->kind == ITEM_MATERIALIZED_VIEW)
        write_table_marks(planner, change);
}

/* --- Rules and triggers, whose definition is the whole statement ------------------------------ */

static void write_enabled(struct planner *planner, const struct change *change)
{
    const char *enabled = item_property(change->after, PROPERTY_ENABLED);

    step_add(planner, "%s %s%s%s %s", alter_words(planner->arena, change->after),
             enabled ? enabled : "ENABLE", change->after->table ? " " : "",
             change->after->table ? item_noun(change->after->kind) : "",
             change->after->table ? change->after->qualified : "");
}

/* "CREATE TRIGGER …" → "CREATE OR REPLACE TRIGGER …" */
void create_trigger(struct planner *planner, const struct change *change)
{
    const char *definition = item_property(change->after, PROPERTY_DEFINITION);

    step_add(planner, "CREATE %s%s", change->action == ACTION_REPLACE ? "OR REPLACE " : "",
             definition + strlen("CREATE "));
    if (change->action == ACTION_REPLACE ? change_has(change, PROPERTY_ENABLED)
                                         : item_property(change->after, PROPERTY_ENABLED) != NULL)
        write_enabled(planner, change);
}

void alter_enabled_of(struct planner *planner, const struct change *change)
{
    if (change_has(change, PROPERTY_ENABLED))
        write_enabled(planner, change);
}

/* --- Policies --------------------------------------------------------------------------------- */

static void add_expressions(struct buf *sql, const struct item *policy)
{
    const char *using = item_property(policy, PROPERTY_USING);
    const char *check = item_property(policy, PROPERTY_CHECK);

    if (using)
        buf_addf(sql, "\n    USING (%s)", using);
    if (check)
        buf_addf(sql, "\n    WITH CHECK (%s)", check);
}

void create_policy(struct planner *planner, const struct change *change)
{
    const struct item *policy = change->after;
    struct buf sql = buf_in(planner->arena);

    buf_addf(&sql, "CREATE %s%s FOR %s TO %s", item_words(planner->arena, policy),
             item_property(policy, PROPERTY_RESTRICTIVE) ? " AS RESTRICTIVE" : "",
             item_property(policy, PROPERTY_COMMAND),
             values_joined(planner->arena, policy, PROPERTY_ROLE, ", "));
    add_expressions(&sql, policy);
    step_add(planner, "%s", buf_text(&sql));
}

void alter_policy_of(struct planner *planner, const struct change *change)
{
    struct buf sql = buf_in(planner->arena);

    if (!change_has(change, PROPERTY_ROLE) && !change_has(change, PROPERTY_USING) &&
        !change_has(change, PROPERTY_CHECK))
        return;
    buf_addf(&sql, "ALTER %s TO %s", item_words(planner->arena, change->after),
             values_joined(planner->arena, change->after, PROPERTY_ROLE, ", "));
    add_expressions(&sql, change->after);
    step_add(planner, "%s", buf_text(&sql));
}
