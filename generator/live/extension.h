/* The extensions of a database, and the DDL that stands for them where there is no server. */
#ifndef TENON_LIVE_EXTENSION_H
#define TENON_LIVE_EXTENSION_H

#include "live/server.h"
#include "support/buf.h"
#include "support/vec.h"

/* catalog/builtin/extension_objects.sql, embedded at build time. */
extern const char extension_objects_sql[];

struct extension {
    const char *name, *version, *schema;
};

typedef VEC(struct extension) extension_list;

/* Appends the extensions of these names and those that they require, these first; all but plpgsql
 * when n is 0. A name that is not installed is left out. */
bool extension_find(struct server *server, const char *const *names, size_t n, extension_list *list,
                    struct error *error);

/* Appends the DDL of an extension, which makes its objects in its schema. Uses temporary views and
 * functions, in a transaction that is rolled back. */
bool extension_write(struct server *server, const struct extension *extension, struct buf *out,
                     struct error *error);

#endif
