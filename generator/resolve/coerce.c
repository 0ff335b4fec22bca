/* From an expression and a wanted type to the expression that has it (coerce_type and friends).
 *
 * The order is the server's: nothing to do; pseudo-types take anything; an unknown literal is read
 * as the target type; an untyped parameter becomes the target type; COLLATE is looked through;
 * then a pathway of pg_cast; then rows. Domains wrap the coercion to their base type. A typmod is
 * applied last, by the type's length coercion function.
 */
#include "resolve/coerce.h"

#include "catalog/catalog.h"
#include "tree/tree.h"
#include "types/conversion.h"
#include "types/polymorphic.h"
#include "value/value.h"

/* What a coercion aims at; travels through the helpers. */
struct goal {
    oid type;
    int32_t typmod;
    enum coercion_context context;
    enum cast_form form;
    int location;
};

static struct expr *make_cast(struct parse *parse, struct expr *arg, enum cast_method method,
                              oid type, int32_t typmod, enum cast_form form)
{
    struct expr *cast = expr_make(parse->statement->arena, EXPR_CAST, type, arg->location);
    const struct type *known = catalog_get_type(parse->statement->catalog, type);
    cast->args = arena_array(parse->statement->arena, struct expr *, 1);
    cast->args[0] = arg;
    cast->n_args = 1;
    cast->typmod = typmod;
    if (known && known->collation)
        cast->collation = arg->collation ? arg->collation : known->collation;
    cast->u.cast.method = method;
    cast->u.cast.form = form;
    return cast;
}

static struct expr *copy_expr(struct parse *parse, const struct expr *expr)
{
    struct expr *copy = arena_new(parse->statement->arena, struct expr);
    *copy = *expr;
    return copy;
}

/* The expression with another typmod on its label; no conversion. */
static struct expr *relabel_typmod(struct parse *parse, struct expr *expr, int32_t typmod,
                                   enum cast_form form)
{
    if (expr->kind == EXPR_CONST) {
        struct expr *copy = copy_expr(parse, expr);
        copy->typmod = typmod;
        return copy;
    }
    return make_cast(parse, expr, CAST_RELABEL, expr->type, typmod, form);
}

/* Where one conversion as written takes two casts, only the outer one is as explicit as it. */
static void hide_cast(struct expr *expr)
{
    if (expr->kind == EXPR_CAST)
        expr->u.cast.form = FORM_IMPLICIT;
    else if (expr->kind == EXPR_ROW)
        expr->u.row.is_cast = false;
}

static struct expr *coerce_typmod(struct parse *parse, struct expr *expr, const struct goal *goal)
{
    if (expr->typmod == goal->typmod)
        return expr;
    bool is_array = false;
    const struct function *function = NULL;
    if (goal->typmod >= 0)
        function = type_typmod_function(parse->statement->catalog, goal->type, &is_array);
    if (!function)
        return relabel_typmod(parse, expr, goal->typmod, goal->form);
    struct expr *cast = make_cast(parse, expr, CAST_TYPMOD, goal->type, goal->typmod, goal->form);
    cast->u.cast.function = function;
    return cast;
}

/* expr, already of the domain's base type, as a value of the domain (coerce_to_domain). */
static struct expr *coerce_to_domain(struct parse *parse, struct expr *expr,
                                     const struct goal *goal)
{
    int32_t typmod = -1;
    oid base = catalog_base_type(parse->statement->catalog, goal->type, &typmod);
    if (base == goal->type)
        return expr;
    struct goal to_base = {base, typmod, COERCE_IMPLICIT, FORM_IMPLICIT, goal->location};
    expr = coerce_typmod(parse, expr, &to_base);
    return make_cast(parse, expr, CAST_DOMAIN, goal->type, -1, goal->form);
}

static struct expr *coerce_literal(struct parse *parse, const struct expr *expr,
                                   const struct goal *goal)
{
    int32_t typmod = goal->typmod;
    oid base = catalog_base_type(parse->statement->catalog, goal->type, &typmod);
    /* Only interval's input uses the typmod; the others get a length coercion afterwards. */
    if (base != INTERVALOID)
        typmod = -1;
    const struct type *type = catalog_get_type(parse->statement->catalog, base);
    struct expr *result = copy_expr(parse, expr);
    result->type = base;
    result->typmod = typmod;
    result->collation = type ? type->collation : 0;
    if (!expr->u.constant.is_null) {
        check_literal(parse, base, typmod, expr->u.constant.text, expr->location);
        result->u.constant.object = value_object(parse->statement->arena, parse->statement->catalog,
                                                 base, expr->u.constant.text);
        if (base == INTERVALOID)
            result->u.constant.text = value_interval(
                parse->statement->arena, parse->statement->catalog, typmod, expr->u.constant.text);
    }
    return coerce_to_domain(parse, result, goal);
}

