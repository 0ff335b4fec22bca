/* Diagnostics and generated files, judged without knowing what they were made from. */
#include "fuzz/oracle.h"

#include <string.h>

static void check_span(span at)
{
    if (at.source)
        CHECK((size_t)at.offset + at.len <= at.source->text.len, "%s: %u + %u of %zu bytes",
              at.source->path, at.offset, at.len, at.source->text.len);
}

static void check_sentence(const char *text)
{
    str s = str_from(text);

    CHECK(s.len > 0, "an empty sentence");
    CHECK(str_valid_utf8(s) == s.len, "not UTF-8: %s", text);
}

static void check_code(const char *code)
{
    CHECK(strlen(code) == 5, "%s", code);
    CHECK(strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5, "%s", code);
}

void check_diags(struct arena *arena, const struct diags *diags)
{
    size_t n_errors = 0;

    for (size_t i = 0; i < diags->list.n; i++) {
        const struct diag *diag = diags->list.items[i];
        struct buf out = buf_in(arena);
        n_errors += diag->severity == SEVERITY_ERROR;
        check_code(diag->code);
        check_span(diag->at);
        check_sentence(diag->message);
        if (diag->hint)
            check_sentence(diag->hint);
        for (size_t k = 0; k < diag->notes.n; k++) {
            check_span(diag->notes.items[k].at);
            check_sentence(diag->notes.items[k].message);
        }
        diag_render(&out, diag, false);
        check_sentence(buf_text(&out));
    }
    CHECK(n_errors == diags->n_errors, "%zu errors, counted as %zu", n_errors, diags->n_errors);
}

/* Past the literal that starts at `at`, on one line. */
static const char *literal_end(const struct emit_file *file, const char *at)
{
    const char quote = *at++;

    for (; *at != quote; at++) {
        CHECK(*at != '\0' && *at != '\n', "%s: a literal does not end", file->path);
        if (*at == '\\')
            at++;
    }
    return at + 1;
}

static const char *comment_end(const struct emit_file *file, const char *at)
{
    const char *end = strstr(at + 2, "*/"), *inner = strstr(at + 2, "/*");

    CHECK(end, "%s: a comment does not end", file->path);
    CHECK(!inner || inner > end, "%s: a comment in a comment", file->path);
    return end + 2;
}

static void check_bytes(const struct emit_file *file)
{
    for (const char *at = file->text; *at; at++) {
        CHECK(*at == '\n' || (*at >= ' ' && *at <= '~'), "%s: byte 0x%02x", file->path,
              (unsigned char)*at);
        CHECK(at[0] != '?' || at[1] != '?' || !at[2] || !strchr("=/'()!<>-", at[2]),
              "%s: a trigraph", file->path);
    }
}

void check_c_file(const struct emit_file *file)
{
    static const char brackets[] = "([{)]}";
    char open[256];
    size_t depth = 0;

    check_bytes(file);
    CHECK(strncmp(file->text, EMIT_SIGNATURE, strlen(EMIT_SIGNATURE)) == 0, "%s", file->path);
    CHECK(str_ends_with(str_from(file->text), "\n"), "%s", file->path);
    for (const char *at = file->text; *at;) {
        const char *bracket = strchr(brackets, *at);
        if (*at == '"' || *at == '\'') {
            at = literal_end(file, at);
            continue;
        }
        if (at[0] == '/' && at[1] == '*') {
            at = comment_end(file, at);
            continue;
        }
        if (bracket && bracket - brackets < 3) {
            CHECK(depth < sizeof open, "%s: too deep", file->path);
            open[depth++] = bracket[3];
        } else if (bracket) {
            CHECK(depth > 0 && open[depth - 1] == *at, "%s: a stray %c", file->path, *at);
            depth--;
        }
        at++;
    }
    CHECK(depth == 0, "%s: %zu brackets stay open", file->path, depth);
}
