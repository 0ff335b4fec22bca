/* Polymorphic types (manual, 38.2.5).
 *
 * Two families. In the simple one (anyelement, anyarray, anyrange, …) all arguments of a kind must
 * have the very same type, and the kinds determine each other. In the common one (anycompatible…)
 * the arguments are converted to their common type. The rules are wanted twice: quietly, to see
 * whether a candidate fits, and loudly, to resolve the types of a chosen one. One pass over the
 * arguments gathers what is known (struct solution), one deduction completes it; a problem is
 * returned as text, which the quiet caller only tests for presence.
 */
#include "types/polymorphic.h"

#include "types/common.h"
#include "types/conversion.h"

struct solution {
    const struct catalog *catalog;
    struct arena *arena;    /* NULL: quiet, no texts are made */
    struct refusal problem; /* the first one found; no SQLSTATE: all is well */
    bool allow_poly;
    /* the simple family */
    oid element, array, range, multirange;
    size_t n_simple;
    bool has_nonarray, has_enum, has_multirange, has_unknown;
    /* the common family */
    oid common, common_array, common_range, common_range_element, common_multirange,
        common_multirange_range;
    bool has_common, has_common_nonarray, has_common_array, has_common_range, has_common_multirange;
    oid *common_types;
    size_t n_common_types;
};

bool type_is_polymorphic(oid type)
{
    return catalog_type_family(type) != FAMILY_NONE;
}

static bool is_simple_family(oid type)
{
    return catalog_type_family(type) == FAMILY_ELEMENT;
}

/* --- Problems --------------------------------------------------------------------------------- */

static const char *format(const struct solution *s, oid type)
{
    return catalog_format_type(s->catalog, s->arena, type);
}

static void fail(struct solution *s, const char *sqlstate, const char *text)
{
    if (!s->problem.sqlstate)
        s->problem = (struct refusal){.sqlstate = sqlstate, .message = text};
}

#define FAIL(s, ...) fail((s), "42804", (s)->arena ? arena_printf((s)->arena, __VA_ARGS__) : NULL)

static void fail_not_alike(struct solution *s, const char *declared, oid a, oid b)
{
    FAIL(s, "arguments declared \"%s\" are not all alike: %s versus %s", declared, format(s, a),
         format(s, b));
}

static void fail_inconsistent(struct solution *s, const char *one, const char *other, oid a, oid b)
{
    FAIL(s, "argument declared %s is not consistent with argument declared %s: %s versus %s", one,
         other, format(s, a), format(s, b));
}

static void fail_unknown(struct solution *s, const char *declared)
{
    FAIL(s, "could not determine polymorphic type %s because input has type unknown", declared);
}

static void fail_no_array(struct solution *s, oid element)
{
    fail(s, "42704",
         s->arena ? arena_printf(s->arena, "could not find array type for data type %s",
                                 format(s, element))
                  : NULL);
}

/* --- Gathering -------------------------------------------------------------------------------- */

static void agree(struct solution *s, oid *slot, oid actual, const char *declared)
{
    if (*slot && *slot != actual)
        fail_not_alike(s, declared, *slot, actual);
    *slot = actual;
}

static void add_common(struct solution *s, oid type)
{
    s->common_types[s->n_common_types++] = type;
}

static void gather_simple(struct solution *s, oid declared, oid actual)
{
    s->n_simple++;
    s->has_nonarray |= declared == ANYNONARRAYOID;
    s->has_enum |= declared == ANYENUMOID;
    s->has_multirange |= declared == ANYMULTIRANGEOID;
    if (actual == UNKNOWNOID) {
        s->has_unknown = true;
        return;
    }
    if (s->allow_poly && declared == actual)
        return;
    oid base = type_base(s->catalog, actual);
    if (declared == ANYARRAYOID)
        agree(s, &s->array, base, "anyarray");
    else if (declared == ANYRANGEOID)
        agree(s, &s->range, base, "anyrange");
    else if (declared == ANYMULTIRANGEOID)
        agree(s, &s->multirange, base, "anymultirange");
    else
        agree(s, &s->element, actual, "anyelement");
}

static void gather_common_array(struct solution *s, oid actual)
{
    oid element = catalog_element_type(s->catalog, actual);
    if (!element)
        FAIL(s, "argument declared anycompatiblearray is not an array but type %s",
             format(s, actual));
    else
        add_common(s, element);
}

