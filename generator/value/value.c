/* The text of an unknown literal as input of a type: which checker for which type.
 *
 * Base types have a row in a table; enums, arrays, rows, ranges and domains are known by their
 * kind. Types without a checker (of extensions) accept everything here.
 */
#include "value/literal.h"

#include <string.h>

#include "catalog/catalog.h"
#include "catalog/nearest.h"
#include "value/contrib.h"

static const struct base_input {
    oid type;
    literal_checker *check;
} base_inputs[] = {
    {BOOLOID, literal_check_bool},
    {BYTEAOID, literal_check_bytea},
    {INT8OID, literal_check_int8},
    {INT2OID, literal_check_int2},
    {INT4OID, literal_check_int4},
    {REGPROCOID, literal_check_regproc},
    {OIDOID, literal_check_oid},
    {TIDOID, literal_check_tid},
    {194, literal_refuse}, /* pg_node_tree */
    {JSONOID, literal_check_json},
    {XMLOID, literal_check_xml},
    {600, literal_check_point},
    {601, literal_check_lseg},
    {602, literal_check_path},
    {BOXOID, literal_check_box},
    {604, literal_check_polygon},
    {628, literal_check_line},
    {650, literal_check_cidr},
    {FLOAT4OID, literal_check_float4},
    {FLOAT8OID, literal_check_float8},
    {718, literal_check_circle},
    {774, literal_check_macaddr8},
    {790, literal_check_money},
    {829, literal_check_macaddr},
    {869, literal_check_inet},
    {DATEOID, literal_check_date},
    {TIMEOID, literal_check_time},
    {TIMESTAMPOID, literal_check_timestamp},
    {TIMESTAMPTZOID, literal_check_timestamptz},
    {INTERVALOID, literal_check_interval},
    {TIMETZOID, literal_check_timetz},
    {BITOID, literal_check_bit},
    {VARBITOID, literal_check_bit},
    {NUMERICOID, literal_check_numeric},
    {REGPROCEDUREOID, literal_check_regprocedure},
    {REGOPEROID, literal_check_regoper},
    {REGOPERATOROID, literal_check_regoperator},
    {REGCLASSOID, literal_check_regclass},
    {REGTYPEOID, literal_check_regtype},
    {UUIDOID, literal_check_uuid},
    {2970, literal_check_snapshot},
    {3220, literal_check_lsn},
    {3614, literal_check_tsvector},
    {3615, literal_check_tsquery},
    {JSONBOID, literal_check_jsonb},
    {5038, literal_check_snapshot},
    {3361, literal_refuse}, /* pg_ndistinct, pg_dependencies, pg_mcv_list */
    {3402, literal_refuse},
    {5017, literal_refuse},
    {3642, literal_refuse_gtsvector},
    {4600, literal_refuse}, /* BRIN summaries */
    {4601, literal_refuse},
    {1033, literal_check_aclitem},
    {3734, literal_check_regconfig},
    {3769, literal_check_regdictionary},
    {4072, literal_check_jsonpath},
    {4089, literal_check_regnamespace},
    {4096, literal_check_regrole},
    {4191, literal_check_regcollation},
};

static const char *type_name(const struct literal *literal, oid type)
{
    return catalog_format_type(literal->input->catalog, literal->input->arena, type);
}

/* Only the columns of a row literal are read with their typmod. */
static void check_length(const struct literal *literal)
{
    size_t n = 0, limit = (size_t)(literal->typmod - 4);
    for (const char *s = literal->text; *s; s++) {
        bool is_character = ((unsigned char)*s & 0xC0) != 0x80;
        if (is_character && n++ >= limit && *s != ' ')
            literal_fail(literal, "22001", "value too long for type %s",
                         catalog_format_type_mod(literal->input->catalog, literal->input->arena,
                                                 literal->type, literal->typmod));
    }
}

static literal_checker *find_checker(const struct type *type)
{
    for (size_t i = 0; i < sizeof base_inputs / sizeof *base_inputs; i++)
        if (base_inputs[i].type == type->oid)
            return base_inputs[i].check;
    return type->input ? literal_contrib_checker(type->input) : NULL;
}

