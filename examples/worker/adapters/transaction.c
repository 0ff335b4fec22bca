/* Three calls that pass on. */
#include "adapters/transaction.h"

static tenon_status begin(void *self)
{
    return tenon_begin(self, NULL);
}

static tenon_status commit(void *self)
{
    return tenon_commit(self);
}

static tenon_status rollback(void *self)
{
    return tenon_rollback(self);
}

struct unit_of_work transaction_on(tenon_db *db)
{
    return (struct unit_of_work){
        .self = db, .begin = begin, .commit = commit, .rollback = rollback};
}
