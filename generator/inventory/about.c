/* What objects of all kinds have: an owner, privileges, a comment, security labels. */
#include <string.h>

#include "catalog/privilege.h"
#include "inventory/collect.h"

static enum privilege_class class_of(enum item_kind kind)
{
    switch (kind) {
    case ITEM_SCHEMA:
        return PRIVILEGES_OF_SCHEMA;
    case ITEM_LANGUAGE:
        return PRIVILEGES_OF_LANGUAGE;
    case ITEM_ENUM:
    case ITEM_BASE_TYPE:
    case ITEM_SHELL_TYPE:
    case ITEM_COMPOSITE:
    case ITEM_RANGE:
    case ITEM_DOMAIN:
        return PRIVILEGES_OF_TYPE;
    case ITEM_FUNCTION:
    case ITEM_PROCEDURE:
    case ITEM_AGGREGATE:
        return PRIVILEGES_OF_FUNCTION;
    case ITEM_WRAPPER:
        return PRIVILEGES_OF_WRAPPER;
    case ITEM_SERVER:
        return PRIVILEGES_OF_SERVER;
    case ITEM_SEQUENCE:
        return PRIVILEGES_OF_SEQUENCE;
    case ITEM_TABLE:
    case ITEM_FOREIGN_TABLE:
    case ITEM_VIEW:
    case ITEM_MATERIALIZED_VIEW:
        return PRIVILEGES_OF_TABLE;
    case ITEM_COLUMN:
        return PRIVILEGES_OF_COLUMN;
    default:
        return PRIVILEGES_OF_NOTHING;
    }
}

static const char *grantee_text(struct collector *collector, const char *grantee)
{
    if (!grantee)
        return "PUBLIC";
    return *grantee ? catalog_quote_identifier(collector->arena, grantee) : "OWNER";
}

void item_privileges(struct collector *collector, struct item *item, const struct about *about)
{
    for (size_t i = 0; i < about->privileges.n; i++) {
        const struct privilege *privilege = &about->privileges.items[i];
        item_setf(collector, item, PROPERTY_PRIVILEGE, "%s %s%s",
                  grantee_text(collector, privilege->grantee), privilege->name,
                  privilege->is_grantable ? " *" : "");
    }
}

void item_about(struct collector *collector, struct item *item, const struct about *about)
{
    struct about all = *about;

    privileges_begin(collector->arena, &all, class_of(item->kind));
    if (about->owner)
        item_set(collector, item, PROPERTY_OWNER,
                 catalog_quote_identifier(collector->arena, about->owner));
    item_privileges(collector, item, &all);
    if (about->comment)
        item_set(collector, item, PROPERTY_COMMENT,
                 catalog_quote_literal(collector->arena, about->comment));
    for (size_t i = 0; i < about->labels.n; i++)
        item_setf(collector, item, PROPERTY_SECURITY_LABEL, "%s IS %s",
                  catalog_quote_identifier(collector->arena, about->labels.items[i].name),
                  catalog_quote_literal(collector->arena, about->labels.items[i].value));
}

const char *const *item_first_privileges(struct arena *arena, enum item_kind kind, size_t *n)
{
    struct collector collector = {.arena = arena};
    struct item item = {.kind = kind};
    struct about about = {0};
    const char **list;

    privileges_begin(arena, &about, class_of(kind));
    item_privileges(&collector, &item, &about);
    *n = item.properties.n;
    list = arena_array(arena, const char *, *n + 1);
    for (size_t i = 0; i < *n; i++)
        list[i] = item.properties.items[i].value;
    return list;
}
