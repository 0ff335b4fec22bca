/* Generated files: written as a set, or not at all.
 *
 * Nothing outside the output directory is touched and no symbolic link below it is followed. A file
 * is written only when its text changes, by a temporary file that takes its name at the end. A
 * file whose first bytes are not the mark is somebody's work: it is never overwritten.
 */
#ifndef TENON_SUPPORT_OUTPUT_H
#define TENON_SUPPORT_OUTPUT_H

#include "support/arena.h"
#include "support/error.h"
#include "support/str.h"
#include "support/vec.h"

enum output_change { OUTPUT_SAME, OUTPUT_ADDED, OUTPUT_CHANGED, OUTPUT_REMOVED };

struct output_file {
    const char *path; /* below the directory: "ledger/orders.h" */
    str text;         /* new text; empty for OUTPUT_REMOVED */
    str old_text;     /* what is there now */
    enum output_change change;
};

/* Zeroed except for these three at the start. */
struct output {
    struct arena *arena;
    const char *directory;
    const char *mark; /* first bytes of every generated file */
    VEC(struct output_file) files;
};

void output_add(struct output *output, const char *path, str text);

/* Compares the files with what is on disk and finds generated files in the same directories that
 * are no longer wanted. False when a file is in the way, or cannot be read. */
bool output_compare(struct output *output, struct error *error);

/* Writes and removes what output_compare() found. After a failure the old files are as they were,
 * or, when a rename failed half-way, each is entirely old or entirely new. */
bool output_write(struct output *output, struct error *error);

/* Replaces a file of the tool's own making that has no mark (a stamp, a depfile). */
bool output_replace(const char *path, str text, struct error *error);

#endif
