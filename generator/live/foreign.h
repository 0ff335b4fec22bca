/* The ledger of another migration tool, in a live database: found, locked and read, never changed.
 */
#ifndef TENON_LIVE_FOREIGN_H
#define TENON_LIVE_FOREIGN_H

#include "adopt/folder.h"
#include "live/server.h"

struct foreign_ledger {
    const struct tool *tool;
    const char *schema, *table;
    const char *name; /* quoted and qualified */
    const char *oid;
};

typedef VEC(struct foreign_ledger) foreign_ledger_list;

/* Those that the database has: of one tool, or of all for NULL; of this name, or of the tool's own
 * for NULL. What has the name of a ledger and other columns is none. */
bool foreign_find(struct server *server, const struct tool *tool, const char *name,
                  foreign_ledger_list *ledgers, struct error *error);

/* Takes on the role, if it is not NULL. False when the ledger may not be read and locked. */
bool foreign_open(struct server *server, const struct foreign_ledger *ledger, const char *role,
                  struct error *error);

/* Takes the tool's own lock, and one of the table that keeps every writer away; waits for both
 * together for so long at most (< 0: for ever). They last as long as the session. */
bool foreign_lock(struct server *server, const struct foreign_ledger *ledger, int timeout_ms,
                  struct error *error);

/* A condition that is true as long as the locks are held. */
const char *foreign_guard(struct server *server, const struct foreign_ledger *ledger);

bool foreign_read(struct server *server, const struct foreign_ledger *ledger, old_row_list *rows,
                  struct error *error);

/* Fills in the checksums that the server computes. */
bool foreign_digest(struct server *server, struct old_folder *folder, struct error *error);

#endif
