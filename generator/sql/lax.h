/* What libpg_query lets through for its own sake: parameters in places where the server's grammar
 * wants a constant or a name.
 */
#ifndef TENON_SQL_LAX_H
#define TENON_SQL_LAX_H

#include "sql/pg.h"

/* The first such parameter of the statement, NULL when there is none. */
const PgQuery__ParamRef *lax_param(const PgQuery__RawStmt *statement);

#endif
