/* Functions that a definition names without their arguments. */
#ifndef TENON_DDL_NAMED_FUNCTION_H
#define TENON_DDL_NAMED_FUNCTION_H

#include "ddl/object.h"

/* The first function of the name, no procedure: which arguments it has to have follows from what it
 * is for. 42883 when there is none. */
oid function_called(struct ddl *ddl, struct qualified_name name, span at);

#endif
