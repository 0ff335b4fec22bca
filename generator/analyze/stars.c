/* `*` in select lists: which bytes of the text it takes, and the list of columns that is sent in
 * its place, so that a column added later changes nothing for a deployed program.
 */
#include "analyze/transform.h"
#include "sql/lexer.h"

/* The bytes of `*`, `t.*` or `(row).*` that starts at from; `dot` is where its last `.` is. */
static bool find_extent(const struct sql *sql, size_t from, size_t *dot, size_t *to)
{
    str text = {sql->text, sql->len};
    size_t at = from;
    int depth = 0;

    *dot = from;
    for (;;) {
        struct token token = lex_next(text, at);

        if (token.kind == TOKEN_END)
            return false;
        if (token_is(text, token, "(") || token_is(text, token, "["))
            depth++;
        else if (token_is(text, token, ")") || token_is(text, token, "]"))
            depth--;
        else if (depth == 0 && token_is(text, token, "."))
            *dot = token.from;
        else if (depth == 0 && text.data[token.from] == '*') {
            *to = token.from + 1;
            return true;
        }
        at = token.to;
    }
}

/* Past the label of `t.* AS x` or `t.* x`, which means nothing: it would name the last column. */
static size_t past_label(str text, size_t to)
{
    struct token token = lex_next(text, to);

    if (token_is_word(text, token, "as"))
        token = lex_next(text, token.to);
    return token.to;
}

/* Whether the bare name would mean just one column of what is in view. */
static bool is_unambiguous(const struct parse *parse, const char *name)
{
    const struct name_items *names = &parse->scope->names;
    size_t n = 0;

    for (size_t i = 0; i < names->n; i++)
        for (size_t j = 0; names->items[i]->cols_visible && j < names->items[i]->n_columns; j++)
            if (name_eq(names->items[i]->columns[j].name, name))
                n++;
    return n == 1;
}

/* The text before the column's name; NULL when the column cannot be named. */
static const char *qualifier_of(struct parse *parse, const struct name_column *column,
                                const char *name, bool is_qualified)
{
    struct arena *arena = parse->statement->arena;
    const struct rte *rte = parse->scope->rtable.items[column->rte];
    size_t n = 0;

    if (!is_qualified || !column->qualifier)
        return is_unambiguous(parse, name) ? "" : NULL;
    for (size_t i = 0; i < parse->scope->names.n; i++)
        if (parse->scope->names.items[i]->rel_visible &&
            name_eq(parse->scope->names.items[i]->name, column->qualifier))
            n++;
    if (n == 1)
        return arena_printf(arena, "%s.", catalog_quote_identifier(arena, column->qualifier));
    if (n > 1 && rte->kind == RTE_RELATION && !rte->has_alias)
        return arena_printf(
            arena, "%s.%s.",
            catalog_quote_identifier(arena, catalog_get_namespace(parse->statement->catalog,
                                                                  rte->relation->namespace_oid)
                                                ->name),
            catalog_quote_identifier(arena, column->qualifier));
    return NULL;
}

static bool has_duplicates(const struct star *star)
{
    for (size_t i = 0; i < star->names.n; i++)
        for (size_t j = 0; j < i; j++)
            if (name_eq(star->names.items[i], star->names.items[j]) &&
                (star->item || star->is_row ||
                 name_eq(star->columns.items[i]->qualifier, star->columns.items[j]->qualifier)))
                return true;
    return false;
}

static bool spell_columns(struct parse *parse, const struct star *star, struct buf *out)
{
    struct arena *arena = parse->statement->arena;
    bool is_qualified = parse->scope->rtable.n > 1;

    for (size_t i = 0; i < star->names.n; i++) {
        const char *before =
            qualifier_of(parse, star->columns.items[i], star->names.items[i], is_qualified);

        if (!before)
            return false;
        buf_addf(out, "%s%s%s", i ? ", " : "", before,
                 catalog_quote_identifier(arena, star->names.items[i]));
    }
    return true;
}

/* (row).* → (row).a, (row).b with the row's own text. `t.*` keeps its qualifier's text. */
static void spell_fields(struct parse *parse, const struct star *star, str row, struct buf *out)
{
    for (size_t i = 0; i < star->names.n; i++) {
        buf_adds(out, i ? ", " : "");
        buf_add(out, row.data, row.len);
        buf_addf(out, ".%s",
                 catalog_quote_identifier(parse->statement->arena, star->names.items[i]));
    }
}

void star_record(struct parse *parse, const PgQuery__ResTarget *target, const struct star *star,
                 size_t first)
{
    struct statement_state *statement = parse->statement;
    struct buf out = buf_in(statement->arena);
    int from = target->location;
    size_t dot, to;

    for (size_t i = 0; i < statement->stars.n; i++)
        if (statement->stars.items[i].from == from)
            return;
    if (from < 0 || star->names.n == 0 || has_duplicates(star) ||
        !find_extent(statement->sql, (size_t)from, &dot, &to))
        return;
    if (star->is_row || star->item)
        spell_fields(parse, star, (str){statement->sql->text + from, dot - (size_t)from}, &out);
    else if (!spell_columns(parse, star, &out))
        return;
    if (raw_optional(target->name))
        to = past_label((str){statement->sql->text, statement->sql->len}, to);
    vec_push(statement->arena, &statement->stars,
             (struct star_expansion){
                 .from = from,
                 .to = (int)to,
                 .text = buf_text(&out),
                 .query = parse->scope->query,
                 .first = (int)first,
                 .n_columns = (int)star->names.n,
                 .rte = star->item ? star->item->rte : -1,
             });
}

void star_forget(struct parse *parse, const struct query *query)
{
    struct statement_state *statement = parse->statement;
    size_t kept = 0;

    for (size_t i = 0; i < statement->stars.n; i++)
        if (statement->stars.items[i].query != query)
            statement->stars.items[kept++] = statement->stars.items[i];
    statement->stars.n = kept;
}
