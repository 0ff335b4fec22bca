/* A call's beginning and its ends; execute.c is what lies between. */
#include "internal.h"

#include <stddef.h>
#include <string.h>

void tenon__tell_before(tenon_db *db, const char *query, const char *sql)
{
    tenon_event event = {.query = query, .sql = sql, .db = db};

    db->started_ns = tenon__now_ns();
    if (db->hooks.before != NULL)
        db->hooks.before(db->hooks.context, &event);
}

void tenon__after(tenon_db *db, const tenon_event *event)
{
    if (db->hooks.after == NULL)
        return;
    tenon_event told = *event;
    told.db = db;
    told.elapsed_ns = tenon__now_ns() - db->started_ns;
    told.error = event->status == TENON_OK ? NULL : &db->error;
    db->hooks.after(db->hooks.context, &told);
}

void tenon__take_notifications(tenon_db *db)
{
    PGnotify *message;

    if (!db->touched || db->lost)
        return;
    while ((message = PQnotifies(db->conn)) != NULL) {
        tenon_notification told = {message->relname, message->extra, message->be_pid};
        if (db->hooks.notification != NULL)
            db->hooks.notification(db->hooks.context, &told);
        PQfreemem(message);
    }
}

/* In parts that are so short that compilers write them out, in whole vectors. */
static void zero(tenon__call *call)
{
    const size_t size = offsetof(tenon__call, statement), part = (size / 3 + 15) / 16 * 16;
    char *to = (char *)call;

    memset(to, 0, part);
    memset(to + part, 0, part);
    memset(to + 2 * part, 0, size - 2 * part);
}

/* A program or a function of the server may have changed what texts look like. */
static bool check_encoding(tenon__call *call)
{
    if (PQclientEncoding(call->db->conn) == call->db->encoding)
        return true;
    tenon__call_fail(call, TENON_INVALID_ARGUMENT,
                     "query %s: client_encoding has been changed: texts are not UTF-8 any more",
                     call->statement->query);
    return false;
}

/* A failure before anything is sent has a time, too. */
static TENON_APART void note_start(tenon_db *db)
{
    db->started_ns = tenon__now_ns();
}

bool tenon__begin_abi1(tenon__call *call, tenon_db *db, const tenon__statement *statement)
{
    zero(call);
    call->statement = statement;
    call->db = db;
    if (db == NULL) {
        call->status = TENON_INVALID_ARGUMENT;
        return false;
    }
    if (TENON__UNLIKELY(db->told))
        note_start(db);
    call->status = tenon__check_usable(db, statement->query);
    if (call->status != TENON_OK)
        return false;
    tenon__error_clear(db);
    if (!check_encoding(call))
        return false;
    db->touched |= statement->changes_session;
    db->copied = NULL;
    tenon_arena_reset(db->scratch);
    call->scratch = db->scratch;
    return tenon__bind_begin(call);
}

static void release_result(void *result)
{
    PQclear(result);
}

bool tenon__adopt(tenon__call *call, PGresult *result)
{
    if (tenon__arena_adopt(call->mem, release_result, result))
        return true;
    PQclear(result);
    tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    return false;
}

bool tenon__fetch(tenon__call *call)
{
    PGresult *result = tenon__execute(call);

    if (result == NULL)
        return false;
    call->mem = call->scratch;
    call->result = result;
    return tenon__accept(call, result);
}

/* A result that is read into an arena needs one before anything is sent. */
bool tenon__needs_arena(tenon__call *call, tenon_arena *mem)
{
    if (mem == NULL)
        tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: the arena is NULL",
                         call->statement->query);
    call->mem = mem;
    return mem != NULL;
}

bool tenon__fetch_into(tenon__call *call, tenon_arena *mem)
{
    if (!tenon__needs_arena(call, mem))
        return false;
    PGresult *result = tenon__execute(call);
    return result != NULL && tenon__adopt(call, result) && tenon__accept(call, result);
}

void *tenon__alloc_rows(tenon__call *call, size_t row_size, size_t *count)
{
    void *rows = NULL;

    *count = 0;
    if (call->n_rows == 0)
        return NULL;
    if (call->n_rows <= SIZE_MAX / row_size)
        rows = tenon_arena_alloc(call->mem, call->n_rows * row_size);
    if (rows == NULL)
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    else
        *count = call->n_rows;
    return rows;
}

/* What reads only has no effect, whatever became of it. */
static tenon_effect effect_of(const tenon__call *call)
{
    const tenon__statement *statement = call->statement;

    if (call->attempts == 0 || statement->reads_only)
        return TENON_EFFECT_NONE;
    return tenon__effect(call->db, statement->may_commit);
}

static TENON_APART void tell_after(const tenon__call *call)
{
    tenon__after(call->db, &(tenon_event){.query = call->statement->query,
                                          .sql = call->statement->sql,
                                          .status = call->status,
                                          .rows = call->n_rows,
                                          .items = call->n_items,
                                          .attempts = call->attempts});
}

/* Tells the hooks; a call that found the connection in other hands must not disturb those. */
static void conclude(tenon__call *call)
{
    tenon_db *db = call->db;

    if (call->started) {
        tenon__cancel_end(db->canceller);
        if (db->touched)
            tenon__take_notifications(db);
    }
    if (TENON__UNLIKELY(db->told))
        tell_after(call);
}

tenon_status tenon__finish(tenon__call *call)
{
    if (call->result != NULL) {
        PQclear(call->result);
        call->result = NULL;
    }
    if (call->db == NULL)
        return call->status;
    if (call->status != TENON_OK) {
        call->db->error.sql = call->statement->sql;
        if (!call->judged)
            call->db->error.effect = effect_of(call);
    }
    conclude(call);
    if (call->scratch != NULL)
        tenon__trim(call->db);
    return call->status;
}

tenon_status tenon__end(tenon__call *call)
{
    return tenon__finish(call);
}

static void refuse_many_rows(tenon__call *call)
{
    if (call->n_rows > 1)
        tenon__call_fail(call, TENON_MANY_ROWS, "query %s returned %zu rows where one was expected",
                         call->statement->query, call->n_rows);
}

tenon_status tenon__end_one(tenon__call *call)
{
    refuse_many_rows(call);
    if (call->n_rows == 0)
        tenon__call_fail(call, TENON_NO_ROW, "query %s returned no row", call->statement->query);
    return tenon__finish(call);
}

tenon_status tenon__end_opt(tenon__call *call, bool *found)
{
    refuse_many_rows(call);
    if (call->status == TENON_OK)
        *found = call->n_rows == 1;
    return tenon__finish(call);
}

int64_t tenon__count_of(PGresult *result)
{
    int64_t count = 0;

    for (const char *c = PQcmdTuples(result);
         *c >= '0' && *c <= '9' && count <= (INT64_MAX - 9) / 10; c++)
        count = count * 10 + (*c - '0');
    return count;
}

tenon_status tenon__end_exec(tenon__call *call, int64_t *rows_affected)
{
    PGresult *result = tenon__execute(call);

    if (result != NULL && tenon__accept_command(call, result) &&
        (rows_affected != NULL || call->db->hooks.after != NULL)) {
        int64_t count = tenon__count_of(result);
        call->n_rows = (size_t)count;
        if (rows_affected != NULL)
            *rows_affected = count;
    }
    PQclear(result);
    return tenon__finish(call);
}
