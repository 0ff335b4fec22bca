/* What the program prints that is no diagnostic. */
#include <stdarg.h>
#include <stdio.h>

#include "cli/cli.h"

int cli_fail(enum exit_status status, const char *format, ...)
{
    va_list args;

    fputs("tenon: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return (int)status;
}

int cli_print(str text, enum exit_status status)
{
    if (fwrite(text.data, 1, text.len, stdout) != text.len || fflush(stdout) != 0)
        return cli_fail(STATUS_ENVIRONMENT, "cannot write to standard output");
    return (int)status;
}
