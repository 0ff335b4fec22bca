/* Names of statuses, and the one table from SQLSTATEs to them. */
#include <tenon/error.h>

#include <string.h>

#include <tenon/version.h>

static const char *const names[] = {
    [TENON_OK] = "OK",
    [TENON_NO_ROW] = "NO_ROW",
    [TENON_MANY_ROWS] = "MANY_ROWS",
    [TENON_UNIQUE_VIOLATION] = "UNIQUE_VIOLATION",
    [TENON_FOREIGN_KEY_VIOLATION] = "FOREIGN_KEY_VIOLATION",
    [TENON_CHECK_VIOLATION] = "CHECK_VIOLATION",
    [TENON_NOT_NULL_VIOLATION] = "NOT_NULL_VIOLATION",
    [TENON_EXCLUSION_VIOLATION] = "EXCLUSION_VIOLATION",
    [TENON_SERIALIZATION_FAILURE] = "SERIALIZATION_FAILURE",
    [TENON_DEADLOCK] = "DEADLOCK",
    [TENON_TIMEOUT] = "TIMEOUT",
    [TENON_CANCELED] = "CANCELED",
    [TENON_CONNECTION_LOST] = "CONNECTION_LOST",
    [TENON_COMMIT_UNKNOWN] = "COMMIT_UNKNOWN",
    [TENON_SCHEMA_MISMATCH] = "SCHEMA_MISMATCH",
    [TENON_BAD_VALUE] = "BAD_VALUE",
    [TENON_PROTOCOL_VIOLATION] = "PROTOCOL_VIOLATION",
    [TENON_TOO_LARGE] = "TOO_LARGE",
    [TENON_INVALID_ARGUMENT] = "INVALID_ARGUMENT",
    [TENON_OUT_OF_MEMORY] = "OUT_OF_MEMORY",
    [TENON_SQL_ERROR] = "SQL_ERROR",
};

/* A two-character entry stands for its whole class. */
static const struct {
    const char *sqlstate;
    tenon_status status;
} statuses[] = {
    {"00", TENON_OK},
    {"08", TENON_CONNECTION_LOST},
    {"23001", TENON_FOREIGN_KEY_VIOLATION}, /* restrict_violation */
    {"23502", TENON_NOT_NULL_VIOLATION},
    {"23503", TENON_FOREIGN_KEY_VIOLATION},
    {"23505", TENON_UNIQUE_VIOLATION},
    {"23514", TENON_CHECK_VIOLATION},
    {"23P01", TENON_EXCLUSION_VIOLATION},
    {"25P03", TENON_CONNECTION_LOST}, /* idle_in_transaction_session_timeout */
    {"40001", TENON_SERIALIZATION_FAILURE},
    {"40P01", TENON_DEADLOCK},
    {"55P03", TENON_TIMEOUT}, /* lock_not_available: lock_timeout, NOWAIT */
    {"57014", TENON_CANCELED},
    {"57P01", TENON_CONNECTION_LOST}, /* admin_shutdown */
    {"57P02", TENON_CONNECTION_LOST}, /* crash_shutdown */
    {"57P03", TENON_CONNECTION_LOST}, /* cannot_connect_now */
    {"57P05", TENON_CONNECTION_LOST}, /* idle_session_timeout */
};

const char *tenon_status_name(tenon_status status)
{
    size_t number = (size_t)status;

    return number < sizeof names / sizeof *names ? names[number] : "UNKNOWN";
}

const char *tenon_effect_name(tenon_effect effect)
{
    switch (effect) {
    case TENON_EFFECT_NONE:
        return "NONE";
    case TENON_EFFECT_DONE:
        return "DONE";
    case TENON_EFFECT_UNKNOWN:
        return "UNKNOWN";
    }
    return "UNKNOWN";
}

tenon_status tenon_status_of_sqlstate(const char *sqlstate)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (strncmp(sqlstate, statuses[i].sqlstate, strlen(statuses[i].sqlstate)) == 0)
            return statuses[i].status;
    return TENON_SQL_ERROR;
}

int tenon_version(void)
{
    return TENON_VERSION_MAJOR * 10000 + TENON_VERSION_MINOR * 100 + TENON_VERSION_PATCH;
}
