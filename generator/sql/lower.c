/* Three passes over the tokens of a statement: collect them, note which $n are taken, then write
 * the text again with every named parameter and macro replaced.
 *
 *     WHERE a =@x AND b IN (sqlc.slice(ids))   →   WHERE a =$1 AND b = ANY ($2)
 *
 * What is replaced is found by tokens, so that an @ in a string, a comment or a longer operator is
 * left alone.
 */
#include "sql/lower.h"

#include <stdlib.h>
#include <string.h>

#include "sql/lexer.h"
#include "sql/macro.h"
#include "sql/sql_writer.h"
#include "support/map.h"

enum { MOST_PARAMS = 65535 }; /* of the Bind message */

struct lowering {
    struct arena *arena;
    const struct source *source;
    struct token_list tokens;
    struct operator_oracle operators;
    struct diags *diags;
    struct annotated_query *query;
    VEC(size_t) by_number; /* [n]: 1 + the index of $n among the parameters, 0: it is free */
    int first_free;        /* no lower number is */
    struct map by_name;    /* name → &numbers of the query's parameters */
    struct sql_writer writer;
    size_t written; /* end in the file of what has been written */
    bool failed;
};

static span span_between(const struct lowering *lowering, size_t from, size_t to)
{
    return span_of(lowering->source, (uint32_t)from, (uint32_t)(to - from));
}

static bool token_at_is(const struct lowering *lowering, size_t i, const char *symbol)
{
    return i < lowering->tokens.n &&
           token_is(lowering->tokens.text, lowering->tokens.items[i], symbol);
}

static bool word_at_is(const struct lowering *lowering, size_t i, const char *word)
{
    return i < lowering->tokens.n &&
           token_is_word(lowering->tokens.text, lowering->tokens.items[i], word);
}

/* --- Parameters ------------------------------------------------------------------------------- */

static struct named_param *find_number(struct lowering *lowering, int number)
{
    size_t index = (size_t)number < lowering->by_number.n ? lowering->by_number.items[number] : 0;

    return index ? &lowering->query->params.items[index - 1] : NULL;
}

static struct named_param *find_name(struct lowering *lowering, const char *name)
{
    const int *number = map_find(&lowering->by_name, name);

    return number ? find_number(lowering, *number) : NULL;
}

static struct named_param *add_param(struct lowering *lowering, struct named_param param)
{
    struct arena *arena = lowering->arena;

    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): vec_push has made room */
    vec_push(arena, &lowering->query->params, param);
    while (lowering->by_number.n <= (size_t)param.number)
        vec_push(arena, &lowering->by_number, 0);
    lowering->by_number.items[param.number] = lowering->query->params.n;
    if (param.name) {
        int *number = arena_new(arena, int);

        *number = param.number;
        map_put(&lowering->by_name, param.name, number);
    }
    return find_number(lowering, param.number);
}

/* The lowest number that nothing has. */
static int free_number(struct lowering *lowering)
{
    while (find_number(lowering, lowering->first_free))
        lowering->first_free++;
    return lowering->first_free;
}

/* $n as the file writes it. */
static void note_numbered(struct lowering *lowering, struct token token)
{
    long number = strtol(lowering->source->text.data + token.from + 1, NULL, 10);

    if (number > MOST_PARAMS) {
        diag_error(lowering->diags, "42P02", span_between(lowering, token.from, token.to),
                   "there is no parameter %.*s", (int)(token.to - token.from),
                   lowering->source->text.data + token.from);
        lowering->failed = true;
    } else if (!find_number(lowering, (int)number)) {
        add_param(lowering, (struct named_param){
                                .number = (int)number,
                                .at = span_between(lowering, token.from, token.to),
                            });
    }
}

/* The parameter of that name; at its first use it takes the lowest free number. */
static struct named_param *use_named(struct lowering *lowering, const char *name,
                                     enum macro_kind kind, span at)
{
    struct named_param *param = find_name(lowering, name);

    if (!lex_is_c_identifier(str_from(name))) {
        struct diag *diag = diag_error(lowering->diags, "PL113", at,
                                       "\"%s\" cannot be the name of a parameter", name);
        diag_hint(lowering->diags, diag, "use ASCII letters, digits and _");
        lowering->failed = true;
    }
    if (!param) {
        param = add_param(lowering, (struct named_param){.number = free_number(lowering),
                                                         .name = name,
                                                         .slice = kind == MACRO_SLICE,
                                                         .at = at});
    } else if (param->slice != (kind == MACRO_SLICE)) {
        struct diag *diag =
            diag_error(lowering->diags, "PL114", at,
                       "parameter \"%s\" is used both as a slice and as one value", name);
        diag_note(lowering->diags, diag, param->at, "it is first used here");
        lowering->failed = true;
    }
    param->nullable = param->nullable || kind == MACRO_NARG;
    return param;
}

