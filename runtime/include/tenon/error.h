/* What is known of a failure. */
#ifndef TENON_ERROR_H
#define TENON_ERROR_H

#include <tenon/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a call that failed has done to the database. It speaks of what a transaction makes and
 *  unmakes: sequences, advisory locks and other servers (dblink) are outside of it. It is true
 *  against an honest server, whatever happens to the network or to memory. */
typedef enum tenon_effect {
    /** Nothing: the request did not leave whole, or the server answered it with an ERROR. */
    TENON_EFFECT_NONE,
    /** All of it: the server has ended the request well, and what failed came later, such as a row
     *  that does not fit. Inside a transaction: done in it, and COMMIT decides. */
    TENON_EFFECT_DONE,
    /** Nobody can tell: the answer was lost, or the statement may commit by itself (CALL, DO). */
    TENON_EFFECT_UNKNOWN,
} tenon_effect;

/** "NONE", "DONE" or "UNKNOWN". */
const char *tenon_effect_name(tenon_effect effect);

/** `item` of a failure that is that of no item. */
#define TENON_NO_ITEM SIZE_MAX

/** Everything that is known of the last failure. No member is NULL: what is not known is "". */
typedef struct tenon_error {
    tenon_status status;
    tenon_effect effect;
    const char *query;    /**< name of the query, "" if none */
    const char *sql;      /**< what was sent for it, "" if it was none of a generated function */
    const char *message;  /**< in full, as the server or tenon worded it */
    const char *sqlstate; /**< "" when it did not come from the server */
    const char *severity; /**< not translated: ERROR, FATAL, PANIC; of a notice WARNING … */
    const char *detail;
    const char *hint;
    const char *context;
    const char *schema_name;
    const char *table_name;
    const char *column_name;
    const char *data_type_name;
    const char *constraint_name;
    const char *internal_query;
    size_t item;           /**< of a batch or COPY: which item failed, from 0; TENON_NO_ITEM when it
                                is none, as a deferred constraint, or not known */
    int position;          /**< character in the SQL text, from 1; 0 if not known */
    int internal_position; /**< the same in internal_query */
    const char *source_file;
    const char *source_line;
    const char *source_function;
} tenon_error;

/** The last failure of this connection, or status TENON_OK if its last call succeeded. Valid until
 *  the next call. Of NULL it is why this thread got none: what the last tenon_pool_acquire of the
 * thread failed with, else that there was no memory. Never NULL. Server text is not escaped. */
const tenon_error *tenon_db_error(const tenon_db *db);

/** Writes all of it for a log, in lines: status, SQLSTATE, query and message; detail, hint,
 * constraint, item and effect where there are such; the line of the SQL with a caret under the
 * place. Control characters become question marks, and only the first line is not indented. Returns
 * the length without the NUL; when that is not below `size`, the text was cut, as with snprintf. */
size_t tenon_error_format(const tenon_error *error, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif
#endif
