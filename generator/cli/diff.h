/* The difference of two texts, for people to read. */
#ifndef TENON_CLI_DIFF_H
#define TENON_CLI_DIFF_H

#include "support/buf.h"

/* Appends a unified diff, as `diff -u` and `git apply` have it; just the names where they are
 * equal. */
void diff_write(struct buf *out, const char *path, str before, str after);

#endif
