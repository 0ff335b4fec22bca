/* INSERT, UPDATE, DELETE, MERGE. */
#include <string.h>

#include "random/gen.h"

struct change {
    const struct relation *relation;
    const char *name, *alias;
    VEC(const struct attribute *) settable;
    struct scope scope; /* the changed relation, then FROM's items */
};

static void pick_relation(struct gen *gen, struct change *change)
{
    struct item item = {0};

    change->relation = gen->menu->relations.items[pick(gen, (uint32_t)gen->menu->relations.n)];
    if (change->relation->relkind == 'v' && chance(gen, 75))
        change->relation = gen->menu->relations.items[0];
    change->name = object_name(gen, change->relation->namespace_oid, change->relation->name);
    change->alias = chance(gen, 40) ? fresh_name(gen, "t") : change->name;
    item.name = change->alias;
    for (size_t i = 0; i < change->relation->attributes.n; i++) {
        const struct attribute *attribute = &change->relation->attributes.items[i];
        const struct column column = {catalog_quote_identifier(gen->arena, attribute->name),
                                      attribute->type};

        if (attribute->is_dropped)
            continue;
        vec_push(gen->arena, &item.columns, column);
        if ((!attribute->generated && attribute->identity != 'a') || chance(gen, 3))
            vec_push(gen->arena, &change->settable, attribute);
    }
    vec_push(gen->arena, &change->scope.items, item);
}

static void add_target(struct buf *out, const struct change *change, const char *word)
{
    buf_addf(out, "%s%s", word, change->name);
    if (change->alias != change->name)
        buf_addf(out, " AS %s", change->alias);
}

static void add_value(struct gen *gen, struct buf *out, struct spot at,
                      const struct attribute *attribute)
{
    if (chance(gen, 8))
        buf_adds(out, "DEFAULT");
    else if (chance(gen, 25) && gen_param(gen, out, attribute->type))
        return;
    else
        gen_expr(gen, out, at, attribute->type);
}

static void add_set(struct gen *gen, struct buf *out, struct spot at, const struct change *change)
{
    const uint32_t n = (uint32_t)change->settable.n;
    const uint32_t first = pick(gen, n), count = 1 + pick(gen, n > 2 ? 2 : 1);

    if (n >= 2 && chance(gen, 15)) {
        const struct attribute *a = change->settable.items[first];
        const struct attribute *b = change->settable.items[(first + 1) % n];
        const oid types[] = {a->type, b->type};

        buf_addf(out, "(%s, %s) = ", catalog_quote_identifier(gen->arena, a->name),
                 catalog_quote_identifier(gen->arena, b->name));
        if (chance(gen, 50)) {
            buf_adds(out, "(");
            gen_query(gen, out, at.scope, types, 2, NULL, 1);
            buf_adds(out, ")");
            return;
        }
        buf_adds(out, chance(gen, 30) ? "ROW(" : "(");
        add_value(gen, out, at, a);
        buf_adds(out, ", ");
        add_value(gen, out, at, b);
        buf_adds(out, ")");
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct attribute *attribute = change->settable.items[(first + i) % n];
        const oid element = catalog_element_type(gen->menu->catalog, attribute->type);

        buf_addf(out, "%s%s", i ? ", " : "", catalog_quote_identifier(gen->arena, attribute->name));
        if (element && chance(gen, 25)) {
            buf_adds(out, "[1] = ");
            gen_expr(gen, out, at, element);
        } else {
            buf_adds(out, " = ");
            add_value(gen, out, at, attribute);
        }
    }
}

static void add_where(struct gen *gen, struct buf *out, const struct change *change, int depth)
{
    if (!chance(gen, 70))
        return;
    buf_adds(out, " WHERE ");
    gen_condition(gen, out, (struct spot){.scope = &change->scope, .depth = depth});
}

