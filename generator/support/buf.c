/* Appending to a buffer that doubles in its arena. */
#include "support/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "support/bug.h"

static void reserve(struct buf *buf, size_t more)
{
    size_t cap = buf->cap ? buf->cap : 64;

    if (buf->data && buf->cap - buf->len > more)
        return;
    while (cap - buf->len <= more)
        cap *= 2;
    buf->data = arena_grow(buf->arena, buf->data, buf->cap, cap);
    buf->cap = cap;
}

void buf_add(struct buf *buf, const char *data, size_t len)
{
    if (len == 0)
        return;
    reserve(buf, len);
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_adds(struct buf *buf, const char *s)
{
    buf_add(buf, s, strlen(s));
}

void buf_addc(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        BUG("bad format");
    reserve(buf, (size_t)len);
    va_start(args, format);
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}

const char *buf_text(const struct buf *buf)
{
    return buf->data ? buf->data : "";
}

str buf_str(const struct buf *buf)
{
    return (str){buf_text(buf), buf->len};
}
