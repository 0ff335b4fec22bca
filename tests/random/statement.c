/* Whole statements, WITH, and statements with a few tokens gone wrong. */
#include <string.h>

#include "random/gen.h"
#include "random/tokens.h"

/* n counts up to a few, so that the recursion ends. */
static void gen_recursive(struct gen *gen, struct buf *out, struct item *cte, int depth)
{
    struct scope scope = {0};
    const struct spot at = {.scope = &scope, .depth = depth / 2};
    const bool has_more = chance(gen, 50);
    const oid type = pick_type(gen);

    vec_push(gen->arena, &cte->columns, (struct column){"n", OID_INT4});
    if (has_more)
        vec_push(gen->arena, &cte->columns, (struct column){"w", type});
    buf_addf(out, "%s (n%s) AS (SELECT 1", cte->name, has_more ? ", w" : "");
    if (has_more) {
        buf_adds(out, ", ");
        gen_expr(gen, out, (struct spot){.depth = 1}, type);
    }
    vec_push(gen->arena, &scope.items, *cte);
    buf_addf(out, " UNION %sSELECT %s.n + 1", chance(gen, 60) ? "ALL " : "", cte->name);
    if (has_more) {
        buf_adds(out, ", ");
        gen_expr(gen, out, at, type);
    }
    buf_addf(out, " FROM %s WHERE %s.n < 3)", cte->name, cte->name);
    if (chance(gen, 10))
        buf_adds(out, " SEARCH DEPTH FIRST BY n SET ord");
    if (chance(gen, 10))
        buf_adds(out, " CYCLE n SET is_cycle USING path");
}

void gen_with(struct gen *gen, struct buf *out, bool allow_changes, int depth)
{
    const bool is_recursive = chance(gen, 25);
    const uint32_t n = chance(gen, 75) ? 1 : 2;

    buf_adds(out, is_recursive ? "WITH RECURSIVE " : "WITH ");
    for (uint32_t i = 0; i < n; i++) {
        struct item cte = {.name = fresh_name(gen, "w")};

        buf_adds(out, i ? ", " : "");
        if (is_recursive && chance(gen, 70)) {
            gen_recursive(gen, out, &cte, depth);
            vec_push(gen->arena, &gen->ctes, cte);
            continue;
        }
        buf_addf(out, "%s AS %s(", cte.name, chance(gen, 10) ? "MATERIALIZED " : "");
        if (allow_changes && chance(gen, 40))
            gen_change(gen, out, &cte.columns, depth);
        else
            gen_query(gen, out, NULL, NULL, 0, &cte.columns, depth);
        buf_adds(out, ")");
        vec_push(gen->arena, &gen->ctes, cte);
    }
    buf_adds(out, " ");
}

const char *gen_statement(struct gen *gen)
{
    struct buf out = buf_in(gen->arena);
    static const int depths[] = {1, 1, 2, 2, 2, 3, 3, 4};
    int depth = depths[pick(gen, 8)];

    gen->is_plain = chance(gen, 40);
    depth += gen->is_plain ? 1 : 0;

    if (chance(gen, 14))
        gen_with(gen, &out, true, depth - 1);
    if (chance(gen, 70))
        gen_query(gen, &out, NULL, NULL, 0, NULL, depth);
    else
        gen_change(gen, &out, NULL, depth);
    return buf_text(&out);
}

/* --- broken ones ------------------------------------------------------------------------------ */

/* Keywords are written in capitals; without them there is only a syntax error left. */
static bool is_keyword(const struct token *token)
{
    return token->kind == 'w' && token->text[0] >= 'A' && token->text[0] <= 'Z';
}

/* What a word is there for: f function, q qualifier, t type, w else; other tokens: their kind. */
static char role_of(const tokens *list, size_t at)
{
    const char next = at + 1 < list->n ? list->items[at + 1].kind : ';';

    if (list->items[at].kind != 'w')
        return list->items[at].kind;
    if (at > 0 && list->items[at - 1].kind == ':')
        return 't';
    return next == '(' ? 'f' : next == '.' ? 'q' : 'w';
}

/* Another token of the same role, from the statement or from the store of mischief. */
static const char *other_token(struct gen *gen, const tokens *list, size_t at)
{
    const char kind = list->items[at].kind;

    static const char *const names[] = {"ctid",    "nope", "count",     "id",  "upper",
                                        "integer", "text", "int4range", "max", "xmin",
                                        "NULL",    "true", "t1",        "c1"};
    static const char *const values[] = {"NULL", "1",  "'x'", "1.5",         "DEFAULT",
                                         "'{}'", "$1", "$9",  "99999999999", "''"};
    static const char *const operators[] = {"=",  "<", "||", "+",  "-",  "@>",
                                            "->", "~", "*",  "%%", "&&", "<->"};

    for (int i = 0; i < 20 && chance(gen, 95); i++) {
        const size_t other = pick(gen, (uint32_t)list->n);

        if (role_of(list, other) == role_of(list, at) && !is_keyword(&list->items[other]))
            return list->items[other].text;
    }
    if (kind == 'w')
        return names[pick(gen, 14)];
    return kind == 'o' ? operators[pick(gen, 12)] : values[pick(gen, 10)];
}

static void break_once(struct gen *gen, tokens *list)
{
    const uint32_t n = (uint32_t)list->n;
    struct token *token;
    size_t at = pick(gen, n);

    for (int i = 0;
         i < 20 && (strchr("(),.[]:", list->items[at].kind) || is_keyword(&list->items[at])); i++)
        at = pick(gen, n);
    token = &list->items[at];
    switch (pick(gen, 40)) {
    case 0: /* left out */
        token->text = "";
        break;
    case 1: /* twice */
        token->text = arena_printf(gen->arena, "%s %s", token->text, token->text);
        break;
    case 2: /* with a neighbour more */
        token->text = arena_printf(gen->arena, "%s, %s", token->text, token->text);
        break;
    default:
        token->text = other_token(gen, list, at);
    }
}

const char *gen_broken(struct gen *gen, const char *sql)
{
    tokens list = tokens_cut(gen->arena, sql);

    for (uint32_t n = 1 + pick(gen, 2); n > 0 && list.n; n--)
        break_once(gen, &list);
    return tokens_join(gen->arena, list);
}
