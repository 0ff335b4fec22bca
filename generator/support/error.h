/* Failures of the environment: files that cannot be read, disks that are full. */
#ifndef TENON_SUPPORT_ERROR_H
#define TENON_SUPPORT_ERROR_H

#include <stdbool.h>

/* One sentence without a full stop; empty as long as nothing failed. */
struct error {
    char text[1024];
};

/* Sets the text and returns false, so that a caller can `return error_set(…)`. */
bool error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "cannot WHAT PATH: " and what errno says. */
bool error_set_errno(struct error *error, const char *what, const char *path);

#endif
