/* The typmodin functions of the built-in types: each checks its integers and packs them the way
 * pg_attribute.atttypmod stores them. Type modifiers of extension types cannot be known; a single
 * integer is kept as it is.
 */
#include "types/typmod.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sql/raw.h"

enum {
    VARHDRSZ = 4,
    MAX_CHAR_LENGTH = 10485760,
    MAX_BIT_LENGTH = 83886080,
    MAX_NUMERIC_PRECISION = 1000,
    MAX_TIME_PRECISION = 6,
    INTERVAL_FULL_RANGE = 0x7FFF,
    INTERVAL_FULL_PRECISION = 0xFFFF,
    MAX_MODIFIERS = 2,
};

struct modifiers {
    const struct sql *sql;
    const PgQuery__TypeName *name;
    struct diags *diags;
    int32_t values[MAX_MODIFIERS];
    size_t n;
};

/* The server points at the type's name, whichever modifier is wrong. */
static span place(const struct modifiers *mods)
{
    return sql_dotted_span(mods->sql, mods->name->location);
}

#define FAIL(mods, ...) (diag_error((mods)->diags, "22023", place(mods), __VA_ARGS__), false)

static bool encode_char(const struct modifiers *mods, const char *type, int32_t *typmod)
{
    if (mods->n != 1)
        return FAIL(mods, "invalid type modifier");
    if (mods->values[0] < 1)
        return FAIL(mods, "length for type %s must be at least 1", type);
    if (mods->values[0] > MAX_CHAR_LENGTH)
        return FAIL(mods, "length for type %s cannot exceed %d", type, MAX_CHAR_LENGTH);
    *typmod = mods->values[0] + VARHDRSZ;
    return true;
}

static bool encode_bit(const struct modifiers *mods, const char *type, int32_t *typmod)
{
    if (mods->n != 1)
        return FAIL(mods, "invalid type modifier");
    if (mods->values[0] < 1)
        return FAIL(mods, "length for type %s must be at least 1", type);
    if (mods->values[0] > MAX_BIT_LENGTH)
        return FAIL(mods, "length for type %s cannot exceed %d", type, MAX_BIT_LENGTH);
    *typmod = mods->values[0];
    return true;
}

static bool encode_numeric(const struct modifiers *mods, int32_t *typmod)
{
    int32_t precision = mods->values[0], scale = mods->n == 2 ? mods->values[1] : 0;

    if (mods->n == 0 || mods->n > 2)
        return FAIL(mods, "invalid NUMERIC type modifier");
    if (precision < 1 || precision > MAX_NUMERIC_PRECISION)
        return FAIL(mods, "NUMERIC precision %d must be between 1 and %d", precision,
                    MAX_NUMERIC_PRECISION);
    if (scale < -MAX_NUMERIC_PRECISION || scale > MAX_NUMERIC_PRECISION)
        return FAIL(mods, "NUMERIC scale %d must be between -%d and %d", scale,
                    MAX_NUMERIC_PRECISION, MAX_NUMERIC_PRECISION);
    *typmod = ((precision << 16) | (scale & 0x7FF)) + VARHDRSZ;
    return true;
}

static bool encode_time(const struct modifiers *mods, const char *type, const char *zone,
                        int32_t *typmod)
{
    int32_t precision = mods->values[0];

    if (mods->n != 1)
        return FAIL(mods, "invalid type modifier");
    if (precision < 0)
        return FAIL(mods, "%s(%d)%s precision must not be negative", type, precision, zone);
    *typmod = precision > MAX_TIME_PRECISION ? MAX_TIME_PRECISION : precision;
    return true;
}

static bool encode_interval(const struct modifiers *mods, int32_t *typmod)
{
    int32_t range = mods->values[0], precision = mods->values[1];

    if (mods->n == 0 || mods->n > 2)
        return FAIL(mods, "invalid INTERVAL type modifier");
    if (mods->n == 1) {
        *typmod = range == INTERVAL_FULL_RANGE
                      ? -1
                      : (int32_t)(((uint32_t)range & 0x7FFF) << 16 | INTERVAL_FULL_PRECISION);
        return true;
    }
    if (precision < 0)
        return FAIL(mods, "INTERVAL(%d) precision must not be negative", precision);
    if (precision > MAX_TIME_PRECISION)
        precision = MAX_TIME_PRECISION;
    *typmod = (int32_t)(((uint32_t)range & 0x7FFF) << 16 | (uint32_t)precision);
    return true;
}

static bool is_number(const char *text)
{
    size_t digits = strspn(text + (*text == '-'), "0123456789");

    return digits > 0 && text[digits + (*text == '-')] == '\0';
}

static bool is_integer(const char *text)
{
    long long value;

    errno = 0;
    value = strtoll(text, NULL, 10);
    return is_number(text) && errno == 0 && value >= INT32_MIN && value <= INT32_MAX;
}

