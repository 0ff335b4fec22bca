/* What files are written with. */
#ifndef TENON_SUPPORT_WRITE_H
#define TENON_SUPPORT_WRITE_H

#include "support/arena.h"
#include "support/error.h"
#include "support/str.h"

/* False with errno set. */
bool write_all(int fd, str text);

/* Makes the directory and its parents. */
bool make_directories(struct arena *arena, const char *directory, struct error *error);

#endif
