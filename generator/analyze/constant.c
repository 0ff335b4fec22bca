/* Literals (manual, 4.1.2) and the SQL value functions. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/transform.h"
#include "catalog/label.h"

static struct expr *make_constant(struct parse *parse, oid type, char literal, const char *text,
                                  int location)
{
    struct expr *expr = expr_make(parse->statement->arena, EXPR_CONST, type, location);

    expr->u.constant.literal = literal;
    expr->u.constant.text = text;
    expr->u.constant.label_age = catalog_label_age(parse->statement->catalog);
    return expr;
}

/* A number that the lexer could not read as an int: bigint when it fits, else numeric. */
static oid type_of_number(const char *text)
{
    char *end;
    long long value;

    errno = 0;
    value = strtoll(text, &end, 10);
    if (*end || errno)
        return NUMERICOID;
    return value >= INT32_MIN && value <= INT32_MAX ? INT4OID : INT8OID;
}

/* b101 or x1f, as the lexer leaves them. */
static void check_bits(struct parse *parse, const char *bits, int location)
{
    bool is_hex = bits[0] == 'x';
    const char *digits = is_hex ? "0123456789abcdefABCDEF" : "01";

    for (const char *c = bits + 1; *c; c++)
        if (!strchr(digits, *c))
            parse_error(parse, "22P02", location, "\"%c\" is not a valid %s digit", *c,
                        is_hex ? "hexadecimal" : "binary");
}

struct expr *transform_constant(struct parse *parse, const PgQuery__AConst *constant)
{
    struct arena *arena = parse->statement->arena;
    int location = constant->location;
    struct expr *null;

    switch (constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return make_constant(parse, INT4OID, 'i', arena_printf(arena, "%d", constant->ival->ival),
                             location);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return make_constant(parse, type_of_number(constant->fval->fval), 'f', constant->fval->fval,
                             location);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return make_constant(parse, BOOLOID, 'B', constant->boolval->boolval ? "t" : "f", location);
    case PG_QUERY__A__CONST__VAL_SVAL:
        return make_constant(parse, UNKNOWNOID, 's', constant->sval->sval, location);
    case PG_QUERY__A__CONST__VAL_BSVAL:
        check_bits(parse, constant->bsval->bsval, location);
        return make_constant(parse, BITOID, 'b', constant->bsval->bsval, location);
    default:
        null = make_constant(parse, UNKNOWNOID, 's', NULL, location);
        null->u.constant.is_null = true;
        return null;
    }
}

struct sql_value {
    const char *name;
    oid type;
};

static const struct sql_value sql_values[] = {
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE] = {"current_date", DATEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME] = {"current_time", TIMETZOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N] = {"current_time", TIMETZOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP] = {"current_timestamp",
                                                                 TIMESTAMPTZOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N] = {"current_timestamp",
                                                                   TIMESTAMPTZOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME] = {"localtime", TIMEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N] = {"localtime", TIMEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP] = {"localtimestamp", TIMESTAMPOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N] = {"localtimestamp", TIMESTAMPOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE] = {"current_role", NAMEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER] = {"current_user", NAMEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER] = {"user", NAMEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER] = {"session_user", NAMEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG] = {"current_catalog", NAMEOID},
    [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA] = {"current_schema", NAMEOID},
};

const char *sql_value_name(const PgQuery__SQLValueFunction *value)
{
    return sql_values[value->op].name;
}

struct expr *transform_sql_value(struct parse *parse, const PgQuery__SQLValueFunction *value)
{
    const struct sql_value *known = &sql_values[value->op];
    struct expr *expr =
        expr_make(parse->statement->arena, EXPR_SQL_VALUE, known->type, value->location);

    /* Only the forms with a precision carry one; more than six digits are six. */
    if (value->typmod >= 0)
        expr->typmod = value->typmod > 6 ? 6 : value->typmod;
    expr->u.sql_value.name = known->name;
    return expr;
}
