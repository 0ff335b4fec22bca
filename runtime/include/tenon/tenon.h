/* Connections, errors and transactions.
 *
 *     tenon_db *db;
 *     tenon_status status = tenon_db_open("dbname=ledger", NULL, &db);
 *     if (status == TENON_OK)
 *         status = ledger_find_order(db, mem, id, &found, &order);
 *     if (status != TENON_OK)
 *         fprintf(stderr, "%s\n", tenon_db_error(db)->message);
 *     tenon_db_close(db);
 *
 * A tenon_db is used by one thread at a time; only tenon_db_cancel, tenon_db_cancel_call and
 * tenon_db_call may come from another one. Nothing is ever retried but what tenon_transaction() is
 * told to. After a broken connection every call returns TENON_CONNECTION_LOST: close it and open
 * another. */
#ifndef TENON_TENON_H
#define TENON_TENON_H

#include <tenon/connection.h>
#include <tenon/error.h>
#include <tenon/hooks.h>
#include <tenon/transaction.h>

#endif
