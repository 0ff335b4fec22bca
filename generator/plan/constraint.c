/* Constraints of tables and domains. */
#include <string.h>

#include "plan/planner.h"

static bool is_type(const struct item *constraint, const char *type)
{
    return name_eq(item_property(constraint, PROPERTY_TYPE), type);
}

static bool is_key(const struct item *constraint)
{
    return is_type(constraint, "PRIMARY KEY") || is_type(constraint, "UNIQUE");
}

static const char *deferral_words(const struct item *constraint)
{
    if (item_property(constraint, PROPERTY_DEFERRED))
        return " DEFERRABLE INITIALLY DEFERRED";
    return item_property(constraint, PROPERTY_DEFERRABLE) ? " DEFERRABLE" : "";
}

/* The definition has the key alone: parameters of its index stand between it and the rest. */
static const char *index_words(struct arena *arena, const struct item *constraint)
{
    const char *options = values_joined(arena, constraint, PROPERTY_OPTION, ", ");
    const char *tablespace = item_property(constraint, PROPERTY_TABLESPACE);
    struct buf buf = buf_in(arena);

    if (*options)
        buf_addf(&buf, " WITH (%s)", options);
    if (tablespace)
        buf_addf(&buf, " USING INDEX TABLESPACE %s", tablespace);
    return buf_text(&buf);
}

/* EXCLUDE has its predicate behind the parameters of the index. */
static const char *definition_words(struct arena *arena, const struct item *constraint)
{
    const char *definition = item_property(constraint, PROPERTY_DEFINITION);
    const char *words = index_words(arena, constraint);
    const char *where = is_type(constraint, "EXCLUDE") ? strstr(definition, ") WHERE (") : NULL;

    if (!where)
        return arena_printf(arena, "%s%s", definition, words);
    return arena_printf(arena, "%.*s)%s%s", (int)(where - definition), definition, words,
                        where + 1);
}

const char *constraint_words(struct arena *arena, const struct item *constraint)
{
    return arena_printf(arena, "CONSTRAINT %s %s%s", constraint->qualified,
                        definition_words(arena, constraint), deferral_words(constraint));
}

/* --- On tables with rows ---------------------------------------------------------------------- */

/* The index is built while others write, and then becomes the constraint's. */
static bool can_use_index(const struct planner *planner, const struct item *constraint)
{
    return !planner->options->is_plain && is_key(constraint) && !is_on_partitioned(constraint) &&
           is_on_old_table(planner, constraint);
}

static void use_index(struct planner *planner, const struct item *constraint)
{
    step_add(planner, "%s ADD CONSTRAINT %s %s USING INDEX %s%s",
             alter_words(planner->arena, constraint), constraint->qualified,
             item_property(constraint, PROPERTY_TYPE), constraint->qualified,
             deferral_words(constraint));
}

static void create_using_index(struct planner *planner, const struct change *change)
{
    struct arena *arena = planner->arena;
    const struct item *constraint = change->after;
    const char *words = strstr(item_property(constraint, PROPERTY_DEFINITION), "NULLS NOT DISTINCT")
                            ? " NULLS NOT DISTINCT"
                            : "";
    const char *options = values_joined(arena, constraint, PROPERTY_OPTION, ", ");
    const char *tablespace = item_property(constraint, PROPERTY_TABLESPACE);
    struct buf sql = buf_in(arena);

    buf_addf(&sql, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %s%s", constraint->qualified,
             table_name(arena, constraint), item_property(constraint, PROPERTY_KEY), words);
    if (*options)
        buf_addf(&sql, " WITH (%s)", options);
    if (tablespace)
        buf_addf(&sql, " TABLESPACE %s", tablespace);
    leave_transaction(planner);
    step_add(planner, "%s", buf_text(&sql));
    begin_transaction_anew(planner);
    use_index(planner, constraint);
}

static bool needs_partitioned(const struct item *constraint)
{
    for (size_t i = 0; i < constraint->needs.n; i++)
        if (constraint->needs.items[i]->kind == ITEM_TABLE &&
            item_property(constraint->needs.items[i], PROPERTY_PARTITION_KEY))
            return true;
    return false;
}

/* A foreign key of a partitioned table cannot be NOT VALID (before 18); of one that points at a
 * partitioned table VALIDATE leaves the copies for its partitions as they are. */
