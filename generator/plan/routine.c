/* Functions and procedures. */
#include <string.h>

#include "plan/planner.h"

/* RETURN … and BEGIN ATOMIC … stand without AS. */
static bool body_is_sql(const char *body)
{
    return strncmp(body, "RETURN ", 7) == 0 || strncmp(body, "BEGIN ATOMIC", 12) == 0;
}

void create_function(struct planner *planner, const struct change *change)
{
    const struct item *function = change->after;
    struct arena *arena = planner->arena;
    const char *result = item_property(function, PROPERTY_RESULT);
    const char *body = item_property(function, PROPERTY_BODY);
    const char *transforms = values_joined(arena, function, PROPERTY_TRANSFORM, ", ");
    struct buf sql = buf_in(arena);
    size_t at = 0;
    const char *value;

    buf_addf(&sql, "CREATE OR REPLACE %s %s.%s(%s)", item_noun(function->kind),
             quoted_name(arena, function->schema), quoted_name(arena, function->name),
             item_property(function, PROPERTY_ARGUMENTS)
                 ? item_property(function, PROPERTY_ARGUMENTS)
                 : "");
    if (result)
        buf_addf(&sql, "\nRETURNS %s", result);
    buf_addf(&sql, "\nLANGUAGE %s", item_property(function, PROPERTY_LANGUAGE));
    if (*transforms)
        buf_addf(&sql, "\nTRANSFORM %s", transforms);
    while ((value = item_next(function, PROPERTY_ATTRIBUTE, &at)))
        buf_addf(&sql, "\n%s", value);
    at = 0;
    while ((value = item_next(function, PROPERTY_SETTING, &at)))
        buf_addf(&sql, "\n%s", value);
    buf_addf(&sql, "\n%s%s", body_is_sql(body) ? "" : "AS ", body);
    step_add(planner, "%s", buf_text(&sql));
}

/* Aggregates have all they are made of in their clauses. */
void create_aggregate(struct planner *planner, const struct change *change)
{
    const struct item *aggregate = change->after;
    struct arena *arena = planner->arena;
    const char *arguments = item_property(aggregate, PROPERTY_ARGUMENTS);

    step_add(planner, "CREATE %sAGGREGATE %s.%s(%s) (\n    %s\n)",
             change->action == ACTION_REPLACE ? "OR REPLACE " : "",
             quoted_name(arena, aggregate->schema), quoted_name(arena, aggregate->name),
             arguments && *arguments ? arguments : "*",
             values_joined(arena, aggregate, PROPERTY_CLAUSE, ",\n    "));
}
