/* Kinds of objects of which a list of clauses says all. */
#include <string.h>

#include "plan/planner.h"

void create_schema(struct planner *planner, const struct change *change)
{
    step_add(planner, "CREATE SCHEMA %s", change->after->qualified);
}

/* --- Extensions ------------------------------------------------------------------------------- */

static const char *version_literal(struct planner *planner, const char *version)
{
    return *version == '\'' ? version : arena_printf(planner->arena, "'%s'", version);
}

void create_extension(struct planner *planner, const struct change *change)
{
    const char *schema = item_property(change->after, PROPERTY_SCHEMA);
    const char *version = item_property(change->after, PROPERTY_VERSION);

    step_add(planner, "CREATE EXTENSION %s%s%s%s%s", change->after->qualified,
             schema ? " SCHEMA " : "", schema ? schema : "", version ? " VERSION " : "",
             version ? version_literal(planner, version) : "");
}

void alter_extension_of(struct planner *planner, const struct change *change)
{
    const char *version = item_property(change->after, PROPERTY_VERSION);

    if (change_has(change, PROPERTY_VERSION))
        step_add(planner, "ALTER EXTENSION %s UPDATE%s%s", change->after->qualified,
                 version ? " TO " : "", version ? version_literal(planner, version) : "");
    if (change_has(change, PROPERTY_SCHEMA))
        step_add(planner, "ALTER EXTENSION %s SET SCHEMA %s", change->after->qualified,
                 item_property(change->after, PROPERTY_SCHEMA));
}

/* --- By clauses ------------------------------------------------------------------------------- */

/* CREATE COLLATION name (LOCALE = …, …) and their like. */
void create_clauses(struct planner *planner, const struct change *change)
{
    const char *clauses = values_joined(planner->arena, change->after, PROPERTY_CLAUSE, ", ");

    step_add(planner, *clauses ? "CREATE %s (%s)" : "CREATE %s%s",
             item_words(planner->arena, change->after), clauses);
}

/* CREATE CAST (a AS b) WITH FUNCTION f …: the clauses are written one behind the other. */
void create_simple(struct planner *planner, const struct change *change)
{
    const char *clauses = values_joined(planner->arena, change->after, PROPERTY_CLAUSE, " ");

    step_add(planner, "CREATE %s%s%s", item_words(planner->arena, change->after),
             *clauses ? " " : "", clauses);
}

/* --- Servers and what belongs to them --------------------------------------------------------- */

/* "TYPE 'x'" of "TYPE = 'x'"; the version stands in front of the wrapper. */
static void add_clauses(struct buf *buf, const struct item *item)
{
    static const char wrapper[] = "FOREIGN DATA WRAPPER = ";
    const char *version = item_property(item, PROPERTY_VERSION), *clause;
    size_t at = 0;

    while ((clause = item_next(item, PROPERTY_CLAUSE, &at))) {
        const char *equal = strstr(clause, " = ");
        if (version && strncmp(clause, wrapper, sizeof wrapper - 1) == 0)
            buf_addf(buf, " VERSION %s", version);
        buf_addf(buf, " %.*s %s", (int)(equal - clause), clause, equal + 3);
    }
}

void create_server_object(struct planner *planner, const struct change *change)
{
    const char *options =
        values_joined(planner->arena, change->after, PROPERTY_FOREIGN_OPTION, ", ");
    struct buf clauses = buf_in(planner->arena);

    add_clauses(&clauses, change->after);
    step_add(planner, "CREATE %s%s%s%s%s", item_words(planner->arena, change->after),
             buf_text(&clauses), *options ? " OPTIONS (" : "", options, *options ? ")" : "");
}

/* The functions of a wrapper can be changed; ALTER says each with its name. */
static void alter_wrapper_functions(struct planner *planner, const struct change *change)
{
    static const char *const names[] = {"HANDLER", "VALIDATOR"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = clause_value(change->after, names[i]);
        step_add(planner, "ALTER %s %s%s%s", item_words(planner->arena, change->after),
                 value ? "" : "NO ", names[i],
                 value ? arena_printf(planner->arena, " %s", value) : "");
    }
}

void alter_server_object_of(struct planner *planner, const struct change *change)
{
    const char *options = foreign_option_changes(planner->arena, change);
    const char *version = item_property(change->after, PROPERTY_VERSION);

    if (change_has(change, PROPERTY_CLAUSE))
        alter_wrapper_functions(planner, change);
    if (change_has(change, PROPERTY_VERSION))
        step_add(planner, "ALTER %s VERSION %s", item_words(planner->arena, change->after),
                 version ? version : "NULL");
    if (*options)
        step_add(planner, "ALTER %s OPTIONS (%s)", item_words(planner->arena, change->after),
                 options);
}