static bool can_validate_later(const struct planner *planner, const struct item *constraint)
{
    if (planner->options->is_plain || !is_on_old_table(planner, constraint) ||
        item_property(constraint, PROPERTY_NOT_VALID))
        return false;
    if (is_foreign_key(constraint))
        return !is_on_partitioned(constraint) && !needs_partitioned(constraint);
    return is_type(constraint, "CHECK");
}

static void create_and_validate(struct planner *planner, const struct change *change)
{
    const char *table = alter_words(planner->arena, change->after);

    step_add(planner, "%s ADD %s NOT VALID", table,
             constraint_words(planner->arena, change->after));
    settle(planner);
    begin_transaction_anew(planner);
    step_add(planner, "%s VALIDATE CONSTRAINT %s", table, change->after->qualified);
}

/* The table without its partitions, which have no rows of it. */
static void create_only(struct planner *planner, const struct item *constraint)
{
    step_add(planner, "ALTER TABLE ONLY %s ADD %s", table_name(planner->arena, constraint),
             constraint_words(planner->arena, constraint));
}

static void create_at_once(struct planner *planner, const struct item *constraint)
{
    const bool is_not_valid = item_property(constraint, PROPERTY_NOT_VALID) != NULL;
    struct step *step =
        step_add(planner, "%s ADD %s%s", alter_words(planner->arena, constraint),
                 constraint_words(planner->arena, constraint), is_not_valid ? " NOT VALID" : "");

    if (!is_not_valid)
        step_locks(planner, step, constraint,
                   "nobody can write to the table while its rows are looked at");
}

void create_constraint(struct planner *planner, const struct change *change)
{
    const struct item *constraint = change->after;

    if (change->taken_index)
        use_index(planner, constraint);
    else if (can_use_index(planner, constraint))
        create_using_index(planner, change);
    else if (is_on_partitioned(constraint) &&
             (change->is_apart || item_property(constraint, PROPERTY_ONLY)))
        create_only(planner, constraint);
    else if (can_validate_later(planner, constraint))
        create_and_validate(planner, change);
    else
        create_at_once(planner, constraint);
    write_attachment(planner, change);
    write_marks_of_index(planner, change);
}

/* It goes with the index that it is attached to. */
static bool goes_with_parent(const struct planner *planner, const struct change *change)
{
    const struct change *parent = change_of(planner, parent_index(change->before));

    return parent && is_dropped(parent);
}

void drop_constraint_of(struct planner *planner, const struct change *change)
{
    struct step *step;

    if (goes_with_parent(planner, change))
        return;
    step = step_add(planner, "%s DROP CONSTRAINT %s", alter_words(planner->arena, change->before),
                    change->before->qualified);

    if (change->action == ACTION_DROP)
        step_loses(planner, step, "--allow-drop", item_flag(planner->arena, change->before),
                   "rows are let in that it kept out");
}

static void write_index_parameters(struct planner *planner, const struct change *change)
{
    struct item index = *change->after;

    index.qualified =
        arena_printf(planner->arena, "%s.%s", quoted_name(planner->arena, change->after->schema),
                     change->after->qualified);
    alter_index_parameters(planner, change, index.qualified);
}

void alter_constraint_of(struct planner *planner, const struct change *change)
{
    const char *table = alter_words(planner->arena, change->after);
    const char *deferral = deferral_words(change->after);

    if (change_has(change, PROPERTY_DEFERRABLE) || change_has(change, PROPERTY_DEFERRED))
        step_add(planner, "%s ALTER CONSTRAINT %s%s", table, change->after->qualified,
                 *deferral ? deferral : " NOT DEFERRABLE");
    if (change_has(change, PROPERTY_NOT_VALID))
        step_add(planner, "%s VALIDATE CONSTRAINT %s", table, change->after->qualified);
    if (change->after->kind != ITEM_CONSTRAINT)
        return;
    write_index_parameters(planner, change);
    write_attachment(planner, change);
}

/* --- Domains ---------------------------------------------------------------------------------- */

void create_domain_constraint(struct planner *planner, const struct change *change)
{
    const char *domain = alter_words(planner->arena, change->after);
    const char *words = constraint_words(planner->arena, change->after);
    const bool stays = item_property(change->after, PROPERTY_NOT_VALID) != NULL;
    const bool later = !stays && !planner->options->is_plain;

    step_add(planner, "%s ADD %s%s", domain, words, stays || later ? " NOT VALID" : "");
    if (!later)
        return;
    settle(planner);
    begin_transaction_anew(planner);
    step_add(planner, "%s VALIDATE CONSTRAINT %s", domain, change->after->qualified);
}
