/* The ends of a COPY whose call lives on the heap, like a stream's. To give it up, the call is made
 * to fail: then tenon__copy_end tells the server to forget what it has got. */
#include "internal.h"

#include <stdlib.h>

tenon_status tenon__copy_close(tenon__call *call, int64_t *rows_affected)
{
    if (call == NULL)
        return TENON_OUT_OF_MEMORY;
    tenon_status status = tenon__copy_end(call, rows_affected);
    free(call);
    return status;
}

tenon_status tenon__copy_abandon(tenon__call *call)
{
    if (call == NULL || !tenon__ok(call))
        return tenon__copy_close(call, NULL);
    tenon_db *db = call->db;
    tenon__call_fail(call, TENON_CANCELED, "query %s: the COPY was abandoned",
                     call->statement->query);
    tenon_status status = tenon__copy_close(call, NULL);
    db->error.item = TENON_NO_ITEM; /* no row is to blame */
    return status;
}
