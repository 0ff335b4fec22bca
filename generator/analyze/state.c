/* Errors that end a statement's analysis, and where expressions are in its text. */
#include "analyze/state.h"

#include <stdarg.h>
#include <stdio.h>

static struct diag *add_error(struct parse *parse, const char *sqlstate, int location,
                              const char *format, va_list args)
{
    struct statement_state *statement = parse->statement;
    const char *text = arena_vprintf(statement->arena, format, args);

    return diag_error(statement->diags, sqlstate,
                      sql_span(statement->sql, location < 0 ? statement->start : location), "%s",
                      text);
}

struct diag *parse_diag(struct parse *parse, const char *sqlstate, int location, const char *format,
                        ...)
{
    struct diag *diag;
    va_list args;

    va_start(args, format);
    diag = add_error(parse, sqlstate, location, format, args);
    va_end(args);
    return diag;
}

void parse_fail(struct parse *parse)
{
    longjmp(parse->statement->on_error, 1);
}

void parse_error(struct parse *parse, const char *sqlstate, int location, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_error(parse, sqlstate, location, format, args);
    va_end(args);
    parse_fail(parse);
}

void parse_error_hint(struct parse *parse, const char *sqlstate, int location, const char *hint,
                      const char *format, ...)
{
    struct diag *diag;
    va_list args;

    va_start(args, format);
    diag = add_error(parse, sqlstate, location, format, args);
    va_end(args);
    if (hint)
        diag_hint(parse->statement->diags, diag, "%s", hint);
    parse_fail(parse);
}

struct expr *expr_make(struct parse *parse, enum expr_kind kind, oid type, int location)
{
    struct expr *expr = arena_new(parse->statement->arena, struct expr);

    expr->kind = kind;
    expr->type = type;
    expr->typmod = -1;
    expr->location = location;
    return expr;
}

static int leftmost(int a, int b)
{
    if (a < 0)
        return b;
    return b < 0 || a < b ? a : b;
}

int expr_location(const struct expr *expr)
{
    int location = expr->location;

    switch (expr->kind) {
    case EXPR_FUNC:
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
    case EXPR_ARRAY_OP:
    case EXPR_BOOL:
    case EXPR_SUBLINK:
    case EXPR_FIELD:
    case EXPR_SUBSCRIPT:
    case EXPR_CAST:
    case EXPR_COLLATE:
    case EXPR_ROW_COMPARE:
    case EXPR_XML:
    case EXPR_NULL_TEST:
    case EXPR_BOOL_TEST:
    case EXPR_NAMED_ARG:
        for (size_t i = 0; i < expr->n_args; i++)
            if (expr->args[i])
                location = leftmost(location, expr_location(expr->args[i]));
        return location;
    default:
        return location;
    }
}