/* An untyped parameter takes the first type that is asked of it; the same $n elsewhere must agree
 * (parse_param.c, variable parameters). */
static struct expr *coerce_param(struct parse *parse, struct expr *expr, const struct goal *goal)
{
    struct statement_state *statement = parse->statement;
    struct param_info *param = &statement->params.items[expr->u.param - 1];
    const struct type *type = catalog_get_type(statement->catalog, goal->type);
    if (param->type == 0 || param->type == UNKNOWNOID)
        param->type = goal->type;
    else if (param->type != goal->type)
        parse_error(parse, "42P08", expr->location,
                    "inconsistent types deduced for parameter $%d: %s versus %s", param->number,
                    type_text(parse, param->type), type_text(parse, goal->type));
    expr->type = goal->type;
    expr->typmod = -1;
    expr->collation = type ? type->collation : 0;
    if (goal->location >= 0 && (expr->location < 0 || goal->location < expr->location))
        expr->location = goal->location;
    return expr;
}

static bool is_open_param(const struct parse *parse, const struct expr *expr)
{
    return expr->kind == EXPR_PARAM && expr->type == UNKNOWNOID && expr->u.param > 0 &&
           (size_t)expr->u.param <= parse->statement->params.n;
}

static struct expr *coerce_collate(struct parse *parse, const struct expr *expr, oid source,
                                   const struct goal *goal)
{
    const struct type *type = catalog_get_type(parse->statement->catalog, goal->type);
    struct expr *copy = copy_expr(parse, expr);
    struct expr *arg = coerce_type(parse, expr->args[0], source, goal->type, goal->typmod,
                                   goal->context, goal->form, goal->location);
    if (!type || !type->collation)
        return arg;
    copy->args = arena_array(parse->statement->arena, struct expr *, 1);
    copy->args[0] = arg;
    copy->type = goal->type;
    copy->typmod = arg->typmod;
    return copy;
}

/* --- Pathways --------------------------------------------------------------------------------- */

static enum cast_method method_of_path(enum coercion_path path)
{
    switch (path) {
    case PATH_FUNCTION:
        return CAST_FUNCTION;
    case PATH_ARRAY:
        return CAST_ARRAY;
    case PATH_INOUT:
        return CAST_INOUT;
    default:
        return CAST_RELABEL;
    }
}

static struct expr *apply_path(struct parse *parse, struct expr *expr, enum coercion_path path,
                               const struct function *function, const struct goal *goal)
{
    int32_t typmod = goal->typmod;
    oid base = catalog_base_type(parse->statement->catalog, goal->type, &typmod);
    if (path == PATH_RELABEL) {
        struct expr *result = coerce_to_domain(parse, expr, goal);
        return result != expr ? result
                              : make_cast(parse, expr, CAST_RELABEL, goal->type, -1, goal->form);
    }
    bool takes_typmod = path == PATH_FUNCTION && function && function->n_args >= 2;
    bool is_array;
    if (path == PATH_ARRAY)
        takes_typmod =
            typmod >= 0 && type_typmod_function(parse->statement->catalog, base, &is_array) != NULL;
    struct expr *cast =
        make_cast(parse, expr, method_of_path(path), base, takes_typmod ? typmod : -1, goal->form);
    cast->u.cast.function = function;
    if (base != goal->type)
        hide_cast(cast);
    return coerce_to_domain(parse, cast, goal);
}

/* --- Rows ------------------------------------------------------------------------------------- */

static _Noreturn void cannot_cast_row(struct parse *parse, oid target, int location,
                                      const char *detail)
{
    parse_error(parse, "42846", location, "cannot cast type record to %s: %s",
                type_text(parse, target), detail);
}

static struct rte *whole_row_rte(const struct parse *parse, const struct expr *expr)
{
    const struct scope *scope = parse->scope;
    if (expr->kind != EXPR_VAR || expr->u.var.attno != 0)
        return NULL;
    for (int up = expr->u.var.levels_up; up > 0 && scope; up--)
        scope = scope->parent;
    if (!scope || expr->u.var.rte < 0 || (size_t)expr->u.var.rte >= scope->rtable.n)
        return NULL;
    return scope->rtable.items[expr->u.var.rte];
}

