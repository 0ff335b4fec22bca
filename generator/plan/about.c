/* Owners, privileges, comments and security labels: the same for all kinds of objects. */
#include <string.h>

#include "plan/planner.h"

/* --- Owners ----------------------------------------------------------------------------------- */

/* Of a column the table's. */
static const char *owner_words(const struct item *item)
{
    static const char for_role[] = " FOR ROLE ";
    const char *owner =
        item_property(item->kind == ITEM_COLUMN ? item->part_of : item, PROPERTY_OWNER);

    if (item->kind == ITEM_DEFAULT_PRIVILEGE && item->arguments)
        return item->arguments + sizeof for_role - 1;

    return owner ? owner : "CURRENT_USER";
}

/* A sequence that belongs to a column has the owner of the table, and changes with it; before it
 * comes to a column it has to have that owner. */
static bool follows_table(const struct change *change, bool is_new)
{
    if (change->after->kind != ITEM_SEQUENCE || !item_property(change->after, PROPERTY_OWNED_BY))
        return false;
    return is_new ? change->after->is_derived : !change_has(change, PROPERTY_OWNED_BY);
}

static void write_owner(struct planner *planner, const struct change *change, bool is_new)
{
    const bool differs = change->after->kind == ITEM_DEFAULT_PRIVILEGE ? false
                         : is_new ? item_property(change->after, PROPERTY_OWNER) != NULL
                                  : change_has(change, PROPERTY_OWNER);

    if (differs && !follows_table(change, is_new))
        step_add(planner, "ALTER %s OWNER TO %s", item_words(planner->arena, change->after),
                 owner_words(change->after));
}

/* --- Privileges: "role SELECT", "role SELECT *" ----------------------------------------------- */

struct grant {
    const char *grantee, *privilege;
    bool is_grantable;
};

/* The grantee may be quoted and have spaces; what is behind the last space is the privilege. */
static struct grant grant_of(struct arena *arena, const char *value)
{
    size_t len = strlen(value);
    struct grant grant = {.is_grantable = len > 2 && strcmp(value + len - 2, " *") == 0};
    size_t at;

    if (grant.is_grantable)
        len -= 2;
    for (at = len; at && value[at - 1] != ' ';)
        at--;
    grant.privilege = arena_strndup(arena, value + at, len - at);
    grant.grantee = arena_strndup(arena, value, at - 1);
    return grant;
}

/* How far the list has it: 0 not, 1 it, 2 with the grant option. */
static int level_in(struct arena *arena, const char *const *list, size_t n,
                    const struct grant *wanted)
{
    for (size_t i = 0; i < n; i++) {
        const struct grant grant = grant_of(arena, list[i]);
        if (strcmp(grant.grantee, wanted->grantee) == 0 &&
            strcmp(grant.privilege, wanted->privilege) == 0)
            return grant.is_grantable ? 2 : 1;
    }
    return 0;
}

struct privileges {
    const char *const *items;
    size_t n;
};

static struct privileges privileges_of(struct arena *arena, const struct item *item)
{
    VEC(const char *) list = {0};
    size_t at = 0;
    const char *value;

    while (item && (value = item_next(item, PROPERTY_PRIVILEGE, &at)))
        vec_push(arena, &list, value);
    return (struct privileges){list.items, list.n};
}

static const char *grantee_words(const struct item *item, const char *grantee)
{
    return strcmp(grantee, "OWNER") == 0 ? owner_words(item) : grantee;
}

/* Of an aggregate the types alone: "()" of "(*)", "(real, text)" of "(real ORDER BY text)". */
static const char *routine_arguments(struct arena *arena, const char *arguments)
{
    const char *order = strstr(arguments, "ORDER BY ");
    const size_t len = order ? (size_t)(order - arguments) : 0;

    if (strcmp(arguments, "(*)") == 0)
        return "()";
    if (!order)
        return arguments;
    return arena_printf(arena, "%.*s%s%s", (int)(len > 1 ? len - 1 : len), arguments,
                        len > 1 ? ", " : "", order + strlen("ORDER BY "));
}