static void add_returning(struct gen *gen, struct buf *out, const struct change *change,
                          columns *result, int depth)
{
    const struct spot at = {.scope = &change->scope, .depth = depth - 1};

    if (!result && chance(gen, 25))
        return;
    buf_adds(out, " RETURNING ");
    if (!result && chance(gen, 25)) {
        buf_adds(out, "*");
        return;
    }
    for (uint32_t i = 0, n = 1 + pick(gen, 3); i < n; i++) {
        struct column column = {.type = pick_type(gen)};

        buf_adds(out, i ? ", " : "");
        if (!chance(gen, 50) || !gen_any_column(gen, out, at, &column.type))
            gen_expr(gen, out, at, column.type);
        if (!result && chance(gen, 60))
            continue;
        column.name = fresh_name(gen, "c");
        buf_addf(out, " AS %s", column.name);
        if (result)
            vec_push(gen->arena, result, column);
    }
}

/* --- INSERT ----------------------------------------------------------------------------------- */

static void add_on_conflict(struct gen *gen, struct buf *out, const struct change *change)
{
    const struct spot at = {.scope = &change->scope, .depth = 1};
    const struct relation *relation = change->relation;
    const bool do_nothing = chance(gen, 40);

    buf_adds(out, " ON CONFLICT");
    if (relation->constraints.n && chance(gen, 80)) {
        const struct constraint *constraint =
            relation->constraints.items[pick(gen, (uint32_t)relation->constraints.n)];

        if (chance(gen, 15))
            buf_addf(out, " ON CONSTRAINT %s",
                     catalog_quote_identifier(gen->arena, constraint->name));
        for (size_t i = 0; out->data[out->len - 1] == 'T' && i < 1; i++) {
            buf_adds(out, " (");
            for (size_t c = 0; c < constraint->n_columns; c++)
                buf_addf(
                    out, "%s%s", c ? ", " : "",
                    catalog_quote_identifier(
                        gen->arena, relation->attributes.items[constraint->columns[c] - 1].name));
            buf_adds(out, constraint->n_columns ? ")" : "1)");
        }
    } else if (!do_nothing || chance(gen, 30)) {
        buf_addf(out, " (%s)", change->scope.items.items[0].columns.items[0].name);
    }
    if (do_nothing) {
        buf_adds(out, " DO NOTHING");
        return;
    }
    buf_adds(out, " DO UPDATE SET ");
    add_set(gen, out, at, change);
    if (chance(gen, 30)) {
        buf_adds(out, " WHERE ");
        gen_condition(gen, out, at);
    }
}

static void add_rows(struct gen *gen, struct buf *out, const struct attribute *const *chosen,
                     uint32_t n, int depth)
{
    const struct spot at = {.depth = depth / 2};

    buf_adds(out, " VALUES ");
    for (uint32_t row = 0, n_rows = chance(gen, 70) ? 1 : 2; row < n_rows; row++) {
        buf_adds(out, row ? ", (" : "(");
        for (uint32_t i = 0; i < n; i++) {
            buf_adds(out, i ? ", " : "");
            add_value(gen, out, at, chosen[i]);
        }
        buf_adds(out, ")");
    }
}

static void gen_insert(struct gen *gen, struct buf *out, struct change *change, int depth)
{
    const struct attribute *chosen[64];
    oid types[64];
    uint32_t n = 0;

    add_target(out, change, "INSERT INTO ");
    for (size_t i = 0; i < change->settable.n && n < 16; i++) {
        const struct attribute *attribute = change->settable.items[i];

        if (chance(gen, attribute->not_null && !attribute->has_default ? 95 : 60))
            chosen[n++] = attribute;
    }
    if (n == 0) {
        buf_adds(out, " DEFAULT VALUES");
        return;
    }
    buf_adds(out, " (");
    for (uint32_t i = 0; i < n; i++) {
        types[i] = chosen[i]->type;
        buf_addf(out, "%s%s", i ? ", " : "", catalog_quote_identifier(gen->arena, chosen[i]->name));
    }
    buf_adds(out, chance(gen, 3) ? ") OVERRIDING SYSTEM VALUE" : ")");
    if (chance(gen, 65)) {
        add_rows(gen, out, chosen, n, depth);
    } else {
        buf_adds(out, " ");
        gen_query(gen, out, NULL, types, n, NULL, depth - 1);
    }
    if (chance(gen, 35))
        add_on_conflict(gen, out, change);
}

