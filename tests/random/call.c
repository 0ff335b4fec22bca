/* Calls of what the catalog has: functions, operators, aggregates, window functions, sets. */
#include <string.h>

#include "random/gen.h"

/* Some range type over the element. */
static oid range_of(struct gen *gen, oid element)
{
    static const struct {
        oid element, range, multirange;
    } ranges[] = {{OID_INT4, 3904, 4451},      {OID_NUMERIC, 3906, 4532},
                  {OID_TIMESTAMP, 3908, 4533}, {OID_TIMESTAMPTZ, 3910, 4534},
                  {OID_DATE, 3912, 4535},      {OID_INT8, 3926, 4536}};

    (void)gen;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].element == element)
            return ranges[i].range;
    return 0;
}

oid instantiate(struct gen *gen, oid type, oid element)
{
    const struct catalog *catalog = gen->menu->catalog;
    const struct type *range;

    switch (type) {
    case OID_ANY:
        return pick_type(gen);
    case OID_ANYELEMENT:
    case OID_ANYNONARRAY:
    case OID_ANYENUM:
    case OID_ANYCOMPATIBLE:
    case OID_ANYCOMPATIBLENONARRAY:
        return element;
    case OID_ANYARRAY:
    case OID_ANYCOMPATIBLEARRAY:
        return catalog_array_type(catalog, element);
    case OID_ANYRANGE:
    case OID_ANYCOMPATIBLERANGE:
        return range_of(gen, element);
    case OID_ANYMULTIRANGE:
    case OID_ANYCOMPATIBLEMULTIRANGE:
        range = catalog_get_type(catalog, range_of(gen, element));
        return range ? range->range_multirange : 0;
    default:
        return type;
    }
}

/* What anyelement must be for the polymorphic type to be `type`; 0 when it cannot. */
static oid element_for(struct gen *gen, oid polymorphic, oid type)
{
    const struct catalog *catalog = gen->menu->catalog;
    const struct type *wanted = catalog_get_type(catalog, type);

    switch (polymorphic) {
    case OID_ANYARRAY:
    case OID_ANYCOMPATIBLEARRAY:
        return catalog_element_type(catalog, type);
    case OID_ANYRANGE:
    case OID_ANYCOMPATIBLERANGE:
        return wanted && wanted->typtype == 'r' ? wanted->range_subtype : 0;
    case OID_ANYMULTIRANGE:
    case OID_ANYCOMPATIBLEMULTIRANGE:
        wanted = wanted && wanted->typtype == 'm' ? catalog_get_type(catalog, wanted->range_subtype)
                                                  : NULL;
        return wanted ? wanted->range_subtype : 0;
    default:
        return type;
    }
}

/* Random elements for which ranges and enums exist. */
static oid pick_element(struct gen *gen, const struct function *function)
{
    static const oid of_ranges[] = {OID_INT4, OID_NUMERIC, OID_DATE, OID_INT8};

    for (size_t i = 0; i < function->n_args; i++)
        if (instantiate(gen, function->arg_types[i], OID_TEXT) == 0)
            return of_ranges[pick(gen, 4)];
    return pick_type(gen);
}

/* Part of the list whose return type is `type`. */
static const struct function *pick_function(struct gen *gen, const struct functions *list, oid type)
{
    size_t low = 0, high = list->n, end;

    while (low < high) {
        const size_t mid = (low + high) / 2;
        if (list->items[mid]->return_type < type)
            low = mid + 1;
        else
            high = mid;
    }
    for (end = low; end < list->n && list->items[end]->return_type == type; end++)
        ;
    return end > low ? list->items[low + pick(gen, (uint32_t)(end - low))] : NULL;
}

static oid pick_polymorphic(struct gen *gen, oid type)
{
    const struct type *wanted = catalog_get_type(gen->menu->catalog, type);

    if (catalog_element_type(gen->menu->catalog, type) && chance(gen, 70))
        return chance(gen, 50) ? OID_ANYARRAY : OID_ANYCOMPATIBLEARRAY;
    if (wanted && wanted->typtype == 'r')
        return chance(gen, 80) ? OID_ANYRANGE : OID_ANYCOMPATIBLERANGE;
    if (wanted && wanted->typtype == 'm')
        return OID_ANYMULTIRANGE;
    return chance(gen, 75) ? OID_ANYELEMENT : OID_ANYCOMPATIBLE;
}

static const struct function *find_function(struct gen *gen, const struct functions *list, oid type)
{
    const struct function *function = NULL;

    if (chance(gen, 20))
        function = pick_function(gen, list, pick_polymorphic(gen, type));
    if (!function)
        function = pick_function(gen, list, type);
    if (list->n && (chance(gen, gen->percent_wrong) || (!function && chance(gen, 2))))
        function = list->items[pick(gen, (uint32_t)list->n)];
    return function;
}

