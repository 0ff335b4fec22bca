/* Values: few per type, so that rows meet; now and then one at the edge. The same text serves as a
 * literal, as a parameter and in a row of a table.
 */
#include <string.h>

#include "random/gen.h"

static const struct {
    const char *type;
    const char *values[6];
} samples[] = {
    {"int2", {"0", "1", "2", "3", "-1"}},
    {"int4", {"0", "1", "2", "3", "-1", "7"}},
    {"int8", {"0", "1", "2", "3", "-1"}},
    {"numeric", {"0", "1", "2.5", "NaN", "-1.25", "Infinity"}},
    {"float4", {"0", "1", "-2.5", "NaN"}},
    {"float8", {"0", "1", "-2.5", "Infinity", "NaN"}},
    {"bool", {"true", "false", "t", "off"}},
    {"text", {"", "a", "b", "1", "a%", "2020-01-01"}},
    {"varchar", {"", "a", "b", "1"}},
    {"bpchar", {"a", "b", ""}},
    {"name", {"a", "b"}},
    {"char", {"a", "b", ""}},
    {"bytea", {"\\x", "\\x00", "\\x0102"}},
    {"json", {"null", "[]", "{\"a\": null}", "{\"x\": 1, \"a\": [null]}", "1", "\"a\""}},
    {"jsonb", {"{}", "{\"x\": null}", "{\"a\": null, \"x\": 2}", "null", "[1, null]", "\"a\""}},
    {"jsonpath", {"$", "$.a", "$[*]", "$.a ? (@ > 1)"}},
    {"date", {"2020-01-01", "2021-06-01", "infinity", "today"}},
    {"time", {"00:00", "12:30", "24:00"}},
    {"timetz", {"00:00+00", "12:30-05"}},
    {"timestamp", {"2020-01-01 00:00", "2021-06-01 12:00", "-infinity", "epoch"}},
    {"timestamptz", {"2020-01-01 00:00Z", "2021-06-01 12:00Z", "infinity"}},
    {"interval", {"0", "1 day", "-2 hours", "1 mon 2 days"}},
    {"uuid", {"00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001"}},
    {"inet", {"127.0.0.1", "10.0.0.0/8", "::1"}},
    {"cidr", {"10.0.0.0/8", "::/0"}},
    {"macaddr", {"08:00:2b:01:02:03"}},
    {"bit", {"1", "0"}},
    {"varbit", {"1", "0", "101", ""}},
    {"money", {"1", "2.50"}},
    {"xml", {"<a/>", "x"}},
    {"oid", {"0", "1", "1259"}},
    {"regclass", {"pg_class", "0"}},
    {"regtype", {"integer", "text"}},
    {"point", {"(0,0)", "(1,2)"}},
    {"box", {"(0,0),(1,1)"}},
    {"circle", {"<(0,0),1>"}},
    {"lseg", {"[(0,0),(1,1)]"}},
    {"line", {"{1,2,3}"}},
    {"path", {"[(0,0),(1,1)]", "((0,0),(1,1))"}},
    {"polygon", {"((0,0),(1,1),(1,0))"}},
    {"tsvector", {"", "a b", "'a':1 'b':2"}},
    {"tsquery", {"a", "a & b", ""}},
    {"int4range", {"empty", "[1,3)", "(,2)", "(,)"}},
    {"int8range", {"empty", "[1,3)", "(,2)"}},
    {"numrange", {"empty", "[1,3.5)", "(,2)", "(,)"}},
    {"daterange", {"empty", "[2020-01-01,2021-01-01)", "(,)"}},
    {"tsrange", {"empty", "[2020-01-01,2021-01-01)"}},
    {"tstzrange", {"empty", "[2020-01-01,2021-01-01)"}},
    {"int4multirange", {"{}", "{[1,3),[5,6)}"}},
    {"int8multirange", {"{}", "{[1,3)}"}},
    {"nummultirange", {"{}", "{(,)}"}},
    {"datemultirange", {"{}", "{[2020-01-01,2021-01-01)}"}},
    {"oidvector", {"", "1 2"}},
    {"int2vector", {"", "1 2"}},
    {"pg_lsn", {"0/0", "16/B374D848"}},
};

