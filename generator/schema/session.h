/* The life of a session, and what its statements share. */
#ifndef TENON_SCHEMA_SESSION_H
#define TENON_SCHEMA_SESSION_H

#include "schema/ddl.h"

extern const struct path default_path; /* "$user", public */

/* Collects what is derived from the catalog: views and inheritance. */
void session_init(struct session *session, struct catalog *catalog,
                  const struct schema_analyzer *analyzer, struct diags *diags);

void session_set_path(struct session *session, struct path path);

#endif
