/* Defined in the program, these functions are found before those of the C library by every
 * library that the program is linked with. */
#include "shim_memory.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>

#include "support.h"

#if SANITIZED /* linked with --wrap */
#define NAME(function) __wrap_##function
#define REAL(function) __real_##function
#else
#define NAME(function) function
#define REAL(function) __libc_##function
#endif

void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *block, size_t size);
void REAL(free)(void *block);
void *NAME(malloc)(size_t size);
void *NAME(calloc)(size_t count, size_t size);
void *NAME(realloc)(void *block, size_t size);
void NAME(free)(void *block);

static _Thread_local size_t asked, fails_at;
static _Thread_local bool fails_forever;
static atomic_long n_blocks;

void memory_fail(size_t n, bool forever)
{
    asked = 0;
    fails_at = n;
    fails_forever = forever;
}

size_t memory_asked(void)
{
    return asked;
}

long memory_blocks(void)
{
    return n_blocks;
}

static bool fails(void)
{
    asked++;
    if (fails_at == 0 || asked < fails_at || (asked > fails_at && !fails_forever))
        return false;
    errno = ENOMEM;
    return true;
}

static void *count(void *block)
{
    if (block == NULL)
        return NULL;
    n_blocks++;
    return block;
}

static void uncount(void *block)
{
    if (block == NULL)
        return;
    n_blocks--;
}

void *NAME(malloc)(size_t size)
{
    return fails() ? NULL : count(REAL(malloc)(size));
}

void *NAME(calloc)(size_t n, size_t size)
{
    return fails() ? NULL : count(REAL(calloc)(n, size));
}

void *NAME(realloc)(void *block, size_t size)
{
    if (fails())
        return NULL;
    void *moved = REAL(realloc)(block, size);
    if (moved == NULL)
        return NULL;
    if (block == NULL)
        return count(moved);
    return moved;
}

void NAME(free)(void *block)
{
    uncount(block);
    REAL(free)(block);
}