/* --- Writing ---------------------------------------------------------------------------------- */

/* Writes what is between the last thing written and the byte `to`. */
static void write_gap(struct lowering *lowering, size_t to)
{
    sql_write_gap(&lowering->writer, lowering->written, to);
    lowering->written = to;
}

static void write_source(struct lowering *lowering, size_t from, size_t to)
{
    write_gap(lowering, from);
    sql_write_copy(&lowering->writer, from, to);
    lowering->written = to;
}

static void write_instead(struct lowering *lowering, const char *text, size_t from, size_t to)
{
    write_gap(lowering, from);
    sql_write_text(&lowering->writer, text, from, to);
    lowering->written = to;
}

static void write_param(struct lowering *lowering, const char *name, enum macro_kind kind,
                        size_t from, size_t to)
{
    struct named_param *param = use_named(lowering, name, kind, span_between(lowering, from, to));

    write_instead(lowering, arena_printf(lowering->arena, "$%d", param->number), from, to);
}

static void write_embed(struct lowering *lowering, const struct macro *macro, size_t from,
                        size_t to)
{
    str table = str_slice(lowering->source->text, macro->first.from, macro->last.to);
    const char *text = arena_printf(lowering->arena, "%.*s.*", (int)table.len, table.data);

    if (macro->last.kind == TOKEN_STRING)
        text = arena_printf(lowering->arena, "%s.*", macro->name);
    write_instead(lowering, text, from, to);
    vec_push(lowering->arena, &lowering->query->embeds,
             (struct embed){macro->name, (int)(lowering->writer.out.len - strlen(text))});
}

/* --- What is replaced: each returns the number of tokens taken, 0 when it is something else ------
 */

/* `[NOT] IN (sqlc.slice(x))`, with the whole list being that slice. */
static size_t lower_in_slice(struct lowering *lowering, size_t i)
{
    const struct token *tokens = lowering->tokens.items;
    size_t in = i + word_at_is(lowering, i, "not"), macro_at = in + 2, close;
    struct macro macro;
    enum macro_result result;

    if (!word_at_is(lowering, in, "in") || !token_at_is(lowering, in + 1, "(") ||
        macro_at >= lowering->tokens.n || !word_at_is(lowering, macro_at + 2, "slice"))
        return 0;
    result = macro_read(lowering->arena, lowering->source, &lowering->tokens, macro_at,
                        lowering->diags, &macro);
    if (result == MACRO_NONE)
        return 0;
    if (result == MACRO_ERROR) {
        lowering->failed = true;
        return macro_at - i + 1;
    }
    close = macro_at + macro.n_tokens;
    if (!token_at_is(lowering, close, ")")) {
        diag_error(lowering->diags, "PL115",
                   span_between(lowering, tokens[macro_at].from, tokens[close - 1].to),
                   "sqlc.slice must be all there is in the list of IN");
        lowering->failed = true;
        return close - i;
    }
    write_instead(lowering, in > i ? "<> ALL (" : "= ANY (", tokens[i].from, tokens[macro_at].from);
    write_param(lowering, macro.name, MACRO_SLICE, tokens[macro_at].from, tokens[close - 1].to);
    write_source(lowering, tokens[close].from, tokens[close].to);
    return close - i + 1;
}

/* Whether an operator is called so; `!=` is another spelling of `<>`, which alone is one. */
static bool names_operator(struct lowering *lowering, str symbol)
{
    return str_is(symbol, "!=") ||
           lowering->operators.is_operator(lowering->operators.context,
                                           arena_strndup(lowering->arena, symbol.data, symbol.len));
}

/* Whether the text, which may be several operators written together, is made of operators only. */
static bool is_all_operators(struct lowering *lowering, size_t from, size_t to)
{
    str text = str_slice(lowering->source->text, 0, to);

    for (size_t at = from; at < to;) {
        struct token token = lex_token(text, at);
        str symbol = token_text(text, token);
        if (token.kind != TOKEN_OPERATOR)
            return false;
        if (!str_is(symbol, "=>") && !names_operator(lowering, symbol))
            return false;
        at = token.to;
    }
    return true;
}

/* A slice is one array parameter, so that it cannot share the list of IN with other values. */
static void check_slice_place(struct lowering *lowering, size_t i, span at)
{
    size_t depth = 1, open = i;

    while (open > 0 && depth > 0) {
        open--;
        depth += token_at_is(lowering, open, ")");
        depth -= token_at_is(lowering, open, "(");
    }
    if (depth > 0 || open == 0 || !word_at_is(lowering, open - 1, "in"))
        return;
    diag_error(lowering->diags, "PL115", at, "sqlc.slice must be all there is in the list of IN");
    lowering->failed = true;
}

