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

/* Whether a value of the type is an object that its text names: regclass, regtype, regproc and
 * regprocedure. */
bool value_names_object(oid type);
/* The object that such a text names, which value_check() has accepted; 0 for a number, and for an
 * index. */
oid value_object(struct arena *arena, const struct catalog *catalog, oid type, const char *text);

#endif
