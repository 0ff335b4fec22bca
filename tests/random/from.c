/* FROM: tables, joins, sub-queries, functions, VALUES, CTEs, each with or without aliases. */
#include <string.h>

#include "random/gen.h"

static void add_relation_columns(struct gen *gen, struct item *item,
                                 const struct relation *relation)
{
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];

        if (!attribute->is_dropped)
            vec_push(gen->arena, &item->columns,
                     (struct column){catalog_quote_identifier(gen->arena, attribute->name),
                                     attribute->type});
    }
}

/* AS t, AS t(c1, …) */
static void add_alias(struct gen *gen, struct buf *out, struct item *item, bool must_name)
{
    item->name = fresh_name(gen, "t");
    buf_addf(out, "%s%s", chance(gen, 60) ? " AS " : " ", item->name);
    if (!must_name && !chance(gen, 8))
        return;
    buf_adds(out, "(");
    for (size_t i = 0; i < item->columns.n; i++) {
        if (chance(gen, 15))
            item->columns.items[i].name = fresh_name(gen, "c");
        buf_addf(out, "%s%s", i ? ", " : "", item->columns.items[i].name);
    }
    buf_adds(out, ")");
}

static void table_item(struct gen *gen, struct buf *out, struct scope *into)
{
    const uint32_t n = (uint32_t)gen->menu->relations.n, n_ctes = (uint32_t)gen->ctes.n;
    struct item item = {0};

    if (n_ctes && chance(gen, 45)) {
        const struct item *cte = &gen->ctes.items[pick(gen, n_ctes)];

        item.name = cte->name;
        for (size_t i = 0; i < cte->columns.n; i++)
            vec_push(gen->arena, &item.columns, cte->columns.items[i]);
        buf_adds(out, cte->name);
    } else {
        const struct relation *relation = gen->menu->relations.items[pick(gen, n)];
        const char *name = object_name(gen, relation->namespace_oid, relation->name);

        item.name = strchr(name, '.') ? strchr(name, '.') + 1 : name;
        add_relation_columns(gen, &item, relation);
        buf_addf(out, "%s%s",
                 chance(gen, 5)                        ? "ONLY "
                 : chance(gen, 5) && name == item.name ? "public."
                                                       : "",
                 name);
    }
    if (chance(gen, 75))
        add_alias(gen, out, &item, false);
    if (chance(gen, 1))
        buf_adds(out, " TABLESAMPLE SYSTEM (50)");
    vec_push(gen->arena, &into->items, item);
}

static void subquery_item(struct gen *gen, struct buf *out, const struct scope *lateral,
                          struct scope *into, int depth)
{
    const bool is_lateral = chance(gen, 35);
    struct item item = {0};

    buf_adds(out, is_lateral ? "LATERAL (" : "(");
    gen_query(gen, out, is_lateral ? lateral : lateral->outer, NULL, 0, &item.columns, depth - 1);
    buf_adds(out, ")");
    add_alias(gen, out, &item, false);
    vec_push(gen->arena, &into->items, item);
}

static void values_item(struct gen *gen, struct buf *out, const struct scope *lateral,
                        struct scope *into, int depth)
{
    const struct spot at = {.scope = lateral->outer, .depth = depth / 2};
    const uint32_t n = 1 + pick(gen, 3), n_rows = 1 + pick(gen, 3);
    struct item item = {0};

    for (uint32_t i = 0; i < n; i++)
        vec_push(gen->arena, &item.columns,
                 (struct column){arena_printf(gen->arena, "column%u", i + 1), pick_type(gen)});
    buf_adds(out, "(VALUES ");
    for (uint32_t row = 0; row < n_rows; row++) {
        buf_adds(out, row ? ", (" : "(");
        for (uint32_t i = 0; i < n; i++) {
            buf_adds(out, i ? ", " : "");
            gen_expr(gen, out, at, item.columns.items[i].type);
        }
        buf_adds(out, ")");
    }
    buf_adds(out, ")");
    add_alias(gen, out, &item, chance(gen, 60));
    vec_push(gen->arena, &into->items, item);
}

static oid set_element(struct gen *gen, const struct function *function)
{
    const oid type = pick_type(gen);
    const oid result = instantiate(gen, function->return_type, type);

    return result ? result : OID_INT4;
}

