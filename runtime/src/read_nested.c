/* Arrays, records and ranges as rows of cells. Entering a value checks all of its structure (counts
 * against the bytes that are there, lengths, types) and lays out cells for its parts in scratch
 * memory, so that the readers of columns read the parts too; leaving gives the memory back. */
#include "internal.h"

#include <string.h>

/* A value being taken apart. */
struct cursor {
    const unsigned char *at;
    size_t left;
};

static bool take32(struct cursor *cursor, uint32_t *value)
{
    if (cursor->left < 4)
        return false;
    *value = tenon__get32(cursor->at);
    cursor->at += 4;
    cursor->left -= 4;
    return true;
}

/* A length, -1 for a NULL, and as many bytes. */
static bool take_cell(struct cursor *cursor, tenon__cell *cell)
{
    uint32_t length;

    if (!take32(cursor, &length))
        return false;
    *cell = (tenon__cell){-1, (const char *)cursor->at};
    if (length == UINT32_MAX)
        return true;
    if (length > cursor->left)
        return false;
    cell->length = (int)length;
    cursor->at += length;
    cursor->left -= length;
    return true;
}

/* Starts on the next cell. False for a NULL, which has failed the call. */
static bool start(tenon__call *call, tenon__nested *nested, struct cursor *cursor)
{
    const tenon__cell *cell = call->cell++;

    *nested = (tenon__nested){.outer = call->nested, .resume = call->cell};
    if (cell->length < 0) {
        tenon__bad_length(call, 0);
        return false;
    }
    *cursor = (struct cursor){(const unsigned char *)cell->value, (size_t)cell->length};
    return true;
}

static bool malformed(tenon__call *call, const char *problem)
{
    tenon__bad_value(call, problem);
    return false;
}

static bool out_of_memory(tenon__call *call)
{
    tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    return false;
}

/* Room for n cells that end with the call's visit to this value. */
static tenon__cell *alloc_cells(tenon__call *call, tenon__nested *nested, size_t n)
{
    arena_mark mark = tenon__arena_mark(call->scratch);
    tenon__cell *cells = NULL;

    if (n < SIZE_MAX / sizeof *cells)
        cells = tenon_arena_alloc(call->scratch, n * sizeof *cells);
    if (cells == NULL) {
        out_of_memory(call);
        return NULL;
    }
    /* What is read goes elsewhere, unless it is the row of a stream, or there is no arena. */
    nested->block = mark.block;
    nested->used = mark.used;
    nested->rewinds = call->mem != call->scratch;
    return cells;
}

static void enter(tenon__call *call, tenon__nested *nested, const tenon__cell *cells, size_t count)
{
    nested->count = count;
    call->nested = nested;
    call->cell = cells;
}

/* The dimensions of an array: their product, and whether the shape has to be told. */
static bool take_dimensions(tenon__call *call, tenon__nested *nested, struct cursor *cursor,
                            size_t n_dims, size_t *count)
{
    tenon_dimension dims[TENON_MAX_DIMENSIONS];
    uint32_t length, lower_bound;

    *count = n_dims == 0 ? 0 : 1;
    for (size_t i = 0; i < n_dims; i++) {
        if (!take32(cursor, &length) || !take32(cursor, &lower_bound) || length > INT32_MAX)
            return malformed(call, "has an array with malformed dimensions");
        dims[i] = (tenon_dimension){(int32_t)length, (int32_t)lower_bound};
        /* Each element takes at least four bytes. */
        if (length > 0 && *count > cursor->left / 4 / length)
            return malformed(call, "has an array that claims more elements than it has");
        *count *= length;
    }
    if (n_dims == 0 || (n_dims == 1 && dims[0].lower_bound == 1))
        return true;
    tenon_dimension *copy = tenon_arena_alloc(call->mem, n_dims * sizeof *copy);
    if (copy == NULL)
        return out_of_memory(call);
    memcpy(copy, dims, n_dims * sizeof *copy);
    nested->n_dims = n_dims;
    nested->dims = copy;
    return true;
}

static bool take_elements(tenon__call *call, tenon__nested *nested, struct cursor *cursor,
                          size_t count)
{
    tenon__cell *cells = alloc_cells(call, nested, count);

    if (cells == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!take_cell(cursor, &cells[i]))
            return malformed(call, "has an array that ends within an element");
        nested->has_nulls |= cells[i].length < 0;
    }
    if (cursor->left != 0)
        return malformed(call, "has bytes behind the end of an array");
    enter(call, nested, cells, count);
    return true;
}