static void gather_common_range(struct solution *s, oid actual)
{
    bool first = !s->common_range;
    agree(s, &s->common_range, actual, "anycompatiblerange");
    if (!first)
        return;
    s->common_range_element = type_range_subtype(s->catalog, actual);
    if (!s->common_range_element)
        FAIL(s, "argument declared anycompatiblerange is not a range type but type %s",
             format(s, actual));
    else
        add_common(s, s->common_range_element);
}

static void gather_common_multirange(struct solution *s, oid actual)
{
    agree(s, &s->common_multirange, actual, "anycompatiblemultirange");
    s->common_multirange_range = type_multirange_range(s->catalog, actual);
    if (!s->common_multirange_range)
        FAIL(s, "argument declared anycompatiblemultirange is not a multirange type but type %s",
             format(s, actual));
}

static void gather_common(struct solution *s, oid declared, oid actual)
{
    s->has_common = true;
    s->has_common_nonarray |= declared == ANYCOMPATIBLENONARRAYOID;
    s->has_common_array |= declared == ANYCOMPATIBLEARRAYOID;
    s->has_common_range |= declared == ANYCOMPATIBLERANGEOID;
    s->has_common_multirange |= declared == ANYCOMPATIBLEMULTIRANGEOID;
    if (actual == UNKNOWNOID || (s->allow_poly && declared == actual))
        return;
    oid base = type_base(s->catalog, actual);
    if (declared == ANYCOMPATIBLEARRAYOID)
        gather_common_array(s, base);
    else if (declared == ANYCOMPATIBLERANGEOID)
        gather_common_range(s, base);
    else if (declared == ANYCOMPATIBLEMULTIRANGEOID)
        gather_common_multirange(s, base);
    else
        add_common(s, actual);
}

static void gather(struct solution *s, const oid *actual, const oid *declared, size_t n)
{
    for (size_t i = 0; i < n && !s->problem.sqlstate; i++) {
        if (is_simple_family(declared[i]))
            gather_simple(s, declared[i], actual[i]);
        else if (type_is_polymorphic(declared[i]))
            gather_common(s, declared[i], actual[i]);
    }
}

/* --- Deduction, simple family ------------------------------------------------------------------
 */

static void element_from_array(struct solution *s, oid result)
{
    oid element;
    if (s->array == ANYARRAYOID) {
        /* A column such as pg_stats.most_common_vals: only alone, and with no element to infer. */
        if (s->arena && (s->n_simple != 1 || (result != ANYARRAYOID && is_simple_family(result))))
            FAIL(s, "cannot determine element type of \"anyarray\" argument");
        if (!s->arena)
            return;
        element = ANYELEMENTOID;
    } else {
        element = catalog_element_type(s->catalog, s->array);
    }
    if (!element)
        FAIL(s, "argument declared anyarray is not an array but type %s", format(s, s->array));
    else if (s->element && s->element != element)
        fail_inconsistent(s, "anyarray", "anyelement", s->array, s->element);
    else
        s->element = element;
}

static void range_from_multirange(struct solution *s)
{
    oid range = type_multirange_range(s->catalog, s->multirange);
    if (!range)
        FAIL(s, "argument declared anymultirange is not a multirange type but type %s",
             format(s, s->multirange));
    else if (s->range && s->range != range)
        fail_inconsistent(s, "anymultirange", "anyrange", s->multirange, s->range);
    else
        s->range = range;
}

static void element_from_range(struct solution *s)
{
    oid element = type_range_subtype(s->catalog, s->range);
    if (!element)
        FAIL(s, "argument declared anyrange is not a range type but type %s", format(s, s->range));
    else if (s->element && s->element != element)
        fail_inconsistent(s, "anyrange", "anyelement", s->range, s->element);
    else
        s->element = element;
}

static void check_element_kind(struct solution *s)
{
    if (s->element == ANYELEMENTOID)
        return;
    if (s->has_nonarray && type_is_array_domain(s->catalog, s->element))
        FAIL(s, "type matched to anynonarray is an array type: %s", format(s, s->element));
    if (s->has_enum && !type_has_kind(s->catalog, s->element, 'e'))
        FAIL(s, "type matched to anyenum is not an enum type: %s",
             s->arena && s->element ? format(s, s->element) : "unknown");
}

