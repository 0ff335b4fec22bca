/* Prepared statements of the session. */
#ifndef TENON_SCHEMA_PREPARE_H
#define TENON_SCHEMA_PREPARE_H

#include "schema/ddl.h"

/* NULL when there is none of the name. */
const struct prepared *prepared_find(const struct session *session, const char *name);

#endif