static void series(struct gen *gen, struct buf *out, struct spot at, struct item *item)
{
    oid type = OID_INT4;

    buf_addf(out, "generate_series(%u, ", pick(gen, 2));
    if (chance(gen, 50) || !gen_column(gen, out, at, type))
        buf_addf(out, "%u", pick(gen, 4));
    buf_adds(out, ")");
    vec_push(gen->arena, &item->columns, (struct column){"generate_series", type});
}

static void unnest(struct gen *gen, struct buf *out, struct spot at, struct item *item)
{
    oid element = pick_type(gen);
    oid array = catalog_array_type(gen->menu->catalog, element);

    if (!array)
        element = OID_INT4, array = 1007;
    buf_adds(out, "unnest(");
    gen_expr(gen, out, at, array);
    buf_adds(out, ")");
    vec_push(gen->arena, &item->columns, (struct column){"unnest", element});
}

/* jsonb_to_record(…) needs its columns defined in the alias, which ROWS FROM takes too. */
static void defined_record(struct gen *gen, struct buf *out, struct item *item)
{
    static const char *const calls[] = {"jsonb_to_record('{\"a\": 1}')",
                                        "json_to_recordset('[{\"a\": 1}, {\"b\": 2}]')",
                                        "jsonb_populate_recordset(NULL::record, '[]')"};
    const uint32_t n = 1 + pick(gen, 2);

    buf_addf(out, "ROWS FROM (%s AS (", calls[pick(gen, 3)]);
    for (uint32_t i = 0; i < n; i++) {
        struct column column = {i ? "b" : "a", pick_type(gen)};

        if (column.type == OID_RECORD)
            column.type = OID_INT4;
        buf_addf(out, "%s%s %s", i ? ", " : "", column.name, type_name(gen, column.type));
        vec_push(gen->arena, &item->columns, column);
    }
    buf_adds(out, "))");
}

static void one_function(struct gen *gen, struct buf *out, struct spot at, struct item *item)
{
    const struct functions *list = chance(gen, 70) ? &gen->menu->sets : &gen->menu->plain;
    const struct function *function = list->items[pick(gen, (uint32_t)list->n)];
    const oid type = set_element(gen, function);
    const size_t len = out->len;

    if (chance(gen, 12)) {
        defined_record(gen, out, item);
    } else if (chance(gen, 30)) {
        series(gen, out, at, item);
    } else if (chance(gen, 30)) {
        unnest(gen, out, at, item);
    } else if (!gen_call(gen, out, at, function, type) || type == OID_RECORD) {
        out->len = len;
        series(gen, out, at, item);
    } else {
        vec_push(gen->arena, &item->columns,
                 (struct column){catalog_quote_identifier(gen->arena, function->name), type});
    }
}

static void function_item(struct gen *gen, struct buf *out, const struct scope *lateral,
                          struct scope *into, int depth)
{
    const struct spot at = {.scope = lateral, .depth = depth / 2};
    const uint32_t n = chance(gen, 80) ? 1 : 2;
    struct item item = {0};

    buf_adds(out, n > 1 ? "ROWS FROM (" : chance(gen, 15) ? "LATERAL " : "");
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(out, i ? ", " : "");
        one_function(gen, out, at, &item);
    }
    buf_adds(out, n > 1 ? ")" : "");
    if (chance(gen, 20)) {
        buf_adds(out, " WITH ORDINALITY");
        vec_push(gen->arena, &item.columns, (struct column){"ordinality", OID_INT8});
    }
    add_alias(gen, out, &item, chance(gen, 50));
    if (n == 1 && item.columns.n == 1 &&
        !catalog_type_relation(gen->menu->catalog, item.columns.items[0].type) &&
        strncmp(item.columns.items[0].name, "c", 1) != 0 && chance(gen, 50))
        item.columns.items[0].name = item.name;
    vec_push(gen->arena, &into->items, item);
}

/* --- joins ------------------------------------------------------------------------------------ */

static bool common_columns(struct gen *gen, const struct scope *left, const struct scope *right,
                           struct buf *names)
{
    for (size_t i = 0; i < left->items.n; i++) {
        for (size_t c = 0; c < left->items.items[i].columns.n; c++) {
            const char *name = left->items.items[i].columns.items[c].name;

            for (size_t j = 0; j < right->items.n; j++)
                for (size_t d = 0; d < right->items.items[j].columns.n; d++)
                    if (strcmp(right->items.items[j].columns.items[d].name, name) == 0 &&
                        chance(gen, 60) && !strstr(buf_text(names), name))
                        buf_addf(names, "%s%s", names->len ? ", " : "", name);
        }
    }
    return names->len > 0;
}

