/* The line that makes a statement a query: `-- name: FindOrder :opt`. */
#ifndef TENON_SQL_ANNOTATION_H
#define TENON_SQL_ANNOTATION_H

#include "sql/lexer.h"
#include "sql/query_file.h"

struct annotation {
    const char *name;   /* NULL when not even the name could be read */
    size_t name_offset; /* bytes from the start of the comment */
    enum ir_command command;
    size_t problem_offset, problem_len;
    const char *problem; /* NULL when the annotation is valid */
    const char *hint;    /* NULL when there is none */
};

/* Reads the annotation that the token is. False when it is none: not a comment at the start of a
 * line whose text starts with `name:`. */
bool annotation_read(struct arena *arena, str text, struct token token,
                     struct annotation *annotation);

/* The text of a comment without its -- or slash-star marks; *offset is where it starts. */
str comment_body(str comment, size_t *offset);

#endif
