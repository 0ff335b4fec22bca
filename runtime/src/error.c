/* The last failure of a connection. Its texts are borrowed from the server's error result, which is
 * kept as long, or lie in one string that tenon worded. When there is no memory even for that, the
 * failure becomes TENON_OUT_OF_MEMORY with a static text. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ERROR_WITH(status_, message_)                                                              \
    {                                                                                              \
        .status = (status_), .effect = TENON_EFFECT_NONE, .query = "", .sql = "",                  \
        .message = (message_), .sqlstate = "", .severity = "", .detail = "", .hint = "",           \
        .context = "", .item = TENON_NO_ITEM, .schema_name = "", .table_name = "",                 \
        .column_name = "", .data_type_name = "", .constraint_name = "", .internal_query = "",      \
        .source_file = "", .source_line = "", .source_function = ""                                \
    }

static const tenon_error no_error = ERROR_WITH(TENON_OK, "");

/* Why a thread got no connection. */
static _Thread_local tenon_error no_connection = ERROR_WITH(TENON_OUT_OF_MEMORY, "out of memory");
static _Thread_local char no_connection_text[256];

const tenon_error *tenon_db_error(const tenon_db *db)
{
    return db == NULL ? &no_connection : &db->error;
}

void tenon__error_without_connection(tenon_status status, const char *message)
{
    snprintf(no_connection_text, sizeof no_connection_text, "%s", message);
    no_connection.status = status;
    no_connection.message = no_connection_text;
}

void tenon__error_forget(tenon_db *db)
{
    PQclear(db->error_result);
    free(db->error_text);
    db->error_result = NULL;
    db->error_text = NULL;
    db->error = no_error;
}

struct saved_error tenon__error_save(tenon_db *db)
{
    struct saved_error saved = {db->error, db->error_result, db->error_text};

    db->error = no_error;
    db->error_result = NULL;
    db->error_text = NULL;
    return saved;
}

void tenon__error_restore(tenon_db *db, struct saved_error saved)
{
    tenon__error_clear(db);
    db->error = saved.error;
    db->error_result = saved.result;
    db->error_text = saved.text;
}

void tenon__error_drop(struct saved_error saved)
{
    PQclear(saved.result);
    free(saved.text);
}

static tenon_status fail_v(tenon_db *db, const char *query, tenon_status status, const char *format,
                           va_list args)
{
    va_list again;
    char *text = NULL;

    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length >= 0)
        text = malloc((size_t)length + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);

    tenon__error_clear(db);
    db->error.status = text == NULL ? TENON_OUT_OF_MEMORY : status;
    db->error.query = query == NULL ? "" : query;
    db->error.message = text == NULL ? "out of memory" : text;
    db->error_text = text;
    return db->error.status;
}

tenon_status tenon__fail(tenon_db *db, const char *query, tenon_status status, const char *format,
                         ...)
{
    va_list args;

    va_start(args, format);
    status = fail_v(db, query, status, format, args);
    va_end(args);
    return status;
}

void tenon__call_fail(tenon__call *call, tenon_status status, const char *format, ...)
{
    va_list args;

    if (call->status != TENON_OK)
        return;
    call->status = status;
    if (call->db == NULL)
        return;
    va_start(args, format);
    call->status = fail_v(call->db, call->statement->query, status, format, args);
    va_end(args);
}

/* libpq ends its own messages with a newline, and several of them with one each. */
static tenon_status fail_with_libpq_text(tenon_db *db, const char *query, tenon_status status,
                                         const char *text)
{
    size_t length = strlen(text);

    while (length > 0 && text[length - 1] == '\n')
        length--;
    if (length > TENON_MAX_BYTES)
        length = TENON_MAX_BYTES;
    return tenon__fail(db, query, status, "%.*s", (int)length, text);
}

static const char *field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);

    return text == NULL ? "" : text;
}

static int position_of(const PGresult *result, int code)
{
    int position = 0;

    for (const char *c = field(result, code); *c >= '0' && *c <= '9' && position < 100000000; c++)
        position = position * 10 + (*c - '0');
    return position;
}

/* The severity, also of a pooler that sends only the one that is translated. */
static const char *severity_of(const PGresult *result)
{
    const char *severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    return *severity != '\0' ? severity : field(result, PG_DIAG_SEVERITY);
}

