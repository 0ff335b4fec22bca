/* Line tables: offset → line by binary search, column by counting UTF-8 lead bytes. */
#include "support/source.h"

struct source *source_create(struct arena *arena, const char *path, str text)
{
    struct source *source = arena_new(arena, struct source);
    uint32_t n_lines = 1, line = 1;

    for (size_t i = 0; i < text.len; i++)
        n_lines += text.data[i] == '\n';
    *source = (struct source){
        .path = path, .text = text, .n_lines = n_lines, .release = release_default()};
    source->lines = arena_array(arena, uint32_t, n_lines);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '\n')
            source->lines[line++] = (uint32_t)i + 1;
    return source;
}

struct place source_place(const struct source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->n_lines, column = 1;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    for (uint32_t i = source->lines[low]; i < offset && i < source->text.len; i++)
        column += (source->text.data[i] & 0xC0) != 0x80;
    return (struct place){.line = low + 1, .column = column};
}

static size_t next_character(str text, size_t at)
{
    do
        at++;
    while (at < text.len && (text.data[at] & 0xC0) == 0x80);
    return at;
}

str source_line(const struct source *source, uint32_t line)
{
    size_t from = source->lines[line - 1], to = from;

    while (to < source->text.len && source->text.data[to] != '\n')
        to++;
    if (to > from && source->text.data[to - 1] == '\r')
        to--;
    return str_slice(source->text, from, to);
}

span span_of(const struct source *source, uint32_t offset, uint32_t len)
{
    return (span){source, offset, len};
}

span span_of_place(const struct source *source, struct place place)
{
    str line;
    size_t at = 0, end;

    if (place.line == 0 || place.line > source->n_lines)
        return span_of(source, (uint32_t)source->text.len, 0);
    line = source_line(source, place.line);
    for (uint32_t column = 1; column < place.column && at < line.len; column++)
        at = next_character(line, at);
    end = at < line.len ? next_character(line, at) : at;
    return span_of(source, source->lines[place.line - 1] + (uint32_t)at, (uint32_t)(end - at));
}
