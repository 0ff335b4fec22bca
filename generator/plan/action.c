/* What is to be done with an object by itself: a table says which property of which kind can be
 * changed in place.
 */
#include <string.h>

#include "plan/planner.h"

static const struct {
    enum item_kind kind;
    enum property_id id;
} alterable[] = {
    {ITEM_EXTENSION, PROPERTY_SCHEMA},
    {ITEM_EXTENSION, PROPERTY_VERSION},
    {ITEM_DOMAIN, PROPERTY_DEFAULT},
    {ITEM_DOMAIN, PROPERTY_NOT_NULL},
    {ITEM_DOMAIN_CONSTRAINT, PROPERTY_NOT_VALID},
    {ITEM_WRAPPER, PROPERTY_FOREIGN_OPTION},
    {ITEM_WRAPPER, PROPERTY_CLAUSE},
    {ITEM_SERVER, PROPERTY_FOREIGN_OPTION},
    {ITEM_SERVER, PROPERTY_VERSION},
    {ITEM_USER_MAPPING, PROPERTY_FOREIGN_OPTION},
    {ITEM_SEQUENCE, PROPERTY_TYPE},
    {ITEM_SEQUENCE, PROPERTY_START},
    {ITEM_SEQUENCE, PROPERTY_INCREMENT},
    {ITEM_SEQUENCE, PROPERTY_MINIMUM},
    {ITEM_SEQUENCE, PROPERTY_MAXIMUM},
    {ITEM_SEQUENCE, PROPERTY_CACHE},
    {ITEM_SEQUENCE, PROPERTY_CYCLE},
    {ITEM_SEQUENCE, PROPERTY_OWNED_BY},
    {ITEM_SEQUENCE, PROPERTY_PERSISTENCE},
    {ITEM_TABLE, PROPERTY_PERSISTENCE},
    {ITEM_TABLE, PROPERTY_OF_TYPE},
    {ITEM_TABLE, PROPERTY_PARENT},
    {ITEM_TABLE, PROPERTY_BOUND},
    {ITEM_TABLE, PROPERTY_ACCESS_METHOD},
    {ITEM_TABLE, PROPERTY_TABLESPACE},
    {ITEM_TABLE, PROPERTY_OPTION},
    {ITEM_TABLE, PROPERTY_TOAST_OPTION},
    {ITEM_TABLE, PROPERTY_ROW_SECURITY},
    {ITEM_TABLE, PROPERTY_FORCE_ROW_SECURITY},
    {ITEM_TABLE, PROPERTY_REPLICA_IDENTITY},
    {ITEM_TABLE, PROPERTY_CLUSTER_ON},
    {ITEM_FOREIGN_TABLE, PROPERTY_PARENT},
    {ITEM_FOREIGN_TABLE, PROPERTY_BOUND},
    {ITEM_FOREIGN_TABLE, PROPERTY_FOREIGN_OPTION},
    {ITEM_COLUMN, PROPERTY_TYPE},
    {ITEM_COLUMN, PROPERTY_COLLATION},
    {ITEM_COLUMN, PROPERTY_NOT_NULL},
    {ITEM_COLUMN, PROPERTY_IDENTITY},
    {ITEM_COLUMN, PROPERTY_STORAGE},
    {ITEM_COLUMN, PROPERTY_COMPRESSION},
    {ITEM_COLUMN, PROPERTY_STATISTICS_TARGET},
    {ITEM_COLUMN, PROPERTY_OPTION},
    {ITEM_COLUMN, PROPERTY_FOREIGN_OPTION},
    {ITEM_DEFAULT, PROPERTY_DEFAULT},
    {ITEM_VIEW, PROPERTY_OPTION},
    {ITEM_MATERIALIZED_VIEW, PROPERTY_OPTION},
    {ITEM_MATERIALIZED_VIEW, PROPERTY_TABLESPACE},
    {ITEM_MATERIALIZED_VIEW, PROPERTY_ACCESS_METHOD},
    {ITEM_MATERIALIZED_VIEW, PROPERTY_UNPOPULATED},
    {ITEM_MATERIALIZED_VIEW, PROPERTY_CLUSTER_ON},
    {ITEM_CONSTRAINT, PROPERTY_NOT_VALID},
    {ITEM_CONSTRAINT, PROPERTY_OPTION},
    {ITEM_CONSTRAINT, PROPERTY_TABLESPACE},
    {ITEM_CONSTRAINT, PROPERTY_PARENT},
    {ITEM_CONSTRAINT, PROPERTY_ONLY},
    {ITEM_INDEX, PROPERTY_OPTION},
    {ITEM_INDEX, PROPERTY_TABLESPACE},
    {ITEM_INDEX, PROPERTY_PARENT},
    {ITEM_INDEX, PROPERTY_ONLY},
    {ITEM_INDEX, PROPERTY_STATISTICS_TARGET},
    {ITEM_STATISTICS, PROPERTY_STATISTICS_TARGET},
    {ITEM_RULE, PROPERTY_ENABLED},
    {ITEM_TRIGGER, PROPERTY_ENABLED},
    {ITEM_EVENT_TRIGGER, PROPERTY_ENABLED},
    {ITEM_POLICY, PROPERTY_ROLE},
    {ITEM_POLICY, PROPERTY_USING},
    {ITEM_POLICY, PROPERTY_CHECK},
    {ITEM_PUBLICATION, PROPERTY_TABLE},
    {ITEM_PUBLICATION, PROPERTY_CLAUSE},
    {ITEM_OPERATOR_FAMILY, PROPERTY_CLAUSE},
    {ITEM_DEFAULT_PRIVILEGE, PROPERTY_PRIVILEGE},
};

