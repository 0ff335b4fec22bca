/* Errors that end a statement's analysis, and where expressions are in its text. */
#include "resolve/state.h"

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

const char *type_text(struct parse *parse, oid type)
{
    return catalog_format_type(parse->statement->catalog, parse->statement->arena, type);
}
