/* Statements that could be the body of a view are one for a moment. */
#include <stdio.h>
#include <string.h>

#include "agree/script.h"
#include "agree/verdict.h"
#include "deparse/compare.h"

/* The result's columns under names of which none appears twice. */
static const struct relation *view_of(struct arena *arena, const struct query *query)
{
    struct relation *view = arena_new(arena, struct relation);
    size_t n;
    const struct target *targets = query_result(query, &n);

    *view = (struct relation){.name = "made", .relkind = 'v', .view_query = query};
    for (size_t i = 0; i < n; i++) {
        const char *name = targets[i].name;

        for (size_t k = 0; k < i; k++)
            if (strcmp(view->attributes.items[k].name, name) == 0)
                name = arena_printf(arena, "column_%zu", i + 1);
        vec_push(arena, &view->attributes,
                 (struct attribute){.name = name, .number = (int16_t)(i + 1)});
    }
    return view;
}

static const char *create_view(struct arena *arena, const struct relation *view, const char *text)
{
    struct buf sql = buf_in(arena);

    buf_addf(&sql, "CREATE VIEW %s", view->name);
    for (size_t i = 0; i < view->attributes.n; i++)
        buf_addf(&sql, "%s%s", i ? ", " : " (",
                 catalog_quote_identifier(arena, view->attributes.items[i].name));
    buf_addf(&sql, "%s AS %s", view->attributes.n ? ")" : "", text);
    return buf_text(&sql);
}

static void compare_view(struct tally *tally, PGconn *conn, struct arena *arena,
                         const struct script_item *item, struct deparsed here, bool is_pretty)
{
    const char *pretty = is_pretty ? ", true" : "";
    struct comparison comparison = {
        .label =
            arena_printf(arena, "%s:%d%s", item->path, item->line, is_pretty ? " (pretty)" : ""),
        .here = here,
        .ask = arena_printf(arena, "SELECT pg_get_viewdef('made'::regclass%s)", pretty),
    };

    comparison.ask_again = comparison.ask;
    comparison.before = "DROP VIEW made; CREATE VIEW made AS ";
    compare(tally, conn, arena, &comparison);
}

static void compare_statement(struct tally *tally, PGconn *conn, struct verdict_maker *maker,
                              const struct script_item *item)
{
    struct arena arena = {0};
    struct analysis analysis;
    const struct relation *view;
    const struct catalog *catalog = verdict_catalog(maker);

    verdict_analyze(&arena, maker, item->text, &analysis);
    if (analysis.query && analysis.query->kind == QUERY_SELECT && analysis.n_params == 0) {
        view = view_of(&arena, analysis.query);
        if (run_sql(conn, create_view(&arena, view, item->text), true)) {
            compare_view(tally, conn, &arena, item, deparse_view(&arena, catalog, view, 0), false);
            compare_view(tally, conn, &arena, item,
                         deparse_view(&arena, catalog, view, DEPARSE_PRETTY), true);
            run_sql(conn, "DROP VIEW made", false);
        }
    }
    arena_finish(&arena);
}

bool compare_statements(struct tally *tally, PGconn *conn, const char *directory)
{
    struct arena arena = {0};
    struct script script = script_read(&arena, directory);
    struct verdict_maker *maker = verdict_maker_create(&arena, directory);
    const bool ok = run_sql(conn, script.schema, false);

    for (size_t i = 0; ok && i < script.n_items; i++)
        compare_statement(tally, conn, maker, &script.items[i]);
    arena_finish(&arena);
    return ok;
}
