/* The body is read token by token: BEGIN, statements of DDL, what is done about errors if that is
 * nothing, END. Whatever else stands there makes the block one that a person has to describe.
 */
#include "adopt/effect.h"

#include <string.h>

#include "sql/lexer.h"
#include "sql/raw.h"
#include "support/buf.h"

struct body {
    struct arena *arena;
    str text;
    size_t at;
};

static bool accept(struct body *body, const char *word)
{
    const struct token token = lex_next(body->text, body->at);

    if (!token_is_word(body->text, token, word) && !token_is(body->text, token, word))
        return false;
    body->at = token.to;
    return true;
}

static bool is_ddl(const struct body *body)
{
    static const char *const words[] = {"create", "alter", "drop", "comment", "grant", "revoke"};
    const struct token token = lex_next(body->text, body->at);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(body->text, token, words[i]))
            return true;
    return false;
}

/* The statement up to its semicolon, on one line. False: it has none, or a string of two lines. */
static bool take_statement(struct body *body, struct buf *lines)
{
    buf_adds(lines, "-- @effect");
    for (;;) {
        const struct token token = lex_next(body->text, body->at);
        const str part = token_text(body->text, token);
        if (token.kind == TOKEN_END || memchr(part.data, '\n', part.len))
            return false;
        if (token.from > body->at || str_ends_with(buf_str(lines), "@effect"))
            buf_addc(lines, ' ');
        body->at = token.to;
        if (token_is(body->text, token, ";"))
            break;
        buf_add(lines, part.data, part.len);
    }
    buf_addc(lines, '\n');
    return true;
}

/* EXCEPTION WHEN duplicate_object THEN null; */
static bool take_handlers(struct body *body)
{
    if (!accept(body, "exception"))
        return true;
    while (accept(body, "when")) {
        body->at = lex_next(body->text, body->at).to;
        if (!accept(body, "then") || (accept(body, "null"), !accept(body, ";")))
            return false;
    }
    return true;
}

static const char *text_of_block(const PgQuery__DoStmt *block)
{
    for (size_t i = 0; i < block->n_args; i++)
        if (NODE_IS(block->args[i], DEF_ELEM) &&
            strcmp(block->args[i]->def_elem->defname, "as") == 0)
            return raw_string(block->args[i]->def_elem->arg);
    return NULL;
}

const char *effect_lines(struct arena *arena, const struct statement *statement)
{
    const char *text =
        NODE_IS(statement->tree, DO_STMT) ? text_of_block(statement->tree->do_stmt) : NULL;
    struct body body = {.arena = arena, .text = str_from(text)};
    struct buf lines = buf_in(arena);

    if (!text || !accept(&body, "begin"))
        return "";
    while (is_ddl(&body))
        if (!take_statement(&body, &lines))
            return "";
    if (!take_handlers(&body) || !accept(&body, "end"))
        return "";
    accept(&body, ";");
    return lex_next(body.text, body.at).kind == TOKEN_END ? buf_text(&lines) : "";
}
