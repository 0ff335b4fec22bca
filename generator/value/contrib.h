/* Input functions of contrib's types. */
#ifndef TENON_VALUE_CONTRIB_H
#define TENON_VALUE_CONTRIB_H

#include "value/literal.h"

/* The checker of the C function, by its name: "hstore_in". NULL when there is none. */
literal_checker *literal_contrib_checker(const char *input_function);

/* literal_contrib.c */
literal_checker literal_check_hstore;
/* literal_ltree.c */
literal_checker literal_check_ltree, literal_check_lquery, literal_check_ltxtquery;
/* literal_query_int.c */
literal_checker literal_check_query_int;
/* literal_cube.c */
literal_checker literal_check_cube, literal_check_seg;
/* literal_isn.c */
literal_checker literal_check_ean13, literal_check_isbn, literal_check_ismn, literal_check_issn,
    literal_check_upc;
/* Letters and digits; what is not ASCII may be one, as the server's locale has it. */
bool literal_is_alnum(char c);
/* The bytes of the character at s. */
size_t literal_char_len(const char *s);

#endif
