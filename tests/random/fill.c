/* Rows for every table of the menu; what breaks a constraint is left out. */
#include "random/check.h"

enum { MOST_ROWS = 5 };

static bool try_command(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    const bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return ok;
}

static void fill_table(struct gen *gen, PGconn *conn, const struct relation *relation)
{
    for (uint32_t n = pick(gen, MOST_ROWS + 1); n > 0; n--)
        try_command(conn, gen_row(gen, relation));
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

void fill_tables(struct gen *gen, PGconn *conn)
{
    empty_tables(gen, conn);
    for (size_t i = 0; i < gen->menu->relations.n; i++) {
        const struct relation *relation = gen->menu->relations.items[i];

        if (relation->relkind == 'r' || relation->relkind == 'p')
            fill_table(gen, conn, relation);
    }
    for (size_t i = 0; i < gen->menu->relations.n; i++) {
        const struct relation *relation = gen->menu->relations.items[i];

        if (relation->relkind == 'm')
            try_command(conn,
                        arena_printf(gen->arena, "REFRESH MATERIALIZED VIEW %s",
                                     object_name(gen, relation->namespace_oid, relation->name)));
    }
}
