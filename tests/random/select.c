/* SELECT and what is built of it: FROM first, because all else refers to it; then the text is put
 * together in the order of the syntax.
 */
#include <string.h>

#include "random/gen.h"

struct select {
    struct scope scope;
    struct buf from, where, group, having, window, targets;
    unsigned flags;
    uint32_t n_targets;
};

static const char *const target_names[] = {"a", "b", "k", "v", "n", "x", "id", "\"Total\""};

static void add_group(struct gen *gen, struct select *select, const char *text, oid type)
{
    vec_push(gen->arena, &select->scope.groups, (struct grouped){text, type});
}

static void group_item(struct gen *gen, struct select *select, int depth)
{
    const struct spot at = {.scope = &select->scope, .depth = depth / 2};
    struct buf text = buf_in(gen->arena);
    oid type = 0;

    if (chance(gen, 20) || !gen_any_column(gen, &text, at, &type)) {
        text = buf_in(gen->arena);
        type = pick_type(gen);
        gen_expr(gen, &text, at, type);
    }
    buf_adds(&select->group, buf_text(&text));
    add_group(gen, select, buf_text(&text), type);
}

/* GROUP BY, and what may be used after it. */
static void gen_group(struct gen *gen, struct select *select, int depth)
{
    static const char *const wraps[] = {"ROLLUP (", "CUBE (", "GROUPING SETS ((), ",
                                        "GROUPING SETS ("};
    const uint32_t n = pick(gen, 4);
    const bool is_wrapped = n > 0 && chance(gen, 25);

    if (n == 0) {
        if (chance(gen, 15))
            buf_adds(&select->group, "()");
        return;
    }
    if (!is_wrapped && chance(gen, 12)) {
        /* a primary key may stand for the whole row */
        buf_addf(&select->group, "%s.id",
                 select->scope.items.n ? select->scope.items.items[0].name : "nothing");
        for (size_t i = 0; select->scope.items.n && i < select->scope.items.items[0].columns.n;
             i++) {
            const struct column *column = &select->scope.items.items[0].columns.items[i];

            add_group(
                gen, select,
                arena_printf(gen->arena, "%s.%s", select->scope.items.items[0].name, column->name),
                column->type);
        }
        return;
    }
    buf_adds(&select->group, is_wrapped ? wraps[pick(gen, 4)] : chance(gen, 5) ? "DISTINCT " : "");
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(&select->group, i ? ", " : "");
        group_item(gen, select, depth);
    }
    buf_adds(&select->group, is_wrapped ? ")" : "");
}

static void gen_target(struct gen *gen, struct select *select, struct spot at, oid type,
                       columns *result)
{
    struct column column = {.type = type};

    gen_expr(gen, &select->targets, at, type);
    if (result || chance(gen, 40)) {
        column.name =
            chance(gen, result ? 90 : 60) ? fresh_name(gen, "c") : target_names[pick(gen, 8)];
        buf_addf(&select->targets, " AS %s", column.name);
    }
    if (result)
        vec_push(gen->arena, result, column);
}

static void add_star(struct gen *gen, struct select *select, columns *result)
{
    const struct item *item;

    if (chance(gen, 40)) {
        buf_adds(&select->targets, "*");
        for (size_t i = 0; result && i < select->scope.items.n; i++)
            for (size_t c = 0; c < select->scope.items.items[i].columns.n; c++)
                vec_push(gen->arena, result, select->scope.items.items[i].columns.items[c]);
        return;
    }
    item = &select->scope.items.items[pick(gen, (uint32_t)select->scope.items.n)];
    buf_addf(&select->targets, "%s.*", item->name);
    for (size_t c = 0; result && c < item->columns.n; c++)
        vec_push(gen->arena, result, item->columns.items[c]);
}

static oid target_type(struct gen *gen, const struct select *select)
{
    const struct item *item;

    if (select->scope.items.n == 0 || chance(gen, 50))
        return pick_type(gen);
    item = &select->scope.items.items[pick(gen, (uint32_t)select->scope.items.n)];
    return item->columns.n ? item->columns.items[pick(gen, (uint32_t)item->columns.n)].type
                           : OID_INT4;
}

