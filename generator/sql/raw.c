/* Small questions to parse trees: names, places, whether two are the same. */
#include "sql/raw.h"

#include <string.h>

#include "sql/tree.h"
#include "support/buf.h"
#include "support/str.h"

static size_t scalar_size(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return 8;
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    default:
        return 4;
    }
}

static bool values_equal(const ProtobufCFieldDescriptor *field, const char *a, const char *b,
                         size_t n)
{
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        for (size_t i = 0; i < n; i++)
            if (!raw_equal(tree_message(a, i), tree_message(b, i)))
                return false;
        return true;
    }
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        for (size_t i = 0; i < n; i++)
            if (!name_eq(((const char *const *)(const void *)a)[i],
                         ((const char *const *)(const void *)b)[i]))
                return false;
        return true;
    }
    return n == 0 || memcmp(a, b, n * scalar_size(field->type)) == 0;
}

bool raw_equal(const ProtobufCMessage *a, const ProtobufCMessage *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->descriptor != b->descriptor)
        return false;
    for (unsigned f = 0; f < a->descriptor->n_fields; f++) {
        const ProtobufCFieldDescriptor *field = &a->descriptor->fields[f];
        const char *left, *right;
        size_t n_left, n_right;

        if (name_eq(field->name, "location"))
            continue;
        left = tree_field(a, field, &n_left);
        right = tree_field(b, field, &n_right);
        if (n_left != n_right || !values_equal(field, left, right, n_left))
            return false;
    }
    return true;
}

const char *raw_string(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_STRING ? node->string->sval : NULL;
}

const char *raw_optional(const char *s)
{
    return s && s[0] ? s : NULL;
}

const char *raw_name(struct node_list names, size_t n)
{
    return raw_string(names.items[n]);
}

const char *raw_last_name(struct node_list names)
{
    return names.n ? raw_string(names.items[names.n - 1]) : NULL;
}

const char *raw_serial_type(const PgQuery__TypeName *name)
{
    static const char *const kinds[][2] = {{"smallserial", "int2"}, {"serial2", "int2"},
                                           {"serial", "int4"},      {"serial4", "int4"},
                                           {"bigserial", "int8"},   {"serial8", "int8"}};
    const char *written = name->n_names == 1 && !name->pct_type ? raw_string(name->names[0]) : NULL;

    for (size_t i = 0; written && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(written, kinds[i][0]) == 0)
            return kinds[i][1];
    return NULL;
}

bool raw_is_star(const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

const char *raw_dotted(struct arena *arena, struct node_list names)
{
    struct buf buf = buf_in(arena);

    for (size_t i = 0; i < names.n; i++) {
        const char *name = raw_string(names.items[i]);

        if (i)
            buf_addc(&buf, '.');
        buf_adds(&buf, name ? name : "*");
    }
    return buf_text(&buf);
}

const char *raw_constant_text(struct arena *arena, const PgQuery__Node *node)
{
    if (!NODE_IS(node, A_CONST) || node->a_const->isnull)
        return NULL;
    switch (node->a_const->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return arena_printf(arena, "%d", node->a_const->ival->ival);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return node->a_const->fval->fval;
    case PG_QUERY__A__CONST__VAL_SVAL:
        return node->a_const->sval->sval;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return node->a_const->boolval->boolval ? "true" : "false";
    case PG_QUERY__A__CONST__VAL__NOT_SET:
        /* proto3 leaves out a member that is zero. */
        return "0";
    default:
        return NULL;
    }
}

int raw_location(const PgQuery__Node *node)
{
    return tree_location(&node->base);
}
