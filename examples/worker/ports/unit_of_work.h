/* Port: several ledger changes that happen together or not at all. */
#ifndef WORKER_PORTS_UNIT_OF_WORK_H
#define WORKER_PORTS_UNIT_OF_WORK_H

#include <tenon/types.h>

struct unit_of_work {
    void *self;
    tenon_status (*begin)(void *self);
    tenon_status (*commit)(void *self);
    tenon_status (*rollback)(void *self);
};

#endif