static void deduce_simple(struct solution *s, oid result)
{
    if (s->array)
        element_from_array(s, result);
    if (s->multirange && !s->problem.sqlstate)
        range_from_multirange(s);
    else if (s->has_multirange && s->range)
        s->multirange = type_range_multirange(s->catalog, s->range);
    if (s->range && !s->problem.sqlstate)
        element_from_range(s);
    if (!s->element && s->arena && s->allow_poly) {
        s->element = ANYELEMENTOID;
        s->array = ANYARRAYOID;
        s->range = ANYRANGEOID;
        s->multirange = ANYMULTIRANGEOID;
    } else if (!s->element && s->arena) {
        FAIL(s, "could not determine polymorphic type because input has type unknown");
    }
    if (!s->problem.sqlstate)
        check_element_kind(s);
}

/* --- Deduction, common family ------------------------------------------------------------------
 */

static void common_range_from_multirange(struct solution *s)
{
    if (s->common_range) {
        if (s->common_multirange_range != s->common_range)
            fail_inconsistent(s, "anycompatiblemultirange", "anycompatiblerange",
                              s->common_multirange, s->common_range);
        return;
    }
    s->common_range = s->common_multirange_range;
    s->common_range_element = type_range_subtype(s->catalog, s->common_range);
    s->has_common_range = true;
    add_common(s, s->common_range_element);
}

static void check_common_kinds(struct solution *s)
{
    if (s->has_common_range && !s->common_range && s->arena)
        fail_unknown(s, "anycompatiblerange");
    if (s->common_range_element && s->common_range_element != s->common)
        FAIL(s, "anycompatiblerange type %s does not match anycompatible type %s",
             format(s, s->common_range), format(s, s->common));
    if (s->has_common_multirange && !s->common_multirange && s->arena)
        fail_unknown(s, "anycompatiblemultirange");
    if (s->has_common_nonarray && type_is_array_domain(s->catalog, s->common))
        FAIL(s, "type matched to anycompatiblenonarray is an array type: %s", format(s, s->common));
}

static void choose_common(struct solution *s)
{
    s->common = types_common(s->catalog, s->common_types, s->n_common_types);
    if (!s->common) {
        FAIL(s, "argument types of the anycompatible family cannot be matched");
        return;
    }
    if (!types_verify_common(s->catalog, s->common, s->common_types, s->n_common_types)) {
        FAIL(s, "arguments of anycompatible family cannot be cast to a common type");
        return;
    }
    if (s->has_common_array && s->arena) {
        s->common_array = catalog_array_type(s->catalog, s->common);
        if (!s->common_array)
            fail_no_array(s, s->common);
    }
    check_common_kinds(s);
}

/* Only unknown inputs: text, as in 10.5; that does not say which range. */
static void default_common(struct solution *s)
{
    if (!s->arena)
        return;
    if (s->allow_poly) {
        s->common = ANYCOMPATIBLEOID;
        s->common_array = ANYCOMPATIBLEARRAYOID;
        s->common_range = ANYCOMPATIBLERANGEOID;
        s->common_multirange = ANYCOMPATIBLEMULTIRANGEOID;
        return;
    }
    s->common = TEXTOID;
    s->common_array = TEXTARRAYOID;
    if (s->has_common_range)
        fail_unknown(s, "anycompatiblerange");
    if (s->has_common_multirange)
        fail_unknown(s, "anycompatiblemultirange");
}

static void deduce_common(struct solution *s)
{
    if (s->common_multirange)
        common_range_from_multirange(s);
    else if (s->has_common_multirange && s->common_range)
        s->common_multirange = type_range_multirange(s->catalog, s->common_range);
    if (s->problem.sqlstate)
        return;
    if (s->n_common_types)
        choose_common(s);
    else
        default_common(s);
}

/* --- Answers ---------------------------------------------------------------------------------- */

enum { MAX_STACK_ARGS = 128 };

