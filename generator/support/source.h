/* Source text and places in it. A span is what a diagnostic points at. */
#ifndef TENON_SUPPORT_SOURCE_H
#define TENON_SUPPORT_SOURCE_H

#include <stdint.h>

#include "support/arena.h"
#include "support/release.h"
#include "support/str.h"

struct source {
    const char *path; /* as the user named it; used in diagnostics and in comments */
    str text;         /* the whole file, NUL-terminated */
    uint32_t *lines;  /* byte offset of the start of each line */
    uint32_t n_lines;
    struct release release; /* whose SQL it is, if it is SQL */
    bool has_queries;       /* which are told of behind the schema that they are about */
    bool is_run; /* by a server, and not only read for what it makes: no row is left out */
};

/* A zeroed span (no source) means "no place". */
typedef struct span {
    const struct source *source;
    uint32_t offset, len; /* bytes */
} span;

/* Line and column are 1-based; the column counts characters, as psql does. */
struct place {
    uint32_t line, column;
};

/* Makes a source over text, which must outlive it; builds the line table. The release is the
 * default. */
struct source *source_create(struct arena *arena, const char *path, str text);

struct place source_place(const struct source *source, uint32_t offset);

/* The text of a line (1-based) without its end. */
str source_line(const struct source *source, uint32_t line);

span span_of(const struct source *source, uint32_t offset, uint32_t len);

/* The character at the place; empty at the end of its line, or of the text when there is no such
 * line. */
span span_of_place(const struct source *source, struct place place);

#endif
