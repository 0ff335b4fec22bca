/* Names of types as the server prints them (format_type.c, quote_identifier): the SQL spelling of
 * the types that have one, else the catalog name, in quotes and with its schema where it needs
 * them; then the type modifier in the type's own manner; then [] for an array.
 */
#include "catalog/store.h"

#include <string.h>

#include "support/buf.h"

enum {
    VARHDRSZ = 4, /* what the modifiers of some types are off by */
};

static bool is_plain_identifier(const char *name)
{
    if (!((*name >= 'a' && *name <= 'z') || *name == '_'))
        return false;
    for (const char *p = name; *p; p++)
        if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '_'))
            return false;
    return !builtin_is_keyword(name);
}

const char *catalog_quote_identifier(struct arena *arena, const char *name)
{
    struct buf quoted = buf_in(arena);

    if (is_plain_identifier(name))
        return name;
    buf_addc(&quoted, '"');
    for (const char *p = name; *p; p++) {
        if (*p == '"')
            buf_addc(&quoted, '"');
        buf_addc(&quoted, *p);
    }
    buf_addc(&quoted, '"');
    return buf_text(&quoted);
}

const char *catalog_quote_literal(struct arena *arena, const char *text)
{
    struct buf quoted = buf_in(arena);

    buf_adds(&quoted, strchr(text, '\\') ? "E'" : "'");
    for (const char *p = text; *p; p++) {
        if (*p == '\'' || *p == '\\')
            buf_addc(&quoted, *p);
        buf_addc(&quoted, *p);
    }
    buf_addc(&quoted, '\'');
    return buf_text(&quoted);
}

/* The fields of an interval modifier (INTERVAL_MASK of each). */
static const char *interval_fields(int32_t range)
{
    enum {
        MONTH = 1 << 1,
        YEAR = 1 << 2,
        DAY = 1 << 3,
        HOUR = 1 << 10,
        MINUTE = 1 << 11,
        SECOND = 1 << 12,
    };

    switch (range) {
    case YEAR:
        return " year";
    case MONTH:
        return " month";
    case DAY:
        return " day";
    case HOUR:
        return " hour";
    case MINUTE:
        return " minute";
    case SECOND:
        return " second";
    case YEAR | MONTH:
        return " year to month";
    case DAY | HOUR:
        return " day to hour";
    case DAY | HOUR | MINUTE:
        return " day to minute";
    case DAY | HOUR | MINUTE | SECOND:
        return " day to second";
    case HOUR | MINUTE:
        return " hour to minute";
    case HOUR | MINUTE | SECOND:
        return " hour to second";
    case MINUTE | SECOND:
        return " minute to second";
    default:
        return "";
    }
}

static void add_interval_modifier(struct buf *out, int32_t typmod)
{
    int32_t precision = typmod & 0xFFFF;

    buf_adds(out, interval_fields((typmod >> 16) & 0x7FFF));
    if (precision != 0xFFFF)
        buf_addf(out, "(%d)", (int)precision);
}

static void add_numeric_modifier(struct buf *out, int32_t typmod)
{
    int32_t packed = typmod - VARHDRSZ;

    if (packed < 0)
        return;
    /* The scale is a signed number of 11 bits. */
    buf_addf(out, "(%d,%d)", (int)((packed >> 16) & 0xFFFF),
             (int)(((packed & 0x7FF) ^ 0x400) - 0x400));
}

/* The typmodout function of the type. The types that never have a modifier print none. */
static void add_modifier(struct buf *out, oid type, int32_t typmod)
{
    switch (type) {
    case BOOLOID:
    case INT2OID:
    case INT4OID:
    case INT8OID:
    case FLOAT4OID:
    case FLOAT8OID:
        break;
    case NUMERICOID:
        add_numeric_modifier(out, typmod);
        break;
    case INTERVALOID:
        add_interval_modifier(out, typmod);
        break;
    case BPCHAROID:
    case VARCHAROID:
        if (typmod > VARHDRSZ)
            buf_addf(out, "(%d)", (int)typmod - VARHDRSZ);
        break;
    default:
        buf_addf(out, "(%d)", (int)typmod);
    }
}

/* The words of a type that SQL spells in its own way, else NULL. What stands after the modifier
 * goes to *tail. */
static const char *sql_name(oid type, const char **tail)
{
    *tail = "";
    switch (type) {
    case BITOID:
        return "bit";
    case BOOLOID:
        return "boolean";
    case BPCHAROID:
        return "character";
    case FLOAT4OID:
        return "real";
    case FLOAT8OID:
        return "double precision";
    case INT2OID:
        return "smallint";
    case INT4OID:
        return "integer";
    case INT8OID:
        return "bigint";
    case NUMERICOID:
        return "numeric";
    case INTERVALOID:
        return "interval";
    case TIMEOID:
        *tail = " without time zone";
        return "time";
    case TIMETZOID:
        *tail = " with time zone";
        return "time";
    case TIMESTAMPOID:
        *tail = " without time zone";
        return "timestamp";
    case TIMESTAMPTZOID:
        *tail = " with time zone";
        return "timestamp";
    case VARBITOID:
        return "bit varying";
    case VARCHAROID:
        return "character varying";
    default:
        return NULL;
    }
}

static void add_catalog_name(struct buf *out, const struct catalog *c, const struct type *type)
{
    const struct namespace *namespace;

    if (catalog_find_type(c, NULL, type->name) != type) {
        namespace = catalog_get_namespace(c, type->namespace_oid);
        buf_adds(out, catalog_quote_identifier(out->arena, namespace ? namespace->name : "?"));
        buf_addc(out, '.');
    }
    buf_adds(out, catalog_quote_identifier(out->arena, type->name));
}

/* A modifier that is given as -1 differs from none: "char" without length is bpchar. */
static const char *format_type(const struct catalog *c, struct arena *arena, oid id, bool is_given,
                               int32_t typmod)
{
    const struct type *type = catalog_get_type(c, id);
    bool with_modifier = is_given && typmod >= 0, is_array;
    struct buf out = buf_in(arena);
    const char *name, *tail;

    if (id == 0)
        return "-";
    if (!type)
        return "???";
    is_array = catalog_element_type(c, id) != 0 && id != OIDVECTOROID && id != INT2VECTOROID;
    if (is_array)
        type = catalog_get_type(c, type->elem);
    if (!type)
        return "???";
    name = sql_name(type->oid, &tail);
    if (is_given && typmod < 0 && (type->oid == BITOID || type->oid == BPCHAROID))
        name = NULL;
    if (name) {
        buf_adds(&out, name);
    } else {
        add_catalog_name(&out, c, type);
        tail = "";
    }
    if (with_modifier)
        add_modifier(&out, type->oid, typmod);
    buf_adds(&out, tail);
    if (is_array)
        buf_adds(&out, "[]");
    return buf_text(&out);
}

const char *catalog_format_type(const struct catalog *c, struct arena *arena, oid id)
{
    return format_type(c, arena, id, false, -1);
}

const char *catalog_format_type_mod(const struct catalog *c, struct arena *arena, oid id,
                                    int32_t typmod)
{
    return format_type(c, arena, id, true, typmod);
}
