/* DO blocks. Their DDL is replayed where its effect is sure:
 *
 *     IF NOT EXISTS (…) THEN CREATE …; END IF;      errors "already exists" are forgiven
 *     IF EXISTS (…) THEN ALTER …; END IF;           errors "does not exist" are forgiven
 *     BEGIN CREATE …; EXCEPTION WHEN duplicate_object THEN …; END;
 *     EXECUTE 'CREATE …';
 *
 * The body is read token by token, statement by statement; other conditions, loops and computed
 * SQL are not evaluated: a block with DDL inside those gets a warning.
 */
#include <string.h>

#include "schema/statements.h"
#include "sql/lexer.h"

/* SQLSTATEs that do not count as errors, from the inside out. */
struct forgiven {
    const struct forgiven *outer;
    const char *const *codes;
    size_t n;
};

struct body {
    struct ddl *ddl;
    str text;
    size_t at;
    span place;       /* of the body in the file */
    bool has_offsets; /* the body stands in the file as it is */
    bool dry;         /* nothing is run, only looked for DDL */
    bool has_skipped_ddl;
    span skipped_at;
    int depth;
};

enum {
    MAX_DEPTH = 100,
};

static const char *const already_exists[] = {"42710", "42P07", "42701", "42723", "42P06"};
static const char *const does_not_exist[] = {"42704", "42P01", "42703", "42883", "3F000"};

static bool run_statements(struct body *body, const struct forgiven *forgiven);

static struct token peek(const struct body *body)
{
    return lex_next(body->text, body->at);
}

static bool is_word(const struct body *body, const char *word)
{
    return token_is_word(body->text, peek(body), word);
}

static bool is_one_of(const struct body *body, const char *const *words)
{
    for (; *words; words++)
        if (is_word(body, *words))
            return true;
    return false;
}

static bool accept(struct body *body, const char *word)
{
    struct token token = peek(body);

    if (!token_is_word(body->text, token, word))
        return false;
    body->at = token.to;
    return true;
}

static bool at_end(const struct body *body)
{
    return peek(body).kind == TOKEN_END;
}

/* Past the word at bracket depth 0; a NULL word stands for the semicolon. */
static void skip_past(struct body *body, const char *word)
{
    int depth = 0;

    for (;;) {
        struct token token = peek(body);
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

static void note_skipped(struct body *body, size_t from)
{
    if (!body->has_skipped_ddl)
        body->skipped_at = place_of(body, from);
    body->has_skipped_ddl = true;
}

/* --- Running SQL ------------------------------------------------------------------------------ */

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
        note_skipped(body, from);
        return true;
    }
    statement_replay(body->ddl->session, &statement);
    if (diags->n_errors == n_errors)
        return true;
    if (is_forgiven(forgiven, diags->list.items[diags->list.n - 1]->code))
        diag_rewind(diags, n_diags);
    return false;
}

static bool is_ddl(const struct body *body)
{
    static const char *const words[] = {"create", "alter", "drop", "comment", NULL};

    return is_one_of(body, words);
}

static bool run_plain(struct body *body, const struct forgiven *forgiven)
{
    size_t from = peek(body).from, to;
    bool ddl = is_ddl(body);

    skip_past(body, NULL);
    to = body->at;
    if (to > from && body->text.data[to - 1] == ';')
        to--;
    if (!ddl)
        return true;
    if (body->dry) {
        note_skipped(body, from);
        return true;
    }
    return run_sql(body, arena_strndup(body->ddl->arena, body->text.data + from, to - from), from,
                   forgiven);
}

/* The text of a simple '…' or $$…$$ constant; NULL for others. */
static const char *string_value(struct arena *arena, str token)
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

