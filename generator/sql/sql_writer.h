/* Writes lowered SQL and its source map. Inside the room only. */
#ifndef TENON_SQL_SQL_WRITER_H
#define TENON_SQL_SQL_WRITER_H

#include "sql/statement.h"

/* Zeroed but for arena, source and out.arena at the start. */
struct sql_writer {
    struct arena *arena;
    const struct source *source;
    struct buf out;
    VEC(struct sql_segment) segments;
};

/* Copies the bytes [from, to) of the file. */
void sql_write_copy(struct sql_writer *writer, size_t from, size_t to);

/* Adds text that stands for the bytes [from, to) of the file. */
void sql_write_text(struct sql_writer *writer, const char *text, size_t from, size_t to);

/* Copies what is between two tokens: white space as it is written (with \n for \r\n), comments
 * removed together with the line or the blanks that they leave behind. A hint comment stays. */
void sql_write_gap(struct sql_writer *writer, size_t from, size_t to);

/* Finishes the text; the segments are its map. */
struct sql sql_write_finish(struct sql_writer *writer);

/* Whether the comment is a planner hint: slash-star-plus. */
bool sql_is_hint_comment(str comment);

#endif
