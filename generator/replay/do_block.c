/* DO blocks. Their DDL is replayed where its effect is sure:
 *
 *     IF EXISTS (…) THEN ALTER …; ELSE …; END IF;   the branch that the schema so far leads to
 *     IF NOT EXISTS (…) THEN CREATE …; END IF;      not understood: "already exists" is forgiven
 *     BEGIN CREATE …; EXCEPTION WHEN duplicate_object THEN …; END;
 *     EXECUTE 'CREATE …';
 *     EXECUTE format('CREATE TABLE %I …', 'name');
 *     EXECUTE format('ALTER TABLE t ADD c text DEFAULT %L', who);   whatever that literal says
 *
 * The body is read token by token, statement by statement; other conditions, loops and computed
 * SQL are not evaluated: a block with DDL inside those gets a warning.
 */
#include <string.h>

#include "catalog/unseen.h"
#include "ddl/statements.h"
#include "replay/do_body.h"
#include "replay/do_condition.h"

enum {
    MAX_DEPTH = 100,
};

static const char *const already_exists[] = {"42710", "42P07", "42701", "42723", "42P06"};
static const char *const does_not_exist[] = {"42704", "42P01", "42703", "42883", "3F000"};

static bool run_statements(struct body *body, const struct forgiven *forgiven);

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
        token = body_peek(body);
        if (token_is(body->text, token, "("))
            depth++;
        else if (depth > 0 && token_is(body->text, token, ")"))
            depth--;
        body->at = token.to;
    } while (depth > 0 && token.kind != TOKEN_END);
}

/* What is not run for sure leaves nothing out that one should know of. */
static void skip_branch(struct body *body)
{
    struct body ahead = *body;

    run_dry(&ahead);
    body->at = ahead.at;
}

struct condition {
    enum truth truth;
    struct forgiven forgiven; /* of a test for existence that is not understood: taken as made */
};

/* Up to and past THEN. */
static struct condition read_condition(struct body *body)
{
    struct condition condition = {0};
    const size_t from = body->at;
    struct body test = *body;
    bool is_negated = body_accept(&test, "not");

    if (body_accept(&test, "exists")) {
        skip_brackets(&test);
        if (body_is_word(&test, "then")) { /* the test must be all of the condition */
            condition.forgiven.codes = is_negated ? already_exists : does_not_exist;
            condition.forgiven.n = sizeof already_exists / sizeof *already_exists;
        }
    }
    body_skip_past(body, "then");
    if (!body->dry && body->at - from > strlen("then"))
        condition.truth =
            do_condition(body->ddl, arena_strndup(body->ddl->arena, body->text.data + from,
                                                  body->at - from - strlen("then")));
    return condition;
}

/* Of the branches of an IF, so far: */
enum branch_taken { NONE_TAKEN, MAYBE_TAKEN, ONE_TAKEN };

/* False when a statement failed. */
static bool run_branch(struct body *body, struct condition *condition, enum branch_taken *taken)
{
    const struct forgiven *forgiven = condition->forgiven.outer;

    if (*taken == ONE_TAKEN || condition->truth == TRUTH_FALSE) {
        skip_branch(body);
        return true;
    }
    if (body->dry || *taken == MAYBE_TAKEN)
        return run_dry(body);
    *taken = condition->truth == TRUTH_TRUE ? ONE_TAKEN : MAYBE_TAKEN;
    if (*taken == ONE_TAKEN)
        return run_statements(body, forgiven);
    if (condition->forgiven.n)
        run_statements(body, &condition->forgiven);
    else
        run_dry(body);
    return true;
}

/* IF condition THEN … [ELSIF … THEN …] [ELSE …] END IF; */
static bool run_if(struct body *body, const struct forgiven *forgiven)
{
    enum branch_taken taken = NONE_TAKEN;
    struct condition condition;
    bool ok = true;

    do {
        condition = read_condition(body);
        condition.forgiven.outer = forgiven;
        ok = run_branch(body, &condition, &taken) && ok;
    } while (body_accept(body, "elsif") || body_accept(body, "elseif"));
    if (body_accept(body, "else")) {
        condition = (struct condition){.truth = TRUTH_TRUE, .forgiven.outer = forgiven};
        ok = run_branch(body, &condition, &taken) && ok;
    }
    body_skip_past(body, NULL);
    return ok;
}