static void gen_args(struct gen *gen, struct buf *out, struct spot at,
                     const struct function *function, size_t from, size_t to, oid element)
{
    const bool variadic = function->variadic && to == function->n_args;
    size_t n = to - (variadic ? 1 : 0);
    const char *separator = "";

    if (function->n_defaults && chance(gen, 50) && !variadic)
        n -= pick(gen, (uint32_t)function->n_defaults + 1u);
    for (size_t i = from; i < n; i++, separator = ", ") {
        buf_adds(out, separator);
        if (function->arg_names && function->arg_names[i] && *function->arg_names[i] &&
            (function->oid >= FIRST_USER_OID && chance(gen, 15)))
            buf_addf(out, "%s => ", catalog_quote_identifier(gen->arena, function->arg_names[i]));
        gen_expr(gen, out, at, instantiate(gen, function->arg_types[i], element));
    }
    if (variadic && chance(gen, 15)) {
        buf_addf(out, "%sVARIADIC ", separator);
        gen_expr(gen, out, at, instantiate(gen, function->arg_types[to - 1], element));
    } else if (variadic) {
        for (uint32_t i = 1 + pick(gen, 3); i > 0; i--, separator = ", ") {
            buf_adds(out, separator);
            gen_expr(gen, out, at, instantiate(gen, function->variadic, element));
        }
    }
}

static void add_name(struct gen *gen, struct buf *out, const struct function *function)
{
    if (function->oid < FIRST_USER_OID && chance(gen, 5))
        buf_adds(out, "pg_catalog.");
    buf_adds(out, object_name(gen, function->namespace_oid, function->name));
}

bool gen_call(struct gen *gen, struct buf *out, struct spot at, const struct function *function,
              oid type)
{
    oid element = element_for(gen, function->return_type, type);

    if (!element)
        return false;
    if (function->return_type == type)
        element = pick_element(gen, function);
    add_name(gen, out, function);
    buf_adds(out, "(");
    gen_args(gen, out, inside(at), function, 0, function->n_args, element);
    buf_adds(out, ")");
    return true;
}

bool form_function(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct function *function = find_function(gen, &gen->menu->plain, type);

    return function && gen_call(gen, out, at, function, type);
}

bool form_set(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct function *function;

    if (!(at.flags & ALLOW_SET) && !chance(gen, gen->percent_wrong))
        return false;
    if ((type == OID_INT4 || type == OID_INT8 || type == OID_NUMERIC) && chance(gen, 40)) {
        buf_addf(out, "generate_series(%u, %u)", pick(gen, 3), pick(gen, 4));
        return true;
    }
    function = find_function(gen, &gen->menu->sets, type);
    return function && gen_call(gen, out, at, function, type);
}

/* --- operators -------------------------------------------------------------------------------- */

static const struct operator* pick_operator(struct gen *gen, oid result)
{
    const struct menu *menu = gen->menu;
    size_t low = 0, high = menu->operators.n, end;

    while (low < high) {
        const size_t mid = (low + high) / 2;
        if (menu->operators.items[mid]->result < result)
            low = mid + 1;
        else
            high = mid;
    }
    for (end = low; end < menu->operators.n && menu->operators.items[end]->result == result; end++)
        ;
    return end > low ? menu->operators.items[low + pick(gen, (uint32_t)(end - low))] : NULL;
}

bool form_operator(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct operator* op =
        pick_operator(gen, chance(gen, 15) ? pick_polymorphic(gen, type) : type);
    oid element;

    if (!op)
        return false;
    element = element_for(gen, op->result, type);
    if (!element)
        return false;
    if (op->result == type)
        element = chance(gen, 50) ? OID_INT4 : pick_type(gen);
    buf_adds(out, "(");
    if (op->left) {
        gen_expr(gen, out, inside(at), instantiate(gen, op->left, element));
        buf_adds(out, " ");
    }
    if (chance(gen, 3))
        buf_addf(out, "OPERATOR(pg_catalog.%s) ", op->name);
    else
        buf_addf(out, "%s ", op->name);
    gen_expr(gen, out, inside(at), instantiate(gen, op->right, element));
    buf_adds(out, ")");
    return true;
}

/* --- aggregates and windows ------------------------------------------------------------------- */

static void add_key(struct gen *gen, struct buf *out, struct spot at)
{
    oid type;

    if (chance(gen, 20) || !gen_any_column(gen, out, at, &type))
        gen_expr(gen, out, at, pick_type(gen));
}

static void add_sort_keys(struct gen *gen, struct buf *out, struct spot at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(out, i ? ", " : "");
        add_key(gen, out, at);
        buf_adds(out, chance(gen, 30) ? " DESC" : "");
        buf_adds(out, chance(gen, 15) ? " NULLS FIRST" : "");
    }
}

