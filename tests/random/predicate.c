/* Boolean forms that are syntax of their own. */
#include <string.h>

#include "random/gen.h"

static const char *const comparisons[] = {"=", "=", "=", "<>", "<", "<=", ">", ">=", "!="};

static const char *comparison(struct gen *gen)
{
    return comparisons[pick(gen, sizeof comparisons / sizeof *comparisons)];
}

/* A column and its type, or anything. */
static oid subject(struct gen *gen, struct buf *out, struct spot at)
{
    oid type = 0;

    if (chance(gen, 75) && gen_any_column(gen, out, at, &type))
        return type;
    type = pick_type(gen);
    gen_expr(gen, out, inside(at), type);
    return type;
}

static void compare(struct gen *gen, struct buf *out, struct spot at)
{
    const oid type = subject(gen, out, at);

    buf_addf(out, " %s ", comparison(gen));
    gen_expr(gen, out, inside(at), type);
}

static void is_test(struct gen *gen, struct buf *out, struct spot at)
{
    static const char *const tests[] = {"TRUE",      "NOT TRUE", "FALSE",
                                        "NOT FALSE", "UNKNOWN",  "NOT UNKNOWN"};

    if (chance(gen, 70)) {
        const size_t start = out->len;
        const oid type = subject(gen, out, at);
        const char *text = arena_strdup(gen->arena, buf_text(out) + start);

        vec_push(gen->arena, &gen->echoes, (struct echo){at.scope, text, type});
        buf_adds(out, chance(gen, 60) ? " IS NOT NULL" : " IS NULL");
        return;
    }
    buf_adds(out, "(");
    gen_expr(gen, out, inside(at), OID_BOOL);
    buf_addf(out, ") IS %s", tests[pick(gen, 6)]);
}

static void distinct_test(struct gen *gen, struct buf *out, struct spot at)
{
    const oid type = subject(gen, out, at);

    buf_adds(out, chance(gen, 50) ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ");
    gen_expr(gen, out, inside(at), type);
}

static void in_list(struct gen *gen, struct buf *out, struct spot at)
{
    const oid type = subject(gen, out, at);

    buf_adds(out, chance(gen, 30) ? " NOT IN (" : " IN (");
    if (at.depth >= 2 && chance(gen, 30)) {
        gen_query(gen, out, at.scope, &type, 1, NULL, at.depth - 2);
    } else {
        for (uint32_t i = 0, n = 1 + pick(gen, 3); i < n; i++) {
            buf_adds(out, i ? ", " : "");
            gen_expr(gen, out, inside(at), type);
        }
    }
    buf_adds(out, ")");
}

static void any_all(struct gen *gen, struct buf *out, struct spot at)
{
    const oid type = subject(gen, out, at);
    const oid array = catalog_array_type(gen->menu->catalog, type);

    buf_addf(out, " %s %s (", comparison(gen), chance(gen, 65) ? "ANY" : "ALL");
    if (at.depth >= 2 && (!array || chance(gen, 30)))
        gen_query(gen, out, at.scope, &type, 1, NULL, at.depth - 2);
    else
        gen_expr(gen, out, inside(at), array);
    buf_adds(out, ")");
}

static void between(struct gen *gen, struct buf *out, struct spot at)
{
    static const char *const words[] = {"BETWEEN", "NOT BETWEEN", "BETWEEN SYMMETRIC"};
    const oid type = subject(gen, out, at);

    buf_addf(out, " %s ", words[pick(gen, 3)]);
    gen_expr(gen, out, inside(at), type);
    buf_adds(out, " AND ");
    gen_expr(gen, out, inside(at), type);
}

static void like(struct gen *gen, struct buf *out, struct spot at)
{
    static const char *const words[] = {"LIKE", "ILIKE", "NOT LIKE", "SIMILAR TO", "~", "!~*"};

    gen_expr(gen, out, inside(at), OID_TEXT);
    buf_addf(out, " %s ", words[pick(gen, 6)]);
    gen_expr(gen, out, inside(at), OID_TEXT);
}

static void row_comparison(struct gen *gen, struct buf *out, struct spot at)
{
    struct buf right = buf_in(gen->arena);
    const char *op = comparison(gen);
    oid types[3];
    const uint32_t n = 1 + pick(gen, 3);

    buf_adds(out, n == 1 || chance(gen, 40) ? "ROW(" : "(");
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(out, i ? ", " : "");
        types[i] = subject(gen, out, at);
        buf_adds(&right, i ? ", " : "");
        gen_expr(gen, &right, inside(at), types[i]);
    }
    if (at.depth >= 2 && chance(gen, 25)) {
        buf_addf(out, ") %s%s (", chance(gen, 50) ? "IN" : op, "");
        gen_query(gen, out, at.scope, types, n, NULL, at.depth - 2);
        buf_adds(out, ")");
    } else {
        buf_addf(out, ") %s %s%s)", chance(gen, 80) ? op : "IS DISTINCT FROM",
                 n == 1 ? "ROW(" : "(", buf_text(&right));
    }
}

static void exists(struct gen *gen, struct buf *out, struct spot at)
{
    buf_adds(out, chance(gen, 25) ? "NOT EXISTS (" : "EXISTS (");
    gen_query(gen, out, at.scope, NULL, 0, NULL, at.depth - 2);
    buf_adds(out, ")");
}

static void connect(struct gen *gen, struct buf *out, struct spot at)
{
    if (chance(gen, 20)) {
        buf_adds(out, "NOT ");
        gen_condition(gen, out, inside(at));
        return;
    }
    gen_condition(gen, out, inside(at));
    buf_adds(out, chance(gen, 60) ? " AND " : " OR ");
    gen_condition(gen, out, inside(at));
}

typedef void predicate_rule(struct gen *gen, struct buf *out, struct spot at);

bool form_predicate(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    static predicate_rule *const rules[] = {
        compare,       compare, compare, compare, is_test, is_test,        connect, connect,
        distinct_test, in_list, any_all, between, like,    row_comparison, in_list, any_all};

    if (type != OID_BOOL || at.depth <= 0)
        return false;
    buf_adds(out, "(");
    if (at.depth >= 2 && chance(gen, 6))
        exists(gen, out, at);
    else
        rules[pick(gen, sizeof rules / sizeof *rules)](gen, out, at);
    buf_adds(out, ")");
    return true;
}

void gen_condition(struct gen *gen, struct buf *out, struct spot at)
{
    if (chance(gen, 85) && form_predicate(gen, out, at, OID_BOOL))
        return;
    gen_expr(gen, out, at, OID_BOOL);
}
