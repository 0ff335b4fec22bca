/* The declarations of generated headers by name, before and after: read from the text, which is
 * what programs include.
 */
#include <ctype.h>
#include <string.h>

#include "cli/review.h"
#include "support/map.h"

/* The text without comments, lines of the preprocessor and empty lines. */
static const char *stripped(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);

    while (*text) {
        const char *end;
        if (strncmp(text, "/*", 2) == 0) {
            end = strstr(text, "*/");
            text = end ? end + 2 : text + strlen(text);
        } else if (*text == '#' && (!out.len || out.data[out.len - 1] == '\n')) {
            for (text += strcspn(text, "\n"); text[-1] == '\\' && *text;)
                text += 1 + strcspn(text + 1, "\n");
        } else if (*text == '\n') {
            while (out.len && out.data[out.len - 1] == ' ')
                out.len--;
            if (out.len && out.data[out.len - 1] != '\n')
                buf_addc(&out, '\n');
            text++;
        } else {
            buf_addc(&out, *text++);
        }
    }
    return buf_text(&out);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The last word before the end: of a typedef its name, of a function what is before the bracket. */
static const char *name_of(struct arena *arena, const char *text, size_t len)
{
    size_t end = len, begin;

    if (strncmp(text, "typedef", 7) != 0) {
        const char *bracket = memchr(text, '(', len);
        end = bracket ? (size_t)(bracket - text) : len;
    }
    while (end > 0 && !is_word(text[end - 1]))
        end--;
    for (begin = end; begin > 0 && is_word(text[begin - 1]);)
        begin--;
    return arena_strndup(arena, text + begin, end - begin);
}

/* Up to the semicolon outside of brackets, or the end of a body. */
static size_t declaration_length(const char *text)
{
    int depth = 0;
    size_t i;

    for (i = 0; text[i]; i++) {
        depth += text[i] == '{' || text[i] == '(';
        depth -= text[i] == '}' || text[i] == ')';
        if (!depth && text[i] == ';')
            return i + 1;
        if (!depth && text[i] == '}' && text[i + 1] == '\n')
            return i + 1;
    }
    return i;
}

/* What generated files say to each other is not told. */
static bool is_for_programs(const char *text)
{
    return *text != '}' && strncmp(text, "extern ", 7) != 0 && strncmp(text, "static ", 7) != 0;
}

static void add_declarations(struct arena *arena, struct map *map, const char *text)
{
    for (text = stripped(arena, text); *text;) {
        size_t len;
        while (isspace((unsigned char)*text))
            text++;
        len = declaration_length(text);
        if (len && is_for_programs(text))
            map_put(map, name_of(arena, text, len), arena_strndup(arena, text, len));
        text += strncmp(text, "extern \"C\"", 10) == 0 ? strcspn(text, "\n") : len;
    }
}

static bool is_header(const char *path)
{
    const size_t len = strlen(path);

    return len > 2 && strcmp(path + len - 2, ".h") == 0;
}

/* The queries that are right are emitted though others are wrong. */
static struct map declarations_of(struct arena *arena, struct compilation *compilation)
{
    struct map map = {.arena = arena};
    emit_files files = {0};
    struct compilation right = *compilation;

    right.diags = (struct diags){.arena = arena};
    if (!compile_emit(&right, &files))
        return map;
    for (size_t i = 0; i < files.n; i++)
        if (is_header(files.items[i].path))
            add_declarations(arena, &map, files.items[i].text);
    return map;
}

void review_declarations(struct arena *arena, struct compilation *before, struct compilation *after,
                         struct code_review *review)
{
    const struct map old = declarations_of(arena, before), new = declarations_of(arena, after);

    for (size_t i = 0; i < new.n_entries; i++) {
        const char *text = new.entries[i].value, *was = map_find(&old, new.entries[i].key);
        if (!was || strcmp(was, text) != 0)
            vec_push(arena, &review->declarations,
                     (struct declaration_change){new.entries[i].key, was, text});
    }
    for (size_t i = 0; i < old.n_entries; i++)
        if (!map_find(&new, old.entries[i].key))
            vec_push(arena, &review->declarations,
                     (struct declaration_change){old.entries[i].key, old.entries[i].value, NULL});
}
