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

/* The object that a checked text of a type such as regclass names; 0 for an OID, for none, and of
 * other types. */
oid value_object(struct arena *arena, const struct catalog *catalog, oid type, const char *text);

/* What the output function of the type prints of a checked text, as far as that is known: dates and
 * times in the ISO style, with the time zone UTC. May be the text itself. */
const char *value_output(struct arena *arena, const struct catalog *catalog, oid type,
                         const char *text);

/* What interval_out prints of a checked text under this typmod, whose fields decide what it means
 * and what is left of it: '1' is a year to interval year. */
const char *value_interval(struct arena *arena, const struct catalog *catalog, int32_t typmod,
                           const char *text);

/* What the order of a value is known by, without the server's clock, time zone and locale. */
struct value_key;

/* Of a text that has been checked, as the default btree class of the type sees it under this
 * collation (0: by bytes); NULL when the clock decides. Lives in the arena, and so must the text.
 */
const struct value_key *value_key(struct arena *arena, const struct catalog *catalog, oid type,
                                  oid collation, const char *text);

/* Which of two values of one type is more; NULL is a value that is not known. */
enum value_order {
    VALUE_UNKNOWN,
    VALUE_LESS,
    VALUE_EQUAL,
    VALUE_GREATER,
};

enum value_order value_compare(const struct value_key *a, const struct value_key *b);

#endif
