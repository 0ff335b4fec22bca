/* Expressions of a wanted type: leaves here, larger forms chosen by weight from a table. */
#include <string.h>

#include "random/gen.h"

uint32_t pick(struct gen *gen, uint32_t n)
{
    return rng_below(&gen->rng, n);
}

bool chance(struct gen *gen, uint32_t percent)
{
    return rng_percent(&gen->rng, percent);
}

oid pick_type(struct gen *gen)
{
    static const oid plain_types[] = {OID_INT4, OID_INT4, OID_TEXT, OID_BOOL, OID_INT8, 1007};

    if (gen->is_plain && chance(gen, 85))
        return plain_types[pick(gen, sizeof plain_types / sizeof *plain_types)];
    return gen->menu->types.items[pick(gen, (uint32_t)gen->menu->types.n)];
}

const char *type_name(struct gen *gen, oid type)
{
    return catalog_format_type(gen->menu->catalog, gen->arena, type);
}

const char *fresh_name(struct gen *gen, const char *prefix)
{
    return arena_printf(gen->arena, "%s%d", prefix, ++gen->n_names);
}

const char *object_name(struct gen *gen, oid namespace_oid, const char *name)
{
    const char *schema = catalog_get_namespace(gen->menu->catalog, namespace_oid)->name;
    const char *quoted = catalog_quote_identifier(gen->arena, name);

    if (strcmp(schema, "public") == 0 || strcmp(schema, "pg_catalog") == 0)
        return quoted;
    return arena_printf(gen->arena, "%s.%s", catalog_quote_identifier(gen->arena, schema), quoted);
}

struct spot inside(struct spot at)
{
    at.depth--;
    at.flags &= ~(unsigned)ALLOW_SET;
    return at;
}

struct spot inside_agg(struct spot at)
{
    at.depth--;
    at.flags = IN_AGG;
    return at;
}

bool gen_param(struct gen *gen, struct buf *out, oid type)
{
    size_t n = 0;

    if (gen->no_params)
        return false;
    for (n = 0; n < gen->n_params; n++)
        if ((gen->params[n] == type && chance(gen, 50)) || chance(gen, 2))
            break;
    if (n >= MOST_PARAMS)
        return false;
    if (n == gen->n_params)
        gen->params[gen->n_params++] = type;
    buf_addf(out, "$%zu", n + 1);
    if (chance(gen, 35) && type != OID_RECORD)
        buf_addf(out, "::%s", type_name(gen, type));
    return true;
}

/* --- columns ---------------------------------------------------------------------------------- */

struct found {
    const char *text;
    oid type;
};

typedef VEC(struct found) found_list;

static bool fits(struct gen *gen, oid have, oid want)
{
    const struct cast *cast;

    if (have == want || !want)
        return true;
    if (catalog_base_type(gen->menu->catalog, have, NULL) == want)
        return chance(gen, 50);
    cast = catalog_find_cast(gen->menu->catalog, have, want);
    return cast && cast->context == 'i' && chance(gen, 30);
}

static int count_name(const struct scope *scope, const char *name)
{
    int n = 0;

    for (size_t i = 0; i < scope->items.n; i++)
        for (size_t c = 0; c < scope->items.items[i].columns.n; c++)
            n += strcmp(scope->items.items[i].columns.items[c].name, name) == 0;
    return n;
}

static void find_columns(struct gen *gen, const struct scope *scope, oid type, found_list *found)
{
    for (size_t i = 0; i < scope->items.n; i++) {
        const struct item *item = &scope->items.items[i];

        for (size_t c = 0; c < item->columns.n; c++) {
            const struct column *column = &item->columns.items[c];
            const bool bare = chance(gen, count_name(scope, column->name) == 1 ? 30 : 2);

            if (!fits(gen, column->type, type))
                continue;
            vec_push(
                gen->arena, found,
                (struct found){bare ? column->name
                                    : arena_printf(gen->arena, "%s.%s", item->name, column->name),
                               column->type});
        }
    }
}

static void find_groups(struct gen *gen, const struct scope *scope, oid type, found_list *found)
{
    for (size_t i = 0; i < scope->groups.n; i++)
        if (fits(gen, scope->groups.items[i].type, type))
            vec_push(gen->arena, found,
                     (struct found){scope->groups.items[i].text, scope->groups.items[i].type});
}