/* What write_about() changes, for all kinds. */
static bool is_about(enum property_id id)
{
    return id == PROPERTY_OWNER || id == PROPERTY_PRIVILEGE || id == PROPERTY_COMMENT ||
           id == PROPERTY_SECURITY_LABEL;
}

static bool is_alterable(enum item_kind kind, enum property_id id)
{
    for (size_t i = 0; i < sizeof alterable / sizeof *alterable; i++)
        if (alterable[i].kind == kind && alterable[i].id == id)
            return true;
    return is_about(id);
}

static bool gains(const struct change *change, enum property_id id)
{
    return !item_property(change->before, id) && item_property(change->after, id);
}

static bool loses(const struct change *change, enum property_id id)
{
    return item_property(change->before, id) && !item_property(change->after, id);
}

/* Labels can be added, and those that are there stay in their order. */
static bool only_adds_labels(const struct change *change)
{
    size_t at = 0, at_after = 0;
    const char *label, *found;

    while ((label = item_next(change->before, PROPERTY_LABEL, &at))) {
        do
            found = item_next(change->after, PROPERTY_LABEL, &at_after);
        while (found && strcmp(found, label) != 0);
        if (!found)
            return false;
    }
    return true;
}

/* Where it depends on what the difference is. */
static bool can_alter_so(const struct change *change, enum property_id id)
{
    switch (change->after->kind) {
    case ITEM_ENUM:
        return id == PROPERTY_LABEL && only_adds_labels(change);
    case ITEM_COLUMN:
        return id == PROPERTY_GENERATED && loses(change, id);
    case ITEM_TS_CONFIGURATION: /* the parser, which is the first clause, is for ever */
    case ITEM_TS_DICTIONARY:    /* so is the template */
        return id == PROPERTY_CLAUSE &&
               name_eq(item_property(change->before, id), item_property(change->after, id));
    case ITEM_CONSTRAINT:
        return (id == PROPERTY_DEFERRABLE || id == PROPERTY_DEFERRED) &&
               is_foreign_key(change->after);
    default:
        return false;
    }
}

static bool cannot_alter_so(const struct change *change, enum property_id id)
{
    switch (change->after->kind) {
    case ITEM_CONSTRAINT:
    case ITEM_DOMAIN_CONSTRAINT:
        return (id == PROPERTY_NOT_VALID || id == PROPERTY_ONLY) && gains(change, id);
    case ITEM_INDEX:
        return id == PROPERTY_ONLY && gains(change, id);
    case ITEM_POLICY:
        return id != PROPERTY_ROLE && loses(change, id);
    case ITEM_PUBLICATION:
        return id == PROPERTY_TABLE && !can_alter_publication(change);
    default:
        return false;
    }
}

static bool in_place(const struct change *change, enum property_id id)
{
    return (is_alterable(change->after->kind, id) || can_alter_so(change, id)) &&
           !cannot_alter_so(change, id);
}

bool can_alter(const struct planner *planner, const struct change *change)
{
    (void)planner;
    for (enum property_id id = 0; id < N_PROPERTIES; id++)
        if (!(property_flags(id) & PROPERTY_IS_NOTED) && change_has(change, id) &&
            !in_place(change, id))
            return false;
    return true;
}

