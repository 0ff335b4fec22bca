/* The rows of a COPY. Columns are written straight into a buffer of 64 KiB, which is handed over
 * when it is full: at the end of a row, or in front of a column that does not fit. Larger columns
 * pass it by; an open value that is larger, whose length is still to be written, spills into the
 * scratch arena.
 *
 * Behind the buffer's end as binds see it there are enough bytes for all columns of a fixed width
 * that a row may have: so these need not ask for room, as long as each row begins before the end.
 * The count in front of a row is written at the end of the one before. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define BUFFER_SIZE ((size_t)1 << 16)

/* Columns of one table at most, and then some. */
#define MAX_COLUMNS 1664

static const char signature[] = "PGCOPY\n\377\r\n"; /* and its NUL belongs to it */

static void use_buffer(tenon__call *call)
{
    call->unsent = call->space = call->base = call->db->copy_buffer;
    call->space_end = call->space + BUFFER_SIZE - tenon__bind_spare(call);
    if (call->spilled)
        tenon_arena_reset(call->scratch);
    call->spilled = false;
}

bool tenon__copy_begin_rows(tenon__call *call)
{
    tenon_db *db = call->db;

    call->copies = true;
    call->depth = 1;
    if (call->statement->n_params > MAX_COLUMNS) {
        tenon__call_fail(call, TENON_INVALID_ARGUMENT, "query %s: too many columns",
                         call->statement->query);
        return false;
    }
    if (db->copy_buffer == NULL)
        db->copy_buffer = malloc(BUFFER_SIZE);
    if (db->copy_buffer == NULL) {
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
        return false;
    }
    use_buffer(call);
    memcpy(call->space, signature, sizeof signature);
    memset(call->space + sizeof signature, 0, 8); /* no flags, no extension */
    call->space += sizeof signature + 8;
    tenon__put16(call->space, call->statement->n_params);
    call->space += 2;
    return true;
}

/* Hands over what lies in front of `end`. Once the server has refused, nothing is any more; the end
 * tells why. */
static bool hand_over(tenon__call *call, const unsigned char *data, const unsigned char *end)
{
    if (data != end && !call->copy_refused)
        tenon__copy_put(call, data, (size_t)(end - data));
    return call->status == TENON_OK;
}

void tenon__copy_flush(tenon__call *call)
{
    hand_over(call, call->unsent, call->space);
    use_buffer(call);
}

bool tenon__copy_more_room(tenon__call *call, size_t kept, size_t size)
{
    const unsigned char *open = call->base;
    size_t room = BUFFER_SIZE - tenon__bind_spare(call);

    if (!hand_over(call, call->unsent, call->space - kept))
        return false;
    if (kept + size <= room) {
        memmove(call->db->copy_buffer, open, kept);
        use_buffer(call);
        call->space += kept;
        return true;
    }
    call->spilled = true;
    if (!tenon__bind_grow(call, kept, size))
        return false;
    call->unsent = call->base;
    return true;
}

bool tenon__copy_pass(tenon__call *call, const void *data, size_t length)
{
    if (length < BUFFER_SIZE / 2)
        return false;
    if (!tenon__has_room(call, 4) && !tenon__copy_more_room(call, 0, 4))
        return true;
    tenon__put32(call->space, (uint32_t)length);
    call->space += 4;
    tenon__copy_flush(call);
    hand_over(call, data, (const unsigned char *)data + length);
    return true;
}

bool tenon__copy_append_trailer(tenon__call *call)
{
    tenon__put16(call->space - 2, UINT16_MAX); /* instead of the count of one more row */
    tenon__copy_flush(call);
    return call->status == TENON_OK && !call->copy_refused;
}
