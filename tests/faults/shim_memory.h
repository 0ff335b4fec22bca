/* malloc, counted and made to fail. It takes the place of the C library's in the whole program, so
 * that libpq's calls are counted too; under sanitizers, which have their own, only those of the
 * program and the runtime. */
#ifndef TESTS_FAULTS_SHIM_MEMORY_H
#define TESTS_FAULTS_SHIM_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/** Lets the n-th allocation of this thread from now fail, and if `forever` all behind it. 0: none.
 */
void memory_fail(size_t n, bool forever);
/** Allocations of this thread since then. */
size_t memory_asked(void);
/** Blocks that are allocated now, by any thread. */
long memory_blocks(void);

#endif
