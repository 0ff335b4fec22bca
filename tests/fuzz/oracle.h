/* What must hold for any input. */
#ifndef TESTS_FUZZ_ORACLE_H
#define TESTS_FUZZ_ORACLE_H

#include "emit/emit.h"
#include "fuzz/targets.h"
#include "support/diag.h"

/* Each diagnostic has a code, a sentence and a place inside of its file, and can be shown. */
void check_diags(struct arena *arena, const struct diags *diags);

/* The file is printable ASCII, in which comments, literals and brackets end where they should. */
void check_c_file(const struct emit_file *file);

#endif
