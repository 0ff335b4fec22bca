/* Rows for every table of the menu; what breaks a constraint is left out. */
#include "catalog/server.h"
#include "random/check.h"

enum { MOST_ROWS = 5 };

typedef VEC(const char *) texts;

static void add_rows(struct gen *gen, texts *rows, const struct relation *relation)
{
    for (uint32_t n = pick(gen, MOST_ROWS + 1); n > 0; n--)
        vec_push(gen->arena, rows, gen_row(gen, relation));
}

/* Rows go with those that refer to them. */
static void empty_tables(struct gen *gen, PGconn *conn)
{
    for (size_t i = 0; i < gen->menu->relations.n; i++) {
        const struct relation *relation = gen->menu->relations.items[i];

        if (relation->relkind == 'r' || relation->relkind == 'p')
            check_command(conn,
                          arena_printf(gen->arena, "TRUNCATE %s CASCADE",
                                       object_name(gen, relation->namespace_oid, relation->name)));
    }
}

void fill_tables(struct gen *gen, PGconn *conn, bool anew)
{
    texts rows = {0};

    if (anew)
        empty_tables(gen, conn);
    for (size_t i = 0; i < gen->menu->relations.n; i++) {
        const struct relation *relation = gen->menu->relations.items[i];

        if (relation->relkind == 'r' || relation->relkind == 'p')
            add_rows(gen, &rows, relation);
    }
    for (size_t i = 0; i < gen->menu->relations.n; i++) {
        const struct relation *relation = gen->menu->relations.items[i];

        if (relation->relkind == 'm')
            vec_push(gen->arena, &rows,
                     arena_printf(gen->arena, "REFRESH MATERIALIZED VIEW %s",
                                  object_name(gen, relation->namespace_oid, relation->name)));
    }
    server_run_all(conn, gen->arena, rows.items, rows.n);
}
