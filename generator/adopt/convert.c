/* First the way up is cut out, token by token, as marks in strings are text; then the statements
 * are parsed, and what has to change is put in by place. A text that does not parse is left as it
 * is: reading the file tells why.
 */
#include "adopt/convert.h"

#include <string.h>

#include "adopt/effect.h"
#include "migrate/outside.h"
#include "sql/alone.h"
#include "sql/lexer.h"
#include "sql/migration_mark.h"
#include "sql/raw.h"
#include "support/buf.h"

/* --- The way up ------------------------------------------------------------------------------- */

static str line_at(str text, size_t at)
{
    return str_slice(text, at, str_line_end(text, at));
}

/* What goose is to put in is for a person to replace: the line stays until then. */
static bool is_for_tool(const struct tool *tool, str comment)
{
    return tool->comment && str_starts_with(comment, tool->comment) &&
           !(tool->placeholder && str_starts_with(comment, tool->placeholder));
}

/* Where it goes on behind the comment, which is left out with its line if it has one of its own. */
static size_t leave_out(const struct buf *out, str text, size_t at)
{
    const bool is_line = !out->len || out->data[out->len - 1] == '\n';

    return is_line && at < text.len && text.data[at] == '\n' ? at + 1 : at;
}

static str way_up(struct arena *arena, const struct tool *tool, str text)
{
    struct buf out = buf_in(arena);
    struct token token;

    for (size_t at = 0; (token = lex_token(text, at)).kind != TOKEN_END;) {
        const str part = token_text(text, token);
        const enum migration_mark mark =
            token.kind == TOKEN_COMMENT ? migration_mark(line_at(text, token.from)) : MARK_NONE;
        at = token.to;
        if (mark == MARK_DOWN)
            at = migration_mark_up(text, token.to);
        else if (mark == MARK_UP || (token.kind == TOKEN_COMMENT && is_for_tool(tool, part)))
            at = leave_out(&out, text, token.to);
        else
            buf_add(&out, part.data, part.len);
    }
    return str_trim(buf_str(&out));
}

/* --- Statements ------------------------------------------------------------------------------- */

struct conversion {
    struct arena *arena;
    struct statements statements;
    str text;
    struct buf out;
    size_t at; /* so much of the text is written */
    bool is_outside;
};

static bool cannot_run_inside(const struct statement *statement)
{
    return raw_alone(statement->tree, false) != NULL;
}

/* Whether one statement has to run outside of transactions, and all can. */
static bool runs_outside(struct arena *arena, struct statements statements)
{
    bool has_to = false;

    for (size_t i = 0; i < statements.n; i++) {
        if (!outside_of(arena, &statements.items[i], false).done)
            return false;
        has_to |= cannot_run_inside(&statements.items[i]);
    }
    return has_to;
}

static void copy_to(struct conversion *conversion, size_t to)
{
    if (to > conversion->at)
        buf_add(&conversion->out, conversion->text.data + conversion->at, to - conversion->at);
    conversion->at = to > conversion->at ? to : conversion->at;
}

static bool is_control(const struct statement *statement)
{
    if (!NODE_IS(statement->tree, TRANSACTION_STMT))
        return false;
    switch (statement->tree->transaction_stmt->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        return true;
    default:
        return false;
    }
}

static bool is_commit(const struct statement *statement)
{
    return statement->tree->transaction_stmt->kind ==
           PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT;
}

/* Whether a statement that is none of transactions stands between. */
static bool has_work(const struct conversion *conversion, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!is_control(&conversion->statements.items[i]))
            return true;
    return false;
}

/* BEGIN goes; COMMIT goes at the end, and is a mark where something follows. */
static void convert_control(struct conversion *conversion, size_t i)
{
    const struct statement *statement = &conversion->statements.items[i];
    size_t end = (size_t)statement->location + (size_t)statement->len;
    const struct token semicolon = lex_next(conversion->text, end);

    copy_to(conversion, (size_t)statement->location);
    if (token_is(conversion->text, semicolon, ";"))
        end = semicolon.to;
    if (is_commit(statement) && has_work(conversion, 0, i) &&
        has_work(conversion, i + 1, conversion->statements.n))
        buf_adds(&conversion->out, "-- tenon: commit");
    else
        end = leave_out(&conversion->out, conversion->text, end);
    conversion->at = end;
}

static void convert_statement(struct conversion *conversion, size_t i)
{
    const struct statement *statement = &conversion->statements.items[i];

    if (is_control(statement)) {
        convert_control(conversion, i);
        return;
    }
    copy_to(conversion, (size_t)statement->location);
    if (conversion->is_outside)
        buf_addf(&conversion->out, "-- tenon: done %s\n",
                 outside_of(conversion->arena, statement, false).done);
    buf_adds(&conversion->out, effect_lines(conversion->arena, statement));
}

static str with_marks(struct arena *arena, str text, struct release release, bool *is_outside)
{
    struct source *source = source_create(arena, "migration", text);
    struct conversion conversion = {.arena = arena, .text = text, .out = buf_in(arena)};

    source->release = release;
    source->is_run = true;
    conversion.statements = sql_parse_schema(arena, source, &(struct diags){.arena = arena});
    conversion.is_outside = runs_outside(arena, conversion.statements);
    for (size_t i = 0; i < conversion.statements.n; i++)
        convert_statement(&conversion, i);
    copy_to(&conversion, text.len);
    *is_outside = conversion.is_outside;
    return str_trim(buf_str(&conversion.out));
}

/* --- The file --------------------------------------------------------------------------------- */

str convert_text(struct arena *arena, const struct tool *tool,
                 const struct old_migration *migration, const char *parent, struct release release)
{
    struct buf out = buf_in(arena);
    str text = without_carriage_returns(arena, migration->text);
    bool is_outside;

    text = way_up(arena, tool, str_slice(text, str_byte_order_mark(text), text.len));
    text = with_marks(arena, str_from(arena_strndup(arena, text.data, text.len)), release,
                      &is_outside);
    buf_addf(&out, "-- tenon: parent %s\n%s\n", parent ? parent : NO_PARENT,
             is_outside ? "-- tenon: no-transaction\n" : "");
    buf_add(&out, text.data, text.len);
    buf_adds(&out, text.len ? "\n" : "");
    return buf_str(&out);
}

bool convert_leftover(const struct tool *tool, str text, size_t *offset)
{
    const char *found = tool->placeholder ? strstr(text.data, tool->placeholder) : NULL;

    *offset = found ? (size_t)(found - text.data) : 0;
    return found != NULL;
}
