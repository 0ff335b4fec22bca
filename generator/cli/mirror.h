/* What `tenon pull` and `tenon push` share: a live database as a catalog beside the schema files.
 */
#ifndef TENON_CLI_MIRROR_H
#define TENON_CLI_MIRROR_H

#include "cli/migrate.h"
#include "live/server.h"

struct mirror {
    struct cli *cli;
    struct server *server;
    const char *ledger;   /* quoted */
    struct ignore ignore; /* the settings', and the ledger of migrations */
    path_list ignored;
};

/* Connects. STATUS_OK, or another one after a message; in either case mirror_close() follows. */
int mirror_open(struct cli *cli, struct mirror *mirror);
void mirror_close(struct mirror *mirror);

/* What is named so is no part of the schema either. */
void mirror_ignore(struct mirror *mirror, const char *pattern);

/* The database as a catalog. What was replaced or left out is said on standard error. STATUS_INPUT
 * after a message when there is something that the catalog can not have. Extensions whose version
 * the schema does not tell have none; NULL: all tell it. */
int mirror_read(struct mirror *mirror, const struct schema *schema, struct catalog **catalog);

/* A line for each object that the database has otherwise than it is wanted, behind + (it alone has
 * it), - (it lacks it) or ~; "" when there is none. What is ignored is no difference. */
const char *mirror_differences(struct mirror *mirror, struct catalog *wanted,
                               struct catalog *catalog);

#endif
