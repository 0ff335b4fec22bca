/* Input files: reading them, and the lists of them that the user names. */
#ifndef TENON_SUPPORT_FILE_H
#define TENON_SUPPORT_FILE_H

#include "support/arena.h"
#include "support/error.h"
#include "support/str.h"
#include "support/vec.h"

typedef VEC(const char *) path_list;

/* Reads a regular file of at most 256 MiB; the text is NUL-terminated. */
bool file_read(struct arena *arena, const char *path, str *text, struct error *error);

bool file_exists(const char *path);

/* Appends the files that an argument names: a file, a directory (all *.sql in it), or a pattern of
 * glob(7), in which a component `**` stands for any directories. The files of a directory or
 * pattern come in natural order. A file that is in the list already is not added again. False when
 * nothing is there. */
bool file_expand(struct arena *arena, const char *argument, path_list *files, struct error *error);

/* The names of all that lies in a directory, in natural order. */
bool file_list(struct arena *arena, const char *directory, path_list *names, struct error *error);

/* Whether the directory has a file *.sql. */
bool file_has_sql(struct arena *arena, const char *directory);

/* Orders names as a person would: 2_x.sql before 10_x.sql. Names that differ never compare equal.
 */
int file_natural_compare(const char *left, const char *right);

/* What follows the last slash. */
const char *file_base_name(const char *path);

/* The directory part of the path, "." when there is none. */
const char *file_directory(struct arena *arena, const char *path);

/* directory/name; name alone when it is absolute or the directory is ".". */
const char *file_join(struct arena *arena, const char *directory, const char *name);

/* The path as seen from `root` when it lies below it, else as it is. Both are compared as text,
 * without "./" and doubled slashes. NULL root: as it is. */
const char *file_relative(struct arena *arena, const char *root, const char *path);

#endif
