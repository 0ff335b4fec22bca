/* From untrusted text (SQL, names, comments) to C text that can mean nothing but itself. */
#ifndef TENON_EMIT_ESCAPE_H
#define TENON_EMIT_ESCAPE_H

#include "support/buf.h"

/* A string literal, quotes included. What is not printable ASCII becomes octal escapes; no
 * trigraph survives. */
const char *c_string(struct arena *arena, const char *text);

/* The text as adjacent string literals, one for each of its lines, long ones broken behind a
 * space; continuation lines are indented. Behind `__extension__` when the whole is longer than the
 * 4095 characters that C11 promises and -Wpedantic insists on. */
const char *c_string_lines(struct arena *arena, const char *text, size_t indent);

/* The text of a comment: printable ASCII without `*` `/` neighbours, backslashes, or `??`; other
 * characters are shown as <U+00E9>. Line ends stay, each as \n. */
const char *c_comment_text(struct arena *arena, const char *text);

/* A documentation comment of the paragraphs, wrapped at the line width less `indent`: on one
 * line when it fits. Ends with \n; "" when there is nothing to say. */
const char *c_doc_comment(struct arena *arena, const char *text, size_t indent);

#endif
