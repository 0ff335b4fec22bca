/* Statements by a deadline, and the settings of the session.
 *
 * A file begins in a session that is as at its start, whatever the file before it has set: only the
 * advisory lock stays, which is why DISCARD ALL is taken apart here. */
#include "migrator.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TICK_MS = 1000, GRACE_MS = 30000 };

bool tenon__is_open(const tenon_migrator *m)
{
    return m->conn != NULL && PQstatus(m->conn) == CONNECTION_OK;
}

int64_t tenon__now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void tenon__pause(int ms)
{
    struct timespec left = {ms / 1000, (long)(ms % 1000) * 1000000};

    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

/* Starters of one moment must not stay in step: each has its own process, clock and address. */
int tenon__random(tenon_migrator *m, int n)
{
    static const uint64_t multiplier = UINT64_C(6364136223846793005);
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t bits = ((uint64_t)now.tv_nsec ^ (uint64_t)PQbackendPID(m->conn) << 20) * multiplier;
    return (int)((bits >> 33) % (uint64_t)n);
}

/* --- The wire -------------------------------------------------------------------------------- */

/* Closes a connection on which something is still under way. */
static bool give_up(tenon_migrator *m, const char *problem)
{
    tenon_db_close(m->db);
    m->db = NULL;
    m->conn = NULL;
    return tenon__break_off(m, "%s", problem);
}

/* Waits until the connection can go on, for a tick at most: bytes that a TLS library has decrypted
 * are not seen by poll(). */
static bool wait_for_server(tenon_migrator *m, int64_t deadline)
{
    const int64_t left = deadline - tenon__now_ms();
    const int unsent = PQflush(m->conn);
    struct pollfd polled = {PQsocket(m->conn), (short)(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};

    if (unsent < 0)
        return true; /* the next result tells */
    if (left <= 0)
        return give_up(m, "the server does not answer");
    int ready = poll(&polled, 1, left < TICK_MS ? (int)left : TICK_MS);
    if (ready == 0)
        tenon__watch(m);
    return ready >= 0 || errno == EINTR || give_up(m, "waiting for the server failed");
}

/* The next result; NULL at the end. False: the connection is closed. */
static bool next_result(tenon_migrator *m, int64_t deadline, PGresult **result)
{
    while (PQisBusy(m->conn)) {
        if (!wait_for_server(m, deadline))
            return false;
        if (!PQconsumeInput(m->conn))
            break; /* the next result tells */
    }
    *result = PQgetResult(m->conn);
    return true;
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
           status == PGRES_SINGLE_TUPLE || status == PGRES_EMPTY_QUERY;
}

static bool is_copy(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH;
}

/* Reads to the end; the first error is the one that counts, else the last result. */
static PGresult *receive(tenon_migrator *m, int64_t deadline)
{
    PGresult *kept = NULL, *result;

    for (;;) {
        if (!next_result(m, deadline, &result)) {
            PQclear(kept);
            return NULL;
        }
        if (result == NULL)
            return kept;
        if (is_copy(result)) {
            PQclear(kept);
            PQclear(result);
            give_up(m, "COPY from or to the client is not possible here");
            return NULL;
        }
        if (kept != NULL && !is_good(kept)) {
            PQclear(result);
        } else {
            PQclear(kept);
            kept = result;
        }
    }
}

/* The statement of a file goes alone, whatever its text says; the engine's own may be several. */
static bool send(tenon_migrator *m, const char *sql, int n, const char *const *values, bool is_step)
{
    if (n == 0 && !is_step)
        return PQsendQuery(m->conn, sql);
    return PQsendQueryParams(m->conn, sql, n, NULL, values, NULL, NULL, 0);
}

/* Sends and receives; the rows of a step are dropped. NULL without a result after a failure that is
 * recorded. */
static PGresult *exchange(tenon_migrator *m, const char *sql, int n, const char *const *values,
                          int64_t deadline, bool is_step)
{
    if (m->out_of_memory) {
        tenon__break_off(m, "out of memory");
        return NULL;
    }
    if (m->conn == NULL)
        return NULL; /* what closed it is recorded */
    if (!send(m, sql, n, values, is_step)) {
        tenon__fail_with(m, NULL, SIZE_MAX);
        return NULL;
    }
    if (is_step)
        PQsetSingleRowMode(m->conn);
    PGresult *result = receive(m, deadline);
    if (result == NULL && m->conn != NULL)
        tenon__fail_with(m, NULL, SIZE_MAX);
    return result;
}

PGresult *tenon__ask(tenon_migrator *m, const char *sql, int n, const char *const *values)
{
    const tenon_step *step = m->step;
    m->step = NULL; /* the place of an error would be none of the file */
    PGresult *result = exchange(m, sql, n, values, tenon__now_ms() + QUESTION_TIMEOUT_MS, false);

    if (result != NULL && !is_good(result)) {
        tenon__fail_with(m, result, SIZE_MAX);
        PQclear(result);
        result = NULL;
    }
    m->step = step;
    return result;
}

bool tenon__do(tenon_migrator *m, const char *sql, int n, const char *const *values)
{
    if (m->write != NULL) {
        tenon__script_do(m, sql, n, values);
        return true;
    }
    PGresult *result = tenon__ask(m, sql, n, values);

    PQclear(result);
    return result != NULL;
}

bool tenon__ask_bool(tenon_migrator *m, const char *sql, int n, const char *const *values,
                     bool *answer)
{
    PGresult *result = tenon__ask(m, sql, n, values);

    *answer = result != NULL && PQntuples(result) > 0 && strcmp(PQgetvalue(result, 0, 0), "t") == 0;
    PQclear(result);
    return result != NULL;
}

static int timeout_of(const tenon_migrator *m, tenon_step_kind kind)
{
    return kind == TENON_STEP_CONCURRENT ? m->options.concurrent_timeout_ms
                                         : m->options.statement_timeout_ms;
}

bool tenon__run_step(tenon_migrator *m, const char *sql, int n, const char *const *values,
                     size_t n_same, int64_t *n_rows)
{
    if (m->write != NULL) {
        tenon__script_step(m, sql);
        return true;
    }
    int timeout = timeout_of(m, m->step->kind);
    int64_t deadline = timeout < 0 ? INT64_MAX : tenon__now_ms() + (int64_t)timeout + GRACE_MS;
    PGresult *result = exchange(m, sql, n, values, deadline, true);
    bool is_ok = result != NULL && is_good(result);

    if (result != NULL && !is_ok)
        tenon__fail_with(m, result, n_same);
    if (is_ok && n_rows != NULL)
        *n_rows = strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return is_ok;
}

/* --- Settings -------------------------------------------------------------------------------- */

/* DISCARD ALL, but for the advisory locks. */
static const char as_at_start[] =
    "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; DEALLOCATE ALL; "
    "UNLISTEN *; DISCARD PLANS; DISCARD TEMP; DISCARD SEQUENCES";

/* Over whatever the role, the database or the file before has set. Values are read and written in
 * one form; a forced policy is an error, and never leaves rows out. */
static const struct {
    const char *name, *value;
} pins[] = {
    {"application_name", MIGRATE_APPLICATION},
    {"TimeZone", "UTC"},
    {"DateStyle", "ISO, MDY"},
    {"IntervalStyle", "postgres"},
    {"client_encoding", "UTF8"},
    {"row_security", "off"},
    {"standard_conforming_strings", "on"},
    {"check_function_bodies", "on"},
    {"default_transaction_isolation", "read committed"},
    {"default_transaction_read_only", "off"},
    {"default_transaction_deferrable", "off"},
    {"extra_float_digits", "1"},
    {"bytea_output", "hex"},
    {"idle_in_transaction_session_timeout", "120s"},
    {"client_min_messages", "notice"},
};

/* Of newer servers, and of some systems only: nothing is lost without them. */
static const char newer_pins[] =
    "SELECT pg_catalog.set_config(name, CASE name WHEN 'transaction_timeout' THEN '0' "
    "WHEN 'idle_session_timeout' THEN '0' ELSE '5s' END, false) FROM pg_catalog.pg_settings "
    "WHERE name IN ('transaction_timeout', 'idle_session_timeout', "
    "'client_connection_check_interval')";

/* A schema in which others may create things is none that unqualified names are looked up in. */
static const char find_path[] =
    "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_namespace n, "
    "pg_catalog.aclexplode(coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) a "
    "WHERE n.nspname = 'public' AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner "
    "AND a.grantee <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)) "
    "THEN 'pg_catalog' ELSE 'public' END";

static bool find_search_path(tenon_migrator *m)
{
    PGresult *result = tenon__ask(m, find_path, 0, NULL);

    if (result != NULL)
        m->search_path = tenon__text(m, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return result != NULL;
}

static bool set_path(tenon_migrator *m)
{
    if (!find_search_path(m))
        return false;
    if (*m->options.target != '\0')
        m->search_path =
            tenon__text(m, "%s, %s", tenon__quoted(m, m->options.target), m->search_path);
    return tenon__do(m, "SELECT pg_catalog.set_config('search_path', $1, false)", 1,
                     (const char *const[]){m->search_path});
}
static bool set_role(tenon_migrator *m, const char *is_local)
{
    const char *values[] = {m->options.role, is_local};

    if (m->options.role == NULL ||
        tenon__do(m, "SELECT pg_catalog.set_config('role', $1, $2::boolean)", 2, values))
        return true;
    if (!tenon__is_open(m))
        return false;
    return tenon__reject(m, "the user of the connection has to be a member of it",
                         "role \"%s\" can not be taken on: %s", m->options.role,
                         m->failure.message);
}

static bool set_pins(tenon_migrator *m)
{
    const char *sql = "SELECT";

    for (size_t i = 0; i < sizeof pins / sizeof *pins; i++)
        sql = tenon__text(m, "%s%s pg_catalog.set_config('%s', '%s', false)", sql, i > 0 ? "," : "",
                          pins[i].name, pins[i].value);
    return tenon__do(m, sql, 0, NULL);
}

static bool pin_newer(tenon_migrator *m)
{
    if (m->write != NULL)
        tenon__script(m, "\\set ON_ERROR_STOP off\n");
    if (!tenon__do(m, newer_pins, 0, NULL)) {
        if (!tenon__is_open(m))
            return false;
        tenon__forget_failure(m);
    }
    if (m->write != NULL)
        tenon__script(m, "\\set ON_ERROR_STOP on\n");
    return true;
}

bool tenon__pin(tenon_migrator *m)
{
    if (!tenon__do(m, as_at_start, 0, NULL) || !set_pins(m))
        return false;
    return pin_newer(m) && set_role(m, "false") && set_path(m);
}

static const char path_of_ledger[] =
    "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)";

bool tenon__pin_ledger(tenon_migrator *m)
{
    return tenon__do(m, "SET SESSION AUTHORIZATION DEFAULT; RESET ROLE", 0, NULL) &&
           set_role(m, "false") && tenon__do(m, path_of_ledger, 0, NULL);
}

bool tenon__begin_reading(tenon_migrator *m)
{
    return tenon__do(m, "BEGIN READ ONLY", 0, NULL) && set_role(m, "true") &&
           tenon__do(m, path_of_ledger, 0, NULL);
}

bool tenon__end_reading(tenon_migrator *m, bool is_good)
{
    if (is_good)
        return tenon__do(m, "COMMIT", 0, NULL);
    tenon__roll_back_part(m);
    return false;
}

void tenon__roll_back_part(tenon_migrator *m)
{
    const tenon_migrate_failure failure = m->failure;

    if (tenon__is_open(m))
        (void)tenon__do(m, "ROLLBACK", 0, NULL);
    m->failure = failure;
}

static const char *milliseconds(tenon_migrator *m, int ms)
{
    return tenon__text(m, "%d", ms < 0 ? 0 : ms);
}

bool tenon__set_timeouts(tenon_migrator *m, tenon_step_kind kind)
{
    const char *values[] = {
        milliseconds(m, timeout_of(m, kind)),
        milliseconds(m, kind == TENON_STEP_CONCURRENT ? 0 : m->options.lock_timeout_ms),
    };

    return tenon__do(m,
                     "SELECT pg_catalog.set_config('statement_timeout', $1, false), "
                     "pg_catalog.set_config('lock_timeout', $2, false)",
                     2, values);
}
