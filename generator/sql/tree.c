/* Walks over parse trees by reflection. */
#include "sql/tree.h"

#include <string.h>

const char *tree_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       size_t *n)
{
    const char *base = (const char *)message;
    const char *member = base + field->offset;

    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        memcpy(n, base + field->quantifier_offset, sizeof *n);
        return *n ? *(const char *const *)(const void *)member : NULL;
    }
    *n = 1;
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
        uint32_t chosen;

        memcpy(&chosen, base + field->quantifier_offset, sizeof chosen);
        *n = chosen == field->id ? 1 : 0;
    }
    return member;
}

const ProtobufCMessage *tree_message(const char *values, size_t i)
{
    return ((const ProtobufCMessage *const *)(const void *)values)[i];
}

void tree_parts(const ProtobufCMessage *message,
                void (*visit)(void *context, const ProtobufCMessage *part), void *context)
{
    for (unsigned f = 0; f < message->descriptor->n_fields; f++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[f];
        const char *values;
        size_t n;

        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        values = tree_field(message, field, &n);
        for (size_t i = 0; i < n; i++)
            if (tree_message(values, i))
                visit(context, tree_message(values, i));
    }
}

struct walk {
    bool (*visit)(void *context, const ProtobufCMessage *message);
    void *context;
};

static void walk_message(void *context, const ProtobufCMessage *message)
{
    const struct walk *walk = context;

    if (message->descriptor == &pg_query__node__descriptor) {
        /* A Node is a oneof of one pointer: no need to try all its members. */
        const PgQuery__Node *node = (const PgQuery__Node *)message;

        if (node->node_case != PG_QUERY__NODE__NODE__NOT_SET)
            walk_message(context, (const ProtobufCMessage *)(const void *)node->string);
    } else if (walk->visit(walk->context, message)) {
        tree_parts(message, walk_message, context);
    }
}

void tree_walk(const ProtobufCMessage *message,
               bool (*visit)(void *context, const ProtobufCMessage *message), void *context)
{
    struct walk walk = {visit, context};

    if (message)
        walk_message(&walk, message);
}

int tree_own_location(const ProtobufCMessage *message)
{
    for (unsigned f = 0; f < message->descriptor->n_fields; f++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[f];
        int32_t location;

        if (strcmp(field->name, "location") != 0)
            continue;
        memcpy(&location, (const char *)message + field->offset, sizeof location);
        return location;
    }
    return -1;
}

static bool visit_location(void *context, const ProtobufCMessage *message)
{
    int *leftmost = context, location = tree_own_location(message);

    if (location >= 0 && (*leftmost < 0 || location < *leftmost))
        *leftmost = location;
    return true;
}

int tree_location(const ProtobufCMessage *message)
{
    int leftmost = -1;

    tree_walk(message, visit_location, &leftmost);
    return leftmost;
}

static void *allocate(void *context, size_t size)
{
    return arena_alloc(context, size);
}

static void forget(void *context, void *pointer)
{
    (void)context;
    (void)pointer;
}

PgQuery__Node *tree_copy(struct arena *arena, const PgQuery__Node *node)
{
    ProtobufCAllocator allocator = {allocate, forget, arena};
    const size_t len = pg_query__node__get_packed_size(node);
    uint8_t *packed = arena_alloc(arena, len + 1);

    pg_query__node__pack(node, packed);
    return pg_query__node__unpack(&allocator, len, packed);
}

const char *tree_text(struct arena *arena, PgQuery__Node *statement)
{
    PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
    PgQuery__ParseResult parsed = PG_QUERY__PARSE_RESULT__INIT;
    PgQueryProtobuf packed = {.len = 0};
    PgQueryDeparseResult written;
    const char *text;

    raw.stmt = statement;
    parsed.version = PG_VERSION_NUM;
    parsed.stmts = (PgQuery__RawStmt *[]){&raw};
    parsed.n_stmts = 1;
    packed.len = pg_query__parse_result__get_packed_size(&parsed);
    packed.data = arena_alloc(arena, packed.len + 1);
    pg_query__parse_result__pack(&parsed, (uint8_t *)packed.data);
    written = pg_query_deparse_protobuf(packed);
    text = written.query && !written.error ? arena_strdup(arena, written.query) : NULL;
    pg_query_free_deparse_result(written);
    return text;
}
