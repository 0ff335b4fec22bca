/* Names inside literals: of catalog objects, with schemas, and of types. */
#ifndef TENON_VALUE_NAME_H
#define TENON_VALUE_NAME_H

#include "sql/raw.h"
#include "value/literal.h"

/* The identifiers between dots, folded unless in quotes. */
struct literal_names {
    const char **items;
    size_t n;
};

/* Splits the text (stringToQualifiedNameList). Fails with 42602 when it is no dotted name. */
struct literal_names literal_split_names(const struct literal *literal, const char *text);
/* At most a schema and a name (DeconstructQualifiedName). */
struct qualified_name literal_qualified_name(const struct literal *literal,
                                             const struct literal_names *names);
/* "a.b", as the server prints it in messages. */
const char *literal_names_text(const struct literal *literal, const struct literal_names *names);
/* Fails with 3F000 when there is no such schema; NULL is none. */
void literal_check_schema(const struct literal *literal, const char *schema);

/* The type that the text names in SQL's own grammar (parseTypeString): "int[]", "numeric(3, 1)",
 * "timestamp with time zone". Fails with what the server says when there is none. */
oid literal_type(const struct literal *literal, const char *text);

/* A name and types in parentheses (parseNameAndArgTypes); NONE is 0. */
struct literal_signature {
    struct literal_names names;
    oid *types;
    size_t n_types;
};
struct literal_signature literal_read_signature(const struct literal *literal, bool allows_none);

#endif
