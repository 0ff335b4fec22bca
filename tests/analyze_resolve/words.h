/* The types, operators and functions that are combined with one another. */
#ifndef TESTS_ANALYZE_RESOLVE_WORDS_H
#define TESTS_ANALYZE_RESOLVE_WORDS_H

#include <stddef.h>

extern const char *const type_names[];
extern const size_t n_type_names;

extern const char *const operators[];
extern const size_t n_operators;

extern const char *const prefix_operators[];
extern const size_t n_prefix_operators;

/* Called with one, two and three arguments of the types. */
extern const char *const functions[];
extern const size_t n_functions;

#endif
