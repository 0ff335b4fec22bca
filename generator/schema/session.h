/* The life of a session, and what its statements share. */
#ifndef TENON_SCHEMA_SESSION_H
#define TENON_SCHEMA_SESSION_H

#include "schema/ddl.h"

extern const struct path default_path; /* "$user", public */

/* Collects what is derived from the catalog: views and inheritance. */
void session_init(struct session *session, struct catalog *catalog,
                  const struct schema_analyzer *analyzer, struct diags *diags);

/* The path that SET search_path gives, also as an option of a function; false for any other. */
bool path_of_setting(struct ddl *ddl, const PgQuery__VariableSetStmt *setting, struct path *path);

void session_set_path(struct session *session, struct path path);

#endif
