/* What git knows, by its program. */
#ifndef TENON_CLI_GIT_H
#define TENON_CLI_GIT_H

#include "support/error.h"
#include "support/file.h"

/* Whether the argument is written as git names a file of a revision: REVISION:PATH. */
bool git_is_object(const char *argument);

/* Appends the files of REVISION:PATH as such names: the file, or the *.sql of the directory. */
bool git_expand(struct arena *arena, const char *object, path_list *files, struct error *error);

/* The text of REVISION:PATH. */
bool git_read(struct arena *arena, const char *object, str *text, struct error *error);

/* Appends the *.sql that the directory has in the revision, seen from here; none if it is not
 * there. */
bool git_list(struct arena *arena, const char *revision, const char *directory, path_list *files,
              struct error *error);

/* Where HEAD and the revision part. */
bool git_merge_base(struct arena *arena, const char *revision, const char **base,
                    struct error *error);

/* The revision of HEAD; NULL: this is no working tree of git. */
const char *git_head(struct arena *arena);

#endif
