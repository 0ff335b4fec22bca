/* Roles live in the cluster, not in the schema: which there are is told by whoever knows. */
#include <string.h>

#include "migrate/check.h"

struct roles {
    struct arena *arena;
    const char *const *names;
    size_t n;
    struct diags *diags;
    struct map reported; /* role → itself */
};

static bool is_known(const struct roles *roles, const char *name)
{
    static const char *const words[] = {"PUBLIC", "OWNER", "CURRENT_USER", "CURRENT_ROLE",
                                        "SESSION_USER"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    for (size_t i = 0; i < roles->n; i++)
        if (strcmp(name, roles->names[i]) == 0)
            return true;
    /* The predefined ones (22.5); no other role may have such a name. */
    return strncmp(name, "pg_", 3) == 0;
}

/* The name that the text begins with, unquoted. */
static const char *first_name(struct arena *arena, const char *text)
{
    struct buf buf = buf_in(arena);

    if (*text != '"')
        return arena_strndup(arena, text, strcspn(text, " ,"));
    for (const char *c = text + 1; *c && (*c != '"' || c[1] == '"'); c++) {
        c += *c == '"';
        buf_addc(&buf, *c);
    }
    return buf_text(&buf);
}

static void check_role(struct roles *roles, const struct item *item, const char *value)
{
    const char *name = first_name(roles->arena, value);
    struct buf list = buf_in(roles->arena);

    if (is_known(roles, name) || map_find(&roles->reported, name))
        return;
    map_put(&roles->reported, name, (void *)item);
    for (size_t i = 0; i < roles->n; i++)
        buf_addf(&list, "%s, ", roles->names[i]);
    diag_hint(roles->diags,
              diag_error(roles->diags, "PL740", item->at,
                         "role \"%s\" is not among those that exist", name),
              "write in tenon.yaml: roles: [%s%s]", buf_text(&list),
              catalog_quote_identifier(roles->arena, name));
}

void check_roles(struct arena *arena, const struct inventory *inventory, const char *const *names,
                 size_t n_names, struct diags *diags)
{
    static const enum property_id properties[] = {PROPERTY_OWNER, PROPERTY_PRIVILEGE,
                                                  PROPERTY_ROLE};
    struct roles roles = {arena, names, n_names, diags, {.arena = arena}};

    for (size_t i = 0; i < inventory->items.n; i++)
        for (size_t p = 0; p < sizeof properties / sizeof *properties; p++) {
            const struct item *item = inventory->items.items[i];
            const char *value;
            size_t at = 0;
            while ((value = item_next(item, properties[p], &at)) != NULL)
                check_role(&roles, item, value);
        }
}
