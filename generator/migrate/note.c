/* From comments to objects: the statement around a comment, in front of it in its line, or below it
 * makes the object, or the element of its list that the comment stands at.
 */
#include "migrate/note.h"

#include <string.h>

#include "migrate/hint.h"
#include "replay/replay.h"
#include "sql/lexer.h"
#include "sql/raw.h"

struct reader {
    struct arena *arena;
    const struct source *source;
    const struct inventory *after;
    const char *word;
    note_list *notes;
    struct statements statements;
};

/* What the comment says, without its delimiters. */
static str comment_body(str comment)
{
    if (str_starts_with(comment, "--"))
        return str_trim(str_slice(comment, 2, comment.len));
    if (str_starts_with(comment, "/*") && str_ends_with(comment, "*/") && comment.len >= 4)
        return str_trim(str_slice(comment, 2, comment.len - 2));
    return (str){"", 0};
}

/* The statement around the comment, the one that ends in front of it in its line, or the next. */
static const struct statement *find_statement(const struct reader *reader, size_t at)
{
    const struct statement *before = NULL;

    for (size_t i = 0; i < reader->statements.n; i++) {
        const struct statement *statement = &reader->statements.items[i];
        const size_t from = (size_t)statement->location, to = from + (size_t)statement->len;
        if (to <= at) {
            before = statement;
            continue;
        }
        if (from > at && before &&
            is_same_line(reader->source->text, (size_t)before->location + (size_t)before->len, at))
            return before;
        return statement;
    }
    if (before &&
        is_same_line(reader->source->text, (size_t)before->location + (size_t)before->len, at))
        return before;
    return NULL;
}

/* Where CREATE without a schema puts things, after the statements in front of this one. */
static const char *schema_at(const struct reader *reader, const struct statement *end)
{
    const char *schema = "public";

    for (const struct statement *s = reader->statements.items; s < end; s++) {
        const PgQuery__VariableSetStmt *set =
            NODE_IS(s->tree, VARIABLE_SET_STMT) ? s->tree->variable_set_stmt : NULL;
        if (!set || strcmp(set->name, "search_path") != 0)
            continue;
        schema = "public";
        for (size_t i = 0; i < set->n_args; i++) {
            const char *name = raw_constant_text(reader->arena, set->args[i]);
            if (!name || strcmp(name, "$user") == 0)
                continue;
            schema = name;
            break;
        }
    }
    return schema;
}

/* Whether the text has the word at the byte, and the word ends there. */
static bool has_word_at(str text, size_t at, const char *word)
{
    const size_t len = strlen(word), end = at + len;

    return end <= text.len && memcmp(text.data + at, word, len) == 0 &&
           (end == text.len || !lex_is_word_char(text.data[end]));
}

static void read_comment(struct reader *reader, struct token token)
{
    const str text = reader->source->text, comment = token_text(text, token);
    const str body = comment_body(comment);
    struct note note = {
        .at = span_of(reader->source, (uint32_t)token.from, (uint32_t)str_trim(comment).len)};
    const struct statement *statement;
    struct element element;
    bool is_part;

    if (!has_word_at(body, 0, reader->word))
        return;
    note.says = str_slice(body, strlen(reader->word), body.len);
    statement = find_statement(reader, token.from);
    is_part = statement && hint_element(reader->arena, statement, token.from, token.to, &element);
    if (statement)
        hint_object(reader->arena, statement, is_part ? &element : NULL,
                    schema_at(reader, statement), reader->after, &note);
    vec_push(reader->arena, reader->notes, note);
}

static bool has_word(str text, const char *word)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == *word && has_word_at(text, i, word))
            return true;
    return false;
}

static void read_source(struct reader *reader)
{
    const str text = reader->source->text;

    reader->statements =
        sql_parse_schema(reader->arena, reader->source, &(struct diags){.arena = reader->arena});
    for (struct token token = lex_token(text, 0); token.kind != TOKEN_END;
         token = lex_token(text, token.to))
        if (token.kind == TOKEN_COMMENT)
            read_comment(reader, token);
}

void notes_read(struct arena *arena, const struct wanted *wanted, const struct inventory *after,
                const char *word, note_list *notes)
{
    for (size_t i = 0; i < wanted->n_sources; i++) {
        struct reader reader = {arena, wanted->sources[i], after, word, notes, {NULL, 0}};
        if (has_word(reader.source->text, word))
            read_source(&reader);
    }
}
