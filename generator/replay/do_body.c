/* Words and statements of a PL/pgSQL body. What is not DDL is skipped; DDL is replayed in the
 * session, with places that lead back to the file.
 */
#include "replay/do_body.h"

#include <string.h>

#include "replay/do_constant.h"
#include "replay/script.h"

struct token body_peek(const struct body *body)
{
    return lex_next(body->text, body->at);
}

bool body_is_word(const struct body *body, const char *word)
{
    return token_is_word(body->text, body_peek(body), word);
}

bool body_is_one_of(const struct body *body, const char *const *words)
{
    for (; *words; words++)
        if (body_is_word(body, *words))
            return true;
    return false;
}

bool body_accept(struct body *body, const char *word)
{
    struct token token = body_peek(body);

    if (!token_is_word(body->text, token, word))
        return false;
    body->at = token.to;
    return true;
}

bool body_at_end(const struct body *body)
{
    return body_peek(body).kind == TOKEN_END;
}

void body_skip_past(struct body *body, const char *word)
{
    int depth = 0;

    for (;;) {
        struct token token = body_peek(body);
        if (token.kind == TOKEN_END)
            return;
        body->at = token.to;
        if (token_is(body->text, token, "(") || token_is(body->text, token, "["))
            depth++;
        else if (token_is(body->text, token, ")") || token_is(body->text, token, "]"))
            depth--;
        else if (depth <= 0 &&
                 (word ? token_is_word(body->text, token, word) : token_is(body->text, token, ";")))
            return;
    }
}

static span place_of(const struct body *body, size_t from)
{
    span at = body->place;

    if (body->has_offsets) {
        struct token token = lex_next(body->text, from);
        at.offset += (uint32_t)token.from;
        at.len = (uint32_t)(token.to - token.from);
    }
    return at;
}

void body_note_skipped(struct body *body, size_t from)
{
    if (!body->has_skipped_ddl)
        body->skipped_at = place_of(body, from);
    body->has_skipped_ddl = true;
}

static bool is_forgiven(const struct forgiven *forgiven, const char *code)
{
    for (; forgiven; forgiven = forgiven->outer)
        for (size_t i = 0; i < forgiven->n; i++)
            if (*forgiven->codes[i] == '*' || strcmp(forgiven->codes[i], code) == 0)
                return true;
    return false;
}

static const struct sql *sql_for(const struct body *body, const char *text, span at)
{
    struct arena *arena = body->ddl->arena;
    struct sql *sql = arena_new(arena, struct sql);
    struct sql_segment *segment = arena_new(arena, struct sql_segment);

    *segment = (struct sql_segment){
        .source_offset = at.offset, .source_len = at.len, .synthetic = !body->has_offsets};
    *sql = (struct sql){.source = at.source,
                        .text = text,
                        .len = strlen(text),
                        .segments = segment,
                        .n_segments = 1};
    return sql;
}

/* False when the statement failed. */
static bool run_sql(struct body *body, const char *text, size_t from,
                    const struct forgiven *forgiven)
{
    struct diags *diags = body->ddl->diags;
    size_t n_diags = diags->list.n, n_errors = diags->n_errors;
    struct statement statement;

    if (!sql_parse_one(body->ddl->arena, sql_for(body, text, place_of(body, from)), diags,
                       &statement)) {
        diag_rewind(diags, n_diags);
        body_note_skipped(body, from);
        return true;
    }
    statement_replay(body->ddl->session, &statement);
    if (diags->n_errors == n_errors)
        return true;
    if (is_forgiven(forgiven, diags->list.items[diags->list.n - 1]->code))
        diag_rewind(diags, n_diags);
    return false;
}

bool body_is_ddl(const struct body *body)
{
    static const char *const words[] = {"create", "alter", "drop", "comment", NULL};

    return body_is_one_of(body, words);
}

/* What no query's types depend on. */
static const char *const harmless[] = {
    "trigger", "policy",       "index", "publication", "database", "statistics",
    "role",    "subscription", "user",  "tablespace",  "event",
};

enum { N_HARMLESS = sizeof harmless / sizeof *harmless };

const char *const *body_kinds(struct arena *arena, unsigned kinds)
{
    VEC(const char *) words = {0};

    for (size_t i = 0; i < N_HARMLESS; i++)
        if (kinds & 1U << i)
            vec_push(arena, &words, harmless[i]);
    vec_push(arena, &words, NULL);
    return kinds ? words.items : NULL;
}

