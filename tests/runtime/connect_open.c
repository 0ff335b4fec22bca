#include "connect_open.h"

#include <stdarg.h>
#include <stdio.h>

#include "internal.h"

struct opened opened;

double now_ms(void)
{
    return (double)tenon__now_ns() / 1e6;
}

void close_it(void)
{
    tenon_db_close(opened.db);
    opened.db = NULL;
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
    opened.status = tenon_db_open(conninfo, options, &opened.db);
    opened.took_ms = now_ms() - before;
    ck_assert_ptr_nonnull(opened.db);
    ck_assert_int_eq(tenon_db_error(opened.db)->status, opened.status);
    ck_assert_int_eq(tenon_db_error(opened.db)->effect, TENON_EFFECT_NONE);
    ck_assert_int_eq(tenon_db_is_open(opened.db), opened.status == TENON_OK);
    return opened.status;
}

const char *sqlstate(void)
{
    return tenon_db_error(opened.db)->sqlstate;
}
