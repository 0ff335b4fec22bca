/* Parse trees as libpg_query gives them, before analysis. */
#ifndef TENON_SQL_RAW_H
#define TENON_SQL_RAW_H

#include <stdbool.h>
#include <stddef.h>

#include "sql/pg.h"
#include "support/arena.h"

/* A List of the parse tree. */
struct node_list {
    PgQuery__Node *const *items;
    size_t n;
};

/* NODES(stmt, target_list): the repeated field as a struct node_list. */
#define NODES(message, field) ((struct node_list){(message)->field, (message)->n_##field})

#define NODE_IS(node, KIND) ((node) && (node)->node_case == PG_QUERY__NODE__NODE_##KIND)

/* A name with or without its schema. */
struct qualified_name {
    const char *schema; /* NULL: along the search path */
    const char *name;
};

/* The same tree; locations do not count. */
bool raw_equal(const ProtobufCMessage *a, const ProtobufCMessage *b);

/* The string of a String node, NULL for any other node. */
const char *raw_string(const PgQuery__Node *node);

/* The value of a literal as text; NULL for any other node. */
const char *raw_constant_text(struct arena *arena, const PgQuery__Node *node);

/* NULL for the empty string, which is how the tree says "absent". */
const char *raw_optional(const char *s);

/* The n-th string of a list of String nodes. */
const char *raw_name(struct node_list names, size_t n);

/* The last string of a list of String nodes. */
const char *raw_last_name(struct node_list names);

/* exprLocation() of a raw node: the leftmost place in it; -1 unknown. */
int raw_location(const PgQuery__Node *node);

/* serial and its kin are no types: they become an integer, NOT NULL and a sequence. "int8" for
 * bigserial; NULL for all that is a type. */
const char *raw_serial_type(const PgQuery__TypeName *name);

/* "a.b.c", for messages. */
const char *raw_dotted(struct arena *arena, struct node_list names);

bool raw_is_star(const PgQuery__Node *node);

#endif
