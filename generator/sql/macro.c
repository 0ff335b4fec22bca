/* A macro call is recognised by its tokens: namespace, dot, word, parenthesis. Its argument is one
 * name or one string; anything else is an error here, as PostgreSQL would only say that there is
 * no function sqlc.arg.
 */
#include "sql/macro.h"
#include "support/nearest.h"

#include <string.h>

static const char *const macro_names[] = {
    [MACRO_ARG] = "arg",
    [MACRO_NARG] = "narg",
    [MACRO_SLICE] = "slice",
    [MACRO_EMBED] = "embed",
};

enum { N_MACROS = sizeof macro_names / sizeof *macro_names };

struct call {
    struct arena *arena;
    const struct source *source;
    const struct token_list *tokens;
    size_t start; /* index of the namespace */
    size_t close; /* index of the closing parenthesis */
    struct diags *diags;
};

static struct token token_at(const struct token_list *tokens, size_t i)
{
    size_t end = tokens->text.len;

    return i < tokens->n ? tokens->items[i] : (struct token){TOKEN_END, end, end};
}

static bool starts_call(const struct token_list *tokens, size_t i)
{
    struct token name = token_at(tokens, i);

    if (i > 0 && token_is(tokens->text, tokens->items[i - 1], "."))
        return false;
    return (token_is_word(tokens->text, name, "sqlc") ||
            token_is_word(tokens->text, name, "tenon")) &&
           token_is(tokens->text, token_at(tokens, i + 1), ".") &&
           token_at(tokens, i + 2).kind == TOKEN_WORD &&
           token_is(tokens->text, token_at(tokens, i + 3), "(");
}

/* The index of the parenthesis that closes the one at `open`; n when there is none. */
static size_t find_close(const struct token_list *tokens, size_t open, size_t *n_commas)
{
    size_t depth = 0, i;

    *n_commas = 0;
    for (i = open; i < tokens->n; i++) {
        if (token_is(tokens->text, tokens->items[i], "("))
            depth++;
        else if (token_is(tokens->text, tokens->items[i], ")") && --depth == 0)
            break;
        else if (depth == 1 && token_is(tokens->text, tokens->items[i], ","))
            ++*n_commas;
    }
    return i;
}

static span span_of_tokens(const struct call *call, size_t first, size_t last)
{
    size_t from = token_at(call->tokens, first).from, to = token_at(call->tokens, last).to;

    return span_of(call->source, (uint32_t)from, (uint32_t)(to - from));
}

static bool find_kind(const struct call *call, enum macro_kind *kind)
{
    struct token name = token_at(call->tokens, call->start + 2);
    const char *given = token_identifier(call->arena, call->tokens->text, name);
    struct nearest nearest = {.wanted = given};
    struct diag *diag;

    for (size_t i = 0; i < N_MACROS; i++)
        if (strcmp(given, macro_names[i]) == 0) {
            *kind = (enum macro_kind)i;
            return true;
        }
    diag = diag_error(call->diags, "PL110", span_of_tokens(call, call->start, call->start + 2),
                      "there is no macro sqlc.%s", given);
    for (size_t i = 0; i < N_MACROS; i++)
        nearest_consider(&nearest, macro_names[i]);
    if (nearest.name)
        diag_hint(call->diags, diag, "did you mean sqlc.%s?", nearest.name);
    return false;
}

const char *macro_string_value(struct arena *arena, str text, struct token token)
{
    str given = token_text(text, token);
    char *value;
    size_t len = 0;

    if (given.len < 2 || given.data[0] != '\'' || given.data[given.len - 1] != '\'')
        return NULL;
    value = arena_alloc(arena, given.len);
    for (size_t i = 1; i + 1 < given.len; i++) {
        value[len++] = given.data[i];
        if (given.data[i] == '\'')
            i++;
    }
    return value;
}

/* The argument: a name or a string; for embed also schema.table. NULL after an error. */
static const char *read_argument(const struct call *call, enum macro_kind kind)
{
    const struct token_list *tokens = call->tokens;
    size_t first = call->start + 4, last = call->close - 1;
    struct token token = token_at(tokens, last);
    const char *name = NULL;

    if (kind == MACRO_EMBED && last == first + 2 &&
        token_is(tokens->text, token_at(tokens, first + 1), "."))
        first = last;
    if (first == last && token.kind == TOKEN_STRING)
        name = macro_string_value(call->arena, tokens->text, token);
    else if (first == last && (token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED))
        name = token_identifier(call->arena, tokens->text, token);
    if (name && kind == MACRO_EMBED && token.kind == TOKEN_STRING &&
        !lex_is_c_identifier(str_from(name)))
        name = NULL;
    if (!name)
        diag_error(call->diags, "PL112", span_of_tokens(call, call->start + 4, last),
                   "the argument of sqlc.%s must be a name or a string", macro_names[kind]);
    return name;
}

enum macro_result macro_read(struct arena *arena, const struct source *source,
                             const struct token_list *tokens, size_t i, struct diags *diags,
                             struct macro *macro)
{
    struct call call = {arena, source, tokens, i, 0, diags};
    size_t n_commas, n_args;

    if (!starts_call(tokens, i))
        return MACRO_NONE;
    call.close = find_close(tokens, i + 3, &n_commas);
    if (!find_kind(&call, &macro->kind))
        return MACRO_ERROR;
    n_args = call.close == i + 4 ? 0 : n_commas + 1;
    if (n_args != 1 || call.close >= tokens->n) {
        diag_error(diags, "PL111",
                   span_of_tokens(&call, i, call.close < tokens->n ? call.close : i + 3),
                   "sqlc.%s takes one argument, not %zu", macro_names[macro->kind], n_args);
        return MACRO_ERROR;
    }
    macro->name = read_argument(&call, macro->kind);
    macro->n_tokens = call.close - i + 1;
    macro->first = token_at(tokens, i + 4);
    macro->last = token_at(tokens, call.close - 1);
    return macro->name ? MACRO_FOUND : MACRO_ERROR;
}
