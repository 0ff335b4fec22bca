/* Forms that build values or take them apart, and functions that have a syntax of their own. */
#include <string.h>

#include "random/gen.h"

static void gen_case(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const bool has_operand = chance(gen, 35);
    oid operand = OID_BOOL;

    buf_adds(out, "CASE ");
    if (has_operand) {
        operand = pick_type(gen);
        gen_expr(gen, out, inside(at), operand);
    }
    for (uint32_t i = 0, n = 1 + pick(gen, 2); i < n; i++) {
        buf_adds(out, " WHEN ");
        if (has_operand)
            gen_expr(gen, out, inside(at), operand);
        else
            gen_condition(gen, out, inside(at));
        buf_adds(out, " THEN ");
        gen_expr(gen, out, inside(at), type);
    }
    if (chance(gen, 60)) {
        buf_adds(out, " ELSE ");
        gen_expr(gen, out, inside(at), type);
    }
    buf_adds(out, " END");
}

bool form_case(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    static const char *const names[] = {"coalesce", "coalesce", "greatest", "least", "nullif"};
    const uint32_t kind = pick(gen, 8);
    const uint32_t n = kind == 4 ? 2 : 1 + pick(gen, 3);

    at.flags &= ~(unsigned)ALLOW_SET;
    if (kind >= 5) {
        gen_case(gen, out, at, type);
        return true;
    }
    buf_addf(out, "%s(", names[kind]);
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(out, i ? ", " : "");
        gen_expr(gen, out, inside(at), type);
    }
    buf_adds(out, ")");
    return true;
}

bool form_array(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const oid element = catalog_element_type(gen->menu->catalog, type);
    const uint32_t n = pick(gen, 4);

    if (!element)
        return false;
    buf_adds(out, "ARRAY");
    if (at.depth >= 2 && chance(gen, 25)) {
        buf_adds(out, "(");
        gen_query(gen, out, at.scope, &element, 1, NULL, at.depth - 2);
        buf_adds(out, ")");
        return true;
    }
    buf_adds(out, "[");
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(out, i ? ", " : "");
        gen_expr(gen, out, inside(at), element);
    }
    buf_adds(out, "]");
    if (n == 0 || chance(gen, 20))
        buf_addf(out, "::%s", type_name(gen, type));
    return true;
}

bool form_row(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct relation *relation = catalog_type_relation(gen->menu->catalog, type);
    const bool is_record = type == OID_RECORD;
    const size_t n = relation ? relation->attributes.n : 1 + pick(gen, 3);
    const char *separator = "";

    if (!relation && !is_record)
        return false;
    buf_adds(out, "ROW(");
    for (size_t i = 0; i < n; i++) {
        if (relation && relation->attributes.items[i].is_dropped)
            continue;
        buf_adds(out, separator);
        separator = ", ";
        gen_expr(gen, out, inside(at),
                 relation ? relation->attributes.items[i].type : pick_type(gen));
    }
    buf_adds(out, ")");
    if (!is_record && chance(gen, 90))
        buf_addf(out, "::%s", type_name(gen, type));
    return true;
}

/* (composite).field */
bool form_field(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct menu *menu = gen->menu;

    for (int tries = 0; tries < 10; tries++) {
        const oid container = menu->types.items[menu->types.n - 1 - pick(gen, 20)];
        const struct relation *relation = catalog_type_relation(menu->catalog, container);
        const struct attribute *attribute;

        if (!relation || relation->attributes.n == 0)
            continue;
        attribute = &relation->attributes.items[pick(gen, (uint32_t)relation->attributes.n)];
        if (attribute->is_dropped || (attribute->type != type && !chance(gen, 2)))
            continue;
        buf_adds(out, "(");
        gen_expr(gen, out, inside(at), container);
        if (chance(gen, 60))
            buf_addf(out, "::%s", type_name(gen, container));
        buf_addf(out, ").%s", catalog_quote_identifier(gen->arena, attribute->name));
        return true;
    }
    return false;
}

static void add_subscript(struct gen *gen, struct buf *out, struct spot at)
{
    if (chance(gen, 70))
        buf_addf(out, "%u", pick(gen, 4));
    else
        gen_expr(gen, out, inside(at), OID_INT4);
}

bool form_subscript(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct catalog *catalog = gen->menu->catalog;
    const bool is_slice = catalog_element_type(catalog, type) && chance(gen, 70);
    const oid container = is_slice            ? type
                          : type == OID_JSONB ? type
                                              : catalog_array_type(catalog, type);

    if (!container)
        return false;
    buf_adds(out, "(");
    gen_expr(gen, out, inside(at), container);
    if (chance(gen, 90))
        buf_addf(out, "::%s", type_name(gen, container));
    buf_adds(out, ")[");
    if (type == OID_JSONB && !is_slice) {
        gen_expr(gen, out, inside(at), chance(gen, 60) ? OID_TEXT : OID_INT4);
        buf_adds(out, "]");
        return true;
    }
    if (!is_slice || chance(gen, 70))
        add_subscript(gen, out, at);
    if (is_slice) {
        buf_adds(out, ":");
        if (chance(gen, 70))
            add_subscript(gen, out, at);
    }
    buf_adds(out, "]");
    return true;
}

/* --- syntax ----------------------------------------------------------------------------------- */

/* A template: %t text, %i int, %b bool condition, %n numeric, %d timestamp, %D date, %z
 * timestamptz, %v interval, %y bytea, %j jsonb, %c column of any type, %X xml. */
