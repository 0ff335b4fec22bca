/* Lists of privileges. The owner is known in them as such and not by name, so that they are still
 * right when the object gets another one.
 */
#include "catalog/privilege.h"

#include <string.h>

#include "support/arena.h"
#include "support/str.h"

static const struct {
    const char *const names[8];
    const char *of_public; /* what everybody may do to begin with */
} classes[] = {
    [PRIVILEGES_OF_NOTHING] = {{NULL}, NULL},
    [PRIVILEGES_OF_COLUMN] = {{"INSERT", "SELECT", "UPDATE", "REFERENCES"}, NULL},
    [PRIVILEGES_OF_TABLE] = {{"INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES",
                              "TRIGGER"},
                             NULL},
    [PRIVILEGES_OF_SEQUENCE] = {{"SELECT", "UPDATE", "USAGE"}, NULL},
    [PRIVILEGES_OF_FUNCTION] = {{"EXECUTE"}, "EXECUTE"},
    [PRIVILEGES_OF_LANGUAGE] = {{"USAGE"}, "USAGE"},
    [PRIVILEGES_OF_SCHEMA] = {{"USAGE", "CREATE"}, NULL},
    [PRIVILEGES_OF_TYPE] = {{"USAGE"}, "USAGE"},
    [PRIVILEGES_OF_WRAPPER] = {{"USAGE"}, NULL},
    [PRIVILEGES_OF_SERVER] = {{"USAGE"}, NULL},
};

const char *const *privileges_of(enum privilege_class class)
{
    return classes[class].names;
}

bool privilege_is_of(enum privilege_class class, const char *name)
{
    for (const char *const *known = classes[class].names; *known; known++)
        if (strcmp(*known, name) == 0)
            return true;
    return false;
}

static size_t find(const struct about *about, const char *grantee, const char *name)
{
    size_t i = 0;

    while (i < about->privileges.n && !(name_eq(about->privileges.items[i].grantee, grantee) &&
                                        strcmp(about->privileges.items[i].name, name) == 0))
        i++;
    return i;
}

static void remove_at(struct about *about, size_t i)
{
    for (; i + 1 < about->privileges.n; i++)
        about->privileges.items[i] = about->privileges.items[i + 1];
    about->privileges.n--;
}

void privilege_add(struct arena *arena, struct about *about, struct privilege privilege)
{
    size_t i = find(about, privilege.grantee, privilege.name);

    if (i == about->privileges.n)
        vec_push(arena, &about->privileges, privilege);
    about->privileges.items[i].is_grantable |= privilege.is_grantable;
}

void privilege_remove(struct about *about, const char *grantee, const char *name, bool only_option)
{
    size_t i = find(about, grantee, name);

    if (i == about->privileges.n)
        return;
    if (only_option)
        about->privileges.items[i].is_grantable = false;
    else
        remove_at(about, i);
}

/* A column has only what was granted on it: its owner's are those of the table. */
void privileges_begin(struct arena *arena, struct about *about, enum privilege_class class)
{
    if (about->has_privileges)
        return;
    about->has_privileges = true;
    about->privileges.n = 0;
    for (const char *const *name = classes[class].names; *name && class != PRIVILEGES_OF_COLUMN;
         name++)
        vec_push(arena, &about->privileges, (struct privilege){"", *name, false});
    if (classes[class].of_public)
        vec_push(arena, &about->privileges,
                 (struct privilege){NULL, classes[class].of_public, false});
}

bool privileges_are_default(struct arena *arena, const struct about *about,
                            enum privilege_class class)
{
    struct about fresh = {0};

    privileges_begin(arena, &fresh, class);
    if (fresh.privileges.n != about->privileges.n)
        return false;
    for (size_t i = 0; i < fresh.privileges.n; i++) {
        const struct privilege *wanted = &fresh.privileges.items[i];
        size_t found = find(about, wanted->grantee, wanted->name);
        if (found == about->privileges.n || about->privileges.items[found].is_grantable)
            return false;
    }
    return true;
}

void about_set_owner(struct about *about, const char *owner)
{
    about->owner = owner;
    for (size_t i = 0; i < about->privileges.n && owner;) {
        struct privilege *privilege = &about->privileges.items[i];
        size_t own;
        if (!privilege->grantee || !*privilege->grantee || strcmp(privilege->grantee, owner) != 0) {
            i++;
            continue;
        }
        own = find(about, "", privilege->name);
        if (own == about->privileges.n) {
            privilege->grantee = "";
            i++;
            continue;
        }
        about->privileges.items[own].is_grantable |= privilege->is_grantable;
        remove_at(about, i);
    }
}