bool types_fit_generic(const struct catalog *catalog, const oid *actual, const oid *declared,
                       size_t n)
{
    oid types[MAX_STACK_ARGS + 1];
    struct solution s = {.catalog = catalog, .common_types = types};
    if (n > MAX_STACK_ARGS)
        return false;
    gather(&s, actual, declared, n);
    if (!s.problem.sqlstate && s.n_simple)
        deduce_simple(&s, 0);
    if (!s.problem.sqlstate && s.has_common)
        deduce_common(&s);
    return !s.problem.sqlstate;
}

static oid array_of_element(struct solution *s)
{
    if (!s->array)
        s->array = catalog_array_type(s->catalog, s->element);
    if (!s->array)
        fail_no_array(s, s->element);
    return s->array;
}

/* The actual type for a declared polymorphic one, with all solved. */
static oid solved_type(struct solution *s, oid declared)
{
    oid type = declared;
    switch (declared) {
    case ANYARRAYOID:
        return array_of_element(s);
    case ANYRANGEOID:
        type = s->range;
        break;
    case ANYMULTIRANGEOID:
        type = s->multirange;
        break;
    case ANYCOMPATIBLEARRAYOID:
        type = s->common_array ? s->common_array : catalog_array_type(s->catalog, s->common);
        if (!type)
            fail_no_array(s, s->common);
        return type;
    case ANYCOMPATIBLERANGEOID:
        type = s->common_range;
        break;
    case ANYCOMPATIBLEMULTIRANGEOID:
        type = s->common_multirange;
        break;
    default:
        if (is_simple_family(declared))
            return s->element;
        return type_is_polymorphic(declared) ? s->common : declared;
    }
    if (!type)
        fail_unknown(s, format(s, declared));
    return type;
}

/* Which declared types become coercion targets: all of the common family; of the simple one only
 * where the input is unknown, the others have the right type already. */
static void replace_declared(struct solution *s, const oid *actual, oid *declared, size_t n)
{
    for (size_t i = 0; i < n && !s->problem.sqlstate; i++)
        if (type_is_polymorphic(declared[i]) &&
            (!is_simple_family(declared[i]) || actual[i] == UNKNOWNOID))
            declared[i] = solved_type(s, declared[i]);
}

bool types_solve(struct arena *arena, const struct catalog *catalog, const oid *actual,
                 oid *declared, size_t n, bool allow_poly, oid *result, struct refusal *why)
{
    struct solution s = {
        .catalog = catalog,
        .arena = arena,
        .allow_poly = allow_poly,
        .has_nonarray = *result == ANYNONARRAYOID,
        .has_enum = *result == ANYENUMOID,
        .has_multirange = *result == ANYMULTIRANGEOID,
        .has_common_nonarray = *result == ANYCOMPATIBLENONARRAYOID,
        .has_common_array = *result == ANYCOMPATIBLEARRAYOID,
        .has_common_range = *result == ANYCOMPATIBLERANGEOID,
        .has_common_multirange = *result == ANYCOMPATIBLEMULTIRANGEOID,
    };
    bool is_generic = false;
    for (size_t i = 0; i < n; i++)
        is_generic |= type_is_polymorphic(declared[i]);
    if (!is_generic)
        return true;
    s.common_types = arena_array(arena, oid, n + 1);
    gather(&s, actual, declared, n);
    if (!s.problem.sqlstate && s.n_simple)
        deduce_simple(&s, *result);
    if (!s.problem.sqlstate && s.has_common)
        deduce_common(&s);
    if (!s.problem.sqlstate)
        replace_declared(&s, actual, declared, n);
    if (!s.problem.sqlstate && type_is_polymorphic(*result))
        *result = solved_type(&s, *result);
    *why = s.problem;
    return !s.problem.sqlstate;
}

/* --- Signatures ------------------------------------------------------------------------------- */

static bool is_range(oid type)
{
    return type == ANYRANGEOID || type == ANYMULTIRANGEOID || type == ANYCOMPATIBLERANGEOID ||
           type == ANYCOMPATIBLEMULTIRANGEOID;
}

bool type_is_determined(oid type, const oid *inputs, size_t n)
{
    enum type_family family = catalog_type_family(type);

    if (family == FAMILY_NONE)
        return true;
    for (size_t i = 0; i < n; i++)
        if (catalog_type_family(inputs[i]) == family && (is_range(inputs[i]) || !is_range(type)))
            return true;
    return false;
}