/* Only a constant is known; whether computed SQL is DDL shows in its first literal. */
static bool run_execute(struct body *body, const struct forgiven *forgiven)
{
    struct arena *arena = body->ddl->arena;
    struct token token = peek(body), next;
    size_t from = token.from;
    const char *text = NULL;
    struct body inner;

    while (token.kind != TOKEN_STRING && token.kind != TOKEN_END &&
           !token_is(body->text, token, ";"))
        token = lex_next(body->text, token.to);
    if (token.kind == TOKEN_STRING)
        text = string_value(arena, token_text(body->text, token));
    next = lex_next(body->text, token.to);
    skip_past(body, NULL);
    if (!text)
        return true;
    inner = (struct body){.ddl = body->ddl, .text = str_from(text)};
    if (!is_ddl(&inner))
        return true;
    if (body->dry || token.from != from ||
        (!token_is(body->text, next, ";") && next.kind != TOKEN_END)) {
        note_skipped(body, from);
        return true;
    }
    inner.place = place_of(body, from);
    return run_sql(&inner, text, 0, forgiven);
}

/* --- Control structures ----------------------------------------------------------------------- */

static bool run_dry(struct body *body)
{
    bool before = body->dry;

    body->dry = true;
    run_statements(body, NULL);
    body->dry = before;
    return true;
}

static void skip_brackets(struct body *body)
{
    size_t depth = 0;
    struct token token;

    do {
        token = peek(body);
        if (token_is(body->text, token, "("))
            depth++;
        else if (depth > 0 && token_is(body->text, token, ")"))
            depth--;
        body->at = token.to;
    } while (depth > 0 && token.kind != TOKEN_END);
}

/* IF condition THEN … [ELSIF … THEN …] [ELSE …] END IF; */
static bool run_if(struct body *body, const struct forgiven *forgiven)
{
    struct forgiven here = {.outer = forgiven};
    bool is_negated = accept(body, "not"), known = accept(body, "exists");

    here.codes = is_negated ? already_exists : does_not_exist;
    here.n = sizeof already_exists / sizeof *already_exists;
    if (known) {
        skip_brackets(body);
        known = is_word(body, "then"); /* the test must be all of the condition */
    }
    skip_past(body, "then");
    if (known && !body->dry)
        run_statements(body, &here);
    else
        run_dry(body);
    while (accept(body, "elsif") || accept(body, "elseif")) {
        skip_past(body, "then");
        run_dry(body);
    }
    if (accept(body, "else"))
        run_dry(body);
    skip_past(body, NULL);
    return true;
}

/* CASE … END CASE; */
static bool run_case(struct body *body)
{
    while (!at_end(body)) {
        if (is_ddl(body))
            note_skipped(body, body->at);
        if (accept(body, "end") && is_word(body, "case"))
            break;
        body->at = peek(body).to;
    }
    skip_past(body, NULL);
    return true;
}

static bool run_loop(struct body *body)
{
    skip_past(body, "loop");
    run_dry(body);
    skip_past(body, NULL);
    return true;
}

/* The SQLSTATEs of condition names (manual, appendix A). */
static const char *condition_code(const struct body *body)
{
    static const char *const conditions[][2] = {{"duplicate_object", "42710"},
                                                {"duplicate_table", "42P07"},
                                                {"duplicate_column", "42701"},
                                                {"duplicate_function", "42723"},
                                                {"duplicate_schema", "42P06"},
                                                {"undefined_table", "42P01"},
                                                {"undefined_object", "42704"},
                                                {"undefined_column", "42703"},
                                                {"undefined_function", "42883"},
                                                {"invalid_schema_name", "3F000"},
                                                {"unique_violation", "23505"},
                                                {"invalid_table_definition", "42P16"},
                                                {"others", "*"}};

    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
        if (is_word(body, conditions[i][0]))
            return conditions[i][1];
    return NULL;
}

/* WHEN a OR b THEN …, after EXCEPTION; the handlers themselves are not run. */
static void read_handlers(struct body *body, struct forgiven *forgiven)
{
    VEC(const char *) codes = {0};

    while (accept(body, "when")) {
        while (!at_end(body) && !accept(body, "then")) {
            const char *code = condition_code(body);
            struct token token = peek(body);
            if (token.kind == TOKEN_STRING)
                code = string_value(body->ddl->arena, token_text(body->text, token));
            if (code)
                vec_push(body->ddl->arena, &codes, code);
            body->at = token.to;
        }
        run_dry(body);
    }
    forgiven->codes = codes.items;
    forgiven->n = codes.n;
}

