/* C names made from SQL names, and the registry in which no two of them may be the same.
 *
 * The rule, for names of every kind: CamelCase becomes snake_case; what is neither a letter nor a
 * digit becomes an underscore, runs of which are one and at the ends none; a character outside
 * ASCII becomes `u` and its code point in hexadecimal; a name without any letter or digit is
 * spelled that way as a whole; the empty name is `empty`. Case is folded. Two SQL names that become
 * one C name are an error that names both places.
 */
#ifndef TENON_EMIT_NAMES_H
#define TENON_EMIT_NAMES_H

#include "support/diag.h"
#include "support/map.h"

/* The rule above: "FindOrder" → "find_order", "order-side" → "order_side", "été" → "u00e9tu00e9",
 * "+" → "u002b". Not yet fit to stand alone: it may be a keyword or start with a digit. */
const char *c_name(struct arena *arena, const char *sql_name);

/* The same with words for the signs of ASCII: "A+" → "a_plus". */
const char *c_name_in_words(struct arena *arena, const char *sql_name);

/* A member or parameter: c_name() with the underscores that the SQL name has at its ends (one each;
 * names of file scope are put together with underscores and have none), with an underscore behind
 * it when it is a word of C or C++ or a common macro, and in front of it when it starts with a
 * digit. */
const char *c_member(struct arena *arena, const char *sql_name);

/* Whether a name may not be used for anything of our own. */
bool c_is_reserved(const char *name);

/* Whether the name can be a package: a C identifier in lower case that is none of the above. */
bool c_is_prefix(const char *name);

/* Names that share one scope. */
struct names {
    struct arena *arena;
    struct diags *diags;
    struct map map; /* name → struct claim */
};

struct claim {
    const char *what; /* "query FindOrder" */
    const char *hint; /* what the user can do about a clash */
    span at;
};

struct names names_in(struct arena *arena, struct diags *diags);

/* Takes the name; when it is taken, adds an error that shows both places and returns false. */
bool names_claim(struct names *names, const char *name, struct claim claim);

bool names_has(const struct names *names, const char *name);

#endif
