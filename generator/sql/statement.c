/* Places: from a byte of the parsed text to the bytes of the file, and parsing of one statement. */
#include "sql/statement.h"

#include "sql/lexer.h"
#include "sql/newer_hint.h"
#include "sql/parse.h"
#include "sql/scanner.h"
#include "sql/syntax_hint.h"

static const struct sql_segment *find_segment(const struct sql *sql, size_t offset)
{
    size_t low = 0, high = sql->n_segments;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sql->segments[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    return &sql->segments[low];
}

/* The bytes [*from, *to) of the file that the byte of the text stems from. */
static void map_byte(const struct sql *sql, size_t offset, size_t *from, size_t *to)
{
    const struct sql_segment *segment;

    *from = offset;
    *to = offset + 1;
    if (!sql->n_segments)
        return;
    segment = find_segment(sql, offset);
    *from = segment->source_offset;
    *to = *from + segment->source_len;
    if (!segment->synthetic) {
        *from += offset - segment->offset;
        *to = *from + 1;
    }
}

span sql_dotted_span(const struct sql *sql, int location)
{
    str text = {sql->text, sql->len};
    struct token last, next;

    if (location < 0)
        return sql_span(sql, location);
    last = lex_next(text, (size_t)location);
    for (;;) {
        next = lex_next(text, last.to);
        if (!token_is(text, next, "."))
            break;
        next = lex_next(text, next.to);
        if (next.kind != TOKEN_WORD && next.kind != TOKEN_QUOTED)
            break;
        last = next;
    }
    return sql_range_span(sql, location, (int)last.to);
}

span sql_range_span(const struct sql *sql, int from, int to)
{
    size_t first = from < 0 ? 0 : (size_t)from, last = to > (int)first ? (size_t)to - 1 : first;
    size_t start, end, unused;

    if (first >= sql->len && sql->len) {
        map_byte(sql, sql->len - 1, &unused, &end);
        return span_of(sql->source, (uint32_t)end, 0);
    }
    map_byte(sql, first, &start, &end);
    if (last > first)
        map_byte(sql, last < sql->len ? last : sql->len - 1, &unused, &end);
    return span_of(sql->source, (uint32_t)start, (uint32_t)(end > start ? end - start : 0));
}

/* The end of the qualified name whose first part is the token: a.b, s.t.*. */
static size_t end_of_name(str text, struct token first)
{
    size_t end = first.to;

    while (first.kind == TOKEN_WORD || first.kind == TOKEN_QUOTED) {
        struct token dot = lex_token(text, end), part = lex_token(text, dot.to);
        if (!token_is(text, dot, "."))
            break;
        if (part.kind != TOKEN_WORD && part.kind != TOKEN_QUOTED && !token_is(text, part, "*"))
            break;
        end = part.to;
    }
    return end;
}

span sql_span(const struct sql *sql, int location)
{
    str text = {sql->text, sql->len};
    struct token token;

    if (location < 0)
        token = lex_next(text, 0);
    else
        token = lex_token(text, (size_t)location);
    return sql_range_span(sql, (int)token.from, (int)end_of_name(text, token));
}

/* Whether the text can be parsed; also estimates its nesting. */
static bool scan(struct arena *arena, const struct sql *sql, bool only_one, struct diags *diags,
                 size_t *deepest)
{
    str text = {sql->text, sql->len};
    struct scanner scanner = {.arena = arena, .text = text};
    struct token token;
    bool ended = false;

    for (token = lex_next(text, 0); token.kind != TOKEN_END; token = lex_next(text, token.to)) {
        if (ended && only_one) {
            diag_error(diags, "42601", sql_range_span(sql, (int)token.from, (int)token.to),
                       "cannot insert multiple commands into a prepared statement");
            return false;
        }
        ended = scanner_feed(&scanner, token) && scanner.n_tokens;
    }
    *deepest = scanner.deepest;
    if (scanner.n_tokens == 0 && only_one) {
        diag_error(diags, "PL103", sql_range_span(sql, 0, (int)sql->len), "there is no statement");
        return false;
    }
    if (scanner.n_tokens >= MOST_TOKENS) {
        report_too_long(diags, sql_range_span(sql, (int)scanner.to - 1, (int)scanner.to));
        return false;
    }
    if (scanner.deepest > NESTING_LIMIT) {
        report_too_deep(diags, sql_range_span(sql, (int)scanner.from, (int)scanner.to));
        return false;
    }
    return true;
}

/* The token that the message quotes may be the $1 of @name: what was written is quoted instead. */
static const char *message_as_written(struct arena *arena, const struct parse_failure *failure,
                                      const struct sql *sql, span at)
{
    static const char near_param[] = "syntax error at or near \"$";

    if (!str_starts_with(str_from(failure->message), near_param) || at.len == 0)
        return failure->message;
    return arena_printf(arena, "syntax error at or near \"%.*s\"", (int)at.len,
                        sql->source->text.data + at.offset);
}

void report_failure(struct arena *arena, const struct sql *sql, const struct parse_failure *failure,
                    size_t from, struct diags *diags)
{
    span at = sql_span(sql, (int)(from + failure->offset));
    struct diag *diag =
        diag_error(diags, failure->sqlstate, at, "%s", message_as_written(arena, failure, sql, at));
    str text = str_slice((str){sql->text, sql->len}, from, sql->len);
    const char *hint =
        newer_hint(arena, text, sql->source->release, failure->message, failure->offset);

    if (!hint && str_starts_with(str_from(failure->message), "syntax error"))
        hint = syntax_hint(arena, text, failure->offset);
    if (hint)
        diag_hint(diags, diag, "%s", hint);
}

bool sql_parse_one(struct arena *arena, const struct sql *sql, struct diags *diags,
                   struct statement *statement)
{
    str text = {sql->text, sql->len};
    struct statement_extent extent;
    struct parse_failure failure;
    PgQuery__ParseResult *tree;
    size_t deepest;

    if (!scan(arena, sql, true, diags, &deepest))
        return false;
    tree = parse_text(arena, text, sql->source->release, deepest, &failure);
    if (!tree) {
        report_failure(arena, sql, &failure, 0, diags);
        return false;
    }
    extent = trim_statement(text, 0, sql->len);
    if (extent.len && text.data[extent.location + extent.len - 1] == ';')
        extent = trim_statement(text, 0, (size_t)(extent.location + extent.len - 1));
    *statement = (struct statement){sql, extent.location, extent.len, tree->stmts[0]->stmt};
    return true;
}

bool sql_parse_body(struct arena *arena, const struct sql *sql, struct diags *diags,
                    struct statements *statements)
{
    str text = {sql->text, sql->len};
    struct parse_failure failure;
    PgQuery__ParseResult *tree;
    size_t deepest;

    if (!scan(arena, sql, false, diags, &deepest))
        return false;
    tree = parse_text(arena, text, sql->source->release, deepest, &failure);
    if (!tree) {
        report_failure(arena, sql, &failure, 0, diags);
        return false;
    }
    statements->items = arena_array(arena, struct statement, tree->n_stmts);
    for (size_t i = 0; i < tree->n_stmts; i++) {
        const PgQuery__RawStmt *raw = tree->stmts[i];
        size_t from = (size_t)raw->stmt_location;
        size_t to = raw->stmt_len ? from + (size_t)raw->stmt_len : sql->len;
        struct statement_extent extent = trim_statement(text, from, to);

        statements->items[statements->n++] =
            (struct statement){sql, extent.location, extent.len, raw->stmt};
    }
    return true;
}
