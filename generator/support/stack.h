/* Work that recurses deeper than a usual stack allows. */
#ifndef TENON_SUPPORT_STACK_H
#define TENON_SUPPORT_STACK_H

#include <stdbool.h>
#include <stddef.h>

/* Calls work(context) on a thread with a stack of `size` bytes, of which only what is used takes
 * memory, and waits for it. False when no such thread can be had; then nothing was called. */
bool stack_run(size_t size, void (*work)(void *context), void *context);

#endif
