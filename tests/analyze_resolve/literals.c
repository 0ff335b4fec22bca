#include "analyze_resolve/literals.h"

#define ROW(type, text) {#type, text, false},
#define LENIENT(type, text) {#type, text, true},

const struct literal_case literal_cases[] = {
#include "analyze_resolve/literals.def"
};

const size_t n_literal_cases = sizeof literal_cases / sizeof *literal_cases;