static void check_enum(const struct literal *literal, const struct type *type)
{
    struct arena *arena = literal->input->arena;
    for (size_t i = 0; i < type->n_labels; i++)
        if (strcmp(type->labels[i], literal->text) == 0)
            return;
    const char *hint = nearest_label(arena, type, literal->text);
    literal_fail_hint(literal, "22P02", hint, "invalid input value for enum %s: \"%s\"",
                      type_name(literal, type->oid), literal->text);
}

void literal_refuse(const struct literal *literal)
{
    literal_fail(literal, "0A000", "cannot accept a value of type %s",
                 type_name(literal, literal->type));
}

void literal_refuse_gtsvector(const struct literal *literal)
{
    literal_fail(literal, "0A000", "gtsvector_in not implemented");
}

static void check_pseudo(const struct literal *literal)
{
    if (literal->type == RECORDOID)
        literal_fail(literal, "0A000", "input of anonymous composite types is not implemented");
    if (literal->type != CSTRINGOID && literal->type != VOIDOID && literal->type != UNKNOWNOID)
        literal_refuse(literal);
}

static void check_by_kind(const struct literal *literal, const struct type *type)
{
    const struct catalog *catalog = literal->input->catalog;
    oid element = catalog_element_type(catalog, type->oid);
    literal_checker *check = find_checker(type);
    if (check)
        check(literal);
    else if ((type->oid == VARCHAROID || type->oid == BPCHAROID) && literal->typmod >= 4)
        check_length(literal);
    else if (type->oid == 22 || type->oid == 30)
        literal_check_vector(literal, element);
    else if (element)
        literal_check_array(literal, element);
    else if (type->typtype == 'e')
        check_enum(literal, type);
    else if (type->typtype == 'c')
        literal_check_row(literal, catalog_get_relation(catalog, type->relid));
    else if (type->typtype == 'r')
        literal_check_range(literal, type->range_subtype);
    else if (type->typtype == 'm')
        literal_check_multirange(literal, type->range_subtype);
    else if (type->typtype == 'p')
        check_pseudo(literal);
}

void literal_read(const struct literal *whole, oid type, int32_t typmod, const char *text)
{
    const struct catalog *catalog = whole->input->catalog;
    oid base = catalog_base_type(catalog, type, &typmod);
    const struct type *found = catalog_get_type(catalog, base);
    if (found)
        check_by_kind(&(struct literal){whole->input, base, typmod, text}, found);
}

/* A value of a domain type on its own is constrained when the statement runs; inside another value
 * the input function of the domain does it at once. */
void literal_check_part(const struct literal *literal, oid id, int32_t typmod, const char *text)
{
    const struct catalog *catalog = literal->input->catalog;
    if (text)
        literal_read(literal, id, typmod, text);
    for (const struct type *type = catalog_get_type(catalog, id);
         !text && type && type->typtype == 'd'; type = catalog_get_type(catalog, type->base_type))
        if (type->not_null)
            literal_fail(literal, "23502", "domain %s does not allow null values",
                         type_name(literal, type->oid));
}

static bool check(struct input *input, oid type, int32_t typmod, const char *text)
{
    struct literal whole = {.input = input};

    if (setjmp(input->on_refusal))
        return false;
    literal_read(&whole, type, typmod, text);
    return true;
}

bool value_check(struct arena *arena, const struct catalog *catalog, oid type, int32_t typmod,
                 const char *text, struct refusal *why)
{
    struct input input = {.arena = arena, .catalog = catalog, .why = why};

    return !text || check(&input, type, typmod, text);
}

static bool names_object(oid type)
{
    switch (type) {
    case REGCLASSOID:
    case REGTYPEOID:
    case REGPROCOID:
    case REGPROCEDUREOID:
    case REGOPEROID:
    case REGOPERATOROID:
        return true;
    default:
        return false;
    }
}

oid value_object(struct arena *arena, const struct catalog *catalog, oid type, const char *text)
{
    struct refusal why;
    struct input input = {.arena = arena, .catalog = catalog, .why = &why};

    return names_object(type) && check(&input, type, -1, text) ? input.object : 0;
}