/* --- MERGE ------------------------------------------------------------------------------------ */

static void add_merge_insert(struct gen *gen, struct buf *out, struct spot at,
                             const struct change *change)
{
    const uint32_t n = 1 + pick(gen, (uint32_t)change->settable.n);
    struct buf values = buf_in(gen->arena);

    buf_adds(out, "INSERT (");
    for (uint32_t i = 0; i < n; i++) {
        buf_addf(out, "%s%s", i ? ", " : "",
                 catalog_quote_identifier(gen->arena, change->settable.items[i]->name));
        buf_adds(&values, i ? ", " : "");
        add_value(gen, &values, at, change->settable.items[i]);
    }
    buf_addf(out, ") VALUES (%s)", buf_text(&values));
}

static void add_merge_action(struct gen *gen, struct buf *out, const struct change *change,
                             const struct scope *source, bool is_last)
{
    const bool matched = chance(gen, 60);
    const struct spot at = {.scope = matched ? &change->scope : source, .depth = 1};

    buf_adds(out, matched ? " WHEN MATCHED" : " WHEN NOT MATCHED");
    if (chance(gen, is_last ? 30 : 97)) {
        buf_adds(out, " AND ");
        gen_condition(gen, out, at);
    }
    buf_adds(out, " THEN ");
    if (chance(gen, 15)) {
        buf_adds(out, "DO NOTHING");
    } else if (!matched) {
        add_merge_insert(gen, out, at, change);
    } else if (chance(gen, 30)) {
        buf_adds(out, "DELETE");
    } else {
        buf_adds(out, "UPDATE SET ");
        add_set(gen, out, at, change);
    }
}

static void gen_merge(struct gen *gen, struct buf *out, struct change *change, int depth)
{
    struct scope source = {0};
    const struct scope nothing = {0};

    add_target(out, change, "MERGE INTO ");
    buf_adds(out, " USING ");
    gen_from_item(gen, out, &nothing, &source, depth - 2);
    for (size_t i = 0; i < source.items.n; i++)
        vec_push(gen->arena, &change->scope.items, source.items.items[i]);
    buf_adds(out, " ON ");
    gen_condition(gen, out, (struct spot){.scope = &change->scope, .depth = 1});
    for (uint32_t i = 0, n = 1 + pick(gen, 3); i < n; i++)
        add_merge_action(gen, out, change, &source, i + 1 == n);
}

/* -----------------------------------------------------------------------------------------------
 */

void gen_change(struct gen *gen, struct buf *out, columns *result, int depth)
{
    const uint32_t kind = pick(gen, 100);
    struct change change = {0};

    pick_relation(gen, &change);
    if (change.settable.n == 0) {
        add_target(out, &change, "DELETE FROM ");
    } else if (kind < 40) {
        gen_insert(gen, out, &change, depth);
    } else if (kind < 70) {
        struct buf from = buf_in(gen->arena);

        if (chance(gen, 35))
            gen_from(gen, &from, &change.scope, depth - 1);
        add_target(out, &change, "UPDATE ");
        buf_adds(out, " SET ");
        add_set(gen, out, (struct spot){.scope = &change.scope, .depth = depth - 1}, &change);
        if (from.len)
            buf_addf(out, " FROM %s", buf_text(&from));
        add_where(gen, out, &change, depth - 1);
    } else if (kind < 90 || result) {
        add_target(out, &change, "DELETE FROM ");
        if (chance(gen, 35)) {
            buf_adds(out, " USING ");
            gen_from(gen, out, &change.scope, depth - 1);
        }
        add_where(gen, out, &change, depth - 1);
    } else {
        gen_merge(gen, out, &change, depth);
        return;
    }
    add_returning(gen, out, &change, result, depth);
}
