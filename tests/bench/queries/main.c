/* The same work by every client.
 *
 *   queries_bench check STREAM_ROWS                   results of all clients, compared
 *   queries_bench cpu STREAM_ROWS ROUNDS TURNS START  CPU, client after client in each round
 *   queries_bench count STREAM_ROWS                   under callgrind: a dump for each measure
 *
 * cpu prints lines `cpu;WORKLOAD;CLIENT;CLIENT_NS;SERVER_NS`, each for one operation or row. TURNS
 * is a percentage of the usual number of turns, START the path of the programs start_CLIENT without
 * the client. count prints lines `count;WORKLOAD;CLIENT;OPERATIONS` in the order of the dumps. The
 * connections come from libpq's environment variables. */
#include "bench.h"
#include "clock.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef BENCH_CALLGRIND
#include <valgrind/callgrind.h>
#endif

static const struct client *const clients[] = {
    &client_best,
    &client_tenon,
    &client_text,
#ifdef BENCH_ECPG
    &client_ecpg,
#endif
};
#define N_CLIENTS (sizeof clients / sizeof *clients)

/* The endings of the programs start_CLIENT, in the order of `clients`. */
static const char *const endings[] = {"best", "tenon", "text", "ecpg"};

static const struct {
    const char *name;
    int operations; /* of a turn; 0: as many as the stream has rows */
    int cpu_turns, count_turns;
    const char *written; /* the table that is emptied before */
} workloads[N_WORKLOADS] = {
    [LOOKUP] = {"lookup by key", 1, 2000, 200, NULL},
    [LIST] = {"list of 1000 rows, a row", N_LIST, 20, 5, NULL},
    [STREAM] = {"stream, a row", 0, 1, 1, NULL},
    [JOIN] = {"join, an order with 5 fills", 1, 1000, 200, NULL},
    [INSERT] = {"insert returning", 1, 1000, 200, "placed"},
    [BATCH_LOOKUP] = {"batch of 100 lookups, a row", N_BATCH, 30, 10, NULL},
    [BATCH_INSERT] = {"batch of 100 inserts, a row", N_BATCH, 20, 10, "placed"},
    [ARRAY_INSERT] = {"insert of 12 arrays of 100, a row", N_ARRAY, 50, 20, "loaded"},
    [COPY] = {"copy of 10000 rows, a row", N_COPY, 2, 1, "loaded"},
};

static struct inputs in;
static PGconn *admin;

static uint64_t operations_of(enum workload workload, int turns)
{
    int operations = workloads[workload].operations;

    return (uint64_t)turns * (operations == 0 ? (uint64_t)in.stream_last : (uint64_t)operations);
}

static bool clear(const char *table)
{
    char sql[128];
    PGresult *result;
    bool done;

    if (table == NULL)
        return true;
    snprintf(sql, sizeof sql, "TRUNCATE %s RESTART IDENTITY", table);
    result = PQexec(admin, sql);
    done = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!done)
        fprintf(stderr, "%s", PQerrorMessage(admin));
    PQclear(result);
    return done;
}

/* Adds what the table holds to the digest. */
static bool tally_table(const char *table, struct tally *tally)
{
    char sql[128];
    PGresult *result;
    bool done;

    if (table == NULL)
        return true;
    snprintf(sql, sizeof sql, "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM %s t",
             table);
    result = PQexec(admin, sql);
    done = PQresultStatus(result) == PGRES_TUPLES_OK;
    if (done)
        for (int column = 0; column < 2; column++)
            for (const char *at = PQgetvalue(result, 0, column); *at != '\0'; at++)
                tally_number(tally, *at);
    PQclear(result);
    return done;
}

/* Three turns, so that three keys are asked for. */
static bool check_one(const struct client *client, enum workload workload, struct tally *tally)
{
    bool done = clear(workloads[workload].written);

    *tally = (struct tally){.digesting = true};
    for (size_t turn = 0; turn < 3 && done; turn++)
        done = client->turn[workload](&in, turn, tally);
    return done && tally_table(workloads[workload].written, tally);
}

static bool check(void)
{
    bool equal = true;

    for (enum workload workload = LOOKUP; workload < N_WORKLOADS; workload++) {
        struct tally expected, tally;

        if (!check_one(clients[0], workload, &expected))
            return false;
        for (size_t i = 1; i < N_CLIENTS; i++) {
            if (clients[i]->turn[workload] == NULL)
                continue;
            if (!check_one(clients[i], workload, &tally))
                return false;
            if (tally.rows == expected.rows && tally.digest == expected.digest)
                continue;
            fprintf(stderr, "%s: %s and %s have different results\n", workloads[workload].name,
                    clients[0]->name, clients[i]->name);
            equal = false;
        }
    }
    return equal;
}