void tenon__error_of_result(tenon_error *error, const PGresult *result, const char *query)
{
    *error = no_error;
    error->query = query == NULL ? "" : query;
    error->message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    error->sqlstate = field(result, PG_DIAG_SQLSTATE);
    error->severity = severity_of(result);
    error->detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    error->hint = field(result, PG_DIAG_MESSAGE_HINT);
    error->context = field(result, PG_DIAG_CONTEXT);
    error->schema_name = field(result, PG_DIAG_SCHEMA_NAME);
    error->table_name = field(result, PG_DIAG_TABLE_NAME);
    error->column_name = field(result, PG_DIAG_COLUMN_NAME);
    error->data_type_name = field(result, PG_DIAG_DATATYPE_NAME);
    error->constraint_name = field(result, PG_DIAG_CONSTRAINT_NAME);
    error->internal_query = field(result, PG_DIAG_INTERNAL_QUERY);
    error->position = position_of(result, PG_DIAG_STATEMENT_POSITION);
    error->internal_position = position_of(result, PG_DIAG_INTERNAL_POSITION);
    error->source_file = field(result, PG_DIAG_SOURCE_FILE);
    error->source_line = field(result, PG_DIAG_SOURCE_LINE);
    error->source_function = field(result, PG_DIAG_SOURCE_FUNCTION);
}

/* The server closes the connection behind a FATAL or PANIC: do not wait to see it. */
static bool is_fatal(const tenon_db *db, const tenon_error *error)
{
    return strcmp(error->severity, "FATAL") == 0 || strcmp(error->severity, "PANIC") == 0 ||
           PQstatus(db->conn) == CONNECTION_BAD;
}

/* The wire says of a cancelled statement only 57014, and words in the server's language. It was by
 * tenon_db_cancel if that was called; else it was some timeout, unless an operator did it. */
static tenon_status status_of_cancel(tenon_db *db)
{
    switch (db->flight.ends_as) {
    case TENON_TIMEOUT:
        db->error.message = "no answer within the deadline: the statement has been cancelled";
        return TENON_TIMEOUT;
    case TENON_TOO_LARGE:
        db->error.message = "the answer has more bytes than the limit: the statement has been "
                            "cancelled";
        return TENON_TOO_LARGE;
    default:
        return tenon__cancel_asked(db->canceller) ? TENON_CANCELED : TENON_TIMEOUT;
    }
}

/* An ERROR of class 08 is that of another connection, of dblink or postgres_fdw. */
static tenon_status status_of_error(tenon_db *db)
{
    tenon_status status = tenon_status_of_sqlstate(db->error.sqlstate);

    switch (status) {
    case TENON_CANCELED:
        return status_of_cancel(db);
    case TENON_CONNECTION_LOST:
    case TENON_OK:
        return TENON_SQL_ERROR;
    default:
        return status;
    }
}

static tenon_status fail_by_server(tenon_db *db, const char *query, PGresult *result)
{
    tenon__error_clear(db);
    db->error_result = result;
    tenon__error_of_result(&db->error, result, query);
    if (is_fatal(db, &db->error)) {
        db->error.status = TENON_CONNECTION_LOST;
        tenon__lose(db);
    } else {
        db->flight.refused = true;
        db->error.status = status_of_error(db);
    }
    return db->error.status;
}

/* libpq's own words: the connection broke, there was no memory, or what came made no sense, after
 * which nothing that comes can be trusted. */
static tenon_status fail_by_libpq(tenon_db *db, const char *query, const char *text)
{
    tenon_status status = TENON_PROTOCOL_VIOLATION;

    if (PQstatus(db->conn) == CONNECTION_BAD)
        status = TENON_CONNECTION_LOST;
    else if (strstr(text, "out of memory") != NULL)
        status = TENON_OUT_OF_MEMORY;
    return fail_with_libpq_text(db, query, status, *text == '\0' ? "the query failed" : text);
}

tenon_status tenon__fail_result(tenon_db *db, const char *query, PGresult *result)
{
    if (result != NULL && PQresultErrorField(result, PG_DIAG_SQLSTATE) != NULL)
        return fail_by_server(db, query, result);

    tenon_status status = fail_by_libpq(
        db, query, result != NULL ? PQresultErrorMessage(result) : PQerrorMessage(db->conn));
    db->flight.garbled = true;
    PQclear(result);
    if (status == TENON_CONNECTION_LOST || status == TENON_PROTOCOL_VIOLATION)
        tenon__lose(db);
    return status;
}

int tenon__constraint_of_error(const tenon_db *db, const tenon__constraint *table, size_t count,
                               int none)
{
    const char *name = tenon_db_error(db)->constraint_name;
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, table[middle].name);
        if (order == 0)
            return table[middle].value;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return none;
}