static const char *sample(struct gen *gen, const char *type)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        uint32_t n = 0;

        if (strcmp(samples[i].type, type) != 0)
            continue;
        while (n < 6 && samples[i].values[n])
            n++;
        return samples[i].values[pick(gen, n)];
    }
    return NULL;
}

/* Inside an array or a row. */
static void add_quoted(struct buf *out, const char *value)
{
    buf_addc(out, '"');
    for (; *value; value++) {
        if (*value == '"' || *value == '\\')
            buf_addc(out, '\\');
        buf_addc(out, *value);
    }
    buf_addc(out, '"');
}

static const char *array_text(struct gen *gen, oid element)
{
    struct buf out = buf_in(gen->arena);
    const uint32_t n = pick(gen, 4);

    buf_adds(&out, "{");
    for (uint32_t i = 0; i < n; i++) {
        const char *value = chance(gen, 75) ? value_text(gen, element) : NULL;

        buf_adds(&out, i ? "," : "");
        if (value)
            add_quoted(&out, value);
        else
            buf_adds(&out, "NULL");
    }
    buf_adds(&out, "}");
    return buf_text(&out);
}

static const char *row_text(struct gen *gen, const struct relation *relation)
{
    struct buf out = buf_in(gen->arena);
    bool first = true;

    if (!relation)
        return NULL;
    buf_adds(&out, "(");
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const char *value = NULL;

        if (relation->attributes.items[i].is_dropped)
            continue;
        if (chance(gen, 65))
            value = value_text(gen, relation->attributes.items[i].type);
        buf_adds(&out, first ? "" : ",");
        first = false;
        if (value)
            add_quoted(&out, value);
    }
    buf_adds(&out, ")");
    return buf_text(&out);
}

const char *value_text(struct gen *gen, oid id)
{
    const struct type *type = catalog_get_type(gen->menu->catalog, id);
    const oid element = catalog_element_type(gen->menu->catalog, id);

    if (!type)
        return NULL;
    if (type->typtype == 'd' && type->has_check)
        return "3"; /* what its condition allows is known to the server alone */
    if (type->typtype == 'd')
        return value_text(gen, type->base_type);
    if (type->typtype == 'e')
        return type->n_labels ? type->labels[pick(gen, (uint32_t)type->n_labels)] : NULL;
    if (type->typtype == 'c')
        return row_text(gen, catalog_get_relation(gen->menu->catalog, type->relid));
    if (element && type->len == -1 && type->name[0] == '_')
        return array_text(gen, element);
    if (type->typtype == 'r' && id >= FIRST_USER_OID)
        return "empty";
    return sample(gen, type->name);
}

void quote_text(struct buf *out, const char *text)
{
    const bool escapes = strchr(text, '\\') != NULL;

    buf_adds(out, escapes ? "E'" : "'");
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            buf_addc(out, *text);
        buf_addc(out, *text);
    }
    buf_addc(out, '\'');
}

static bool is_number(oid type)
{
    return type == OID_INT4 || type == OID_INT8 || type == 21 || type == OID_NUMERIC ||
           type == OID_FLOAT8 || type == 700 || type == 26;
}

void gen_literal(struct gen *gen, struct buf *out, oid type)
{
    const char *value = value_text(gen, type);

    if (chance(gen, gen->percent_wrong))
        value = chance(gen, 50) ? "zzz" : "1";
    if (!value || chance(gen, 6)) {
        buf_adds(out, "NULL");
        if (type != OID_RECORD && type != OID_UNKNOWN && chance(gen, 60))
            buf_addf(out, "::%s", type_name(gen, type));
        return;
    }
    if (is_number(type) && strspn(value, "-.0123456789") == strlen(value) && chance(gen, 75)) {
        buf_adds(out, value);
    } else if (type == OID_BOOL && value[1] && value[1] != 'f' && chance(gen, 75)) {
        buf_adds(out, value);
    } else if (chance(gen, 18)) {
        quote_text(out, value);
    } else if (chance(gen, 80)) {
        quote_text(out, value);
        buf_addf(out, "::%s", type_name(gen, type));
    } else {
        buf_adds(out, "CAST(");
        quote_text(out, value);
        buf_addf(out, " AS %s)", type_name(gen, type));
    }
}
