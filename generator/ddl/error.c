/* Errors of a statement: a diagnostic, then the jump to the end of the statement. */
#include <stdarg.h>

#include "ddl/ddl.h"

_Noreturn void ddl_stop(struct ddl *ddl)
{
    longjmp(ddl->on_error, 1);
}

_Noreturn void ddl_fail(struct ddl *ddl, const char *code, span at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    diag_error(ddl->diags, code, at, "%s", arena_vprintf(ddl->arena, format, args));
    va_end(args);
    ddl_stop(ddl);
}

_Noreturn void ddl_fail_hint(struct ddl *ddl, const char *code, span at, const char *hint,
                             const char *format, ...)
{
    struct diag *diag;
    va_list args;

    va_start(args, format);
    diag = diag_error(ddl->diags, code, at, "%s", arena_vprintf(ddl->arena, format, args));
    va_end(args);
    if (hint)
        diag_hint(ddl->diags, diag, "%s", hint);
    ddl_stop(ddl);
}

_Noreturn void ddl_fail_exists(struct ddl *ddl, const char *code, span at, const char *name,
                               span defined_at, const char *format, ...)
{
    struct diag *diag;
    va_list args;

    va_start(args, format);
    diag = diag_error(ddl->diags, code, at, "%s", arena_vprintf(ddl->arena, format, args));
    va_end(args);
    if (defined_at.source)
        diag_note(ddl->diags, diag, defined_at, "\"%s\" is defined here", name);
    ddl_stop(ddl);
}

_Noreturn void ddl_fail_required(struct ddl *ddl, span at, const char *what)
{
    ddl_fail(ddl, "2BP01", at, "cannot drop %s because it is required by the database system",
             what);
}

void transaction_check_none(struct ddl *ddl, const char *command)
{
    if (ddl->session->in_transaction)
        ddl_fail(ddl, "25001", ddl_span(ddl, -1), "%s cannot run inside a transaction block",
                 command);
}

const char *ddl_newer(struct ddl *ddl, bool is_it, const char *what, int since)
{
    const struct release release = catalog_release(ddl->catalog);

    return is_it && release.major < since ? release_came(ddl->arena, what, since, release) : NULL;
}