bool tenon__enter_array(tenon__call *call, tenon__nested *nested, uint32_t element_type)
{
    struct cursor cursor;
    uint32_t n_dims, flags, found_type;
    size_t count;

    if (!start(call, nested, &cursor))
        return false;
    if (!take32(&cursor, &n_dims) || !take32(&cursor, &flags) || !take32(&cursor, &found_type) ||
        n_dims > TENON_MAX_DIMENSIONS)
        return malformed(call, "has an array with a malformed header");
    if (!tenon__type_fits(element_type, found_type))
        return malformed(call, "has an array of another element type");
    return take_dimensions(call, nested, &cursor, n_dims, &count) &&
           take_elements(call, nested, &cursor, count);
}

bool tenon__enter_record(tenon__call *call, tenon__nested *nested, const uint32_t *field_types,
                         size_t n_fields)
{
    struct cursor cursor;
    uint32_t n_found, type;

    if (!start(call, nested, &cursor))
        return false;
    if (!take32(&cursor, &n_found) || n_found != n_fields)
        return malformed(call, "has a composite value with another number of fields");
    tenon__cell *cells = alloc_cells(call, nested, n_fields);
    if (cells == NULL)
        return false;
    for (size_t i = 0; i < n_fields; i++) {
        if (!take32(&cursor, &type) || !take_cell(&cursor, &cells[i]))
            return malformed(call, "has a composite value that ends within a field");
        if (!tenon__type_fits(field_types[i], type))
            return malformed(call, "has a composite value with a field of another type");
        nested->has_nulls |= cells[i].length < 0;
    }
    if (cursor.left != 0)
        return malformed(call, "has bytes behind the end of a composite value");
    enter(call, nested, cells, n_fields);
    return true;
}

enum {
    RANGE_EMPTY = 0x01,
    RANGE_LOWER_INCLUSIVE = 0x02,
    RANGE_UPPER_INCLUSIVE = 0x04,
    RANGE_LOWER_INFINITE = 0x08,
    RANGE_UPPER_INFINITE = 0x10,
};

bool tenon__enter_range(tenon__call *call, tenon__nested *nested)
{
    struct cursor cursor;

    if (!start(call, nested, &cursor))
        return false;
    if (cursor.left < 1)
        return malformed(call, "has an empty range value");
    unsigned flags = *cursor.at++;
    cursor.left--;
    tenon__cell *cells = alloc_cells(call, nested, 2);
    if (cells == NULL)
        return false;
    cells[0] = cells[1] = (tenon__cell){-1, ""};
    if (((flags & (RANGE_EMPTY | RANGE_LOWER_INFINITE)) == 0 && !take_cell(&cursor, &cells[0])) ||
        ((flags & (RANGE_EMPTY | RANGE_UPPER_INFINITE)) == 0 && !take_cell(&cursor, &cells[1])) ||
        cursor.left != 0)
        return malformed(call, "has a malformed range");
    nested->empty = (flags & RANGE_EMPTY) != 0;
    nested->lower_inclusive = (flags & RANGE_LOWER_INCLUSIVE) != 0;
    nested->upper_inclusive = (flags & RANGE_UPPER_INCLUSIVE) != 0;
    enter(call, nested, cells, 2);
    return true;
}

bool tenon__enter_multirange(tenon__call *call, tenon__nested *nested)
{
    struct cursor cursor;
    uint32_t count;

    if (!start(call, nested, &cursor))
        return false;
    if (!take32(&cursor, &count) || count > cursor.left / 4)
        return malformed(call, "has a malformed multirange");
    return take_elements(call, nested, &cursor, count);
}

void tenon__leave(tenon__call *call, tenon__nested *nested)
{
    call->cell = nested->resume;
    call->nested = nested->outer;
    if (nested->rewinds)
        tenon__arena_rewind(call->scratch, (arena_mark){nested->block, nested->used});
}

static void *alloc_zeroed(tenon__call *call, tenon__nested *nested, size_t size)
{
    void *memory = NULL;

    if (nested->count <= SIZE_MAX / size)
        memory = tenon_arena_alloc(call->mem, nested->count * size);
    if (memory == NULL) {
        out_of_memory(call);
        nested->count = 0;
        return NULL;
    }
    memset(memory, 0, nested->count * size);
    return memory;
}

void *tenon__alloc_items(tenon__call *call, tenon__nested *nested, size_t size)
{
    return nested->count == 0 ? NULL : alloc_zeroed(call, nested, size);
}

bool *tenon__alloc_nulls(tenon__call *call, tenon__nested *nested)
{
    return nested->has_nulls && nested->count > 0 ? alloc_zeroed(call, nested, sizeof(bool)) : NULL;
}
