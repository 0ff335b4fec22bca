/* Looks at the token at which the parser stopped and at the one in front of it: in `SELECT a FORM
 * t` it is the latter that is wrong, as FORM passes for an alias.
 */
#include "sql/syntax_hint.h"
#include "support/nearest.h"

#include <string.h>

static const char *const keywords[] = {
    "SELECT",   "INSERT",  "UPDATE", "DELETE",   "FROM",      "WHERE",      "GROUP",   "ORDER",
    "HAVING",   "LIMIT",   "OFFSET", "VALUES",   "INTO",      "SET",        "JOIN",    "INNER",
    "LEFT",     "RIGHT",   "OUTER",  "USING",    "RETURNING", "UNION",      "EXCEPT",  "INTERSECT",
    "DISTINCT", "BETWEEN", "EXISTS", "CONFLICT", "NOTHING",   "CASE",       "WHEN",    "THEN",
    "ELSE",     "CREATE",  "TABLE",  "ALTER",    "PRIMARY",   "REFERENCES", "DEFAULT", "CONSTRAINT",
    "UNIQUE",   "FOREIGN", "WITH",
};

enum { N_KEYWORDS = sizeof keywords / sizeof *keywords };

static const char *in_capitals(struct arena *arena, str word)
{
    return name_capitals(arena, arena_strndup(arena, word.data, word.len));
}

/* The keyword that the word nearly is; NULL for a keyword itself, and for one with more letters
 * behind it: "orders" is a name. */
static const char *nearest_keyword(struct arena *arena, str text, struct token token)
{
    struct nearest nearest = {0};

    if (token.kind != TOKEN_WORD || token.to - token.from < 4)
        return NULL;
    nearest.wanted = in_capitals(arena, token_text(text, token));
    for (size_t i = 0; i < N_KEYWORDS; i++) {
        if (str_starts_with(str_from(nearest.wanted), keywords[i]))
            return NULL;
        nearest_consider(&nearest, keywords[i]);
    }
    return nearest.name;
}

static bool is_clause(str text, struct token token)
{
    static const char *const words[] = {"from",  "where",  "group", "order",
                                        "limit", "having", "values"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(text, token, words[i]))
            return true;
    return token_is(text, token, ")");
}

/* {{ name }} and ${name} */
static bool is_placeholder(str text, struct token token)
{
    str rest = str_slice(text, token.from, text.len);

    return str_starts_with(rest, "{{") || str_starts_with(rest, "${");
}

const char *syntax_hint(struct arena *arena, str text, size_t at)
{
    struct token wrong = lex_next(text, at), before = {TOKEN_END, 0, 0}, token;
    const char *keyword;

    if (is_placeholder(text, wrong))
        return "a placeholder of a template or a migration tool must be filled in first";
    for (token = lex_next(text, 0); token.kind != TOKEN_END && token.from < wrong.from;
         token = lex_next(text, token.to))
        before = token;
    keyword = nearest_keyword(arena, text, before);
    if (!keyword)
        keyword = nearest_keyword(arena, text, wrong);
    if (keyword)
        return arena_printf(arena, "did you mean %s?", keyword);
    if (before.kind != TOKEN_END && token_is(text, before, ",") && is_clause(text, wrong))
        return arena_printf(arena, "remove the comma in front of %s",
                            in_capitals(arena, token_text(text, wrong)));
    return NULL;
}