/* CASE … END CASE; */
static bool run_case(struct body *body)
{
    while (!body_at_end(body)) {
        if (body_is_ddl(body))
            body_note_skipped(body, body->at);
        if (body_accept(body, "end") && body_is_word(body, "case"))
            break;
        body->at = body_peek(body).to;
    }
    body_skip_past(body, NULL);
    return true;
}

static bool run_loop(struct body *body)
{
    body_skip_past(body, "loop");
    run_dry(body);
    body_skip_past(body, NULL);
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
        if (body_is_word(body, conditions[i][0]))
            return conditions[i][1];
    return NULL;
}

/* WHEN a OR b THEN …, after EXCEPTION; the handlers themselves are not run. */
static void read_handlers(struct body *body, struct forgiven *forgiven)
{
    VEC(const char *) codes = {0};

    while (body_accept(body, "when")) {
        while (!body_at_end(body) && !body_accept(body, "then")) {
            const char *code = condition_code(body);
            struct token token = body_peek(body);
            if (token.kind == TOKEN_STRING)
                code = body_string_value(body->ddl->arena, token_text(body->text, token));
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
    if (body_accept(body, "exception"))
        read_handlers(body, &none);
    body_skip_past(body, NULL);
    return true;
}

/* [DECLARE …] BEGIN … [EXCEPTION …] END. The handlers are read first: they say what to forgive. */
static bool run_block(struct body *body, const struct forgiven *forgiven)
{
    struct forgiven here = {.outer = forgiven};
    struct body ahead;
    bool ok;

    if (body_accept(body, "declare"))
        while (!body_at_end(body) && !body_is_word(body, "begin"))
            body_skip_past(body, NULL);
    if (!body_accept(body, "begin")) {
        body->at = body->text.len;
        return true;
    }
    if (body->dry)
        return run_dry_block(body);
    ahead = *body;
    run_dry(&ahead);
    ahead.has_skipped_ddl = body->has_skipped_ddl;
    ahead.skipped_kinds = body->skipped_kinds;
    if (body_accept(&ahead, "exception"))
        read_handlers(&ahead, &here);
    if (ahead.has_skipped_ddl)
        body_note_skipped(body, ahead.at);
    body->skipped_kinds |= ahead.skipped_kinds;
    ok = run_statements(body, &here);
    body->at = ahead.at;
    body_skip_past(body, NULL);
    return ok || here.n > 0;
}

static bool run_statement(struct body *body, const struct forgiven *forgiven)
{
    static const char *const loops[] = {"for", "foreach", "while", "loop", NULL};
    static const char *const blocks[] = {"begin", "declare", NULL};

    if (body_is_one_of(body, blocks))
        return run_block(body, forgiven);
    if (body_accept(body, "if"))
        return run_if(body, forgiven);
    if (body_accept(body, "case"))
        return run_case(body);
    if (body_is_one_of(body, loops))
        return run_loop(body);
    if (body_accept(body, "execute"))
        return body_run_execute(body, forgiven);
    return body_run_plain(body, forgiven);
}

/* Up to the word that ends the list; after an error the rest is looked at but not run. */
static bool run_statements(struct body *body, const struct forgiven *forgiven)
{
    static const char *const ends[] = {"end", "exception", "else", "elsif", "elseif", "when", NULL};
    bool ok = true;

    if (body->depth++ > MAX_DEPTH)
        body->at = body->text.len;
    while (!body_at_end(body) && !body_is_one_of(body, ends)) {
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

    *is_plpgsql = !language || !raw_string(language->arg) ||
                  strcmp(raw_string(language->arg), "plpgsql") == 0;
    return as ? raw_string(as->arg) : NULL;
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
    if (body.has_skipped_ddl || body.skipped_kinds)
        catalog_add_unseen(
            ddl->catalog,
            (struct unseen){
                .at = ddl_span(ddl, -1),
                .kinds = body.has_skipped_ddl ? NULL : body_kinds(ddl->arena, body.skipped_kinds)});
    if (!body.has_skipped_ddl)
        return;
    catalog_set_incomplete(ddl->catalog);
    diag = diag_warning(ddl->diags, "PL304", body.skipped_at,
                        "this statement of a DO block depends on what only a server can know; it "
                        "is left out");
    diag_hint(ddl->diags, diag, "write DDL that queries depend on outside of the DO block");
}
