/* The two ways in which the library may end the process. */
#include "support/bug.h"

#include <stdio.h>
#include <stdlib.h>

void bug_at(const char *file, int line, const char *message)
{
    fprintf(stderr, "tenon: internal error at %s:%d: %s\n", file, line, message);
    abort();
}

void out_of_memory(void)
{
    fputs("tenon: out of memory\n", stderr);
    _Exit(3);
}
