/* Answers to a SELECT of one int4 column: the name of each, what it is, what has to come of it, and
 * whether the connection survives. */
#ifndef TESTS_RUNTIME_LIES_H
#define TESTS_RUNTIME_LIES_H

#include <tenon/status.h>
#include <tenon/types.h>

#include "fake_server.h"

struct lie {
    const char *name;
    void (*write)(struct script *s);
    tenon_status status;
    bool survives; /* the connection */
};

extern const struct lie lies[];
extern const size_t n_lies;

/** Answers without end, of which nothing is said but that they have to end. */
extern const struct lie floods[];
extern const size_t n_floods;

#endif
