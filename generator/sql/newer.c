/* A table of what came with each version: a kind of message, or a field of one that is filled. The
 * walk stops at the first hit. What leaves no trace in the kinds of messages is looked at by hand:
 * a subquery in FROM without alias, numbers such as 0x1F and 1_000, and $1x, at whose end
 * libpg_query is laxer than the server.
 */
#include "sql/newer.h"

#include <string.h>

#include "sql/lexer.h"
#include "sql/tree.h"

static const struct {
    const char *message, *field, *value; /* without a field: the message itself; see is_filled() */
    struct releases releases;
    const char *words;
} additions[] = {
    {"JsonIsPredicate", NULL, NULL, {.since = 16}, "IS JSON"},
    {"JsonObjectConstructor", NULL, NULL, {.since = 16}, "JSON_OBJECT with keys and values"},
    {"JsonArrayConstructor", NULL, NULL, {.since = 16}, "JSON_ARRAY"},
    {"JsonArrayQueryConstructor", NULL, NULL, {.since = 16}, "JSON_ARRAY"},
    {"JsonObjectAgg", NULL, NULL, {.since = 16}, "JSON_OBJECTAGG"},
    {"JsonArrayAgg", NULL, NULL, {.since = 16}, "JSON_ARRAYAGG"},
    {"XmlSerialize", "indent", NULL, {.since = 16}, "XMLSERIALIZE with INDENT"},
    {"ColumnDef", "storage_name", NULL, {.since = 16}, "STORAGE in a column definition"},
    {"JsonParseExpr", NULL, NULL, {.since = 17}, "JSON()"},
    {"JsonScalarExpr", NULL, NULL, {.since = 17}, "JSON_SCALAR"},
    {"JsonSerializeExpr", NULL, NULL, {.since = 17}, "JSON_SERIALIZE"},
    {"JsonFuncExpr", NULL, NULL, {.since = 17}, "JSON_EXISTS, JSON_QUERY and JSON_VALUE"},
    {"JsonTable", NULL, NULL, {.since = 17}, "JSON_TABLE"},
    {"MergeSupportFunc", NULL, NULL, {.since = 17}, "MERGE_ACTION"},
    {"MergeStmt", "returning_list", NULL, {.since = 17}, "RETURNING of a MERGE"},
    {"MergeWhenClause",
     "match_kind",
     "MERGE_WHEN_NOT_MATCHED_BY_SOURCE",
     {.since = 17},
     "BY SOURCE"},
    {"AlterTableCmd", "subtype", "AT_SetExpression", {.since = 17}, "SET EXPRESSION"},
};

/* Whether the field is there and is not empty, false, or for an enum, another value. */
static bool is_filled(const ProtobufCMessage *message, const char *name, const char *value)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
    const char *data;
    size_t n;

    if (!field)
        return false;
    data = tree_field(message, field, &n);
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return n > 0;
    if (field->type == PROTOBUF_C_TYPE_STRING)
        return **(const char *const *)(const void *)data != '\0';
    if (field->type == PROTOBUF_C_TYPE_BOOL)
        return *(const protobuf_c_boolean *)(const void *)data != 0;
    if (field->type == PROTOBUF_C_TYPE_ENUM && value) {
        const ProtobufCEnumValue *wanted =
            protobuf_c_enum_descriptor_get_value_by_name(field->descriptor, value);
        return wanted && *(const int *)(const void *)data == wanted->value;
    }
    return false;
}

struct search {
    struct arena *arena;
    str text;
    struct release release;
    int place; /* the last one seen, for messages without one */
    const char *found;
};

static void find(struct search *search, int place, const char *message)
{
    search->place = place;
    search->found = message;
}

static void look_at_subquery(struct search *search, const PgQuery__RangeSubselect *range)
{
    const PgQuery__SelectStmt *select = range->subquery->select_stmt;

    if (!range->alias && !release_has(search->release, FEATURE_SUBQUERY_WITHOUT_ALIAS))
        find(search, tree_location(&range->base),
             select->n_values_lists ? "VALUES in FROM must have an alias"
                                    : "subquery in FROM must have an alias");
}

/* A number and a parameter end where the lexer, which is that of 15, says: what follows must not
 * be a word. It is quoted with the word. */
static void look_at_end(struct search *search, int location)
{
    struct token token;
    size_t end;

    if (location < 0 || release_has(search->release, FEATURE_WIDE_NUMBERS))
        return;
    token = lex_token(search->text, (size_t)location);
    end = token.to;
    while (end < search->text.len && lex_is_word_char(search->text.data[end]))
        end++;
    if ((token.kind == TOKEN_NUMBER || token.kind == TOKEN_PARAM) && end > token.to)
        find(search, location,
             arena_printf(search->arena, "trailing junk after %s at or near \"%.*s\"",
                          token.kind == TOKEN_PARAM ? "parameter" : "numeric literal",
                          (int)(end - token.from), search->text.data + token.from));
}

static bool visit(void *context, const ProtobufCMessage *message)
{
    struct search *search = context;
    const ProtobufCMessageDescriptor *kind = message->descriptor;
    int place;

    if (search->found)
        return false;
    place = tree_own_location(message);
    if (place >= 0)
        search->place = place;
    for (size_t i = 0; i < sizeof additions / sizeof *additions; i++)
        if (!releases_have(additions[i].releases, search->release) &&
            strcmp(kind->short_name, additions[i].message) == 0 &&
            (!additions[i].field || is_filled(message, additions[i].field, additions[i].value)))
            find(search, search->place,
                 arena_printf(search->arena, "syntax error: %s came with PostgreSQL %d",
                              additions[i].words, additions[i].releases.since));
    if (kind == &pg_query__range_subselect__descriptor)
        look_at_subquery(search, (const PgQuery__RangeSubselect *)message);
    else if (kind == &pg_query__a__const__descriptor || kind == &pg_query__param_ref__descriptor)
        look_at_end(search, tree_own_location(message));
    return !search->found;
}

const char *newer_syntax(struct arena *arena, str text, struct release release,
                         const PgQuery__RawStmt *statement, size_t *offset)
{
    struct search search = {arena, text, release, statement->stmt_location, NULL};

    tree_walk(&statement->base, visit, &search);
    *offset = search.place > 0 ? (size_t)search.place : 0;
    return search.found;
}
