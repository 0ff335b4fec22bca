/* Where binds write to.
 *
 * Every value is written as the protocol has it, a 32-bit length and so many bytes, into one buffer
 * that grows. What a bind means depends on where it stands. At the top (depth 0) the value is a
 * parameter, and its place is noted for libpq; text and bytea are noted where they are, without a
 * copy. Inside of an open value (nested.h) and in a row of COPY it is a part, and belongs to the
 * bytes around it.
 *
 * Values of a fixed width need not ask for room where it is known that they are parameters or
 * columns of a COPY: behind the end as others see it there is enough for all of one item or row. */
#ifndef TENON_GENERATED_WRITE_H
#define TENON_GENERATED_WRITE_H

#include <tenon/generated/call.h>
#include <tenon/generated/encode.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The server's limit of one value and of one message. */
#define TENON__MAX_BYTES 0x3fffffff

/** Gets room for `size` bytes and returns where to write; what is open moves there. NULL after a
 *  failure. */
unsigned char *tenon__more_room(tenon__call *call, size_t size);
/** Writes a part for which there may not be room, or a NULL. */
void tenon__append_slowly(tenon__call *call, const void *data, size_t length);
void tenon__append_null_slowly(tenon__call *call);

/** Fails the call with TENON_INVALID_ARGUMENT: `problem` is what the parameter `name` is or has. */
TENON__COLD void tenon__refuse(tenon__call *call, const char *name, const char *problem);
/** The same of a NULL that must not be one. */
TENON__COLD void tenon__refuse_null(tenon__call *call, const char *name);
/** The same of a value that is longer than the server's limit. */
TENON__COLD void tenon__refuse_length(tenon__call *call, const char *name);
/** The same of an optional with a value that is not present. */
TENON__COLD void tenon__refuse_stray(tenon__call *call, const char *name);

/** Notes the value of a parameter, counted from 0; NULL is the SQL NULL. */
static inline void tenon__note(tenon__call *call, size_t param, const void *value, size_t length)
{
    call->values[param] = (const char *)value;
    call->lengths[param] = (int)length;
}

/** The same of a value that may have any length. */
static inline void tenon__note_long(tenon__call *call, size_t param, const void *value,
                                    size_t length)
{
    tenon__note(call, param, value, length);
    call->param_bytes += length;
}

/** Makes what tenon__bind_ binds next that parameter, or column of a COPY. */
static inline tenon__call *tenon__at(tenon__call *call, size_t param, const char *name)
{
    call->param = param;
    call->param_name = name;
    return call;
}

/** Says which part of it comes next: for messages. */
static inline tenon__call *tenon__in(tenon__call *call, const char *part)
{
    call->part = part;
    return call;
}

/** Whether `size` bytes fit. Values of a fixed width may have gone beyond the end. */
static inline bool tenon__has_room(const tenon__call *call, size_t size)
{
    return call->space_end - call->space >= (ptrdiff_t)size;
}

/** Begins a value of `length` bytes and returns where to write them; NULL after a failure. */
static inline unsigned char *tenon__push(tenon__call *call, size_t length)
{
    unsigned char *to = call->space;

    if (TENON__UNLIKELY(!tenon__has_room(call, 4 + length))) {
        to = tenon__more_room(call, 4 + length);
        if (to == NULL)
            return NULL;
    }
    tenon__put32(to, (uint32_t)length);
    to += 4;
    call->space = to + length;
    if (call->depth == 0)
        tenon__note_long(call, call->param, to, length);
    return to;
}

/** Writes a part; length < PTRDIFF_MAX - 4. */
static inline void tenon__append(tenon__call *call, const void *data, size_t length)
{
    unsigned char *to = call->space;

    if (TENON__UNLIKELY(!tenon__has_room(call, 4 + length))) {
        tenon__append_slowly(call, data, length);
        return;
    }
    tenon__put32(to, (uint32_t)length);
    memcpy(to + 4, data, length);
    call->space = to + 4 + length;
}

/** Writes a NULL part. */
static inline void tenon__append_null(tenon__call *call)
{
    if (TENON__UNLIKELY(!tenon__has_room(call, 4))) {
        tenon__append_null_slowly(call);
        return;
    }
    tenon__put32(call->space, UINT32_MAX);
    call->space += 4;
    call->has_null = true;
}

static inline void tenon__bind_null(tenon__call *call)
{
    if (call->depth == 0)
        tenon__note(call, call->param, NULL, 0);
    else
        tenon__append_null(call);
}

static inline void tenon__param_null(tenon__call *call, size_t param)
{
    tenon__note(call, param, NULL, 0);
}

static inline void tenon__column_null(tenon__call *call)
{
    tenon__put32(call->space, UINT32_MAX);
    call->space += 4;
}

static inline void tenon__bind_data(tenon__call *call, const void *data, size_t length)
{
    if (call->depth == 0 && length <= TENON__MAX_BYTES)
        tenon__note_long(call, call->param, data, length);
    else
        tenon__append_slowly(call, data, length);
}

static inline void tenon__param_data(tenon__call *call, size_t param, const char *name,
                                     const void *data, size_t length)
{
    if (TENON__UNLIKELY(length > TENON__MAX_BYTES))
        tenon__refuse_length(call, name);
    else
        tenon__note_long(call, param, data, length);
}

static inline void tenon__column_data(tenon__call *call, const char *name, const void *data,
                                      size_t length)
{
    if (TENON__UNLIKELY(length > TENON__MAX_BYTES))
        tenon__refuse_length(call, name);
    else
        tenon__append(call, data, length);
}

#ifdef __cplusplus
}
#endif
#endif
