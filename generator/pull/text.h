/* Units → SQL. */
#ifndef TENON_PULL_TEXT_H
#define TENON_PULL_TEXT_H

#include "pull/unit.h"
#include "support/buf.h"

/* Appends the statements of a unit; `last` is the unit in front of it in the file, or NULL. */
void unit_write(struct arena *arena, const struct unit *unit, const struct unit *last,
                struct buf *out);

#endif
