/* The DDL that a server was asked for → catalog. */
#ifndef TENON_PULL_LOAD_H
#define TENON_PULL_LOAD_H

#include "catalog/catalog.h"
#include "live/ddl.h"
#include "support/diag.h"

/* Replays the objects in their order. What the release of the catalog has not, or the analysis does
 * not know, is an error that names the object. */
void pull_load(struct arena *arena, const struct ddl *ddl, struct catalog *catalog,
               struct diags *diags);

#endif
