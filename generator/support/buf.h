/* A growing text buffer in an arena; always NUL-terminated. */
#ifndef TENON_SUPPORT_BUF_H
#define TENON_SUPPORT_BUF_H

#include "support/arena.h"
#include "support/str.h"

struct buf {
    struct arena *arena;
    char *data; /* never NULL after the first append; use buf_text() */
    size_t len, cap;
};

static inline struct buf buf_in(struct arena *arena)
{
    return (struct buf){.arena = arena};
}

void buf_add(struct buf *buf, const char *data, size_t len);
void buf_adds(struct buf *buf, const char *s);
void buf_addc(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text so far, "" when nothing was added; valid until the next append. */
const char *buf_text(const struct buf *buf);
str buf_str(const struct buf *buf);

#endif
