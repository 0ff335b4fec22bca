/* Adapter: a unit of work is a transaction of a tenon_db, a savepoint inside of another one. */
#ifndef WORKER_ADAPTERS_TRANSACTION_H
#define WORKER_ADAPTERS_TRANSACTION_H

#include <tenon/tenon.h>

#include "ports/unit_of_work.h"

struct unit_of_work transaction_on(tenon_db *db);

#endif
