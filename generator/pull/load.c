/* All objects are one script, so that they are one session; an error's place in it says of which
 * object it is.
 */
#include "pull/load.h"

#include <string.h>

#include "replay/replay.h"

/* Bodies are checked when the plan is proved, in an order that suits them. */
static const char start[] = "SET check_function_bodies = off;\n";

static const char *script_of(struct arena *arena, const struct ddl *ddl)
{
    struct buf script = buf_in(arena);

    buf_adds(&script, start);
    for (size_t i = 0; i < ddl->objects.n; i++)
        buf_adds(&script, ddl->objects.items[i].sql);
    return buf_text(&script);
}

static const struct ddl_object *object_at(const struct ddl *ddl, size_t offset)
{
    size_t end = sizeof start - 1;

    for (size_t i = 0; i < ddl->objects.n; i++) {
        end += strlen(ddl->objects.items[i].sql);
        if (offset < end)
            return &ddl->objects.items[i];
    }
    return NULL;
}

static void report(struct diags *diags, const struct ddl *ddl, const struct diag *said,
                   struct release release)
{
    const struct ddl_object *object = object_at(ddl, said->at.offset);
    struct diag *diag =
        object && *object->words
            ? diag_error(diags, said->code, said->at, "%s: %s", object->words, said->message)
            : diag_error(diags, said->code, said->at, "%s", said->message);

    diag_hint(diags, diag, "%s",
              said->hint
                  ? said->hint
                  : arena_printf(diags->arena,
                                 "this is what the server says of it; PostgreSQL %d or tenon "
                                 "can not express it",
                                 release.major));
}

void pull_load(struct arena *arena, const struct ddl *ddl, struct catalog *catalog,
               struct diags *diags)
{
    const struct release release = catalog_release(catalog);
    struct diags said = {.arena = arena};
    struct source *source = source_create(arena, "server", str_from(script_of(arena, ddl)));

    source->release = release;
    replay_script(catalog, sql_parse_schema(arena, source, &said), &said);
    for (size_t i = 0; i < said.list.n; i++)
        if (said.list.items[i]->severity == SEVERITY_ERROR)
            report(diags, ddl, said.list.items[i], release);
}
