/* What only generated code calls. A call of a query is a straight line:
 *
 *     tenon__call call;
 *     if (tenon__begin(&call, db, &find_order))          the statement, as compiled in
 *         tenon__param_uuid(&call, 0, id);               one bind per parameter
 *     if (tenon__fetch_into(&call, mem) && tenon__next_row(&call))
 *         read_order(&call, order);                      one read per column, in order
 *     return tenon__end_opt(&call, found);
 *
 * The call carries a sticky status: after a failure nothing is sent, reads return zero, and the end
 * reports the first failure. A call that could not begin has no room for parameters. */
#ifndef TENON_GENERATED_H
#define TENON_GENERATED_H

#include <tenon/generated/arrays.h>
#include <tenon/generated/batch.h>
#include <tenon/generated/bind.h>
#include <tenon/generated/call.h>
#include <tenon/generated/encode.h>
#include <tenon/generated/nested.h>
#include <tenon/generated/read.h>
#include <tenon/generated/stray.h>
#include <tenon/generated/write.h>

#endif
