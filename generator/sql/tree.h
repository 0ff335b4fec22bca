/* Parse trees of any shape, through protobuf's own description of the messages: no list of node
 * types has to be kept.
 */
#ifndef TENON_SQL_TREE_H
#define TENON_SQL_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "sql/pg.h"
#include "support/arena.h"

/* The values of a field: the first one's address and their number. A field that is not repeated
 * has one value, or none when it is a member of a oneof that was not chosen. */
const char *tree_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       size_t *n);

/* The i-th value of a field of messages; NULL when it is absent. */
const ProtobufCMessage *tree_message(const char *values, size_t i);

/* Calls visit on each message that is a direct part of the message; visit goes on by itself. */
void tree_parts(const ProtobufCMessage *message,
                void (*visit)(void *context, const ProtobufCMessage *part), void *context);

/* Calls visit for the message (nothing when it is NULL) and all messages below it but the Nodes,
 * which only wrap others; parents first. A false answer skips what is below. */
void tree_walk(const ProtobufCMessage *message,
               bool (*visit)(void *context, const ProtobufCMessage *message), void *context);

/* A copy of all that is below the node. */
PgQuery__Node *tree_copy(struct arena *arena, const PgQuery__Node *node);

/* The statement as SQL, in libpg_query's words; NULL when it has none. */
const char *tree_text(struct arena *arena, PgQuery__Node *statement);

/* The message's own place: a byte offset; -1 when it has none. */
int tree_own_location(const ProtobufCMessage *message);

/* The leftmost place in the message and below it: a byte offset; -1 when there is none. */
int tree_location(const ProtobufCMessage *message);

#endif
