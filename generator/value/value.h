/* What the input functions of types say to a text. */
#ifndef TENON_VALUE_VALUE_H
#define TENON_VALUE_VALUE_H

#include "catalog/catalog.h"
#include "support/refusal.h"

/* Whether the text is a value of the type, with its typmod where the server looks at that. False
 * with the server's SQLSTATE and words in *why, which live in the arena (22P02, 22007, 22003, …).
 * NULL is a value of every type; the constraints of domains are not looked at. Texts of types that
 * are not known, and those in doubt, are accepted. */
bool value_check(struct arena *arena, const struct catalog *catalog, oid type, int32_t typmod,
                 const char *text, struct refusal *why);

#endif
