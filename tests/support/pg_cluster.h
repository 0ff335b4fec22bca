/* A throw-away PostgreSQL for tests.
 *
 * A cluster lives in a temporary directory, listens on a unix socket there and nowhere else, and is
 * watched by a process of its own: when its owner ends, in whatever way, the server is stopped and
 * the directory removed. Binaries: TENON_PG_BIN, else the newest /usr/lib/postgresql/N/bin, else
 * the PATH; where PostgreSQL 15 is asked for its verdict, TENON_PG15_BIN, else that of them which
 * is a 15. Root becomes the user postgres for it. */
#ifndef TESTS_SUPPORT_PG_CLUSTER_H
#define TESTS_SUPPORT_PG_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <libpq-fe.h>

/** What test programs exit with when there is no server to test with. */
#define PG_SKIP 77

#define PG_ANY_RELEASE 0

/** Writes the directory of the server binaries. False after a message on stderr if there are none.
 */
bool pg_find_binaries(int release, char *directory, size_t size);

/** Whether the server is there and of the release whose verdict tenon gives. False after a message
 *  on stderr: the test is to exit with PG_SKIP. */
bool pg_gives_verdict(const PGconn *conn, const char *test);

/** Starts a server of the binaries in `bin` in `directory`, which must exist and be empty, and
 * waits until it accepts connections. It ends when `owner` does, or, if that is 0, with the last
 * copy of the write end of a pipe that the calling process keeps open. Returns the watching
 * process, to which SIGTERM is the sign to stop; 0 after a message on stderr. */
pid_t pg_start_in(const char *bin, const char *directory, pid_t owner);

/** Removes what a server that has ended left. */
void pg_remove_directory(const char *directory);

/** Starts a cluster for this process in a directory of its own and writes its libpq connection
 *  string. Exits with PG_SKIP where there are no binaries, with 1 if it does not start. */
pid_t pg_cluster_start(char *conninfo, size_t size);
/** Stops it before the process ends, and waits for that. */
void pg_cluster_stop(pid_t watcher);

/** A connection string of a fresh database: on the server that libpq's environment variables name
 *  (ctest sets them), else on a cluster that is started now. It is dropped when the process ends.
 *  Call it before the first fork. Exits as pg_cluster_start does. */
const char *pg_test_database(const char *name);

#endif
