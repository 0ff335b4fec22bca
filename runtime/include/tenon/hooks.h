/* What a program can watch: queries, notices, notifications. */
#ifndef TENON_HOOKS_H
#define TENON_HOOKS_H

#include <tenon/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a hook is told of a query. */
typedef struct tenon_event {
    const char *query;   /**< its name; "BEGIN" … for transactions, "" for tenon_exec */
    const char *sql;     /**< what is sent */
    tenon_db *db;        /**< the connection; it must not be used */
    tenon_status status; /**< after only, as all that follow */
    size_t rows;         /**< rows returned, or affected where none return */
    size_t items;        /**< of a batch or COPY, else 0 */
    int attempts;        /**< 2 when the statement had to be prepared again; 0: never sent */
    int64_t elapsed_ns;
    const tenon_error *error; /**< NULL unless it failed */
} tenon_event;

/** A message of NOTIFY. */
typedef struct tenon_notification {
    const char *channel;
    const char *payload; /**< "" if none */
    int sender_pid;      /**< server process that sent it */
} tenon_notification;

/** Called by the thread that uses the connection, which they must not use. Any may be NULL. */
typedef struct tenon_hooks {
    void *context;
    void (*before)(void *context, const tenon_event *event);
    /** After each query, also when it failed before it was sent. */
    void (*after)(void *context, const tenon_event *event);
    /** A notice or warning of the server, which lives during the hook only. */
    void (*notice)(void *context, const tenon_error *notice);
    /** A message of a channel listened to. They are handed over at the end of a call; without this
     *  hook they are dropped, unless PQnotifies takes them before the next call. */
    void (*notification)(void *context, const tenon_notification *notification);
} tenon_hooks;

/** Sets the hooks, which are copied; NULL takes them away. */
void tenon_db_set_hooks(tenon_db *db, const tenon_hooks *hooks);

#ifdef __cplusplus
}
#endif
#endif