static void gen_targets(struct gen *gen, struct select *select, const oid *types, size_t n,
                        columns *result, int depth)
{
    const struct spot at = {.scope = &select->scope, .flags = select->flags, .depth = depth};
    const uint32_t wanted = n ? (uint32_t)n : 1 + pick(gen, 4);

    for (uint32_t i = 0; i < wanted; i++) {
        buf_adds(&select->targets, i ? ", " : "");
        if (n == 0 && !select->scope.is_grouped && select->scope.items.n && chance(gen, 12))
            add_star(gen, select, result);
        else
            gen_target(gen, select, at, n ? types[i] : target_type(gen, select), result);
    }
    select->n_targets = wanted;
}

void gen_order_limit(struct gen *gen, struct buf *out, struct spot at, size_t n_targets)
{
    if (chance(gen, 25)) {
        buf_adds(out, " ORDER BY ");
        for (uint32_t i = 0, n = 1 + pick(gen, 2); i < n; i++) {
            buf_adds(out, i ? ", " : "");
            if (!at.scope || chance(gen, 50))
                buf_addf(out, "%u", 1 + pick(gen, (uint32_t)n_targets));
            else
                gen_expr(gen, out, at, pick_type(gen));
            buf_adds(out, chance(gen, 30) ? " DESC" : chance(gen, 3) ? " USING <" : "");
            buf_adds(out, chance(gen, 15) ? " NULLS LAST" : "");
        }
    }
    if (chance(gen, 12)) {
        buf_adds(out, " LIMIT ");
        if (!chance(gen, 30) || !gen_param(gen, out, OID_INT8))
            buf_addf(out, "%u", pick(gen, 4));
    }
    if (chance(gen, 5))
        buf_addf(out, " OFFSET %u", pick(gen, 2));
}

static void add_distinct(struct gen *gen, struct buf *out, struct spot at)
{
    oid type;

    if (chance(gen, 88))
        return;
    if (chance(gen, 60)) {
        buf_adds(out, "DISTINCT ");
        return;
    }
    buf_adds(out, "DISTINCT ON (");
    if (!gen_any_column(gen, out, at, &type))
        buf_adds(out, "1");
    buf_adds(out, ") ");
}

static void gen_window_clause(struct gen *gen, struct select *select)
{
    const struct spot at = {.scope = &select->scope, .depth = 1};
    oid type;

    buf_adds(&select->window, "win AS (");
    if (chance(gen, 60)) {
        buf_adds(&select->window, "PARTITION BY ");
        if (!gen_any_column(gen, &select->window, at, &type))
            buf_adds(&select->window, "1");
    }
    if (chance(gen, 40)) {
        buf_adds(&select->window, " ORDER BY ");
        if (!gen_any_column(gen, &select->window, at, &type))
            buf_adds(&select->window, "1");
    }
    buf_adds(&select->window, ")");
    if (chance(gen, 20))
        buf_adds(&select->window, ", other AS (win ORDER BY 1)");
}

static void gen_clauses(struct gen *gen, struct select *select, int depth)
{
    const struct spot at = {.scope = &select->scope, .depth = depth < 1 ? 1 : depth};

    if (chance(gen, 95))
        gen_from(gen, &select->from, &select->scope, depth);
    if (chance(gen, 55))
        gen_condition(gen, &select->where, at);
    select->flags = chance(gen, 12) ? ALLOW_SET : 0;
    if (chance(gen, 30)) {
        select->flags = ALLOW_AGG;
        gen_group(gen, select, depth);
        select->scope.is_grouped = true;
        if (chance(gen, 25))
            gen_condition(gen, &select->having,
                          (struct spot){.scope = &select->scope, .flags = ALLOW_AGG, .depth = 2});
    }
    if (chance(gen, 25))
        select->flags |= ALLOW_WINDOW;
    if (select->flags & ALLOW_WINDOW && chance(gen, 30))
        gen_window_clause(gen, select);
}

