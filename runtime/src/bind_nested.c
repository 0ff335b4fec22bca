/* Closing a nested value: the values above the mark are popped, and their binary forms become one
 * value in the form of the whole. */
#include "internal.h"

#include <string.h>

/* Bytes of the values above the mark, each with its length in front and `extra` bytes more. */
static bool size_of_parts(tenon__call *call, size_t mark, size_t extra, size_t *size)
{
    if (call->status != TENON_OK)
        return false;
    *size = 0;
    for (size_t i = mark; i < call->n_bound; i++) {
        *size += 4 + extra;
        if (call->params[i].length > 0)
            *size += (size_t)call->params[i].length;
        if (*size > TENON_MAX_BYTES) {
            tenon__refuse(call, NULL, "a parameter is larger than 1 GB");
            return false;
        }
    }
    return true;
}

static unsigned char *put_part(unsigned char *to, const tenon__cell *part)
{
    tenon__put32(to, (uint32_t)part->length); /* -1 for a NULL */
    to += 4;
    if (part->length > 0) {
        memcpy(to, part->value, (size_t)part->length);
        to += part->length;
    }
    return to;
}

static unsigned char *put_parts(unsigned char *to, const tenon__call *call, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        to = put_part(to, &call->params[i]);
    return to;
}

/* Puts the whole, which has just been pushed, into the place of its parts. */
static void replace_parts(tenon__call *call, size_t mark)
{
    call->params[mark] = call->params[call->n_bound - 1];
    call->n_bound = mark + 1;
}

static bool dimensions_fit(const tenon_dimension *dims, size_t n_dims, size_t count)
{
    size_t product = 1;

    if (n_dims > TENON_MAX_DIMENSIONS || (n_dims > 0 && dims == NULL))
        return false;
    for (size_t i = 0; i < n_dims; i++) {
        if (dims[i].length <= 0 || product > count / (size_t)dims[i].length)
            return false;
        product *= (size_t)dims[i].length;
    }
    return n_dims == 0 || product == count;
}

static bool has_null(const tenon__call *call, size_t mark)
{
    for (size_t i = mark; i < call->n_bound; i++)
        if (call->params[i].length < 0)
            return true;
    return false;
}

void tenon__close_array(tenon__call *call, size_t mark, uint32_t element_type, size_t n_dims,
                        const tenon_dimension *dims)
{
    size_t size, count = call->n_bound - mark, end = call->n_bound;
    tenon_dimension plain = {(int32_t)count, 1};

    if (!size_of_parts(call, mark, 0, &size))
        return;
    if (!dimensions_fit(dims, n_dims, count)) {
        tenon__refuse(call, NULL, "the dimensions of an array do not fit the number of elements");
        return;
    }
    if (n_dims == 0) {
        n_dims = count > 0;
        dims = &plain;
    }
    unsigned char *to = tenon__push(call, 12 + 8 * n_dims + size);
    if (to == NULL)
        return;
    tenon__put32(to, (uint32_t)n_dims);
    tenon__put32(to + 4, has_null(call, mark));
    tenon__put32(to + 8, element_type);
    to += 12;
    for (size_t i = 0; i < n_dims; i++, to += 8) {
        tenon__put32(to, (uint32_t)dims[i].length);
        tenon__put32(to + 4, (uint32_t)dims[i].lower_bound);
    }
    put_parts(to, call, mark, end);
    replace_parts(call, mark);
}

void tenon__close_record(tenon__call *call, size_t mark, const uint32_t *field_types)
{
    size_t size, end = call->n_bound;

    if (!size_of_parts(call, mark, 4, &size))
        return;
    unsigned char *to = tenon__push(call, 4 + size);
    if (to == NULL)
        return;
    tenon__put32(to, (uint32_t)(end - mark));
    to += 4;
    for (size_t i = mark; i < end; i++) {
        tenon__put32(to, field_types[i - mark]);
        to = put_part(to + 4, &call->params[i]);
    }
    replace_parts(call, mark);
}

void tenon__close_range(tenon__call *call, size_t mark, bool empty, bool lower_inclusive,
                        bool upper_inclusive)
{
    size_t size;

    if (!size_of_parts(call, mark, 0, &size))
        return;
    bool has_lower = !empty && call->params[mark].length >= 0;
    bool has_upper = !empty && call->params[mark + 1].length >= 0;
    size_t from = has_lower ? mark : mark + 1, end = has_upper ? mark + 2 : mark + 1;
    /* A NULL takes four bytes in `size` and none here. */
    unsigned char *to = tenon__push(call, 1 + size - (has_lower ? 0 : 4) - (has_upper ? 0 : 4));
    if (to == NULL)
        return;
    *to = (unsigned char)((empty ? 0x01 : 0) | (lower_inclusive && has_lower ? 0x02 : 0) |
                          (upper_inclusive && has_upper ? 0x04 : 0) |
                          (!empty && !has_lower ? 0x08 : 0) | (!empty && !has_upper ? 0x10 : 0));
    put_parts(to + 1, call, from, end);
    replace_parts(call, mark);
}

void tenon__close_multirange(tenon__call *call, size_t mark)
{
    size_t size, end = call->n_bound;

    if (!size_of_parts(call, mark, 0, &size))
        return;
    unsigned char *to = tenon__push(call, 4 + size);
    if (to == NULL)
        return;
    tenon__put32(to, (uint32_t)(end - mark));
    put_parts(to + 4, call, mark, end);
    replace_parts(call, mark);
}
