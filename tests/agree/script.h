/* The statements of a case: its .sql files, cut at a `;` that ends a line, and the annotated
 * queries of its folder queries/, lowered.
 */
#ifndef TENON_TESTS_AGREE_SCRIPT_H
#define TENON_TESTS_AGREE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "support/arena.h"

struct script_item {
    const char *path;
    int line;         /* of the statement's first line */
    const char *text; /* without the `;` */
    bool differs;     /* `-- differs:` stands in front of it */
};

struct script {
    const char *schema; /* text of schema.sql */
    struct script_item *items;
    size_t n_items;
};

/* The text of a file; ends the program with a message when it cannot be read. */
const char *script_read_text(struct arena *arena, const char *path);

/* Reads schema.sql and every other .sql file of the folder and of queries/ in it, in the order of
 * their names. Ends the program with a message when something cannot be read. */
struct script script_read(struct arena *arena, const char *directory);

#endif
