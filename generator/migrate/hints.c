/* Comments that say how an object was called before:
 *
 *     user_name text, -- @renamed from username
 *     CREATE TYPE level AS ENUM ('minor' @renamed from=low in a block comment, 'major');
 *     -- @renamed from old_schema.old_name
 *     CREATE TABLE new_name (…);
 */
#include <string.h>

#include "migrate/hint.h"
#include "replay/replay.h"
#include "sql/lexer.h"
#include "sql/raw.h"

static const char word[] = "@renamed";

struct hints {
    struct arena *arena;
    const struct source *source;
    const struct inventory *after;
    struct diags *diags;
    hint_list *list;
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

static bool is_hint(str body)
{
    const size_t len = sizeof word - 1;

    return str_starts_with(body, word) && (body.len == len || !lex_is_word_char(body.data[len]));
}

/* --- The name --------------------------------------------------------------------------------- */

static const char *without_quotes(struct arena *arena, str text)
{
    struct buf buf = buf_in(arena);

    for (size_t i = 1; i + 1 < text.len; i++) {
        i += text.data[i] == '\'';
        buf_addc(&buf, text.data[i]);
    }
    return buf_text(&buf);
}

static bool is_name(struct token token)
{
    return token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED || token.kind == TOKEN_STRING;
}

static const char *name_of(struct arena *arena, str text, struct token token)
{
    return token.kind == TOKEN_STRING ? without_quotes(arena, token_text(text, token))
                                      : token_identifier(arena, text, token);
}

/* from name, from=name, from schema.name; a label may stand as 'it is' or as one word. */
static bool read_name(struct arena *arena, str body, struct hint *hint)
{
    struct token token = lex_next(body, sizeof word - 1), dot;

    if (!token_is_word(body, token, "from"))
        return false;
    token = lex_next(body, token.to);
    if (token_is(body, token, "="))
        token = lex_next(body, token.to);
    if (!is_name(token))
        return false;
    hint->old_name = name_of(arena, body, token);
    hint->old_label = token.kind == TOKEN_WORD
                          ? arena_strndup(arena, body.data + token.from, token.to - token.from)
                          : hint->old_name;
    dot = lex_next(body, token.to);
    if (token_is(body, dot, ".")) {
        token = lex_next(body, dot.to);
        if (!is_name(token))
            return false;
        hint->old_schema = hint->old_name;
        hint->old_name = name_of(arena, body, token);
        dot = lex_next(body, token.to);
    }
    return dot.kind == TOKEN_END;
}

/* --- The statement ---------------------------------------------------------------------------- */

static bool has_newline(str text, size_t from, size_t to)
{
    return from < to && memchr(text.data + from, '\n', to - from) != NULL;
}

/* The statement around the comment, the one that ends in front of it in its line, or the next. */
static const struct statement *find_statement(const struct hints *hints, size_t at)
{
    const struct statement *before = NULL;

    for (size_t i = 0; i < hints->statements.n; i++) {
        const struct statement *statement = &hints->statements.items[i];
        const size_t from = (size_t)statement->location, to = from + (size_t)statement->len;
        if (to <= at) {
            before = statement;
            continue;
        }
        if (from > at && before &&
            !has_newline(hints->source->text, (size_t)(before->location + before->len), at))
            return before;
        return statement;
    }
    if (before && !has_newline(hints->source->text, (size_t)(before->location + before->len), at))
        return before;
    return NULL;
}

/* Where CREATE without a schema puts things, after the statements in front of this one. */
static const char *schema_at(const struct hints *hints, const struct statement *end)
{
    const char *schema = "public";

    for (const struct statement *s = hints->statements.items; s < end; s++) {
        const PgQuery__VariableSetStmt *set =
            NODE_IS(s->tree, VARIABLE_SET_STMT) ? s->tree->variable_set_stmt : NULL;
        if (!set || strcmp(set->name, "search_path") != 0)
            continue;
        schema = "public";
        for (size_t i = 0; i < set->n_args; i++) {
            const char *name = raw_constant_text(hints->arena, set->args[i]);
            if (!name || strcmp(name, "$user") == 0)
                continue;
            schema = name;
            break;
        }
    }
    return schema;
}

static void refuse(const struct hints *hints, span at, const char *message, const char *advice)
{
    diag_hint(hints->diags, diag_error(hints->diags, "PL730", at, "%s", message), "%s", advice);
}

static void add(struct hints *hints, struct hint *hint)
{
    for (size_t i = 0; i < hints->list->n; i++) {
        const struct hint *other = &hints->list->items[i];
        struct diag *diag;
        if (other->item != hint->item || !name_eq(other->label, hint->label))
            continue;
        diag = diag_error(hints->diags, "PL731", hint->at,
                          "a second line says how this was called before");
        diag_note(hints->diags, diag, other->at, "the first one is here");
        diag_hint(hints->diags, diag, "remove the one that is wrong");
        return;
    }
    vec_push(hints->arena, hints->list, *hint);
}

static void read_comment(struct hints *hints, struct token token)
{
    const str text = hints->source->text, body = comment_body(token_text(text, token));
    struct hint hint = {.at = span_of(hints->source, (uint32_t)token.from,
                                      (uint32_t)str_trim(token_text(text, token)).len)};
    const struct statement *statement;
    struct element element;
    bool is_part;

    if (!is_hint(body))
        return;
    if (!read_name(hints->arena, body, &hint)) {
        refuse(hints, hint.at, "it cannot be told what the old name is",
               "write \"-- @renamed from old_name\", or from old_schema.old_name");
        return;
    }
    statement = find_statement(hints, token.from);
    is_part = statement && hint_element(hints->arena, statement, token.from, token.to, &element);
    if (!statement || !hint_object(hints->arena, statement, is_part ? &element : NULL,
                                   schema_at(hints, statement), hints->after, &hint))
        refuse(hints, hint.at, "nothing that has a name stands here",
               "write it in the line above, or at the end of the line, of what was renamed; a "
               "constraint needs a name: CONSTRAINT name …");
    else if (hint.old_schema && (hint.label || hint.item->table))
        refuse(hints, hint.at, "what is part of something has no schema of its own",
               "write its old name alone: \"-- @renamed from old_name\"");
    else
        add(hints, &hint);
}

static bool has_word(str text)
{
    for (size_t i = 0; i + sizeof word - 1 <= text.len; i++)
        if (text.data[i] == '@' && memcmp(text.data + i, word, sizeof word - 1) == 0)
            return true;
    return false;
}

static void read_source(struct hints *hints)
{
    const str text = hints->source->text;

    hints->statements =
        sql_parse_schema(hints->arena, hints->source, &(struct diags){.arena = hints->arena});
    for (struct token token = lex_token(text, 0); token.kind != TOKEN_END;
         token = lex_token(text, token.to))
        if (token.kind == TOKEN_COMMENT)
            read_comment(hints, token);
}

void hints_read(struct arena *arena, const struct wanted *wanted, const struct inventory *after,
                struct diags *diags, hint_list *list)
{
    for (size_t i = 0; i < wanted->n_sources; i++) {
        struct hints hints = {arena, wanted->sources[i], after, diags, list, {NULL, 0}};
        if (has_word(hints.source->text))
            read_source(&hints);
    }
}
