/* The shared fixture: one arena, one list of diagnostics. */
#include "given.h"

#include <string.h>

struct arena given_arena;
struct diags given_diags;

void given_setup(void)
{
    given_arena = (struct arena){0};
    given_diags = (struct diags){.arena = &given_arena};
}

void given_teardown(void)
{
    arena_finish(&given_arena);
}

struct statements given_schema(const char *text)
{
    const struct source *source = source_create(&given_arena, "schema.sql", str_from(text));

    return sql_parse_schema(&given_arena, source, &given_diags);
}

static bool is_operator(void *context, const char *name)
{
    static const char *const operators[] = {"=",  "<>",  "<",  ">",  "<=", ">=", "+",
                                            "-",  "*",   "/",  "||", "@>", "<@", "@@",
                                            "->", "->>", "&&", "@",  "~",  "-|-"};

    (void)context;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strcmp(operators[i], name) == 0)
            return true;
    return false;
}

struct annotated_queries given_queries(const char *text)
{
    const struct source *source = source_create(&given_arena, "queries.sql", str_from(text));

    return query_file_parse(&given_arena, source, is_operator, NULL, &given_diags);
}

const struct annotated_query *given_query(const char *sql)
{
    struct annotated_queries queries =
        given_queries(arena_printf(&given_arena, "-- name: Q :many\n%s", sql));

    ck_assert_str_eq(diag_at(0), "");
    ck_assert_uint_eq(queries.n, 1);
    return queries.items[0];
}

const char *text_of(const struct statement *statement)
{
    return arena_strndup(&given_arena, statement->sql->text + statement->location,
                         (size_t)statement->len);
}

const char *text_at(span at)
{
    return arena_strndup(&given_arena, at.source->text.data + at.offset, at.len);
}

const char *diag_at(size_t i)
{
    const struct diag *diag;
    struct place place;

    diag_sort(&given_diags);
    if (i >= given_diags.list.n)
        return "";
    diag = given_diags.list.items[i];
    place = source_place(diag->at.source, diag->at.offset);
    return arena_printf(&given_arena, "%s %u:%u %s", diag->code, place.line, place.column,
                        text_at(diag->at));
}
