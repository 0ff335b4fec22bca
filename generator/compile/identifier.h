/* What may be the prefix of C names, or of the name of a C file. */
#ifndef TENON_COMPILE_IDENTIFIER_H
#define TENON_COMPILE_IDENTIFIER_H

#include <stdbool.h>

bool is_c_identifier(const char *name);

#endif