/* "TABLE public.t": as GRANT names it; views and foreign tables are tables there. */
static const char *grant_object(struct arena *arena, const struct item *item)
{
    switch (item->kind) {
    case ITEM_TABLE:
    case ITEM_FOREIGN_TABLE:
    case ITEM_VIEW:
    case ITEM_MATERIALIZED_VIEW:
        return arena_printf(arena, "TABLE %s", item->qualified);
    case ITEM_COLUMN:
        return arena_printf(arena, "TABLE %s", table_name(arena, item));
    case ITEM_AGGREGATE:
        return arena_printf(arena, "ROUTINE %s.%s%s", quoted_name(arena, item->schema),
                            quoted_name(arena, item->name),
                            routine_arguments(arena, item->arguments));
    case ITEM_DOMAIN:
        return arena_printf(arena, "TYPE %s", item->qualified);
    case ITEM_DEFAULT_PRIVILEGE:
        return item->name;
    case ITEM_SERVER:
        return arena_printf(arena, "FOREIGN SERVER %s", item->qualified);
    default:
        return arena_printf(arena, "%s %s", item_noun(item->kind), item->qualified);
    }
}

/* What GRANT and REVOKE stand behind. */
static const char *grant_prefix(struct arena *arena, const struct item *item)
{
    if (item->kind != ITEM_DEFAULT_PRIVILEGE)
        return "";
    return arena_printf(arena, "ALTER DEFAULT PRIVILEGES%s%s%s ",
                        item->arguments ? item->arguments : "", item->schema ? " IN SCHEMA " : "",
                        item->schema ? quoted_name(arena, item->schema) : "");
}

static bool is_same_statement(const struct grant *a, const struct grant *b)
{
    return strcmp(a->grantee, b->grantee) == 0 && a->is_grantable == b->is_grantable;
}

/* GRANT or REVOKE: one statement for each grantee. For REVOKE the grantable ones are those that
 * lose the grant option alone. */
static void write_grants(struct planner *planner, const struct item *item,
                         const struct grant *grants, size_t n, bool revokes)
{
    const char *column =
        item->kind == ITEM_COLUMN ? arena_printf(planner->arena, " (%s)", item->qualified) : "";

    for (size_t i = 0; i < n; i++) {
        struct buf names = buf_in(planner->arena);
        if (i && is_same_statement(&grants[i], &grants[i - 1]))
            continue;
        for (size_t k = i; k < n && is_same_statement(&grants[k], &grants[i]); k++)
            buf_addf(&names, "%s%s%s", k > i ? ", " : "", grants[k].privilege, column);
        if (revokes)
            step_add(planner, "%sREVOKE %s%s ON %s FROM %s", grant_prefix(planner->arena, item),
                     grants[i].is_grantable ? "GRANT OPTION FOR " : "", buf_text(&names),
                     grant_object(planner->arena, item), grantee_words(item, grants[i].grantee));
        else
            step_add(planner, "%sGRANT %s ON %s TO %s%s", grant_prefix(planner->arena, item),
                     buf_text(&names), grant_object(planner->arena, item),
                     grantee_words(item, grants[i].grantee),
                     grants[i].is_grantable ? " WITH GRANT OPTION" : "");
    }
}

static void write_privileges(struct planner *planner, const struct item *item,
                             struct privileges before, struct privileges after, bool loses)
{
    struct arena *arena = planner->arena;
    VEC(struct grant) revoked = {0}, granted = {0};

    for (size_t i = 0; i < before.n; i++) {
        struct grant grant = grant_of(arena, before.items[i]);
        int now = level_in(arena, after.items, after.n, &grant);
        if (now < (grant.is_grantable ? 2 : 1)) {
            grant.is_grantable = now == 1; /* the option alone */
            vec_push(arena, &revoked, grant);
        }
    }
    for (size_t i = 0; i < after.n; i++) {
        const struct grant grant = grant_of(arena, after.items[i]);
        if (level_in(arena, before.items, before.n, &grant) < (grant.is_grantable ? 2 : 1))
            vec_push(arena, &granted, grant);
    }
    write_grants(planner, item, revoked.items, revoked.n, true);
    if (loses && revoked.n)
        step_loses(planner, planner->plan->steps.items[planner->plan->steps.n - 1], "--allow-drop",
                   arena_printf(arena, "privilege:%s", strchr(item_flag(arena, item), ':') + 1),
                   "somebody may do less");
    write_grants(planner, item, granted.items, granted.n, false);
}

