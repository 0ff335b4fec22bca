/* The difference of two texts, for people to read. */
#ifndef TENON_CLI_DIFF_H
#define TENON_CLI_DIFF_H

#include "support/buf.h"

/* Appends a unified diff of one hunk: all from the first to the last line that differs. */
void diff_write(struct buf *out, const char *path, str before, str after);

#endif
