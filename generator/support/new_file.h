/* Files that people edit: made, rewritten and removed one at a time, by name. */
#ifndef TENON_SUPPORT_NEW_FILE_H
#define TENON_SUPPORT_NEW_FILE_H

#include "support/arena.h"
#include "support/error.h"
#include "support/str.h"

/* Makes a file, and the directory that it lies in. False when something is there already. */
bool file_create(struct arena *arena, const char *path, str text, struct error *error);

/* Replaces the text of a file, by a temporary file that takes its name. */
bool file_rewrite(struct arena *arena, const char *path, str text, struct error *error);

bool file_remove(const char *path, struct error *error);

#endif
