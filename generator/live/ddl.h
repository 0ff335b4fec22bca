/* The objects of a live database as DDL: raw material for a catalog, exact and in an order in which
 * it can be replayed, but not for people to read.
 */
#ifndef TENON_LIVE_DDL_H
#define TENON_LIVE_DDL_H

#include "live/server.h"
#include "support/vec.h"

/* The scripts in live/ddl, embedded at build time. */
extern const char ddl_sql[];

/* What stands in the place of a secret. */
#define DDL_SECRET "<secret>"

struct ddl_object {
    const char *words; /* "TABLE public.orders"; "" where nothing has such a name */
    const char *sql;   /* statements, each with its semicolon; "" where there is nothing to say */
    int rank;
    VEC(size_t) then; /* what has to come behind it, by number */
    size_t n_before;  /* of those that it waits for */
};

typedef VEC(struct ddl_object) ddl_object_list;

struct ddl {
    ddl_object_list objects;
    VEC(const char *) notes;    /* secrets that were replaced, objects that were left out */
    VEC(const char *) refusals; /* what the server has and no DDL of ours can say */
};

/* Everything but what belongs to extensions, in one read-only snapshot. */
bool ddl_read(struct server *server, bool hides_secrets, struct ddl *ddl, struct error *error);

/* Puts the objects into an order in which each comes behind what it needs. (ddl_order.c) */
void ddl_order(struct arena *arena, ddl_object_list *objects);

#endif
