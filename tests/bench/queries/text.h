/* What the two halves of the text client share. */
#ifndef BENCH_QUERIES_TEXT_H
#define BENCH_QUERIES_TEXT_H

#include "bench.h"

#include <libpq-fe.h>

extern PGconn *text_conn;

/** Says on stderr what failed, clears the result and gives false. */
bool text_failed(PGresult *result);

client_turn text_insert, text_batch_insert, text_array_insert, text_copy;

#endif
