/* Generated files: written as a set, or not at all.
 *
 * Nothing outside the output directories is touched and no symbolic link below them is followed. A
 * file is written only when its text changes, by a temporary file that takes its name at the end. A
 * file whose first line lacks the mark is somebody's work: it is never overwritten.
 */
#ifndef TENON_SUPPORT_OUTPUT_H
#define TENON_SUPPORT_OUTPUT_H

#include "support/arena.h"
#include "support/error.h"
#include "support/str.h"
#include "support/vec.h"

/* Where the files of one maker go, and what they are known by. */
struct output_place {
    const char *directory;
    const char *mark;  /* is in the first line of every file */
    const char *maker; /* for messages: "tenon" */
};

enum output_change { OUTPUT_SAME, OUTPUT_ADDED, OUTPUT_CHANGED, OUTPUT_REMOVED };

struct output_file {
    const struct output_place *place;
    const char *path; /* below the place's directory: "ledger/orders.h" */
    const char *full; /* with that directory */
    str text;         /* new text; empty for OUTPUT_REMOVED */
    str old_text;     /* what is there now */
    enum output_change change;
};

/* Zeroed except for the arena at the start. */
struct output {
    struct arena *arena;
    VEC(struct output_file) files;
};

/* Whether the mark is in the first line of the text. */
bool output_is_marked(str text, const char *mark);

/* Adds a file; the place must outlive the output. */
void output_add(struct output *output, const struct output_place *place, const char *path,
                str text);

/* The file that cannot be there beside one at this path: of the same name, or one of the two would
 * be a directory of the other. NULL when there is none. */
const struct output_file *output_find_clash(const struct output *output,
                                            const struct output_place *place, const char *path);

/* Compares the files with what is on disk and finds files of the same makers that are no longer
 * wanted: in the same directories, with the same suffixes. False when a file is in the way, or
 * cannot be read. */
bool output_compare(struct output *output, struct error *error);

/* Writes and removes what output_compare() found. After a failure the old files are as they were,
 * or, when a rename failed half-way, each is entirely old or entirely new. */
bool output_write(struct output *output, struct error *error);

/* Replaces a file of the tool's own making that has no mark (a stamp, a depfile). */
bool output_replace(const char *path, str text, struct error *error);

#endif
