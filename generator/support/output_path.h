/* Paths of generated files: what the parts of output.h share. */
#ifndef TENON_SUPPORT_OUTPUT_PATH_H
#define TENON_SUPPORT_OUTPUT_PATH_H

#include "support/output.h"

/* The path with the place's directory in front. */
const char *output_full_path(const struct output *output, const struct output_place *place,
                             const char *path);

/* A descriptor of the directory that the file is in, and its name there. Below the place's
 * directory no link is followed. -1 with ENOENT when it does not exist and is not to be made. */
int output_open_parent(const struct output *output, const struct output_file *file, bool make,
                       const char **name);

#endif