/* Of CREATE and DROP: the index of the kind of object, N_HARMLESS for others. */
static size_t harmless_kind(struct body words)
{
    size_t kind = 0;

    if (body_accept(&words, "create") && body_accept(&words, "or"))
        body_accept(&words, "replace");
    else
        body_accept(&words, "drop");
    body_accept(&words, "constraint");
    body_accept(&words, "unique");
    while (kind < N_HARMLESS && !body_is_word(&words, harmless[kind]))
        kind++;
    return kind;
}

static void note_skipped(struct body *body, const struct body *statement, size_t from)
{
    const size_t kind = harmless_kind(*statement);

    if (body_is_word(statement, "comment"))
        return;
    if (kind < N_HARMLESS)
        body->skipped_kinds |= 1U << kind;
    else
        body_note_skipped(body, from);
}

bool body_run_plain(struct body *body, const struct forgiven *forgiven)
{
    const struct body statement = *body;
    size_t from = body_peek(body).from, to;
    bool ddl = body_is_ddl(body);

    body_skip_past(body, NULL);
    to = body->at;
    if (to > from && body->text.data[to - 1] == ';')
        to--;
    if (!ddl)
        return true;
    if (body->dry) {
        note_skipped(body, &statement, from);
        return true;
    }
    return run_sql(body, arena_strndup(body->ddl->arena, body->text.data + from, to - from), from,
                   forgiven);
}

const char *body_string_value(struct arena *arena, str token)
{
    struct buf value = buf_in(arena);
    size_t tag = 1;

    if (token.len >= 2 && token.data[0] == '\'') {
        for (size_t i = 1; i + 1 < token.len; i++) {
            buf_addc(&value, token.data[i]);
            i += token.data[i] == '\'';
        }
        return buf_text(&value);
    }
    if (token.len < 4 || token.data[0] != '$')
        return NULL;
    while (token.data[tag] != '$')
        tag++;
    tag++;
    return token.len >= 2 * tag ? arena_strndup(arena, token.data + tag, token.len - 2 * tag)
                                : NULL;
}

/* The first literal of computed SQL shows whether it is DDL. */
static const char *first_literal(const struct body *body)
{
    for (struct token token = body_peek(body);
         token.kind != TOKEN_END && !token_is(body->text, token, ";");
         token = lex_next(body->text, token.to))
        if (token.kind == TOKEN_STRING)
            return body_string_value(body->ddl->arena, token_text(body->text, token));
    return NULL;
}

/* The expression after EXECUTE. */
static const char *executed_expression(const struct body *body)
{
    static const char *const ends[] = {"into", "using", NULL};
    const size_t from = body_peek(body).from;
    struct body end = *body;

    while (!body_at_end(&end) && !body_is_one_of(&end, ends) &&
           !token_is(end.text, body_peek(&end), ";"))
        end.at = body_peek(&end).to;
    return arena_strndup(body->ddl->arena, body->text.data + from, end.at - from);
}

/* A statement with literals that are not known: the rest of it is, unless it fails. */
static void run_guessed(struct body *body, struct body *inner, size_t from)
{
    static const char *const any[] = {"*"};
    const struct forgiven forgiven = {.codes = any, .n = 1};

    if (!run_sql(inner, inner->text.data, 0, &forgiven) || inner->has_skipped_ddl)
        note_skipped(body, inner, from);
}

bool body_run_execute(struct body *body, const struct forgiven *forgiven)
{
    const size_t from = body_peek(body).from;
    bool is_guessed;
    const char *constant = do_constant(body->ddl, executed_expression(body), &is_guessed);
    const char *text = constant ? constant : first_literal(body);
    struct body inner;

    body_skip_past(body, NULL);
    if (!text)
        return true;
    inner = (struct body){.ddl = body->ddl, .text = str_from(text)};
    if (!body_is_ddl(&inner))
        return true;
    if (body->dry || !constant) {
        note_skipped(body, &inner, from);
        return true;
    }
    inner.place = place_of(body, from);
    if (!is_guessed)
        return run_sql(&inner, text, 0, forgiven);
    run_guessed(body, &inner, from);
    return true;
}
