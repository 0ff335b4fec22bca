/* One request on the wire. This is the floor above libpq: what leaves, what comes back, and when it
 * is over. It moves in turns that never wait: a turn flushes once, asks once whether a result is
 * there, and takes it. Who waits, and how long, is decided above, so that a loop over turns is a
 * blocking call and the same turns can serve an event loop.
 *
 * What is known when it is over is kept in the flight, and says what has happened to the data:
 * nothing before the last byte has left, everything at ReadyForQuery without an ERROR, and between
 * the two nobody can tell. */
#include "internal.h"

#include <sys/ioctl.h>
#include <sys/socket.h>

/* A call that is answered in so many turns has not read enough to be worth counting. */
#define UNCOUNTED_TURNS 4

/* Room that libpq makes at least before it reads (fe-misc.c, pqReadData). */
#define LEAST_READ 8192

/* Ends of commands in a row, without a Sync, that no honest pipeline has. */
#define MOST_ENDS 2

void tenon__depart(tenon_db *db)
{
    int64_t max_bytes = db->limits.max_bytes;

    db->flight = (struct flight){.deadline = TENON_DEADLINE_LATER,
                                 .max_bytes = max_bytes < 0 ? INT64_MAX : max_bytes};
}

bool tenon__enter_pipeline(tenon_db *db)
{
    db->flight.pipelined = PQenterPipelineMode(db->conn) == 1;
    return db->flight.pipelined;
}

void tenon__sent(tenon_db *db)
{
    db->flight.whole = db->flight.unsent = true;
}

void tenon__lose(tenon_db *db)
{
    if (db->lost)
        return;
    db->lost = true;
    if (db->conn == NULL)
        return;
    /* The socket first, so that PQfinish has nobody to say goodbye to; and the owner of a wrapped
     * connection finds it dead. */
    if (PQsocket(db->conn) >= 0)
        shutdown(PQsocket(db->conn), SHUT_RDWR);
    if (db->owned) {
        PQfinish(db->conn);
        db->conn = NULL;
    }
}

/* ReadyForQuery of a request that is no pipeline leaves libpq idle: the NULL that PQgetResult would
 * give need not be fetched. */
static bool is_idle(const PGconn *conn)
{
    switch (PQtransactionStatus(conn)) {
    case PQTRANS_IDLE:
    case PQTRANS_INTRANS:
    case PQTRANS_INERROR:
        return true;
    default:
        return false;
    }
}

static enum turn end(tenon_db *db)
{
    db->flight.ended = true;
    return TURN_ENDED;
}

/* The result of Sync. */
static enum turn land(tenon_db *db, PGresult **sync)
{
    PQclear(*sync);
    *sync = NULL;
    db->flight.pipelined = false;
    if (!PQexitPipelineMode(db->conn)) {
        db->flight.garbled = true;
        tenon__lose(db);
    }
    return end(db);
}

/* The end of one command of a pipeline. An end behind an end means that the next command has not
 * been sent yet, or if all have been, that Sync will never come. */
static enum turn pass_end(tenon_db *db)
{
    if (++db->flight.n_ends > 1 && !db->flight.whole)
        return TURN_WAITS;
    if (db->flight.n_ends <= MOST_ENDS)
        return TURN_RESULT;
    db->flight.garbled = true;
    tenon__lose(db);
    return TURN_ENDED;
}

/* Behind the result of a pipeline's command libpq has its NULL ready without another byte; only in
 * single-row mode more of the same may follow. */
static enum turn take_of_pipeline(tenon_db *db, PGresult **result)
{
    struct flight *flight = &db->flight;

    *result = PQgetResult(db->conn);
    flight->owes_end = false;
    if (*result == NULL)
        return pass_end(db);
    flight->n_ends = 0;
    flight->status = PQresultStatus(*result);
    if (flight->status == PGRES_PIPELINE_SYNC)
        return land(db, result);
    flight->owes_end = flight->status != PGRES_SINGLE_TUPLE;
    return TURN_RESULT;
}

enum turn tenon__turn(tenon_db *db, PGresult **result)
{
    struct flight *flight = &db->flight;

    *result = NULL;
    if (flight->unsent)
        flight->unsent = PQflush(db->conn) == 1; /* a failure is for PQgetResult to tell */
    if (!flight->owes_end && PQisBusy(db->conn) && !flight->broken)
        return TURN_WAITS;
    if (flight->pipelined)
        return take_of_pipeline(db, result);
    if (flight->answered && is_idle(db->conn))
        return end(db);
    flight->answered = true;
    *result = PQgetResult(db->conn);
    if (*result == NULL)
        return is_idle(db->conn) ? end(db) : TURN_ENDED;
    flight->status = PQresultStatus(*result);
    return TURN_RESULT;
}

static int available(const tenon_db *db)
{
    int n = 0;

    return ioctl(PQsocket(db->conn), FIONREAD, &n) == 0 ? n : 0;
}

/* What libpq has read at least: the kernel says what is there before and behind, and more may have
 * come between. Under TLS these are encrypted bytes, a little more than those of the messages. */
static int64_t least_read(int before, int behind)
{
    int certain = before < LEAST_READ ? before : LEAST_READ;

    return before - behind > certain ? before - behind : certain;
}

bool tenon__take_in(tenon_db *db)
{
    struct flight *flight = &db->flight;
    bool counts = ++flight->turns > UNCOUNTED_TURNS && flight->max_bytes != INT64_MAX;
    int before = counts ? available(db) : 0;

    flight->broken = !PQconsumeInput(db->conn);
    if (counts && !flight->broken)
        flight->bytes += least_read(before, available(db));
    return flight->bytes <= flight->max_bytes;
}

tenon_effect tenon__effect(const tenon_db *db, bool may_commit)
{
    const struct flight *flight = &db->flight;

    if (!flight->whole || flight->unsent)
        return TENON_EFFECT_NONE;
    if (!flight->ended || (flight->garbled && !flight->refused))
        return TENON_EFFECT_UNKNOWN;
    if (!flight->refused)
        return TENON_EFFECT_DONE;
    return may_commit ? TENON_EFFECT_UNKNOWN : TENON_EFFECT_NONE;
}
