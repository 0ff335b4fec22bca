#include "pool_support.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

void pool_init(const char *name)
{
    static char schema[4096];
    FILE *file = fopen(POOL_SCHEMA, "r");

    if (file == NULL) {
        perror(POOL_SCHEMA);
        exit(1);
    }
    schema[fread(schema, 1, sizeof schema - 1, file)] = '\0';
    fclose(file);
    server_init(name);
    server_ask(schema);
}

tenon_pool *pool_of(const tenon_pool_options *options)
{
    tenon_pool *pool;

    ck_assert_int_eq(tenon_pool_create(server_conninfo, options, &pool), TENON_OK);
    return pool;
}

tenon_db *take(tenon_pool *pool)
{
    tenon_db *taken;
    char why[512];

    if (tenon_pool_acquire(pool, &taken) != TENON_OK) {
        tenon_pool_last_error(pool, why, sizeof why);
        ck_abort_msg("%s", why);
    }
    return taken;
}

void give(tenon_pool *pool, tenon_db *taken)
{
    ck_assert_int_eq(tenon_pool_release(pool, taken), TENON_OK);
}

int pid_of(tenon_db *of)
{
    int32_t pid;

    ck_assert_int_eq(pooltest_pid(of, &pid), TENON_OK);
    return pid;
}

tenon_pool_stats stats_of(tenon_pool *pool)
{
    tenon_pool_stats stats;

    tenon_pool_get_stats(pool, &stats);
    return stats;
}

void await_waiters(tenon_pool *pool, size_t n)
{
    for (int turn = 0; stats_of(pool).waiting != n; turn++) {
        ck_assert_int_lt(turn, 10000);
        pause_ms(1);
    }
}

static int frozen;

int freeze(tenon_db *of)
{
    int pid = pid_of(of);

    if (kill(pid, SIGSTOP) != 0) {
        fprintf(stderr, "skipped: the server's processes are another user's\n");
        exit(77);
    }
    return frozen = pid;
}

void thaw(void)
{
    if (frozen != 0)
        kill(frozen, SIGCONT);
    frozen = 0;
}

void terminate(int pid)
{
    char sql[64];

    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)", pid);
    server_ask(sql);
}

void outage_start(struct outage *outage)
{
    snprintf(outage->directory, sizeof outage->directory, "/tmp/tenon-pool-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(outage->directory));
    snprintf(outage->socket, sizeof outage->socket, "%s/.s.PGSQL.5432", outage->directory);
    snprintf(outage->conninfo, sizeof outage->conninfo, "%s host=%s port=5432", server_conninfo,
             outage->directory);
    outage->listener = -1;
}

void outage_end(struct outage *outage)
{
    char directory[100], target[160];

    snprintf(directory, sizeof directory, "%s", server_ask("SHOW unix_socket_directories"));
    snprintf(target, sizeof target, "%s/.s.PGSQL.%s", directory, server_ask("SHOW port"));
    ck_assert_int_eq(symlink(target, outage->socket), 0);
}

void outage_freeze(struct outage *outage)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", outage->socket);
    outage->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(outage->listener, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(outage->listener, 64), 0);
}

void outage_clear(struct outage *outage)
{
    if (outage->listener >= 0)
        close(outage->listener);
    unlink(outage->socket);
    rmdir(outage->directory);
}