static bool turns(const struct client *client, enum workload workload, int n)
{
    struct tally tally = {0};

    for (int turn = 0; turn < n; turn++)
        if (!client->turn[workload](&in, (size_t)turn, &tally))
            return false;
    return true;
}

static bool time_one(const struct client *client, enum workload workload, int n)
{
    double operations = (double)operations_of(workload, n);
    uint64_t own, server;

    if (client->turn[workload] == NULL)
        return true;
    if (!clear(workloads[workload].written) || !turns(client, workload, 1))
        return false;
    own = cpu_of(0);
    server = cpu_of(client->backend());
    if (!turns(client, workload, n))
        return false;
    printf("cpu;%s;%s;%.1f;%.1f\n", workloads[workload].name, client->name,
           (double)(cpu_of(0) - own) / operations,
           (double)(cpu_of(client->backend()) - server) / operations);
    return true;
}

/* One whole program. Its digest must be that of the first client's. */
static bool time_start(const char *path, size_t i, uint64_t *expected)
{
    char command[512];
    uint64_t own = 0, server = 0, digest = 0;
    FILE *output;
    bool done;

    snprintf(command, sizeof command, "%s%s", path, endings[i]);
    output = popen(command, "r");
    done = output != NULL &&
           fscanf(output, "%" SCNu64 " %" SCNu64 " %" SCNu64, &own, &server, &digest) == 3;
    done = output != NULL && pclose(output) == 0 && done;
    if (i == 0)
        *expected = digest;
    if (!done || digest != *expected) {
        fprintf(stderr, "%s failed or read another row\n", command);
        return false;
    }
    printf("cpu;start to first row;%s;%" PRIu64 ";%" PRIu64 "\n", clients[i]->name, own, server);
    return true;
}

/* The clients take turns at every workload, each round beginning with another one. */
static bool cpu(int rounds, int percent, const char *start)
{
    uint64_t expected = 0;

    for (int round = 0; round < rounds; round++) {
        for (enum workload workload = LOOKUP; workload < N_WORKLOADS; workload++) {
            int n = workloads[workload].cpu_turns * percent / 100;

            for (size_t i = 0; i < N_CLIENTS; i++)
                if (!time_one(clients[(i + (size_t)round) % N_CLIENTS], workload, n < 1 ? 1 : n))
                    return false;
        }
        for (size_t i = 0; i < N_CLIENTS; i++)
            if (!time_start(start, i, &expected))
                return false;
    }
    return true;
}

#ifdef BENCH_CALLGRIND
static bool count_one(const struct client *client, enum workload workload)
{
    int n = workloads[workload].count_turns;
    char name[128];
    bool done;

    if (client->turn[workload] == NULL)
        return true;
    if (!clear(workloads[workload].written) || !turns(client, workload, 2))
        return false;
    snprintf(name, sizeof name, "%s;%s", workloads[workload].name, client->name);
    CALLGRIND_START_INSTRUMENTATION;
    done = turns(client, workload, n);
    CALLGRIND_STOP_INSTRUMENTATION;
    CALLGRIND_DUMP_STATS_AT(name);
    printf("count;%s;%" PRIu64 "\n", name, operations_of(workload, n));
    return done;
}

static bool count(void)
{
    for (enum workload workload = LOOKUP; workload < N_WORKLOADS; workload++)
        for (size_t i = 0; i < N_CLIENTS; i++)
            if (!count_one(clients[i], workload))
                return false;
    return true;
}
#else
static bool count(void)
{
    fprintf(stderr, "This was built without valgrind/callgrind.h\n");
    return false;
}
#endif

static bool run(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "check") == 0)
        return check();
    if (argc == 3 && strcmp(argv[1], "count") == 0)
        return count();
    if (argc == 6 && strcmp(argv[1], "cpu") == 0)
        return cpu(atoi(argv[3]), atoi(argv[4]), argv[5]);
    fprintf(stderr, "usage: queries_bench check|count|cpu STREAM_ROWS [ROUNDS PERCENT START]\n");
    return false;
}

int main(int argc, char **argv)
{
    bool done = true;

    inputs_init(&in, argc > 2 ? atoi(argv[2]) : 1);
    admin = PQconnectdb("");
    if (PQstatus(admin) != CONNECTION_OK) {
        fprintf(stderr, "%s", PQerrorMessage(admin));
        done = false;
    }
    for (size_t i = 0; i < N_CLIENTS && done; i++)
        done = clients[i]->open();
    done = done && run(argc, argv);
    for (size_t i = 0; i < N_CLIENTS && done; i++)
        clients[i]->close();
    PQfinish(admin);
    return done ? 0 : 1;
}
