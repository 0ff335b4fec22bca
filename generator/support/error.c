/* Formatting of environment errors. strerror_r keeps the text out of static storage. */
#include "support/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "support/str.h"

/* What is too long ends between characters. */
bool error_set(struct error *error, const char *format, ...)
{
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    if (len >= (int)sizeof error->text)
        error->text[str_valid_utf8(str_from(error->text))] = '\0';
    return false;
}

bool error_set_errno(struct error *error, const char *what, const char *path)
{
    char reason[128] = "unknown error";

    if (strerror_r(errno, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", errno);
    return error_set(error, "cannot %s %s: %s", what, path, reason);
}