static bool differs(const struct change *change)
{
    for (enum property_id id = 0; id < N_PROPERTIES; id++)
        if (!(property_flags(id) & PROPERTY_IS_NOTED) && change_has(change, id))
            return true;
    return false;
}

/* --- CREATE OR REPLACE ------------------------------------------------------------------------ */

/* The columns of a view after the body: the first ones have to be those before, in name, type and
 * collation (checkViewTupleDesc). */
static bool keeps_columns(const struct change *view)
{
    for (size_t i = 0; i < view->parts.n; i++) {
        const struct change *part = view->parts.items[i];
        if (change_item(part)->kind != ITEM_COLUMN)
            continue;
        if (!part->after)
            return false;
        if (part->before &&
            (change_has(part, PROPERTY_TYPE) || change_has(part, PROPERTY_COLLATION) ||
             change_has(part, PROPERTY_POSITION)))
            return false;
    }
    return true;
}

/* The names of input parameters stay, and so do the defaults and the row that OUT parameters make
 * (ProcedureCreate). */
static bool keeps_parameters(const struct planner *planner, const struct change *change)
{
    const struct function *before = change->before->object, *after = change->after->object;
    const size_t n = before->n_all_args ? before->n_all_args : before->n_args;

    if (before->kind != after->kind || before->n_defaults > after->n_defaults ||
        before->n_all_args != after->n_all_args || before->n_args != after->n_args)
        return false;
    for (size_t i = 0; i < n; i++) {
        const char *name = before->arg_names ? before->arg_names[i] : "";
        const char *now = after->arg_names ? after->arg_names[i] : "";
        if (name && *name && strcmp(name, now ? now : "") != 0)
            return false;
        if (before->n_all_args &&
            (!is_same_type(planner, before->all_arg_types[i], after->all_arg_types[i]) ||
             before->arg_modes[i] != after->arg_modes[i]))
            return false;
    }
    return true;
}

static bool is_constraint_trigger(const struct item *trigger)
{
    return str_starts_with(str_from(item_property(trigger, PROPERTY_DEFINITION)),
                           "CREATE CONSTRAINT");
}

static bool can_replace(const struct planner *planner, const struct change *change)
{
    if (map_find(planner->irreplaceable, change->after->key))
        return false;
    switch (change->after->kind) {
    case ITEM_VIEW:
        return keeps_columns(change);
    case ITEM_FUNCTION:
    case ITEM_PROCEDURE:
        return !change_has(change, PROPERTY_RESULT) && keeps_parameters(planner, change);
    case ITEM_AGGREGATE:
        return !change_has(change, PROPERTY_RESULT) && !change_has(change, PROPERTY_ARGUMENTS);
    case ITEM_RULE:
        return true;
    case ITEM_TRIGGER:
        return !is_constraint_trigger(change->after) && !is_constraint_trigger(change->before);
    default:
        return false;
    }
}

static enum action decide(const struct planner *planner, const struct change *change)
{
    if (!change->before)
        return ACTION_CREATE;
    if (!change->after)
        return ACTION_DROP;
    if (is_converted_sequence(change) || change->before->kind != change->after->kind)
        return ACTION_REBUILD;
    if (!differs(change))
        return ACTION_KEEP;
    if (can_alter(planner, change))
        return ACTION_ALTER;
    /* What comes with something else changes with it. */
    if (change->after->is_derived && change->before->is_derived)
        return ACTION_ALTER;
    return can_replace(planner, change) ? ACTION_REPLACE : ACTION_REBUILD;
}

/* The rows of a table are never thrown away to change it. */
static void refuse_table(struct planner *planner, const struct change *change)
{
    for (enum property_id id = 0; id < N_PROPERTIES; id++)
        if (change_has(change, id) && !in_place(change, id))
            plan_refuse(planner, change->after,
                        arena_printf(planner->arena, "the %s of table %s changes",
                                     property_name(id), change->after->qualified));
}

/* --- An index that becomes a key -------------------------------------------------------------- */

static const char *index_key(struct arena *arena, const struct item *index)
{
    const char *included = values_joined(arena, index, PROPERTY_INCLUDE, ", ");

    return arena_printf(arena, "(%s)%s%s%s", values_joined(arena, index, PROPERTY_ELEMENT, ", "),
                        *included ? " INCLUDE (" : "", included, *included ? ")" : "");
}

