/* A comment at the end of a line is about what is in front of it there; one in a line of its own,
 * or in front of something, is about what follows. A comma in between belongs to neither.
 */
#include <string.h>

#include "migrate/hint.h"
#include "sql/lexer.h"
#include "sql/raw.h"

typedef VEC(struct element) element_list;

/* The list of a statement: from its opening to its closing parenthesis. */
struct list {
    size_t open, close;
    element_list elements;
};

static bool has_list(const struct statement *statement)
{
    const PgQuery__Node *tree = statement->tree;

    return NODE_IS(tree, CREATE_STMT) || NODE_IS(tree, CREATE_FOREIGN_TABLE_STMT) ||
           NODE_IS(tree, COMPOSITE_TYPE_STMT) || NODE_IS(tree, CREATE_ENUM_STMT);
}

static bool opens(str text, struct token token)
{
    return token_is(text, token, "(") || token_is(text, token, "[");
}

static bool closes(str text, struct token token)
{
    return token_is(text, token, ")") || token_is(text, token, "]");
}

static bool read_list(struct arena *arena, str text, size_t from, size_t end, struct list *list)
{
    struct token token = lex_next(text, from);
    struct element element = {0};
    size_t depth = 0;

    while (token.kind != TOKEN_END && token.from < end && !token_is(text, token, "("))
        token = lex_next(text, token.to);
    *list = (struct list){.open = token.from};
    for (; token.kind != TOKEN_END && token.from < end; token = lex_next(text, token.to)) {
        depth += opens(text, token);
        depth -= closes(text, token);
        if (depth == 0 || (depth == 1 && token_is(text, token, ","))) {
            if (element.to)
                vec_push(arena, &list->elements, element);
            element = (struct element){0};
            list->close = token.from;
            if (depth == 0)
                return true;
        } else if (token.from > list->open) {
            element.from = element.to ? element.from : token.from;
            element.to = token.to;
        }
    }
    return false;
}

/* The last token before the comment. */
static struct token token_before(str text, size_t from, size_t at)
{
    struct token token = lex_next(text, from), last = token;

    for (; token.kind != TOKEN_END && token.from < at; token = lex_next(text, token.to))
        last = token;
    return last;
}

bool is_same_line(str text, size_t from, size_t to)
{
    return from >= to || !memchr(text.data + from, '\n', to - from);
}

static bool give(const struct list *list, size_t i, struct element *element)
{
    if (!list->elements.n)
        return false;
    *element = list->elements.items[i < list->elements.n ? i : list->elements.n - 1];
    return true;
}

bool hint_element(struct arena *arena, const struct statement *statement, size_t from, size_t to,
                  struct element *element)
{
    const str text = {statement->sql->text, statement->sql->len};
    const size_t start = (size_t)statement->location;
    struct token before, next;
    struct list list;
    bool is_behind, follows;
    size_t n = 0;

    if (!has_list(statement) ||
        !read_list(arena, text, start, start + (size_t)statement->len, &list) || from < list.open ||
        from > list.close)
        return false;
    before = token_before(text, start, from);
    next = lex_next(text, to);
    is_behind = is_same_line(text, before.to, from);
    follows = is_same_line(text, to, next.from);
    while (n < list.elements.n && list.elements.items[n].from < from)
        n++;
    if (before.from == list.open)
        return !is_behind && give(&list, 0, element);
    if (n == 0)
        return give(&list, 0, element);
    /* n is now the one that follows. */
    if (token_is(text, before, ",") && before.from >= list.elements.items[n - 1].to)
        return give(&list, is_behind && !follows ? n - 1 : n, element);
    if (!is_behind && token_is(text, next, ",") && next.from >= list.elements.items[n - 1].to)
        return give(&list, n, element);
    return give(&list, n - 1, element);
}
