#include "connect_open.h"

#include <stdarg.h>
#include <stdio.h>

#include "server.h"

struct attempt attempt;

void close_it(void)
{
    tenon_db_close(attempt.db);
    attempt.db = NULL;
}

tenon_status open_with(const tenon_db_options *options, const char *format, ...)
{
    char conninfo[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(conninfo, sizeof conninfo, format, args);
    va_end(args);
    close_it();
    double before = now_ms();
    attempt.status = tenon_db_open(conninfo, options, &attempt.db);
    attempt.took_ms = now_ms() - before;
    ck_assert_ptr_nonnull(attempt.db);
    ck_assert_int_eq(tenon_db_error(attempt.db)->status, attempt.status);
    ck_assert_int_eq(tenon_db_error(attempt.db)->effect, TENON_EFFECT_NONE);
    ck_assert_int_eq(tenon_db_is_open(attempt.db), attempt.status == TENON_OK);
    return attempt.status;
}

const char *sqlstate(void)
{
    return tenon_db_error(attempt.db)->sqlstate;
}
