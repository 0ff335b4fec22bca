/* References that are more than a column: whole rows, fields of them, system columns; and COLLATE.
 */
#include <string.h>

#include "random/gen.h"

static const struct item *pick_item(struct gen *gen, struct spot at)
{
    const struct scope *scope = at.scope;

    while (scope && scope->outer && chance(gen, 15))
        scope = scope->outer;
    if (!scope || scope->items.n == 0 || (scope->is_grouped && !(at.flags & IN_AGG)))
        return NULL;
    return &scope->items.items[pick(gen, (uint32_t)scope->items.n)];
}

static bool field_of_row(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct item *item = pick_item(gen, at);

    if (!item)
        return false;
    for (size_t i = 0; i < item->columns.n; i++) {
        const char *name = item->columns.items[i].name;

        if (item->columns.items[i].type != type)
            continue;
        if (chance(gen, 60))
            buf_addf(out, "(%s).%s", item->name, name);
        else
            buf_addf(out, "%s(%s)", name, item->name);
        return true;
    }
    return false;
}

static const char *row_templates[][2] = {
    {"114", "to_json(%s)"},       {"114", "row_to_json(%s)"},
    {"3802", "to_jsonb(%s)"},     {"16", "(%s IS NULL)"},
    {"16", "(%s IS NOT NULL)"},   {"16", "(%s IS DISTINCT FROM NULL)"},
    {"16", "(%1$s = %1$s)"},      {"25", "(%s)::text"},
    {"25", "concat(%s)"},         {"23", "num_nulls(%s.*)"},
    {"20", "hashtext(%s::text)"}, {"2249", "ROW(%s.*)"},
    {"2249", "ROW(%1$s.*, 1)"},   {"2249", "%s"},
};

static bool use_of_row(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const uint32_t n = sizeof row_templates / sizeof *row_templates, start = pick(gen, n);
    const struct item *item = pick_item(gen, at);
    const char *wanted = arena_printf(gen->arena, "%u", type);

    for (uint32_t i = 0; i < n && item; i++) {
        const char *const *row = row_templates[(start + i) % n];

        if (strcmp(row[0], wanted) != 0)
            continue;
        for (const char *text = row[1]; *text; text++) {
            if (*text != '%') {
                buf_addc(out, *text);
                continue;
            }
            buf_adds(out, item->name);
            text += strcspn(text, "s");
        }
        return true;
    }
    return false;
}

bool form_whole_row(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    return chance(gen, 50) ? field_of_row(gen, out, at, type) : use_of_row(gen, out, at, type);
}

bool form_system_column(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct item *item = pick_item(gen, at);

    if (!item)
        return false;
    if (type == OID_TEXT && chance(gen, 50))
        buf_addf(out, "%s.tableoid::regclass::text", item->name);
    else if (type == OID_TEXT)
        buf_addf(out, "%s.ctid::text", item->name);
    else if (type == 26)
        buf_addf(out, "%s.tableoid", item->name);
    else
        return false;
    return true;
}

bool form_collate(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    static const char *const collations[] = {"\"C\"", "\"POSIX\"", "\"default\"",
                                             "pg_catalog.\"C\"", "ucs_basic"};

    if (type != OID_TEXT && type != 1043 && type != 1042)
        return false;
    buf_adds(out, "(");
    gen_expr(gen, out, inside(at), type);
    buf_addf(out, " COLLATE %s)", collations[pick(gen, 5)]);
    return true;
}