static bool is_boolean(const PgQuery__Node *node)
{
    return NODE_IS(node, A_CONST) && node->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL;
}

/* The modifiers must be literals or plain identifiers; the built-in types take integers only. */
static bool read_modifiers(struct modifiers *mods, bool *all_integers)
{
    *all_integers = true;
    for (size_t i = 0; i < mods->name->n_typmods; i++) {
        const PgQuery__Node *node = mods->name->typmods[i];
        const char *text = is_boolean(node) ? NULL : raw_constant_text(mods->diags->arena, node);
        if (!text && !(NODE_IS(node, COLUMN_REF) && node->column_ref->n_fields == 1 &&
                       raw_string(node->column_ref->fields[0]))) {
            diag_error(mods->diags, "42601", place(mods),
                       "type modifiers must be simple constants or identifiers");
            return false;
        }
        if (!text || !is_integer(text))
            *all_integers = false;
        else if (mods->n < MAX_MODIFIERS)
            mods->values[mods->n] = (int32_t)strtol(text, NULL, 10);
        mods->n++;
    }
    return true;
}

static bool bad_literal(const struct modifiers *mods)
{
    for (size_t i = 0; i < mods->name->n_typmods; i++) {
        const PgQuery__Node *node = mods->name->typmods[i];
        const char *text = raw_constant_text(mods->diags->arena, node);
        if (!text)
            text = raw_string(node->column_ref->fields[0]);
        if (is_number(text) && !is_integer(text)) {
            diag_error(mods->diags, "22003", place(mods),
                       "value \"%s\" is out of range for type integer", text);
            return false;
        }
        if (!is_integer(text)) {
            diag_error(mods->diags, "22P02", place(mods),
                       "invalid input syntax for type integer: \"%s\"", text);
            return false;
        }
    }
    return false;
}

/* By name: the OIDs belong to the analysis. */
static const char *builtin_name(const struct type *type)
{
    return type->oid < FIRST_USER_OID ? type->name : "";
}

static bool encode(const struct modifiers *mods, const char *name, bool *known, int32_t *typmod)
{
    *known = true;
    if (strcmp(name, "bpchar") == 0)
        return encode_char(mods, "char", typmod);
    if (strcmp(name, "varchar") == 0)
        return encode_char(mods, "varchar", typmod);
    if (strcmp(name, "bit") == 0 || strcmp(name, "varbit") == 0)
        return encode_bit(mods, name, typmod);
    if (strcmp(name, "numeric") == 0)
        return encode_numeric(mods, typmod);
    if (strcmp(name, "time") == 0)
        return encode_time(mods, "TIME", "", typmod);
    if (strcmp(name, "timetz") == 0)
        return encode_time(mods, "TIME", " WITH TIME ZONE", typmod);
    if (strcmp(name, "timestamp") == 0)
        return encode_time(mods, "TIMESTAMP", "", typmod);
    if (strcmp(name, "timestamptz") == 0)
        return encode_time(mods, "TIMESTAMP", " WITH TIME ZONE", typmod);
    if (strcmp(name, "interval") == 0)
        return encode_interval(mods, typmod);
    *known = false;
    return false;
}

/* As it is written. */
static const char *dotted_name(struct arena *arena, const PgQuery__TypeName *name)
{
    const char *text = raw_string(name->names[0]);

    for (size_t i = 1; i < name->n_names; i++)
        text = arena_printf(arena, "%s.%s", text, raw_string(name->names[i]));
    return text;
}

static bool takes_modifiers(const char *name)
{
    static const char *const names[] = {"bpchar",      "varchar", "bit",    "varbit",
                                        "numeric",     "time",    "timetz", "timestamp",
                                        "timestamptz", "interval"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

bool typmod_encode(const struct sql *sql, const PgQuery__TypeName *name, const struct type *type,
                   struct diags *diags, int32_t *typmod)
{
    struct modifiers mods = {.sql = sql, .name = name, .diags = diags};
    bool all_integers, known;

    if (name->n_typmods == 0) {
        *typmod = -1;
        return true;
    }
    if (type->has_typmod) {
        if (!read_modifiers(&mods, &all_integers))
            return false;
        *typmod = mods.n == 1 && all_integers ? mods.values[0] : -1;
        return true;
    }
    if (!takes_modifiers(builtin_name(type))) {
        diag_error(diags, "42601", sql_dotted_span(sql, name->location),
                   "type modifier is not allowed for type \"%s\"",
                   dotted_name(mods.diags->arena, name));
        return false;
    }
    if (!read_modifiers(&mods, &all_integers))
        return false;
    if (!all_integers)
        return bad_literal(&mods);
    return encode(&mods, builtin_name(type), &known, typmod);
}
