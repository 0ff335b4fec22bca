/* Backslashes mean something in E'…' only. */
#include "migrate/literal.h"

#include <string.h>

#include "support/buf.h"

const char *migrate_literal(struct arena *arena, const char *text)
{
    struct buf buf = buf_in(arena);

    buf_adds(&buf, strchr(text, '\\') ? "E'" : "'");
    for (const char *c = text; *c; c++) {
        if (*c == '\'' || *c == '\\')
            buf_addc(&buf, *c);
        buf_addc(&buf, *c);
    }
    buf_addc(&buf, '\'');
    return buf_text(&buf);
}
