/* A lexer that is good enough for what the grammar makes. */
#include "random/tokens.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "support/buf.h"

static size_t token_len(const char *at, char *kind)
{
    size_t len = 1;

    *kind = *at;
    if (isalpha((unsigned char)*at) || *at == '_') {
        *kind = 'w';
        while (isalnum((unsigned char)at[len]) || at[len] == '_')
            len++;
    } else if (isdigit((unsigned char)*at)) {
        *kind = 'n';
        len = strspn(at, "0123456789.");
    } else if (*at == '$') {
        *kind = 'p';
        len += strspn(at + 1, "0123456789");
    } else if (*at == '\'' || *at == '"') {
        *kind = *at == '"' ? 'w' : 's';
        while (at[len] && !(at[len] == *at && at[len + 1] != *at))
            len += at[len] == *at ? 2 : 1;
        len += at[len] == *at;
    } else if (at[0] == ':' && at[1] == ':') {
        len = 2;
    } else if (strchr("+-*/<>=~!@#%^&|`?", *at)) {
        *kind = 'o';
        len = strspn(at, "+-*/<>=~!@#%^&|`?");
    }
    return len;
}

tokens tokens_cut(struct arena *arena, const char *sql)
{
    tokens list = {0};

    while (*sql) {
        struct token token;
        size_t len;

        if (*sql == ' ' || *sql == '\n') {
            sql++;
            continue;
        }
        len = token_len(sql, &token.kind);
        token.text = arena_strndup(arena, sql, len);
        vec_push(arena, &list, token);
        sql += len;
    }
    return list;
}

static bool is_tight(struct token left, struct token token)
{
    if (strchr(").,:];", token.kind) || strchr("(.:[", left.kind))
        return true;
    if (strchr("([", token.kind) && left.kind == 'w')
        return true;
    return token.kind == 's' && (strcmp(left.text, "E") == 0);
}

const char *tokens_join(struct arena *arena, tokens list)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < list.n; i++)
        buf_addf(&out, "%s%s", i == 0 || is_tight(list.items[i - 1], list.items[i]) ? "" : " ",
                 list.items[i].text);
    return buf_text(&out);
}
