/* Steps, and the words that several kinds of objects share in them. */
#include <ctype.h>
#include <string.h>

#include "plan/planner.h"

void begin_transaction_anew(struct planner *planner)
{
    planner->wave = (planner->wave / 2 + 1) * 2;
}

void leave_transaction(struct planner *planner)
{
    const bool is_first = planner->wave - planner->first_wave <= 1;

    planner->wave = is_first && planner->first_wave % 2 ? planner->first_wave : planner->wave | 1;
}

void settle(struct planner *planner)
{
    planner->settled_wave = planner->wave;
}

struct step *step_add(struct planner *planner, const char *format, ...)
{
    struct step *step = arena_new(planner->arena, struct step);
    va_list args;

    va_start(args, format);
    step->sql = arena_vprintf(planner->arena, format, args);
    va_end(args);
    step->wave = planner->wave;
    step->number = planner->plan->steps.n;
    step->item = change_item(planner->current);
    vec_push(planner->arena, &planner->plan->steps, step);
    return step;
}

/* --- Losses ----------------------------------------------------------------------------------- */

static bool is_allowed(const struct plan_options *options, const char *flag, const char *what)
{
    if (options->allows_all)
        return true;
    for (size_t i = 0; i < options->n_allowed; i++) {
        const char *allowed = options->allowed[i];
        const size_t len = strlen(flag);
        if (strncmp(allowed, flag, len) == 0 && allowed[len] == ' ' &&
            (strcmp(allowed + len + 1, what) == 0 || strcmp(allowed + len + 1, "all") == 0))
            return true;
    }
    return false;
}

void step_loses(struct planner *planner, struct step *step, const char *flag, const char *what,
                const char *about)
{
    const struct loss loss = {.flag = flag,
                              .what = what,
                              .about = about,
                              .is_allowed = is_allowed(planner->options, flag, what)};

    vec_push(planner->arena, &step->losses, loss);
    if (!loss.is_allowed)
        planner->plan->n_refused++;
}

void step_locks(struct planner *planner, struct step *step, const struct item *item,
                const char *why)
{
    if (!planner->options->is_plain && is_on_old_table(planner, item))
        step_loses(planner, step, "--allow-lock", item_whole(item)->qualified, why);
}

const char *item_flag(struct arena *arena, const struct item *item)
{
    char *noun = arena_strdup(arena, item_noun(item->kind));

    for (char *c = noun; *c; c++)
        *c = *c == ' ' ? '-' : (char)tolower((unsigned char)*c);
    if (item->table)
        return arena_printf(arena, "%s:%s.%s", noun, table_name(arena, item),
                            quoted_name(arena, item->name));
    return arena_printf(arena, "%s:%s", noun, item->qualified);
}

void plan_refuse(struct planner *planner, const struct item *item, const char *what)
{
    struct diag *diag = diag_error(planner->diags, "PL701", item->at, "by hand: %s", what);

    diag_hint(planner->diags, diag,
              "write the statements into a migration made by `tenon migrate new --empty`");
}

/* --- Names ------------------------------------------------------------------------------------ */

const char *quoted_name(struct arena *arena, const char *name)
{
    return catalog_quote_identifier(arena, name);
}

const char *table_name(struct arena *arena, const struct item *item)
{
    if (!item->table)
        return item->qualified;
    if (!item->schema)
        return quoted_name(arena, item->table);
    return arena_printf(arena, "%s.%s", quoted_name(arena, item->schema),
                        quoted_name(arena, item->table));
}

const char *item_words(struct arena *arena, const struct item *item)
{
    switch (item->kind) {
    case ITEM_COLUMN:
        return arena_printf(arena, "COLUMN %s.%s", table_name(arena, item), item->qualified);
    case ITEM_DOMAIN_CONSTRAINT:
        return arena_printf(arena, "CONSTRAINT %s ON DOMAIN %s", item->qualified,
                            table_name(arena, item));
    default:
        break;
    }
    if (item->table)
        return arena_printf(arena, "%s %s ON %s", item_noun(item->kind), item->qualified,
                            table_name(arena, item));
    return arena_printf(arena, "%s %s", item_noun(item->kind), item->qualified);
}

/* What ALTER names it by. */
const char *alter_words(struct arena *arena, const struct item *item)
{
    const struct item *whole = item_whole(item);

    if (item->kind == ITEM_SEQUENCE)
        whole = item;
    return arena_printf(arena, "ALTER %s %s", item_noun(whole->kind), whole->qualified);
}

const char *values_joined(struct arena *arena, const struct item *item, enum property_id id,
                          const char *separator)
{
    struct buf buf = buf_in(arena);
    size_t at = 0;
    const char *value;

    while ((value = item_next(item, id, &at))) {
        if (buf.len)
            buf_adds(&buf, separator);
        buf_adds(&buf, value);
    }
    return buf_text(&buf);
}

bool is_on_partitioned(const struct item *item)
{
    return item_property(item_whole(item), PROPERTY_PARTITION_KEY) != NULL;
}

bool is_on_old_table(const struct planner *planner, const struct item *item)
{
    const struct change *table = change_of(planner, item_whole(item));

    return table && table->before && table->before->kind != ITEM_FOREIGN_TABLE &&
           table->action != ACTION_REBUILD;
}

/* What of the sets of values goes, or comes. */
const char *values_of_one(struct arena *arena, const struct item *item, const struct item *other,
                          enum property_id id, const char *separator)
{
    struct buf buf = buf_in(arena);
    size_t at = 0;
    const char *value;

    while ((value = item_next(item, id, &at)))
        if (!item_has_value(other, id, value)) {
            if (buf.len)
                buf_adds(&buf, separator);
            buf_adds(&buf, value);
        }
    return buf_text(&buf);
}

/* --- Objects that are dropped by their name --------------------------------------------------- */

static const char *loss_of_drop(const struct item *item)
{
    switch (item->kind) {
    case ITEM_SCHEMA:
    case ITEM_ENUM:
    case ITEM_COMPOSITE:
    case ITEM_RANGE:
    case ITEM_DOMAIN:
    case ITEM_BASE_TYPE:
    case ITEM_EXTENSION:
        return "the object and what other databases and programs know of it is gone";
    case ITEM_TABLE:
        return "all of its rows are lost";
    case ITEM_SEQUENCE:
        return "its value is lost";
    case ITEM_MATERIALIZED_VIEW:
        return "its contents are lost";
    case ITEM_POLICY:
        return "rows that it let through are hidden, or the other way round";
    default:
        return NULL;
    }
}

void drop_object(struct planner *planner, const struct change *change)
{
    struct step *step = step_add(planner, "DROP %s", item_words(planner->arena, change->before));
    const char *lost = change->action == ACTION_DROP ? loss_of_drop(change->before) : NULL;

    if (lost)
        step_loses(planner, step, "--allow-drop", item_flag(planner->arena, change->before), lost);
}