static size_t lower_macro(struct lowering *lowering, size_t i)
{
    const struct token *tokens = lowering->tokens.items;
    struct macro macro;
    size_t to;

    switch (macro_read(lowering->arena, lowering->source, &lowering->tokens, i, lowering->diags,
                       &macro)) {
    case MACRO_NONE:
        return 0;
    case MACRO_ERROR:
        lowering->failed = true;
        return 1;
    case MACRO_FOUND:
        break;
    }
    to = tokens[i + macro.n_tokens - 1].to;
    if (macro.kind == MACRO_SLICE)
        check_slice_place(lowering, i, span_between(lowering, tokens[i].from, to));
    if (macro.kind == MACRO_EMBED)
        write_embed(lowering, &macro, tokens[i].from, to);
    else
        write_param(lowering, macro.name, macro.kind, tokens[i].from, to);
    return macro.n_tokens;
}

/* `@x`, and the `@x` of `=@x`, which PostgreSQL would read as the operator `=@`. */
static size_t lower_at_name(struct lowering *lowering, size_t i)
{
    const struct token *tokens = lowering->tokens.items;
    str text = lowering->tokens.text;
    struct token op = tokens[i], name;
    size_t at = op.to - 1;

    if (op.kind != TOKEN_OPERATOR || text.data[at] != '@' || i + 1 >= lowering->tokens.n)
        return 0;
    name = tokens[i + 1];
    if (name.from != op.to || (name.kind != TOKEN_WORD && name.kind != TOKEN_QUOTED))
        return 0;
    if (at > op.from) {
        if (names_operator(lowering, token_text(text, op)) ||
            !is_all_operators(lowering, op.from, at))
            return 0;
        write_source(lowering, op.from, at);
    }
    write_param(lowering, token_identifier(lowering->arena, text, name), MACRO_ARG, at, name.to);
    return 2;
}

/* --- The passes ---------------------------------------------------------------------------------
 */

static void collect_tokens(struct lowering *lowering, size_t from, size_t to)
{
    str text = str_slice(lowering->source->text, 0, to);
    VEC(struct token) tokens = {0};

    for (struct token token = lex_next(text, from); token.kind != TOKEN_END;
         token = lex_next(text, token.to)) {
        vec_push(lowering->arena, &tokens, token);
        if (token.kind == TOKEN_PARAM)
            note_numbered(lowering, token);
    }
    lowering->tokens = (struct token_list){text, tokens.items, tokens.n};
}

/* Hints before the first token belong to the statement; other comments there do not. */
static void write_leading_hints(struct lowering *lowering, size_t from, size_t first)
{
    str text = str_slice(lowering->source->text, 0, first);

    for (size_t at = from; at < first;) {
        struct token token = lex_token(text, at);
        if (token.kind == TOKEN_COMMENT && sql_is_hint_comment(token_text(text, token))) {
            lowering->written = token.from;
            break;
        }
        at = token.to;
    }
    write_gap(lowering, first);
}

static int by_number(const void *left, const void *right)
{
    const struct named_param *a = left, *b = right;

    return (a->number > b->number) - (a->number < b->number);
}

bool lower_statement(struct arena *arena, const struct source *source, size_t from, size_t to,
                     struct operator_oracle operators, struct diags *diags,
                     struct annotated_query *query)
{
    struct lowering lowering = {
        .arena = arena,
        .source = source,
        .operators = operators,
        .diags = diags,
        .query = query,
        .first_free = 1,
        .by_name = {.arena = arena},
        .writer = {.arena = arena, .source = source, .out = buf_in(arena)},
    };

    collect_tokens(&lowering, from, to);
    if (lowering.tokens.n == 0)
        return false;
    lowering.written = lowering.tokens.items[0].from;
    write_leading_hints(&lowering, from, lowering.written);
    for (size_t i = 0; i < lowering.tokens.n;) {
        struct token token = lowering.tokens.items[i];
        size_t taken = lower_in_slice(&lowering, i);
        if (!taken)
            taken = lower_macro(&lowering, i);
        if (!taken)
            taken = lower_at_name(&lowering, i);
        if (!taken) {
            write_source(&lowering, token.from, token.to);
            taken = 1;
        }
        i += taken;
    }
    if (query->params.n)
        qsort(query->params.items, query->params.n, sizeof *query->params.items, by_number);
    query->sql = sql_write_finish(&lowering.writer);
    return !lowering.failed;
}
