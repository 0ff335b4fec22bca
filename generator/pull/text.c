/* Keys and checks that the plan adds by ALTER TABLE go into the CREATE TABLE that is in front of
 * them. What has several lines or statements has an empty line around it. */
#include "pull/text.h"

#include <string.h>

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* The parenthesis that ends the columns: behind it is nothing that may have lines of its own. */
static const char *end_of_columns(const char *sql)
{
    const char *end = NULL;

    for (const char *found = sql; (found = strstr(found, "\n)")) != NULL; found++)
        end = found;
    return end;
}

/* "CONSTRAINT c FOREIGN KEY …" of a statement that adds it; NULL: it cannot stand in the table's.
 */
static const char *added_constraint(struct arena *arena, const struct step *step,
                                    const struct item *table)
{
    const char *start = arena_printf(arena, "ALTER TABLE %s ADD ", table->qualified);

    if (step->item->kind != ITEM_CONSTRAINT || !starts_with(step->sql, start) ||
        item_property(step->item, PROPERTY_NOT_VALID))
        return NULL;
    return step->sql + strlen(start);
}

/* Of a table that has columns: makes_table(). */
static const char *with_constraint(struct arena *arena, const char *sql, const char *constraint)
{
    const char *end = end_of_columns(sql);

    return arena_printf(arena, "%.*s,\n    %s%s", (int)(end - sql), sql, constraint, end);
}

static bool makes_table(const struct unit *unit, const struct step *step)
{
    return unit->item->kind == ITEM_TABLE && strcmp(step->item->key, unit->item->key) == 0 &&
           starts_with(step->sql, "CREATE ") && !item_property(unit->item, PROPERTY_BOUND) &&
           end_of_columns(step->sql);
}

/* The definition of a rule brings its semicolon. */
static void write_statement(const char *sql, struct buf *out)
{
    const size_t len = strlen(sql);

    buf_addf(out, "%s%s\n", sql, len && sql[len - 1] == ';' ? "" : ";");
}

static void write_all(struct arena *arena, const struct unit *unit, struct buf *out)
{
    const char **texts = arena_array(arena, const char *, unit->steps.n + 1);
    const char **table = NULL;

    for (size_t i = 0; i < unit->steps.n; i++) {
        const struct step *step = unit->steps.items[i];
        const char *constraint = table ? added_constraint(arena, step, unit->item) : NULL;
        if (constraint) {
            *table = with_constraint(arena, *table, constraint);
            continue;
        }
        texts[i] = step->sql;
        if (makes_table(unit, step))
            table = &texts[i];
    }
    for (size_t i = 0; i < unit->steps.n; i++)
        if (texts[i])
            write_statement(texts[i], out);
}

static bool is_short(const struct unit *unit)
{
    return unit->steps.n == 1 && !strchr(unit->steps.items[0]->sql, '\n');
}

void unit_write(struct arena *arena, const struct unit *unit, const struct unit *last,
                struct buf *out)
{
    if (!last || !(is_short(unit) && is_short(last) && unit->item->kind == last->item->kind))
        buf_addc(out, '\n');
    write_all(arena, unit, out);
}
