/* Tables: CREATE TABLE with all that can stand in it, and ALTER TABLE. */
#include <string.h>

#include "plan/planner.h"

/* --- CREATE TABLE ----------------------------------------------------------------------------- */

struct body {
    struct planner *planner;
    struct buf text;
};

static void body_add(struct body *body, const char *line)
{
    buf_adds(&body->text, body->text.len ? ",\n    " : "\n    ");
    buf_adds(&body->text, line);
}

static size_t position_of(const struct change *column)
{
    const char *position = item_property(column->after, PROPERTY_POSITION);
    size_t number = 0;

    for (; position && *position; position++)
        number = number * 10 + (size_t)(*position - '0');
    return number;
}

/* The parts that are columns, by number. */
static size_t columns_of(struct planner *planner, const struct change *table,
                         const struct change ***columns)
{
    size_t n = 0;

    *columns = arena_array(planner->arena, const struct change *, table->parts.n + 1);
    for (size_t i = 0; i < table->parts.n; i++)
        if (table->parts.items[i]->after && table->parts.items[i]->after->kind == ITEM_COLUMN)
            (*columns)[n++] = table->parts.items[i];
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k && position_of((*columns)[k - 1]) > position_of((*columns)[k]); k--) {
            const struct change *swapped = (*columns)[k];
            (*columns)[k] = (*columns)[k - 1];
            (*columns)[k - 1] = swapped;
        }
    return n;
}

static void add_columns(struct body *body, const struct change *table)
{
    const struct change **columns;
    size_t n = columns_of(body->planner, table, &columns);

    for (size_t i = 0; i < n; i++)
        if (!columns[i]->after->is_derived)
            body_add(body, column_words(body->planner, columns[i], value_with(columns[i])));
}

static int constraint_rank(const struct change *constraint)
{
    const char *type = item_property(constraint->after, PROPERTY_TYPE);

    return name_eq(type, "PRIMARY KEY") ? 0 : name_eq(type, "UNIQUE") ? 1 : 2;
}

static void add_constraints(struct body *body, const struct change *table)
{
    for (int rank = 0; rank < 3; rank++)
        for (size_t i = 0; i < table->parts.n; i++) {
            const struct change *part = table->parts.items[i];
            if (part->after && part->after->kind == ITEM_CONSTRAINT && part->is_made_with_whole &&
                constraint_rank(part) == rank)
                body_add(body, constraint_words(body->planner->arena, part->after));
        }
}

static const char *body_of(struct planner *planner, const struct change *change)
{
    struct body body = {planner, buf_in(planner->arena)};

    add_columns(&body, change);
    add_constraints(&body, change);
    if (!body.text.len)
        return NULL;
    return arena_printf(planner->arena, "(%s\n)", buf_text(&body.text));
}

static void add_storage(struct arena *arena, struct buf *sql, const struct item *table)
{
    const char *method = item_property(table, PROPERTY_ACCESS_METHOD);
    const char *tablespace = item_property(table, PROPERTY_TABLESPACE);
    const char *options = table_options(arena, table);

    if (method)
        buf_addf(sql, "\nUSING %s", method);
    if (*options)
        buf_addf(sql, "\nWITH (%s)", options);
    if (tablespace)
        buf_addf(sql, "\nTABLESPACE %s", tablespace);
}

static void add_foreign(struct arena *arena, struct buf *sql, const struct item *table)
{
    const char *options = values_joined(arena, table, PROPERTY_FOREIGN_OPTION, ", ");

    buf_addf(sql, "\nSERVER %s", item_property(table, PROPERTY_SERVER));
    if (*options)
        buf_addf(sql, "\nOPTIONS (%s)", options);
}

static void add_parents(struct arena *arena, struct buf *sql, const struct item *table,
                        const char *body)
{
    const char *bound = item_property(table, PROPERTY_BOUND);
    const char *of_type = item_property(table, PROPERTY_OF_TYPE);
    const char *parents = values_joined(arena, table, PROPERTY_PARENT, ", ");

    if (bound)
        buf_addf(sql, " PARTITION OF %s", parents);
    else if (of_type)
        buf_addf(sql, " OF %s", of_type);
    if (body)
        buf_addf(sql, " %s", body);
    else if (!bound && !of_type)
        buf_adds(sql, " ()");
    if (bound)
        buf_addf(sql, " %s", bound);
    else if (*parents)
        buf_addf(sql, "\nINHERITS (%s)", parents);
}

/* What CREATE TABLE has no words for. */
static void write_table_extras(struct planner *planner, const struct change *change, bool is_new)
{
    static const struct {
        enum property_id id;
        const char *set, *unset;
    } extras[] = {
        {PROPERTY_ROW_SECURITY, "ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"},
        {PROPERTY_FORCE_ROW_SECURITY, "FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"},
    };

    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
        const bool has = item_property(change->after, extras[i].id) != NULL;
        struct step *step;
        if (is_new ? !has : !change_has(change, extras[i].id))
            continue;
        step = step_add(planner, "%s %s", alter_words(planner->arena, change->after),
                        has ? extras[i].set : extras[i].unset);
        if (!has)
            step_loses(planner, step, "--allow-drop",
                       arena_printf(planner->arena, "row-security:%s", change->after->qualified),
                       "rows that policies hid are seen");
    }
}

