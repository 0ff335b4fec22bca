/* Connecting by a deadline. */
#include "internal.h"

static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static tenon_status fail_to_connect(tenon_db *db)
{
    tenon_status status = tenon__fail_result(db, NULL, NULL);

    if (status == TENON_PROTOCOL_VIOLATION)
        db->error.status = status = TENON_CONNECTION_LOST;
    tenon__lose(db);
    return status;
}

tenon_status tenon__connect(tenon_db *db, const char *conninfo, int64_t deadline_ns)
{
    const char *const keywords[] = {"fallback_application_name", "dbname", "client_encoding", NULL};
    const char *const values[] = {"tenon", conninfo, "UTF8", NULL};
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;

    db->conn = PQconnectStartParams(keywords, values, 1);
    if (db->conn == NULL) {
        db->lost = true;
        return tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
    }
    PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
    if (PQstatus(db->conn) == CONNECTION_BAD)
        return fail_to_connect(db);
    while (step != PGRES_POLLING_OK) {
        if (tenon__poll(PQsocket(db->conn), step == PGRES_POLLING_WRITING, deadline_ns) <= 0) {
            tenon__lose(db);
            return tenon__fail(db, NULL, TENON_TIMEOUT, "no connection within the deadline");
        }
        step = PQconnectPoll(db->conn);
        if (step == PGRES_POLLING_FAILED)
            return fail_to_connect(db);
    }
    return TENON_OK;
}