static bool can_be_key(struct arena *arena, const struct item *index, const struct item *key)
{
    return item_property(index, PROPERTY_UNIQUE) && !item_property(index, PROPERTY_PREDICATE) &&
           !item_property(index, PROPERTY_PARENT) && index->part_of && key->part_of &&
           strcmp(index->part_of->key, key->part_of->key) == 0 &&
           !item_property(index->part_of, PROPERTY_PARTITION_KEY) &&
           name_eq(item_property(index, PROPERTY_ACCESS_METHOD), "btree") &&
           name_eq(index_key(arena, index), item_property(key, PROPERTY_KEY)) &&
           item_same(index, key, PROPERTY_OPTION) && item_same(index, key, PROPERTY_TABLESPACE);
}

static void take_index(struct planner *planner, struct change *key)
{
    struct arena *arena = planner->arena;
    struct change *index = map_find(
        &planner->by_key, arena_printf(arena, "INDEX %s.%s", quoted_name(arena, key->after->schema),
                                       key->after->qualified));

    if (!index || index->action != ACTION_DROP || !item_property(key->after, PROPERTY_KEY) ||
        !can_be_key(arena, index->before, key->after))
        return;
    key->taken_index = index;
    index->action = ACTION_KEEP;
}

/* --- A domain with values inside of others --------------------------------------------------- */

/* A condition comes that has to be looked at. */
static bool is_tightened(const struct change *domain)
{
    if (gains(domain, PROPERTY_NOT_NULL))
        return true;
    for (size_t i = 0; i < domain->parts.n; i++) {
        const struct change *part = domain->parts.items[i];
        if (part->after && part->after->kind == ITEM_DOMAIN_CONSTRAINT &&
            !item_property(part->after, PROPERTY_NOT_VALID) &&
            (part->action != ACTION_KEEP || change_has(part, PROPERTY_NOT_VALID)))
            return true;
    }
    return false;
}

/* The server does not look into arrays (find_composite_type_dependencies): such a domain is made
 * anew, and the columns are converted. */
static void swap_domains_in_arrays(struct planner *planner)
{
    for (size_t i = 0; i < planner->before.items.n; i++) {
        const struct item *column = planner->before.items.items[i];
        const struct attribute *attribute =
            column->kind == ITEM_COLUMN && column->part_of->kind == ITEM_TABLE ? column->object
                                                                               : NULL;
        if (!attribute || !catalog_element_type(planner->before_catalog, attribute->type))
            continue;
        for (size_t k = 0; k < column->needs.n; k++) {
            struct change *domain = change_of(planner, column->needs.items[k]);
            if (domain && domain->before && domain->after && domain->after->kind == ITEM_DOMAIN &&
                is_tightened(domain))
                domain->action = ACTION_REBUILD;
        }
    }
}

/* --- A composite type that tables have -------------------------------------------------------- */

/* In a column, or in a type that is in one. */
static bool is_stored(const struct planner *planner, const struct item *type)
{
    for (size_t i = 0; i < planner->before.items.n; i++) {
        const struct item *item = planner->before.items.items[i];
        const struct item *user = item->kind == ITEM_COLUMN ? item->part_of : item;
        if (user == type || (item->kind != ITEM_COLUMN && !is_swappable_type(item->kind)) ||
            (user->kind != ITEM_TABLE && !is_swappable_type(user->kind)))
            continue;
        for (size_t k = 0; k < item->needs.n; k++)
            if (item->needs.items[k] == type &&
                (user->kind == ITEM_TABLE || is_stored(planner, user)))
                return true;
    }
    return false;
}

/* The server changes no attribute of a type that tables have (find_composite_type_dependencies):
 * such a type is made anew, and the columns are converted. */
static void swap_stored_composites(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *attribute = planner->changes.items[i];
        if (changes_type(attribute) && attribute->after->part_of->kind == ITEM_COMPOSITE &&
            is_stored(planner, attribute->before->part_of))
            attribute->whole->action = ACTION_REBUILD;
    }
}

void planner_decide(struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        struct change *change = planner->changes.items[i];
        change->action = decide(planner, change);
        if (change->action == ACTION_REBUILD && change->after->kind == ITEM_TABLE)
            refuse_table(planner, change);
    }
    swap_domains_in_arrays(planner);
    swap_stored_composites(planner);
    for (size_t i = 0; i < planner->changes.n; i++)
        if (planner->changes.items[i]->action == ACTION_CREATE &&
            planner->changes.items[i]->after->kind == ITEM_CONSTRAINT)
            take_index(planner, planner->changes.items[i]);
}
