/* The value of a bound, as far as it is known without a server: constants, under conversions that
 * leave their text a text of the new type. What is computed, or rounded on the way, is not known.
 */
#include <stdlib.h>
#include <string.h>

#include "catalog/label.h"
#include "ddl/partition.h"
#include "tree/tree.h"
#include "value/value.h"

static bool is_integer(oid type)
{
    return type == INT2OID || type == INT4OID || type == INT8OID;
}

static bool is_number(oid type)
{
    return is_integer(type) || type == NUMERICOID || type == FLOAT4OID || type == FLOAT8OID;
}

static bool is_string(oid type)
{
    return type == TEXTOID || type == VARCHAROID || type == BPCHAROID || type == NAMEOID;
}

static bool is_whole(const char *text)
{
    const char *digits = text + (*text == '-' || *text == '+');

    return *digits && strspn(digits, "0123456789") == strlen(digits);
}

/* A date is midnight, unless its text says a time that the date has forgotten. */
static bool keeps_date(const char *text, oid source, oid target)
{
    return source == DATEOID && (target == TIMESTAMPOID || target == TIMESTAMPTZOID) &&
           !strchr(text, ':');
}

/* Whether the text of a value of the source type is the text of the same value of the target. */
static bool keeps_text(const char *text, oid source, oid target)
{
    if (source == target || (is_string(source) && is_string(target)))
        return true;
    if (is_number(source) && is_number(target))
        return is_whole(text) && target != FLOAT4OID;
    if (source == INT4OID && is_string(target))
        return is_whole(text);
    return keeps_date(text, source, target);
}

static long digits_after_point(const char *text, bool has_exponent)
{
    const char *point = strchr(text, '.');
    const char *exponent = has_exponent ? strpbrk(text, "eE") : NULL;
    long n = point ? (long)strspn(point + 1, "0123456789") : 0;

    return exponent ? n - strtol(exponent + 1, NULL, 10) : n;
}

/* Whether a number or time has no more digits after its point than the typmod keeps. */
static bool keeps_digits(const char *text, oid type, int32_t typmod)
{
    int32_t scale = type == NUMERICOID ? (((typmod - 4) & 0x7FF) ^ 1024) - 1024 : typmod;

    return digits_after_point(text, type == NUMERICOID) <= scale;
}

/* A value that its typmod leaves as it is; a string that is too long is refused. */
static const char *fitted(struct ddl *ddl, const struct expr *cast, const char *text, oid type,
                          span at)
{
    struct refusal why;

    if (type != VARCHAROID && type != BPCHAROID)
        return keeps_digits(text, type, cast->typmod) ? text : NULL;
    if (value_check(ddl->arena, ddl->catalog, type, cast->typmod, text, &why))
        return text;
    if (cast->u.cast.form != FORM_EXPLICIT)
        ddl_fail(ddl, why.sqlstate, at, "%s", why.message);
    return NULL;
}

/* NULL when it is not known. */
static const char *converted(struct ddl *ddl, const struct expr *cast, const char *text, span at)
{
    const struct catalog *catalog = ddl->catalog;
    oid source = catalog_base_type(catalog, cast->args[0]->type, NULL);
    oid target = catalog_base_type(catalog, cast->type, NULL);
    struct refusal why;

    if (cast->u.cast.method == CAST_TYPMOD)
        return fitted(ddl, cast, text, target, at);
    if (!keeps_text(text, source, target))
        return NULL;
    if (!value_check(ddl->arena, catalog, target, -1, text, &why))
        ddl_fail(ddl, why.sqlstate, at, "%s", why.message);
    return text;
}

static const char *constant_text(const struct expr *expr)
{
    /* Bit strings are spelt in two ways. */
    return expr->u.constant.literal == 'b' ? NULL : expr->u.constant.text;
}

/* NULL when it is not known. */
static const char *known_text(struct ddl *ddl, const struct expr *expr, span at)
{
    const char *text;

    if (expr->kind == EXPR_CONST)
        return constant_text(expr);
    if (expr->kind != EXPR_CAST && expr->kind != EXPR_COLLATE)
        return NULL;
    text = known_text(ddl, expr->args[0], at);
    return text && expr->kind == EXPR_CAST ? converted(ddl, expr, text, at) : text;
}

struct partition_datum partition_value(struct ddl *ddl, const struct partition_order *order,
                                       const struct expr *expr, span at)
{
    const char *text = expr ? known_text(ddl, expr, at) : NULL;
    struct partition_datum datum = {
        .is_null = expr && expr_is_null_const(expr_strip_casts((struct expr *)expr))};

    datum.expr = expr;
    datum.text = text;
    datum.label_age = catalog_label_age(ddl->catalog);
    datum.type = order->type;
    if (text && order->is_default)
        datum.value = value_key(ddl->arena, ddl->catalog, order->type, order->collation, text);
    return datum;
}

/* --- Enums ------------------------------------------------------------------------------------ */

/* The same bounds, of which others may hold the old ones. */
static struct partition_datum *ordered_anew(struct ddl *ddl, const struct type *type,
                                            const struct partition_datum *old, size_t n)
{
    struct partition_datum *new = old ? arena_array(ddl->arena, struct partition_datum, n) : NULL;

    for (size_t i = 0; new &&i < n; i++) {
        new[i] = old[i];
        if (old[i].value && catalog_base_type(ddl->catalog, old[i].type, NULL) == type->oid)
            new[i].value = value_key(ddl->arena, ddl->catalog, old[i].type, 0,
                                     type_label_now(type, old[i].text, old[i].label_age));
    }
    return new;
}

void partition_values_of_enum_moved(struct ddl *ddl, const struct type *type)
{
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++) {
        const struct partition_bound *old = relations[i] ? relations[i]->partition_bound : NULL;
        struct partition_bound *new;
        size_t n_columns;
        if (!old)
            continue;
        n_columns = catalog_get_relation(ddl->catalog, relations[i]->parents.items[0])
                        ->partition_key.n_columns;
        new = arena_new(ddl->arena, struct partition_bound);
        *new = *old;
        new->list = ordered_anew(ddl, type, old->list, old->n_list);
        new->lower = ordered_anew(ddl, type, old->lower, n_columns);
        new->upper = ordered_anew(ddl, type, old->upper, n_columns);
        relations[i]->partition_bound = new;
    }
}
