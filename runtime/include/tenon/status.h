/* What a call came to: the outcomes that programs branch on. */
#ifndef TENON_STATUS_H
#define TENON_STATUS_H

#if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 202311L)
#define TENON_NODISCARD [[nodiscard]]
#elif defined(__GNUC__)
#define TENON_NODISCARD __attribute__((warn_unused_result))
#else
#define TENON_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** The outcome of a call. Everything but TENON_OK is a failure that tenon_db_error() describes. */
typedef enum tenon_status {
    TENON_OK,
    TENON_NO_ROW,                /**< exactly one row was asked for, none came */
    TENON_MANY_ROWS,             /**< one row was asked for, more came */
    TENON_UNIQUE_VIOLATION,      /**< 23505 */
    TENON_FOREIGN_KEY_VIOLATION, /**< 23503, 23001 */
    TENON_CHECK_VIOLATION,       /**< 23514 */
    TENON_NOT_NULL_VIOLATION,    /**< 23502 */
    TENON_EXCLUSION_VIOLATION,   /**< 23P01 */
    TENON_SERIALIZATION_FAILURE, /**< 40001: run the transaction again */
    TENON_DEADLOCK,              /**< 40P01: run the transaction again */
    TENON_TIMEOUT,               /**< a deadline passed, of the call or in the server */
    TENON_CANCELED,              /**< 57014 that tenon_db_cancel asked for */
    TENON_CONNECTION_LOST,       /**< there is no connection any more */
    TENON_COMMIT_UNKNOWN,        /**< COMMIT was sent, and its answer has not come */
    TENON_SCHEMA_MISMATCH,       /**< the result does not have the shape that was compiled in */
    TENON_BAD_VALUE,             /**< the server sent a value that its type does not allow */
    TENON_PROTOCOL_VIOLATION, /**< the server sent what makes no sense; the connection is closed */
    TENON_TOO_LARGE,          /**< a limit of tenon_limits */
    TENON_INVALID_ARGUMENT,   /**< refused before anything was sent */
    TENON_OUT_OF_MEMORY,
    TENON_SQL_ERROR, /**< any other error of the server: see the SQLSTATE */
} tenon_status;

/** The name without its prefix, as "UNIQUE_VIOLATION"; "UNKNOWN" for a number that is none. */
const char *tenon_status_name(tenon_status status);

/** The status that a five-character SQLSTATE maps to; TENON_SQL_ERROR for one without its own. */
tenon_status tenon_status_of_sqlstate(const char *sqlstate);

#ifdef __cplusplus
}
#endif
#endif