static void add_items(struct gen *gen, struct scope *into, const struct scope *from)
{
    for (size_t i = 0; i < from->items.n; i++)
        vec_push(gen->arena, &into->items, from->items.items[i]);
}

static void add_condition(struct gen *gen, struct buf *out, const struct scope *lateral,
                          const struct scope *left, const struct scope *right, int depth)
{
    struct scope both = {.outer = lateral->outer};
    struct buf names = buf_in(gen->arena);

    add_items(gen, &both, left);
    add_items(gen, &both, right);
    if (chance(gen, 35) && common_columns(gen, left, right, &names)) {
        buf_addf(out, " USING (%s)", buf_text(&names));
        if (chance(gen, 6))
            buf_addf(out, " AS %s", fresh_name(gen, "u"));
        return;
    }
    buf_adds(out, " ON ");
    if (chance(gen, 8))
        buf_adds(out, "true");
    else
        gen_condition(gen, out, (struct spot){.scope = &both, .depth = depth < 1 ? 1 : depth});
}

/* (a JOIN b) AS j: one item with the columns of both. */
static void alias_join(struct gen *gen, struct buf *out, struct scope *joined)
{
    struct item item = {.name = fresh_name(gen, "j")};

    for (size_t i = 0; i < joined->items.n; i++)
        for (size_t c = 0; c < joined->items.items[i].columns.n; c++)
            vec_push(gen->arena, &item.columns, joined->items.items[i].columns.items[c]);
    buf_addf(out, " AS %s", item.name);
    joined->items.n = 0;
    vec_push(gen->arena, &joined->items, item);
}

static void join_item(struct gen *gen, struct buf *out, const struct scope *lateral,
                      struct scope *into, int depth)
{
    static const char *const kinds[] = {"JOIN",      "JOIN",       "LEFT JOIN",       "LEFT JOIN",
                                        "LEFT JOIN", "RIGHT JOIN", "FULL OUTER JOIN", "INNER JOIN"};
    struct scope left = {.outer = lateral->outer}, right = {.outer = lateral->outer};
    struct scope visible = {.outer = lateral->outer};
    const bool in_parens = chance(gen, 30), natural = chance(gen, 8), cross = chance(gen, 8);

    buf_adds(out, in_parens ? "(" : "");
    gen_from_item(gen, out, lateral, &left, depth - 1);
    add_items(gen, &visible, lateral);
    add_items(gen, &visible, &left);
    buf_addf(out, " %s%s ", natural ? "NATURAL " : "",
             cross && !natural ? "CROSS JOIN" : kinds[pick(gen, 8)]);
    gen_from_item(gen, out, &visible, &right, depth - 1);
    if (!natural && !cross)
        add_condition(gen, out, lateral, &left, &right, depth - 1);
    add_items(gen, &left, &right);
    buf_adds(out, in_parens ? ")" : "");
    if (in_parens && chance(gen, 15))
        alias_join(gen, out, &left);
    add_items(gen, into, &left);
}

void gen_from_item(struct gen *gen, struct buf *out, const struct scope *lateral,
                   struct scope *into, int depth)
{
    const uint32_t kind = pick(gen, 100);

    if (depth >= 1 && kind < (gen->is_plain ? 60 : 35))
        join_item(gen, out, lateral, into, depth);
    else if (depth >= 2 && kind < 45)
        subquery_item(gen, out, lateral, into, depth);
    else if (kind < 50)
        values_item(gen, out, lateral, into, depth);
    else if (kind < 57)
        function_item(gen, out, lateral, into, depth);
    else
        table_item(gen, out, into);
}

void gen_from(struct gen *gen, struct buf *out, struct scope *scope, int depth)
{
    const uint32_t n = chance(gen, 80) ? 1 : 2;

    for (uint32_t i = 0; i < n; i++) {
        struct scope lateral = {.outer = scope->outer};

        buf_adds(out, i ? ", " : "");
        add_items(gen, &lateral, scope);
        gen_from_item(gen, out, &lateral, scope, depth);
    }
}
