/* Values inside of values: the length of the outer one is written when it is closed, over the place
 * that was left for it. That place is known by its distance from the start of the outermost one,
 * all of which moves when the buffer grows. */
#include "internal.h"

#include <string.h>

/* Writes the place of a length, and makes room for it and `size` bytes more. */
static tenon__opened open_value(tenon__call *call, size_t size)
{
    tenon__opened opened = {0, call->has_null};

    /* In the buffer's old place, if need be: nothing of this value has to move yet. */
    if (!tenon__has_room(call, 4 + size) && tenon__more_room(call, 4 + size) == NULL)
        return opened;
    if (call->depth++ == call->copies)
        call->base = call->space;
    opened.at = (size_t)(call->space - call->base);
    call->space += 4;
    call->has_null = false;
    return opened;
}

static void put32(tenon__call *call, uint32_t value)
{
    tenon__put32(call->space, value);
    call->space += 4;
}

void tenon__close(tenon__call *call, tenon__opened opened)
{
    if (call->status != TENON_OK)
        return;
    unsigned char *value = call->base + opened.at + 4;
    size_t length = (size_t)(call->space - value);
    tenon__put32(value - 4, (uint32_t)length);
    call->has_null = opened.has_null;
    call->part = NULL;
    if (--call->depth == 0)
        tenon__note_long(call, call->param, value, length);
}

static bool dimensions_fit(const tenon__shape *shape)
{
    const tenon_dimension *dims = shape->dims;
    size_t product = 1;

    if (shape->n_dims > TENON_MAX_DIMENSIONS || (shape->n_dims > 0 && dims == NULL))
        return false;
    for (size_t i = 0; i < shape->n_dims; i++) {
        if (dims[i].length <= 0 || product > shape->count / (size_t)dims[i].length)
            return false;
        product *= (size_t)dims[i].length;
    }
    return shape->n_dims == 0 || product == shape->count;
}

/* Bytes of the elements, or of as much of them as is known: their lengths. */
static size_t room_of_items(const tenon__shape *shape)
{
    size_t each = shape->item_size == 0 ? 4 : shape->item_size;

    return shape->count > TENON__MAX_BYTES / each ? (size_t)TENON__MAX_BYTES + 1
                                                  : shape->count * each;
}

tenon__opened tenon__open_array(tenon__call *call, const tenon__shape *shape)
{
    const tenon_dimension plain = {(int32_t)shape->count, 1};
    const tenon_dimension *dims = shape->n_dims == 0 ? &plain : shape->dims;
    size_t n_dims = shape->n_dims == 0 ? shape->count > 0 : shape->n_dims;
    tenon__opened opened = {0, call->has_null};

    if (call->status != TENON_OK)
        return opened;
    if (shape->count > 0 && shape->items == NULL) {
        tenon__refuse(call, call->param_name, "is an array with a count but no items");
        return opened;
    }
    if (!dimensions_fit(shape)) {
        tenon__refuse(call, call->param_name, "is an array whose dimensions do not fit its count");
        return opened;
    }
    opened = open_value(call, 12 + 8 * n_dims + room_of_items(shape));
    if (call->status != TENON_OK)
        return opened;
    put32(call, (uint32_t)n_dims);
    put32(call, 0); /* whether there are NULLs: see tenon__close_array */
    put32(call, shape->element_type);
    for (size_t i = 0; i < n_dims; i++) {
        put32(call, (uint32_t)dims[i].length);
        put32(call, (uint32_t)dims[i].lower_bound);
    }
    return opened;
}

void tenon__close_array(tenon__call *call, tenon__opened opened)
{
    if (call->status == TENON_OK)
        tenon__put32(call->base + opened.at + 8, call->has_null);
    tenon__close(call, opened);
}

/* The place is kept apart from the call: stores of bytes would make the compiler read it again. */
void tenon__append_texts(tenon__call *call, const tenon_opt_text *items, const bool *nulls,
                         size_t count)
{
    unsigned char *to = call->space;

    for (size_t i = 0; i < count; i++) {
        const char *text = nulls != NULL && nulls[i] ? NULL : items[i].or_null;
        size_t length = text == NULL ? 0 : strlen(text);

        if (TENON__UNLIKELY(text == NULL || call->space_end - to < (ptrdiff_t)(4 + length))) {
            call->space = to;
            tenon__append_opt_text(call, (tenon_opt_text){text});
            to = call->space;
            continue;
        }
        tenon__put32(to, (uint32_t)length);
        memcpy(to + 4, text, length);
        to += 4 + length;
    }
    call->space = to;
}

tenon__opened tenon__open_record(tenon__call *call, size_t n_fields)
{
    tenon__opened opened = open_value(call, 4);

    if (call->status == TENON_OK)
        put32(call, (uint32_t)n_fields);
    return opened;
}

void tenon__field(tenon__call *call, uint32_t type, const char *name)
{
    tenon__in(call, name);
    if (tenon__has_room(call, 4) || tenon__more_room(call, 4) != NULL)
        put32(call, type);
}

tenon__opened tenon__open_range(tenon__call *call, unsigned flags)
{
    tenon__opened opened = open_value(call, 1);

    if (call->status == TENON_OK)
        *call->space++ = (unsigned char)flags;
    return opened;
}

tenon__opened tenon__open_multirange(tenon__call *call, const void *items, size_t count)
{
    tenon__opened opened = {0, call->has_null};

    if (count > TENON__MAX_BYTES / 5 || (count > 0 && items == NULL)) {
        tenon__refuse(call, call->param_name, "is a multirange with a count but no items");
        return opened;
    }
    opened = open_value(call, 4);
    if (call->status == TENON_OK)
        put32(call, (uint32_t)count);
    return opened;
}