/* The columns of a ROW(…) or of a whole-row reference; NULL for another record. */
static struct expr **row_fields(struct parse *parse, const struct expr *expr, size_t *n)
{
    if (expr->kind == EXPR_ROW) {
        *n = expr->n_args;
        return expr->args;
    }
    const struct rte *rte = whole_row_rte(parse, expr);
    if (!rte)
        return NULL;
    struct expr **fields = arena_array(parse->statement->arena, struct expr *, rte->n_columns);
    *n = 0;
    for (size_t i = 0; i < rte->n_columns; i++) {
        if (rte->columns[i].is_dropped)
            continue;
        struct expr *field =
            expr_make(parse->statement->arena, EXPR_VAR, rte->columns[i].type, expr->location);
        field->typmod = rte->columns[i].typmod;
        field->collation = rte->columns[i].collation;
        field->u.var = expr->u.var;
        field->u.var.attno = (int)i + 1;
        fields[(*n)++] = field;
    }
    return fields;
}

static struct expr *coerce_field(struct parse *parse, struct expr *field,
                                 const struct attribute *attribute, const struct goal *goal,
                                 size_t column)
{
    struct expr *coerced = coerce_to_target(parse, field, field->type, attribute->type,
                                            attribute->typmod, goal->context, FORM_IMPLICIT, -1);
    if (!coerced)
        cannot_cast_row(
            parse, goal->type, goal->location,
            arena_printf(parse->statement->arena, "cannot cast type %s to %s in column %zu",
                         type_text(parse, field->type), type_text(parse, attribute->type), column));
    return coerced;
}

static struct expr *coerce_row(struct parse *parse, struct expr *expr, const struct goal *goal)
{
    struct arena *arena = parse->statement->arena;
    const struct relation *relation = catalog_type_relation(parse->statement->catalog, goal->type);
    size_t n = 0, used = 0;
    struct expr **fields = row_fields(parse, expr, &n);
    if (!fields)
        parse_error(parse, "42846", goal->location, "cannot cast type record to %s",
                    type_text(parse, goal->type));
    struct expr *row = expr_make(parse->statement->arena, EXPR_ROW,
                                 type_base(parse->statement->catalog, goal->type), expr->location);
    const char **names = arena_array(arena, const char *, relation->attributes.n);
    row->args = arena_array(arena, struct expr *, relation->attributes.n);
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];
        if (attribute->is_dropped)
            continue;
        if (used == n)
            cannot_cast_row(parse, goal->type, goal->location, "input has too few columns");
        names[row->n_args] = attribute->name;
        row->args[row->n_args++] = coerce_field(parse, fields[used], attribute, goal, used + 1);
        used++;
    }
    if (used < n)
        cannot_cast_row(parse, goal->type, goal->location, "input has too many columns");
    row->u.row.names = names;
    row->u.row.is_cast = goal->form == FORM_EXPLICIT && row->type == goal->type;
    return coerce_to_domain(parse, row, goal);
}

/* --- coerce_type ------------------------------------------------------------------------------ */

static bool takes_anything(oid type)
{
    return type == ANYOID || type == ANYELEMENTOID || type == ANYNONARRAYOID ||
           type == ANYCOMPATIBLEOID || type == ANYCOMPATIBLENONARRAYOID;
}

/* The conversions that no pg_cast entry describes. */
static struct expr *coerce_between_rows(struct parse *parse, struct expr *expr, oid source,
                                        const struct goal *goal)
{
    const struct catalog *catalog = parse->statement->catalog;
    if (source == RECORDOID && type_is_composite(catalog, goal->type))
        return coerce_row(parse, expr, goal);
    if (goal->type == RECORDOID && type_is_composite(catalog, source))
        return expr;
    if (goal->type == RECORDARRAYOID && type_is_composite_array(catalog, source))
        return expr;
    if (type_inherits(catalog, source, goal->type))
        return make_cast(parse, expr, CAST_ROW, goal->type, -1, goal->form);
    parse_error(parse, "XX000", expr->location, "failed to find conversion function from %s to %s",
                type_text(parse, source), type_text(parse, goal->type));
}

