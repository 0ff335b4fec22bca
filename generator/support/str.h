/* Strings. A name (identifier, type name, path) is a NUL-terminated `const char *`; a slice of
 * source text is a `str`, which need not be terminated.
 */
#ifndef TENON_SUPPORT_STR_H
#define TENON_SUPPORT_STR_H

#include <stdbool.h>
#include <stddef.h>

typedef struct str {
    const char *data;
    size_t len;
} str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})

str str_from(const char *s); /* NULL gives the empty slice */
bool str_eq(str a, str b);
bool str_is(str a, const char *b);
bool str_starts_with(str s, const char *prefix);
bool str_ends_with(str s, const char *suffix);
str str_slice(str s, size_t from, size_t to);
size_t str_line_end(str s, size_t at); /* of the \n at or behind the byte, else s.len */
str str_trim(str s);                   /* ASCII white space off both ends */

struct arena;
/* The ASCII letters of it in capitals. */
const char *name_capitals(struct arena *arena, const char *name);
/* Equality of names; NULL equals only NULL. */
bool name_eq(const char *a, const char *b);
/* The list ends with NULL. */
bool name_is_one_of(const char *name, const char *const *names);

/* Length in bytes of the valid UTF-8 prefix of s; s.len when all of it is valid. NUL is invalid. */
size_t str_valid_utf8(str s);
/* The length of the byte order mark at the start of s: 3 or 0. */
size_t str_byte_order_mark(str s);

#endif
