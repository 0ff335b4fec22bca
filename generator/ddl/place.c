/* Places of names. Many nodes of a parse tree (DROP lists, function and type names, enum labels,
 * ALTER TABLE commands) carry no location: their token is looked up in the statement's text.
 */
#include "sql/lexer.h"

#include <string.h>

#include "ddl/ddl.h"

enum {
    MAX_IDENTIFIER = 63,
};

static str statement_text(const struct ddl *ddl)
{
    return (str){ddl->sql->text, (size_t)ddl->statement.location + (size_t)ddl->statement.len};
}

/* Whether the token spells the identifier, which the parser may have cut to 63 bytes. */
static bool spells(const struct ddl *ddl, str text, struct token token, const char *name)
{
    const char *spelt;

    if (token.kind != TOKEN_WORD && token.kind != TOKEN_QUOTED)
        return false;
    if (token.kind == TOKEN_WORD && token.to - token.from < strlen(name))
        return false;
    spelt = token_identifier(ddl->arena, text, token);
    return strcmp(spelt, name) == 0 ||
           (strlen(spelt) > MAX_IDENTIFIER && strncmp(spelt, name, strlen(name)) == 0);
}

static bool find_name(const struct ddl *ddl, int from, const char *name, struct token *found)
{
    str text = statement_text(ddl);
    size_t at = from < ddl->statement.location ? (size_t)ddl->statement.location : (size_t)from;

    for (struct token token = lex_next(text, at); token.kind != TOKEN_END;
         token = lex_next(text, token.to)) {
        if (spells(ddl, text, token, name)) {
            *found = token;
            return true;
        }
    }
    return false;
}

span ddl_span(const struct ddl *ddl, int location)
{
    return sql_span(ddl->sql, location < 0 ? ddl->statement.location : location);
}

span ddl_name_span(const struct ddl *ddl, int from, const char *name)
{
    struct token token;

    if (!name || !find_name(ddl, from, name, &token))
        return ddl_span(ddl, -1);
    return sql_range_span(ddl->sql, (int)token.from, (int)token.to);
}

/* '' inside a string constant is one quote. */
static bool spells_string(str token, const char *value)
{
    size_t at = 1;

    for (; *value; value++, at++) {
        if (at + 1 >= token.len || token.data[at] != *value)
            return false;
        if (*value == '\'')
            at++;
    }
    return at + 1 == token.len;
}

span ddl_string_span(const struct ddl *ddl, const char *value)
{
    str text = statement_text(ddl);

    for (struct token token = lex_next(text, (size_t)ddl->statement.location);
         token.kind != TOKEN_END; token = lex_next(text, token.to))
        if (token.kind == TOKEN_STRING && spells_string(token_text(text, token), value))
            return sql_range_span(ddl->sql, (int)token.from, (int)token.to);
    return ddl_span(ddl, -1);
}

span range_var_span(const struct ddl *ddl, const PgQuery__RangeVar *relation)
{
    return relation->location < 0 ? ddl_span(ddl, -1)
                                  : sql_dotted_span(ddl->sql, relation->location);
}

bool spans_start_together(span a, span b)
{
    return a.source == b.source && a.offset == b.offset;
}