/* The clauses without ORDER BY and LIMIT. */
static void gen_select(struct gen *gen, struct buf *out, struct select *select, const oid *types,
                       size_t n, columns *result, int depth)
{
    const struct spot at = {.scope = &select->scope, .depth = 1};
    struct arena *arena = gen->arena;
    const size_t n_echoes = gen->echoes.n;

    select->from = select->where = select->group = select->having = select->window =
        select->targets = buf_in(arena);
    gen_clauses(gen, select, depth);
    gen->has_window = select->window.len > 0;
    gen_targets(gen, select, types, n, result, depth);
    gen->has_window = false;
    gen->echoes.n = n_echoes;
    buf_adds(out, "SELECT ");
    add_distinct(gen, out, at);
    buf_adds(out, buf_text(&select->targets));
    if (select->from.len)
        buf_addf(out, " FROM %s", buf_text(&select->from));
    if (select->where.len)
        buf_addf(out, " WHERE %s", buf_text(&select->where));
    if (select->group.len)
        buf_addf(out, " GROUP BY %s", buf_text(&select->group));
    if (select->having.len)
        buf_addf(out, " HAVING %s", buf_text(&select->having));
    if (select->window.len)
        buf_addf(out, " WINDOW %s", buf_text(&select->window));
}

/* Wanted types for the arms of a set operation. */
static size_t choose_types(struct gen *gen, const oid *types, size_t n, oid *chosen)
{
    if (n) {
        memcpy(chosen, types, n * sizeof *types);
        return n;
    }
    n = 1 + pick(gen, 3);
    for (size_t i = 0; i < n; i++)
        chosen[i] = pick_type(gen);
    return n;
}

static void gen_set_operation(struct gen *gen, struct buf *out, const struct scope *outer,
                              const oid *types, size_t n, columns *result, int depth)
{
    static const char *const words[] = {"UNION",     "UNION ALL", "UNION ALL",
                                        "INTERSECT", "EXCEPT",    "EXCEPT ALL"};
    oid wanted[16];

    n = choose_types(gen, types, n > 16 ? 16 : n, wanted);
    for (uint32_t i = 0, arms = 2 + pick(gen, 2); i < arms; i++) {
        struct select select = {.scope.outer = outer};
        const bool in_parens = chance(gen, 15);

        if (i)
            buf_addf(out, " %s ", words[pick(gen, 6)]);
        buf_adds(out, in_parens ? "(" : "");
        if (chance(gen, 12)) {
            const struct spot at = {.scope = outer, .depth = 1};
            buf_adds(out, "VALUES (");
            for (size_t c = 0; c < n; c++) {
                buf_adds(out, c ? ", " : "");
                gen_expr(gen, out, at, wanted[c]);
                if (i == 0 && result)
                    vec_push(
                        gen->arena, result,
                        (struct column){arena_printf(gen->arena, "column%zu", c + 1), wanted[c]});
            }
            buf_adds(out, ")");
        } else {
            gen_select(gen, out, &select, wanted, n, i == 0 ? result : NULL, depth - 1);
        }
        buf_adds(out, in_parens ? ")" : "");
    }
    gen_order_limit(gen, out, (struct spot){0}, n);
}

void gen_query(struct gen *gen, struct buf *out, const struct scope *outer, const oid *types,
               size_t n, columns *result, int depth)
{
    const size_t n_ctes = gen->ctes.n;
    struct select select = {.scope.outer = outer};

    if (depth < 0)
        depth = 0;
    if (depth >= 2 && chance(gen, 5))
        gen_with(gen, out, false, depth - 1);
    if (depth >= 1 && chance(gen, gen->is_plain ? 5 : 10)) {
        gen_set_operation(gen, out, outer, types, n, result, depth);
    } else {
        gen_select(gen, out, &select, types, n, result, depth);
        gen_order_limit(
            gen, out,
            (struct spot){.scope = &select.scope, .flags = select.flags, .depth = depth / 2},
            select.n_targets);
        if (chance(gen, 2))
            buf_adds(out, chance(gen, 50) ? " FOR UPDATE" : " FOR SHARE SKIP LOCKED");
        else if (chance(gen, 1) && select.scope.items.n)
            buf_addf(out, " FOR UPDATE OF %s", select.scope.items.items[0].name);
    }
    gen->ctes.n = n_ctes;
}