static void write_all_privileges(struct planner *planner, const struct change *change, bool is_new)
{
    struct privileges after = privileges_of(planner->arena, change->after), before;

    if (change->after->kind == ITEM_DEFAULT_PRIVILEGE ||
        (!is_new && !change_has(change, PROPERTY_PRIVILEGE)))
        return;
    if (!is_new)
        before = privileges_of(planner->arena, change->before);
    else
        before.items = item_first_privileges(planner->arena, change->after->kind, &before.n);
    write_privileges(planner, change->after, before, after, !is_new);
}

/* --- Default privileges ----------------------------------------------------------------------- */

/* What the server keeps when nothing was said: those of a schema come on top. */
static struct privileges first_of_default(struct arena *arena, const struct item *item)
{
    static const struct {
        const char *name;
        enum item_kind kind;
    } classes[] = {{"TABLES", ITEM_TABLE},
                   {"SEQUENCES", ITEM_SEQUENCE},
                   {"FUNCTIONS", ITEM_FUNCTION},
                   {"TYPES", ITEM_DOMAIN},
                   {"SCHEMAS", ITEM_SCHEMA}};
    struct privileges first = {0};

    for (size_t i = 0; !item->schema && i < sizeof classes / sizeof *classes; i++)
        if (strcmp(classes[i].name, item->name) == 0)
            first.items = item_first_privileges(arena, classes[i].kind, &first.n);
    return first;
}

void create_default_privilege(struct planner *planner, const struct change *change)
{
    write_privileges(planner, change->after, first_of_default(planner->arena, change->after),
                     privileges_of(planner->arena, change->after), false);
}

void alter_default_privilege_of(struct planner *planner, const struct change *change)
{
    write_privileges(planner, change->after, privileges_of(planner->arena, change->before),
                     privileges_of(planner->arena, change->after), true);
}

void drop_default_privilege(struct planner *planner, const struct change *change)
{
    write_privileges(planner, change->before, privileges_of(planner->arena, change->before),
                     first_of_default(planner->arena, change->before), true);
}

/* --- Comments and labels ---------------------------------------------------------------------- */

static void write_comment(struct planner *planner, const struct change *change, bool is_new)
{
    const char *comment = item_property(change->after, PROPERTY_COMMENT);

    if (is_new ? comment != NULL : change_has(change, PROPERTY_COMMENT))
        step_add(planner, "COMMENT ON %s IS %s", item_words(planner->arena, change->after),
                 comment ? comment : "NULL");
}

/* "provider IS 'label'" */
static void write_labels(struct planner *planner, const struct change *change, bool is_new)
{
    const struct item *before = is_new ? NULL : change->before;
    size_t at = 0;
    const char *label;

    while (before && (label = item_next(before, PROPERTY_SECURITY_LABEL, &at)))
        if (!item_has_value(change->after, PROPERTY_SECURITY_LABEL, label))
            step_add(planner, "SECURITY LABEL FOR %.*s ON %s IS NULL",
                     (int)(strstr(label, " IS ") - label), label,
                     item_words(planner->arena, change->after));
    at = 0;
    while ((label = item_next(change->after, PROPERTY_SECURITY_LABEL, &at)))
        if (!item_has_value(before, PROPERTY_SECURITY_LABEL, label))
            step_add(planner, "SECURITY LABEL FOR %.*s ON %s%s",
                     (int)(strstr(label, " IS ") - label), label,
                     item_words(planner->arena, change->after), strstr(label, " IS "));
}

void write_about(struct planner *planner, const struct change *change, bool is_new)
{
    write_owner(planner, change, is_new);
    write_all_privileges(planner, change, is_new);
    write_comment(planner, change, is_new);
    write_labels(planner, change, is_new);
}