static bool run_dry_block(struct body *body)
{
    struct forgiven none = {0};

    run_dry(body);
    if (accept(body, "exception"))
        read_handlers(body, &none);
    skip_past(body, NULL);
    return true;
}

/* [DECLARE …] BEGIN … [EXCEPTION …] END. The handlers are read first: they say what to forgive. */
static bool run_block(struct body *body, const struct forgiven *forgiven)
{
    struct forgiven here = {.outer = forgiven};
    struct body ahead;
    bool ok;

    if (accept(body, "declare"))
        while (!at_end(body) && !is_word(body, "begin"))
            skip_past(body, NULL);
    if (!accept(body, "begin")) {
        body->at = body->text.len;
        return true;
    }
    if (body->dry)
        return run_dry_block(body);
    ahead = *body;
    run_dry(&ahead);
    ahead.has_skipped_ddl = body->has_skipped_ddl;
    if (accept(&ahead, "exception"))
        read_handlers(&ahead, &here);
    if (ahead.has_skipped_ddl)
        note_skipped(body, ahead.at);
    ok = run_statements(body, &here);
    body->at = ahead.at;
    skip_past(body, NULL);
    return ok || here.n > 0;
}

static bool run_statement(struct body *body, const struct forgiven *forgiven)
{
    static const char *const loops[] = {"for", "foreach", "while", "loop", NULL};
    static const char *const blocks[] = {"begin", "declare", NULL};

    if (is_one_of(body, blocks))
        return run_block(body, forgiven);
    if (accept(body, "if"))
        return run_if(body, forgiven);
    if (accept(body, "case"))
        return run_case(body);
    if (is_one_of(body, loops))
        return run_loop(body);
    if (accept(body, "execute"))
        return run_execute(body, forgiven);
    return run_plain(body, forgiven);
}

/* Up to the word that ends the list; after an error the rest is looked at but not run. */
static bool run_statements(struct body *body, const struct forgiven *forgiven)
{
    static const char *const ends[] = {"end", "exception", "else", "elsif", "elseif", "when", NULL};
    bool ok = true;

    if (body->depth++ > MAX_DEPTH)
        body->at = body->text.len;
    while (!at_end(body) && !is_one_of(body, ends)) {
        if (ok) {
            ok = run_statement(body, forgiven);
        } else {
            struct body rest = *body;
            rest.dry = true;
            run_statement(&rest, forgiven);
            body->at = rest.at;
        }
    }
    body->depth--;
    return ok;
}

/* --- The statement ---------------------------------------------------------------------------- */

static const char *body_text(const PgQuery__DoStmt *statement, bool *is_plpgsql)
{
    const PgQuery__DefElem *language =
        definition_find(statement->args, statement->n_args, "language");
    const PgQuery__DefElem *as = definition_find(statement->args, statement->n_args, "as");

    *is_plpgsql = !language || !node_string(language->arg) ||
                  strcmp(node_string(language->arg), "plpgsql") == 0;
    return as ? node_string(as->arg) : NULL;
}

/* A dollar-quoted body stands in the text as it is. */
static void find_place(struct ddl *ddl, struct body *body, const char *text)
{
    const char *start = ddl->sql->text + ddl->statement.location;
    const char *found = strstr(start, text);

    body->place = ddl_span(ddl, -1);
    if (!found || found + body->text.len > start + ddl->statement.len)
        return;
    body->has_offsets = true;
    body->place = sql_range_span(ddl->sql, (int)(found - ddl->sql->text),
                                 (int)(found - ddl->sql->text + (ptrdiff_t)body->text.len));
}

void ddl_do(struct ddl *ddl, const PgQuery__DoStmt *statement)
{
    bool is_plpgsql;
    const char *text = body_text(statement, &is_plpgsql);
    struct body body = {.ddl = ddl};
    struct diag *diag;

    if (!text || !is_plpgsql)
        return;
    body.text = str_from(text);
    find_place(ddl, &body, text);
    run_block(&body, NULL);
    if (!body.has_skipped_ddl)
        return;
    diag = diag_warning(ddl->diags, "PL304", body.skipped_at,
                        "this statement of a DO block depends on what only a server can know; it "
                        "is left out");
    diag_hint(ddl->diags, diag, "write DDL that queries depend on outside of the DO block");
}