static bool add_found(struct gen *gen, struct buf *out, struct spot at, oid *type)
{
    found_list found = {0};
    const struct found *chosen;

    for (const struct scope *scope = at.scope; scope; scope = scope->outer) {
        const bool own = scope == at.scope;

        if (scope->is_grouped && !(own && at.flags & IN_AGG) && !chance(gen, gen->percent_wrong))
            find_groups(gen, scope, *type, &found);
        else
            find_columns(gen, scope, *type, &found);
        if (found.n && chance(gen, 80))
            break;
    }
    if (!found.n)
        return false;
    chosen = &found.items[pick(gen, (uint32_t)found.n)];
    buf_adds(out, chosen->text);
    *type = chosen->type;
    return true;
}

bool gen_column(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    return add_found(gen, out, at, &type);
}

bool gen_any_column(struct gen *gen, struct buf *out, struct spot at, oid *type)
{
    *type = 0;
    return add_found(gen, out, at, type);
}

/* --- forms ------------------------------------------------------------------------------------ */

static bool form_column(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    return gen_column(gen, out, at, type);
}

static bool form_param(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    (void)at;
    return gen_param(gen, out, type);
}

static bool form_cast(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    oid source = pick_type(gen);

    for (int i = 0; i < 20 && !catalog_find_cast(gen->menu->catalog, source, type); i++)
        source = pick_type(gen);
    if (type == OID_RECORD)
        return false;
    if (!catalog_find_cast(gen->menu->catalog, source, type) && chance(gen, 70))
        source = OID_TEXT;
    if (chance(gen, 50)) {
        buf_adds(out, "CAST(");
        gen_expr(gen, out, inside(at), source);
        buf_addf(out, " AS %s)", type_name(gen, type));
    } else {
        buf_adds(out, "(");
        gen_expr(gen, out, inside(at), source);
        buf_addf(out, ")::%s", type_name(gen, type));
    }
    return true;
}

static bool form_subquery(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    if (at.depth < 2)
        return false;
    buf_adds(out, "(");
    gen_query(gen, out, at.scope, &type, 1, NULL, at.depth - 2);
    buf_adds(out, ")");
    return true;
}

static bool form_echo(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    for (size_t i = gen->echoes.n; i-- > 0;) {
        const struct echo *echo = &gen->echoes.items[i];

        if (echo->scope != at.scope || echo->type != type || !at.scope ||
            (at.scope->is_grouped && !(at.flags & IN_AGG) && chance(gen, 80)))
            continue;
        buf_adds(out, echo->text);
        return true;
    }
    return false;
}

static const struct {
    form_rule *rule;
    uint32_t weight;
} forms[] = {
    {form_column, 30},       {form_param, 5},     {form_cast, 6},       {form_subquery, 3},
    {form_function, 14},     {form_operator, 14}, {form_aggregate, 10}, {form_window, 5},
    {form_set, 3},           {form_syntax, 6},    {form_predicate, 25}, {form_case, 9},
    {form_array, 8},         {form_row, 8},       {form_field, 5},      {form_whole_row, 5},
    {form_system_column, 2}, {form_collate, 3},   {form_whole_row, 5},  {form_system_column, 2},
    {form_collate, 4},       {form_subscript, 4}, {form_echo, 9},
};

static form_rule *pick_form(struct gen *gen)
{
    uint32_t total = 0, at;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        total += forms[i].weight;
    at = pick(gen, total);
    for (size_t i = 0;; i++) {
        if (at < forms[i].weight)
            return forms[i].rule;
        at -= forms[i].weight;
    }
}

void gen_expr(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    if (!type || chance(gen, gen->percent_wrong))
        type = pick_type(gen);
    if (gen->is_plain && at.depth > 1 && chance(gen, 60))
        at.depth = 1;
    if (at.depth <= 0) {
        if (chance(gen, 70) && gen_column(gen, out, at, type))
            return;
        if (!chance(gen, 10) || !gen_param(gen, out, type))
            gen_literal(gen, out, type);
        return;
    }
    for (int i = 0; i < 6; i++)
        if (pick_form(gen)(gen, out, at, type))
            return;
    if (!gen_column(gen, out, at, type))
        gen_literal(gen, out, type);
}