void create_table(struct planner *planner, const struct change *change)
{
    const struct item *table = change->after;
    struct buf sql = buf_in(planner->arena);
    const char *persistence = item_property(table, PROPERTY_PERSISTENCE);
    const char *key = item_property(table, PROPERTY_PARTITION_KEY);

    buf_addf(&sql, "CREATE %s%s%s %s", persistence ? persistence : "", persistence ? " " : "",
             item_noun(table->kind), table->qualified);
    add_parents(planner->arena, &sql, table, body_of(planner, change));
    if (key)
        buf_addf(&sql, "\nPARTITION BY %s", key);
    if (table->kind == ITEM_FOREIGN_TABLE)
        add_foreign(planner->arena, &sql, table);
    else
        add_storage(planner->arena, &sql, table);
    step_add(planner, "%s", buf_text(&sql));
    write_table_extras(planner, change, true);
}

/* --- ALTER TABLE ------------------------------------------------------------------------------ */

static struct step *alter(struct planner *planner, const struct change *change, const char *how)
{
    return step_add(planner, "%s %s", alter_words(planner->arena, change->after), how);
}

#define alterf(planner, change, ...)                                                               \
    alter((planner), (change), arena_printf((planner)->arena, __VA_ARGS__))

static const char *value_or(const struct item *item, enum property_id id, const char *otherwise)
{
    const char *value = item_property(item, id);

    return value ? value : otherwise;
}

static void write_options(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const char *reset = names_of_lost(arena, change->before, change->after, PROPERTY_OPTION);
    const char *set = values_of_one(arena, change->after, change->before, PROPERTY_OPTION, ", ");
    const char *toast_reset =
        with_prefix(arena, "toast.",
                    names_of_lost(arena, change->before, change->after, PROPERTY_TOAST_OPTION));
    const char *toast_set = with_prefix(
        arena, "toast.",
        values_of_one(arena, change->after, change->before, PROPERTY_TOAST_OPTION, ", "));

    if (*reset || *toast_reset)
        alterf(planner, change, "RESET (%s%s%s)", reset, *reset && *toast_reset ? ", " : "",
               toast_reset);
    if (*set || *toast_set)
        alterf(planner, change, "SET (%s%s%s)", set, *set && *toast_set ? ", " : "", toast_set);
}

static void write_storage(struct planner *planner, const struct change *change)
{
    static const char *const anew = "the table is written anew while nobody can read it";

    if (change_has(change, PROPERTY_PERSISTENCE))
        step_locks(planner,
                   alter(planner, change,
                         item_property(change->after, PROPERTY_PERSISTENCE) ? "SET UNLOGGED"
                                                                            : "SET LOGGED"),
                   change->after, anew);
    if (change_has(change, PROPERTY_ACCESS_METHOD))
        step_locks(planner,
                   alterf(planner, change, "SET ACCESS METHOD %s",
                          value_or(change->after, PROPERTY_ACCESS_METHOD, "heap")),
                   change->after, anew);
    if (change_has(change, PROPERTY_TABLESPACE))
        step_locks(planner,
                   alterf(planner, change, "SET TABLESPACE %s",
                          value_or(change->after, PROPERTY_TABLESPACE, "pg_default")),
                   change->after, anew);
    write_options(planner, change);
}

/* An index of that quoted name that this plan makes: it says itself what the table has it for. */
static bool is_made(struct arena *arena, const struct change *table, const char *index)
{
    for (size_t i = 0; i < table->parts.n; i++) {
        const struct change *part = table->parts.items[i];
        if (part->after &&
            (part->after->kind == ITEM_INDEX || part->after->kind == ITEM_CONSTRAINT) &&
            is_created(part) && strcmp(quoted_name(arena, part->after->name), index) == 0)
            return true;
    }
    return false;
}

void write_table_marks(struct planner *planner, const struct change *change)
{
    const char *cluster = item_property(change->after, PROPERTY_CLUSTER_ON);
    const char *identity = value_or(change->after, PROPERTY_REPLICA_IDENTITY, "DEFAULT");
    const char *by = strncmp(identity, "USING INDEX ", 12) == 0 ? identity + 12 : "";

    if (change_has(change, PROPERTY_REPLICA_IDENTITY) && !is_made(planner->arena, change, by))
        alterf(planner, change, "REPLICA IDENTITY %s", identity);
    if (change_has(change, PROPERTY_CLUSTER_ON) &&
        !(cluster && is_made(planner->arena, change, cluster)))
        alterf(planner, change, "%s%s", cluster ? "CLUSTER ON " : "SET WITHOUT CLUSTER",
               cluster ? cluster : "");
}

static void write_type_of_table(struct planner *planner, const struct change *change)
{
    const char *type = item_property(change->after, PROPERTY_OF_TYPE);

    if (change_has(change, PROPERTY_OF_TYPE))
        alterf(planner, change, type ? "OF %s" : "NOT OF%s", type ? type : "");
}

void alter_table_of(struct planner *planner, const struct change *change)
{
    const char *options = foreign_option_changes(planner->arena, change);

    write_joining(planner, change);
    write_type_of_table(planner, change);
    write_storage(planner, change);
    write_table_extras(planner, change, false);
    write_table_marks(planner, change);
    if (*options)
        alterf(planner, change, "OPTIONS (%s)", options);
}