static const struct {
    oid type;
    const char *text;
} templates[] = {
    {OID_TEXT, "substring(%t FROM %i FOR %i)"},
    {OID_TEXT, "substring(%t FROM %t)"},
    {OID_TEXT, "substring(%t SIMILAR %t ESCAPE '#')"},
    {OID_TEXT, "trim(BOTH %t FROM %t)"},
    {OID_TEXT, "trim(%t)"},
    {OID_TEXT, "trim(LEADING FROM %t)"},
    {OID_TEXT, "overlay(%t PLACING %t FROM %i)"},
    {OID_TEXT, "upper(%t COLLATE \"C\")"},
    {OID_TEXT, "(%t COLLATE \"C\")"},
    {OID_TEXT, "(%t || %c)"},
    {OID_TEXT, "(%j ->> %t)"},
    {OID_TEXT, "(%j #>> %T)"},
    {OID_TEXT, "normalize(%t, NFC)"},
    {OID_TEXT, "xmlserialize(CONTENT %X AS text)"},
    {OID_TEXT, "current_setting('search_path')"},
    {OID_TEXT, "format('%%s', %c)"},
    {OID_TEXT, "to_char(%d, 'YYYY')"},
    {19, "current_user"},
    {19, "session_user"},
    {19, "current_schema"},
    {19, "current_catalog"},
    {OID_INT4, "position(%t IN %t)"},
    {OID_INT4, "GROUPING(%c)"},
    {OID_INT4, "char_length(%t)"},
    {OID_INT8, "count(*)"},
    {OID_NUMERIC, "extract(year FROM %d)"},
    {OID_NUMERIC, "extract(epoch FROM %v)"},
    {OID_NUMERIC, "extract('dow' FROM %D)"},
    {OID_FLOAT8, "date_part('month', %d)"},
    {OID_DATE, "current_date"},
    {OID_DATE, "(%D + %i)"},
    {OID_TIMESTAMP, "localtimestamp"},
    {OID_TIMESTAMP, "localtimestamp(2)"},
    {OID_TIMESTAMP, "(%z AT TIME ZONE 'UTC')"},
    {OID_TIMESTAMP, "date_trunc('day', %d)"},
    {OID_TIMESTAMP, "(%D + %v)"},
    {OID_TIMESTAMPTZ, "current_timestamp"},
    {OID_TIMESTAMPTZ, "current_timestamp(3)"},
    {OID_TIMESTAMPTZ, "(%d AT TIME ZONE %t)"},
    {OID_TIMESTAMPTZ, "now()"},
    {1266, "current_time"},
    {1083, "localtime"},
    {OID_INTERVAL, "(%d - %d)"},
    {OID_INTERVAL, "INTERVAL '1' DAY"},
    {OID_INTERVAL, "INTERVAL(2) '1.234 s'"},
    {OID_INTERVAL, "(%v * %i)"},
    {OID_BOOL, "((%d, %d) OVERLAPS (%d, %v))"},
    {OID_BOOL, "(%t IS NORMALIZED)"},
    {OID_BOOL, "(%j @> %j)"},
    {OID_BOOL, "(%j ? %t)"},
    {OID_BOOL, "(%X IS DOCUMENT)"},
    {OID_BOOL, "(%c::text = %t)"},
    {OID_BOOL, "xmlexists('//a' PASSING %X)"},
    {OID_JSONB, "(%j -> %t)"},
    {OID_JSONB, "to_jsonb(%c)"},
    {OID_JSONB, "jsonb_build_object('a', %c)"},
    {OID_JSONB, "jsonb_path_query_first(%j, '$.a')"},
    {142, "xmlelement(NAME x, %t)"},
    {142, "xmlforest(%c AS y)"},
    {142, "xmlconcat(%X, %X)"},
    {142, "xmlparse(CONTENT %t)"},
    {17, "substring(%y FROM %i)"},
    {17, "trim(%y FROM %y)"},
    {1043, "(%t)::varchar(5)"},
    {1042, "(%t)::char(3)"},
    {OID_NUMERIC, "(%n)::numeric(10,2)"},
    {OID_NUMERIC, "(%n * %i)"},
    {OID_RECORD, "(%c, %i)"},
};

static oid hole_type(char hole)
{
    switch (hole) {
    case 'i':
        return OID_INT4;
    case 'b':
        return OID_BOOL;
    case 'n':
        return OID_NUMERIC;
    case 'd':
        return OID_TIMESTAMP;
    case 'D':
        return OID_DATE;
    case 'z':
        return OID_TIMESTAMPTZ;
    case 'v':
        return OID_INTERVAL;
    case 'y':
        return 17;
    case 'j':
        return OID_JSONB;
    case 'X':
        return 142;
    case 'T':
        return 1009;
    default:
        return OID_TEXT;
    }
}

static void fill(struct gen *gen, struct buf *out, struct spot at, const char *text)
{
    for (; *text; text++) {
        oid type;

        if (*text != '%') {
            buf_addc(out, *text);
            continue;
        }
        text++;
        if (*text == '%')
            buf_addc(out, '%');
        else if (*text == 'c' && gen_any_column(gen, out, at, &type))
            continue;
        else
            gen_expr(gen, out, inside(at), hole_type(*text));
    }
}

bool form_syntax(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const uint32_t n = sizeof templates / sizeof *templates;
    const uint32_t start = pick(gen, n);

    for (uint32_t i = 0; i < n; i++) {
        const uint32_t chosen = (start + i * 7) % n;

        if (templates[chosen].type != type)
            continue;
        if (strstr(templates[chosen].text, "GROUPING") && !chance(gen, 5))
            continue;
        if (strstr(templates[chosen].text, "count") && !(at.flags & ALLOW_AGG))
            continue;
        fill(gen, out, at, templates[chosen].text);
        return true;
    }
    return false;
}