static void gen_ordered_set(struct gen *gen, struct buf *out, struct spot at,
                            const struct function *function, oid element)
{
    const size_t n_direct = function->agg_direct_args < 0 ? 0 : (size_t)function->agg_direct_args;

    add_name(gen, out, function);
    buf_adds(out, "(");
    if (function->agg_kind == 'h') {
        gen_expr(gen, out, inside(at), element);
        buf_adds(out, ") WITHIN GROUP (ORDER BY ");
        gen_expr(gen, out, inside_agg(at), element);
        buf_adds(out, ")");
        return;
    }
    gen_args(gen, out, inside(at), function, 0, n_direct, element);
    buf_adds(out, ") WITHIN GROUP (ORDER BY ");
    gen_args(gen, out, inside_agg(at), function, n_direct, function->n_args, element);
    buf_adds(out, ")");
}

static void gen_aggregate(struct gen *gen, struct buf *out, struct spot at,
                          const struct function *function, oid element)
{
    if (function->agg_kind == 'o' || function->agg_kind == 'h') {
        gen_ordered_set(gen, out, at, function, element);
        return;
    }
    add_name(gen, out, function);
    if (function->n_args == 0) {
        buf_adds(out, "(*)");
        return;
    }
    buf_adds(out, chance(gen, 12) ? "(DISTINCT " : "(");
    gen_args(gen, out, inside_agg(at), function, 0, function->n_args, element);
    if (chance(gen, 12)) {
        buf_adds(out, " ORDER BY ");
        add_sort_keys(gen, out, inside_agg(at), 1 + pick(gen, 2));
    }
    buf_adds(out, ")");
}

static void add_filter(struct gen *gen, struct buf *out, struct spot at)
{
    if (!chance(gen, 15))
        return;
    buf_adds(out, " FILTER (WHERE ");
    gen_condition(gen, out, inside_agg(at));
    buf_adds(out, ")");
}

bool form_aggregate(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct function *function;
    oid element;

    if (!(at.flags & ALLOW_AGG) && !chance(gen, gen->percent_wrong))
        return false;
    function = find_function(gen, &gen->menu->aggregates, type);
    element = function ? element_for(gen, function->return_type, type) : 0;
    if (!element)
        return false;
    if (function->return_type == type)
        element = pick_element(gen, function);
    gen_aggregate(gen, out, at, function, element);
    add_filter(gen, out, at);
    return true;
}

static void add_frame(struct gen *gen, struct buf *out)
{
    static const char *const bounds[] = {
        "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
        "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
        "ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING",
        "ROWS UNBOUNDED PRECEDING",
        "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
        "RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING",
        "RANGE BETWEEN '1 day' PRECEDING AND CURRENT ROW",
        "RANGE BETWEEN '1 month -29 days' PRECEDING AND CURRENT ROW",
        "ROWS BETWEEN 0 PRECEDING AND 0 FOLLOWING EXCLUDE NO OTHERS",
        "GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING EXCLUDE TIES",
        "GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
        "ROWS 2 PRECEDING EXCLUDE CURRENT ROW",
        "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES",
        "RANGE CURRENT ROW EXCLUDE GROUP",
        "ROWS BETWEEN $1 PRECEDING AND CURRENT ROW",
    };
    uint32_t n = sizeof bounds / sizeof *bounds;

    if (!chance(gen, 35))
        return;
    if (gen->no_params || gen->n_params == 0)
        n--;
    buf_addf(out, " %s", bounds[pick(gen, n)]);
}

static void add_window(struct gen *gen, struct buf *out, struct spot at)
{
    if (gen->has_window && chance(gen, 40)) {
        static const char *const uses[] = {"win", "(win)", "(win ROWS 1 PRECEDING)",
                                           "(win ORDER BY 1)", "(win RANGE UNBOUNDED PRECEDING)"};

        buf_addf(out, " OVER %s", uses[pick(gen, 5)]);
        return;
    }
    buf_adds(out, " OVER (");
    if (chance(gen, 50)) {
        buf_adds(out, "PARTITION BY ");
        add_key(gen, out, at);
    }
    if (chance(gen, 60)) {
        buf_adds(out, " ORDER BY ");
        add_sort_keys(gen, out, at, 1 + pick(gen, 2));
        add_frame(gen, out);
    }
    buf_adds(out, ")");
}

bool form_window(struct gen *gen, struct buf *out, struct spot at, oid type)
{
    const struct function *function;
    struct spot args = inside(at);
    oid element;

    if (!(at.flags & ALLOW_WINDOW) && !chance(gen, gen->percent_wrong))
        return false;
    args.flags &= ~(unsigned)ALLOW_WINDOW;
    if (chance(gen, 55))
        function = find_function(gen, &gen->menu->windows, type);
    else
        function = find_function(gen, &gen->menu->aggregates, type);
    element = function ? element_for(gen, function->return_type, type) : 0;
    if (!element)
        return false;
    if (function->return_type == type)
        element = pick_element(gen, function);
    add_name(gen, out, function);
    buf_adds(out, "(");
    if (function->n_args == 0 && function->kind == 'a')
        buf_adds(out, "*");
    gen_args(gen, out, args, function, 0, function->n_args, element);
    buf_adds(out, ")");
    if (function->kind == 'a')
        add_filter(gen, out, args);
    add_window(gen, out, args);
    return true;
}
