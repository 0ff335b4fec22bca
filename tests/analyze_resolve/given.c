#include "analyze_resolve/given.h"

#include <string.h>

#include "catalog/catalog.h"
#include "tree/tree.h"

const char *const given_ddl = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');"
                              "CREATE DOMAIN score AS integer;"
                              "CREATE DOMAIN code AS varchar(3);"
                              "CREATE DOMAIN tags AS text[];"
                              "CREATE TYPE pair AS (x integer, y varchar(2));"
                              "CREATE TYPE doc AS (j json)";

static oid public_schema(const struct given *given)
{
    return catalog_find_namespace(given->catalog, "public")->oid;
}

static oid add_enum(struct given *given)
{
    static const char *const labels[] = {"sad", "ok", "happy"};
    struct type type = {
        .namespace_oid = public_schema(given),
        .name = "mood",
        .typtype = 'e',
        .category = 'E',
        .len = 4,
        .labels = labels,
        .n_labels = 3,
    };
    return catalog_add_type_with_array(given->catalog, &type)->oid;
}

static oid add_domain(struct given *given, const char *name, oid base, int32_t typmod)
{
    struct type type = *catalog_get_type(given->catalog, base);
    type.oid = 0;
    type.array = 0;
    type.subscript = 0;
    type.elem = 0;
    type.namespace_oid = public_schema(given);
    type.name = name;
    type.typtype = 'd';
    type.is_preferred = false;
    type.base_type = base;
    type.typmod = typmod;
    return catalog_add_type_with_array(given->catalog, &type)->oid;
}

static oid add_composite(struct given *given, const char *name, const struct attribute *attributes,
                         size_t n)
{
    struct relation relation = {
        .namespace_oid = public_schema(given), .name = name, .relkind = 'c'};
    for (size_t i = 0; i < n; i++)
        vec_push(&given->arena, &relation.attributes, attributes[i]);
    return catalog_add_relation(given->catalog, &relation)->type_oid;
}

void given_init(struct given *given)
{
    static const struct attribute pair[] = {
        {.name = "x", .type = INT4OID, .typmod = -1, .number = 1},
        {.name = "y", .type = VARCHAROID, .typmod = 6, .number = 2}};
    static const struct attribute doc[] = {
        {.name = "j", .type = JSONOID, .typmod = -1, .number = 1}};
    static const char text[] = "select";
    memset(given, 0, sizeof *given);
    given->catalog = catalog_create(&given->arena, release_default());
    given->diags.arena = &given->arena;
    given->sql = (struct sql){
        .source = source_create(&given->arena, "test.sql", STR("select")), .text = text, .len = 6};
    given->mood = add_enum(given);
    given->score = add_domain(given, "score", INT4OID, -1);
    given->code = add_domain(given, "code", VARCHAROID, 7);
    given->tags = add_domain(given, "tags", 1009, -1);
    given->pair = add_composite(given, "pair", pair, 2);
    given->doc = add_composite(given, "doc", doc, 1);
    given->statement.arena = &given->arena;
    given->statement.catalog = given->catalog;
    given->statement.sql = &given->sql;
    given->statement.diags = &given->diags;
    given->parse = (struct parse){&given->statement, &given->scope};
}

void given_finish(struct given *given)
{
    arena_finish(&given->arena);
}

struct expr *given_value(struct given *given, oid type)
{
    return expr_make(&given->arena, EXPR_CASE_TEST, type, 0);
}

struct expr *given_unknown(struct given *given, const char *text)
{
    struct expr *expr = expr_make(&given->arena, EXPR_CONST, UNKNOWNOID, 0);
    expr->u.constant.is_null = text == NULL;
    expr->u.constant.text = text;
    expr->u.constant.literal = 's';
    return expr;
}

struct expr *given_param(struct given *given, int number)
{
    for (int n = (int)given->statement.params.n + 1; n <= number; n++)
        vec_push(&given->arena, &given->statement.params, (struct param_info){.number = n});
    oid type = given->statement.params.items[number - 1].type;
    struct expr *expr = expr_make(&given->arena, EXPR_PARAM, type ? type : UNKNOWNOID, 0);
    expr->u.param = number;
    return expr;
}

struct expr *given_named(struct given *given, const char *name, struct expr *arg)
{
    struct expr *expr = expr_make(&given->arena, EXPR_NAMED_ARG, arg->type, 0);
    expr->args = arena_array(&given->arena, struct expr *, 1);
    expr->args[0] = arg;
    expr->n_args = 1;
    expr->u.arg_name = name;
    return expr;
}

struct expr *given_row(struct given *given, size_t n, struct expr *const *fields)
{
    struct expr *row = expr_make(&given->arena, EXPR_ROW, RECORDOID, 0);
    row->args = arena_array(&given->arena, struct expr *, n);
    memcpy(row->args, fields, n * sizeof *fields);
    row->n_args = n;
    return row;
}

struct function *given_function(struct given *given, const char *name, char kind, size_t n,
                                const oid *args, oid result)
{
    oid *types = arena_array(&given->arena, oid, n);
    for (size_t i = 0; i < n; i++)
        types[i] = args[i];
    struct function function = {
        .namespace_oid = public_schema(given),
        .name = name,
        .kind = kind,
        .volatility = 'v',
        .return_type = result,
        .n_args = (uint16_t)n,
        .arg_types = types,
        .agg_kind = kind == 'a' ? 'n' : 0,
    };
    return catalog_add_function(given->catalog, &function);
}

const struct diag *given_try(struct given *given, void (*action)(void *context), void *context)
{
    diag_rewind(&given->diags, 0);
    given->statement.params.n = 0;
    if (setjmp(given->statement.on_error) == 0)
        action(context);
    return given->diags.list.n ? given->diags.list.items[0] : NULL;
}