struct expr *coerce_type(struct parse *parse, struct expr *expr, oid source, oid target,
                         int32_t typmod, enum coercion_context context, enum cast_form form,
                         int location)
{
    const struct catalog *catalog = parse->statement->catalog;
    struct goal goal = {target, typmod, context, form, location};
    const struct function *function;
    if (source == target || takes_anything(target))
        return expr;
    if (type_is_polymorphic(target) && source != UNKNOWNOID) {
        /* anyarray, anyenum, anyrange show the type under a domain. */
        oid base = type_base(catalog, source);
        return base == source ? expr : make_cast(parse, expr, CAST_RELABEL, base, -1, form);
    }
    if (source == UNKNOWNOID && expr->kind == EXPR_CONST)
        return coerce_literal(parse, expr, &goal);
    if (is_open_param(parse, expr))
        return coerce_param(parse, expr, &goal);
    if (expr->kind == EXPR_COLLATE)
        return coerce_collate(parse, expr, source, &goal);
    enum coercion_path path = coerce_find_path(catalog, target, source, context, &function);
    if (path != PATH_NONE)
        return apply_path(parse, expr, path, function, &goal);
    return coerce_between_rows(parse, expr, source, &goal);
}

/* The expression that became a value of the type, with the type's modifier. */
static struct expr *with_typmod(struct parse *parse, const struct expr *expr, struct expr *value,
                                const struct goal *goal)
{
    struct expr *result = coerce_typmod(parse, value, goal);

    if (result->kind == EXPR_CAST && result->u.cast.method == CAST_TYPMOD && result != value &&
        value != expr)
        hide_cast(value);
    return result;
}

struct expr *coerce_to_target(struct parse *parse, struct expr *expr, oid source, oid target,
                              int32_t typmod, enum coercion_context context, enum cast_form form,
                              int location)
{
    const struct type *type = catalog_get_type(parse->statement->catalog, target);
    struct goal goal = {target, typmod, context, form, location};
    struct expr *collate = NULL;
    if (!types_can_coerce(parse->statement->catalog, 1, &source, &target, context))
        return NULL;
    while (expr->kind == EXPR_COLLATE) {
        collate = collate ? collate : expr;
        expr = expr->args[0];
    }
    struct expr *result = coerce_type(parse, expr, source, target, typmod, context, form, location);
    result = with_typmod(parse, expr, result, &goal);
    if (!collate || !type || !type->collation)
        return result;
    struct expr *copy = copy_expr(parse, collate);
    copy->args = arena_array(parse->statement->arena, struct expr *, 1);
    copy->args[0] = result;
    copy->type = result->type;
    copy->typmod = result->typmod;
    return copy;
}

oid coerce_generic(struct parse *parse, const oid *actual, oid *declared, size_t n, oid result,
                   bool allow_poly)
{
    struct refusal why;

    if (!types_solve(parse->statement->arena, parse->statement->catalog, actual, declared, n,
                     allow_poly, &result, &why))
        parse_error(parse, why.sqlstate, -1, "%s", why.message);
    return result;
}

void check_literal(struct parse *parse, oid type, int32_t typmod, const char *text, int location)
{
    struct refusal why;

    if (!value_check(parse->statement->arena, parse->statement->catalog, type, typmod, text, &why))
        parse_error_hint(parse, why.sqlstate, location, why.hint, "%s", why.message);
}

struct expr *coerce_unknown_to_text(struct parse *parse, struct expr *expr)
{
    if (expr->type != UNKNOWNOID)
        return expr;
    return coerce_type(parse, expr, UNKNOWNOID, TEXTOID, -1, COERCE_IMPLICIT, FORM_IMPLICIT, -1);
}

/* --- Clauses that want one type --------------------------------------------------------------- */

bool expr_returns_set(const struct catalog *catalog, const struct expr *expr)
{
    if (!expr || expr->kind == EXPR_AGG || expr->kind == EXPR_WINDOW)
        return false;
    if (expr_is_set(catalog, expr))
        return true;
    for (size_t i = 0; i < expr->n_args; i++)
        if (expr_returns_set(catalog, expr->args[i]))
            return true;
    return false;
}

struct expr *coerce_to_specific(struct parse *parse, struct expr *expr, oid target,
                                const char *construct)
{
    struct expr *result = expr;
    if (expr->type != target) {
        result = coerce_to_target(parse, expr, expr->type, target, -1, COERCE_ASSIGNMENT,
                                  FORM_IMPLICIT, -1);
        if (!result)
            parse_error(parse, "42804", expr_location(expr),
                        "argument of %s must be type %s, not type %s", construct,
                        type_text(parse, target), type_text(parse, expr->type));
    }
    if (expr_returns_set(parse->statement->catalog, expr))
        parse_error(parse, "42804", expr_location(expr), "argument of %s must not return a set",
                    construct);
    return result;
}

struct expr *coerce_to_boolean(struct parse *parse, struct expr *expr, const char *construct)
{
    return coerce_to_specific(parse, expr, BOOLOID, construct);
}
