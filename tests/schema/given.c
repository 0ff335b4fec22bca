#include "given.h"

#include "facts.h"
#include "replay/replay.h"

struct arena given_arena;
struct diags given_diags;
struct catalog *given_catalog;

void given_setup(void)
{
    given_diags = (struct diags){.arena = &given_arena};
    given_catalog = catalog_create(&given_arena, release_default());
}

void given_teardown(void)
{
    arena_finish(&given_arena);
}

void load(const char *text)
{
    const struct source *source = source_create(&given_arena, "schema.sql", str_from(text));

    replay_script(given_catalog, sql_parse_schema(&given_arena, source, &given_diags),
                  &given_diags);
}

const char *facts(const char *text, const char *prefix)
{
    load(text);
    ck_assert_str_eq(diagnostics(), "");
    return facts_with(&given_arena, given_catalog, prefix);
}

static void add_place(struct buf *text, const char *what, span at)
{
    struct place place = source_place(at.source, at.offset);

    buf_addf(text, "%s %u:%u %.*s\n", what, place.line, place.column, (int)at.len,
             at.source->text.data + at.offset);
}

const char *diagnostics(void)
{
    struct buf text = buf_in(&given_arena);

    for (size_t i = 0; i < given_diags.list.n; i++) {
        const struct diag *diag = given_diags.list.items[i];
        add_place(&text, diag->code, diag->at);
        for (size_t k = 0; k < diag->notes.n; k++)
            add_place(&text, "note", diag->notes.items[k].at);
        if (diag->hint)
            buf_addf(&text, "hint %s\n", diag->hint);
    }
    return buf_text(&text);
}

const char *diagnostics_of(const char *text)
{
    given_setup();
    load(text);
    return diagnostics();
}

const char *message_of(const char *text)
{
    given_setup();
    load(text);
    ck_assert_uint_eq(given_diags.list.n, 1);
    return given_diags.list.items[0]->message;
}
