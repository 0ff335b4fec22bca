/* Who may do what with an object (aclitem[]). An object of which nothing was said has the
 * privileges that its class begins with (acldefault): its owner may do all, and everybody what is
 * harmless.
 */
#ifndef TENON_CATALOG_PRIVILEGE_H
#define TENON_CATALOG_PRIVILEGE_H

#include "catalog/model.h"

enum privilege_class {
    PRIVILEGES_OF_NOTHING,
    PRIVILEGES_OF_COLUMN,
    PRIVILEGES_OF_TABLE, /* views too */
    PRIVILEGES_OF_SEQUENCE,
    PRIVILEGES_OF_FUNCTION,
    PRIVILEGES_OF_LANGUAGE,
    PRIVILEGES_OF_SCHEMA,
    PRIVILEGES_OF_TYPE,
    PRIVILEGES_OF_WRAPPER,
    PRIVILEGES_OF_SERVER,
};

/* The names of its privileges, in the order of the server's bits; the list ends with NULL. */
const char *const *privileges_of(enum privilege_class class);
bool privilege_is_of(enum privilege_class class, const char *name);

/* Makes explicit what the object has. */
void privileges_begin(struct arena *arena, struct about *about, enum privilege_class class);
/* An object that has them already only gets the grant option, if that is new. */
void privilege_add(struct arena *arena, struct about *about, struct privilege privilege);
/* Takes the privilege, or only its grant option. */
void privilege_remove(struct about *about, const char *grantee, const char *name, bool only_option);
/* Whether these are the privileges that an object of the class begins with. */
bool privileges_are_default(struct arena *arena, const struct about *about,
                            enum privilege_class class);
/* ALTER … OWNER TO: what the old owner has goes to the new one, who keeps what was his. */
void about_set_owner(struct about *about, const char *owner);

#endif
