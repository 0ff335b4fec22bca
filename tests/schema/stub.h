/* A view analyzer for tests that are not about queries: it knows SELECT of columns and `*` from one
 * table, and literals with a cast. */
#ifndef TESTS_SCHEMA_STUB_H
#define TESTS_SCHEMA_STUB_H

#include "schema/schema.h"

struct schema_analyzer stub_analyzer(void);

#endif
