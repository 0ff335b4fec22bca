/* libpg_query's parse trees. The one place that includes its headers and knows its versions.
 *
 * Trees are protobuf-c messages (PgQuery__SelectStmt, …) as in pg_query.proto; every `location`
 * is a 0-based byte offset into the text that was parsed.
 */
#ifndef TENON_SQL_PG_H
#define TENON_SQL_PG_H

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#if PG_VERSION_NUM < 150000
#error "libpg_query 15 or later is needed"
#endif

#endif
