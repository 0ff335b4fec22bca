/* Calls (manual, 10.3; parse_func.c): func_get_detail() and ParseFuncOrColumn().
 *
 * In order: an exact match of the argument types; the name of a type, as a cast; the best candidate
 * by implicit coercion; a column of the row that is the only argument. x.name asks for the column
 * first. What was found must fit the call's decorations (resolve_kind.c); then polymorphic types
 * are made concrete, the arguments coerced, named ones put in place and variadic ones made an
 * array.
 */
#include "resolve/resolve.h"

#include <string.h>

#include "catalog/catalog.h"
#include "resolve/candidates.h"
#include "resolve/coerce.h"
#include "resolve/suggest.h"
#include "tree/tree.h"
#include "types/conversion.h"
#include "types/polymorphic.h"

/* The arguments of the call as the search sees them. */
struct call {
    struct call_site *site;
    oid types[MAX_FUNCTION_ARGS + 1];     /* actual; those of defaults follow */
    const char *names[MAX_FUNCTION_ARGS]; /* of the last n_names arguments */
    size_t n_names;
};

enum detail { DETAIL_NONE, DETAIL_FUNCTION, DETAIL_CAST, DETAIL_AMBIGUOUS };

static void add_name(struct parse *parse, struct call *call, const struct expr *arg)
{
    for (size_t i = 0; i < call->n_names; i++)
        if (strcmp(call->names[i], arg->u.arg_name) == 0)
            parse_error(parse, "42601", arg->location, "argument name \"%s\" used more than once",
                        arg->u.arg_name);
    call->names[call->n_names++] = arg->u.arg_name;
}

static void read_arguments(struct parse *parse, struct call *call)
{
    struct call_site *site = call->site;
    if (site->n_args > MAX_FUNCTION_ARGS)
        parse_error(parse, "54023", site->location,
                    "cannot pass more than %d arguments to a function", MAX_FUNCTION_ARGS);
    for (size_t i = 0; i < site->n_args; i++) {
        const struct expr *arg = site->args[i];
        call->types[i] = arg->type;
        if (arg->kind == EXPR_NAMED_ARG)
            add_name(parse, call, arg);
        else if (call->n_names > 0)
            parse_error(parse, "42601", expr_location(arg),
                        "positional argument cannot follow named argument");
    }
}

static bool could_be_field(const struct parse *parse, const struct call *call)
{
    const struct call_site *site = call->site;
    if (site->n_args != 1 || site->is_procedure || site->has_order_by || site->has_filter ||
        site->star || site->distinct || site->has_over || site->variadic || call->n_names ||
        site->name.schema || site->within_group)
        return false;
    return call->types[0] == RECORDOID ||
           type_is_composite(parse->statement->catalog, call->types[0]);
}

static bool find_field(struct parse *parse, const struct call *call, struct resolved_call *result)
{
    struct field field;
    if (!resolve_field(parse, call->site->args[0], call->site->name.name, &field))
        return false;
    *result = (struct resolved_call){
        .kind = CALL_FIELD,
        .result_type = field.type,
        .args = call->site->args,
        .n_args = 1,
        .field_attno = field.attno,
    };
    return true;
}

/* --- Finding the function --------------------------------------------------------------------- */

static const struct candidate *find_exact(const struct candidates *list, const struct call *call)
{
    size_t n = call->site->n_args;
    for (size_t i = 0; i < list->n; i++)
        if (n == 0 || memcmp(list->items[i].args, call->types, n * sizeof(oid)) == 0)
            return &list->items[i];
    return NULL;
}

/* What is in pg_temp is no function unless its schema is named. */
static bool is_temporary(const struct catalog *catalog, const struct type *type)
{
    return strcmp(catalog_get_namespace(catalog, type->namespace_oid)->name, "pg_temp") == 0;
}

/* typename(x): only where the cast function would not be found by its name, that is for free casts
 * and those through text, and for literals. */
static bool is_cast_call(struct parse *parse, const struct call *call, oid *target)
{
    const struct catalog *catalog = parse->statement->catalog;
    const struct call_site *site = call->site;
    const struct function *ignored;
    if (site->n_args != 1 || call->n_names)
        return false;
    const struct type *type = catalog_find_type(catalog, site->name.schema, site->name.name);
    if (!type || type->is_shell || type->relid ||
        (!site->name.schema && is_temporary(catalog, type)))
        return false;
    oid source = call->types[0];
    *target = type->oid;
    if (source == UNKNOWNOID && site->args[0]->kind == EXPR_CONST)
        return true;
    switch (coerce_find_path(catalog, type->oid, source, COERCE_EXPLICIT, &ignored)) {
    case PATH_RELABEL:
        return true;
    case PATH_INOUT:
        return !((source == RECORDOID || type_is_composite(catalog, source)) &&
                 type->category == 'S');
    default:
        return false;
    }
}

static enum detail find_function(struct parse *parse, const struct call *call,
                                 struct candidate *chosen, oid *cast_target)
{
    const struct call_site *site = call->site;
    size_t n = site->n_args;
    struct lookup lookup = {
        site->name,    n, call->names, call->n_names, !site->variadic, site->is_procedure,
        site->location};
    struct candidates list = resolve_lookup(parse, &lookup);
    const struct candidate *best = find_exact(&list, call);
    if (!best && is_cast_call(parse, call, cast_target))
        return DETAIL_CAST;
    if (!best &&
        candidates_choose(parse->statement->catalog, &list, call->types, n, &best) == MATCH_MANY)
        return DETAIL_AMBIGUOUS;
    if (!best)
        return DETAIL_NONE;
    if (best->is_ambiguous)
        return DETAIL_AMBIGUOUS;
    if (call->n_names && site->variadic && best->positions[n - 1] != n - 1)
        return DETAIL_NONE; /* VARIADIC must be on the last parameter */
    *chosen = *best;
    return DETAIL_FUNCTION;
}

/* --- Failing ---------------------------------------------------------------------------------- */

static _Noreturn void ambiguous(struct parse *parse, const struct call_site *site)
{
    const char *what = site->is_procedure ? "procedure" : "function";
    const char *hint = arena_printf(parse->statement->arena,
                                    "could not choose a best candidate %s; you might need to add "
                                    "explicit type casts",
                                    what);
    parse_error_hint(parse, "42725", site->location, hint, "%s %s is not unique", what,
                     resolve_signature(parse, site));
}

void resolve_function_failed(struct parse *parse, const struct call_site *site)
{
    const char *what = site->is_procedure ? "procedure" : "function";
    const char *hint = suggest_functions(parse, site);

    if (site->has_order_by && !site->within_group)
        hint = "no aggregate function matches the given name and argument types; perhaps you "
               "misplaced ORDER BY: it must appear after all regular arguments of the aggregate";
    parse_error_hint(parse, "42883", site->location, hint, "%s %s does not exist", what,
                     resolve_signature(parse, site));
}

/* --- Finishing a call ------------------------------------------------------------------------- */

/* Hypothetical arguments of type "any" get the common type with the ordered ones they are compared
 * to (unify_hypothetical_args). */
static void unify_hypothetical(struct parse *parse, struct call *call,
                               const struct candidate *chosen)
{
    struct call_site *site = call->site;
    size_t n_ordered = site->n_args - site->n_direct_args;
    if (chosen->function->agg_kind != 'h' || n_ordered > site->n_direct_args)
        return;
    for (size_t i = site->n_direct_args - n_ordered; i < site->n_direct_args; i++) {
        size_t ordered = i + n_ordered;
        if (chosen->args[i] != ANYOID)
            continue;
        struct expr *pair[2] = {site->args[ordered], site->args[i]};
        oid common = coerce_common_type(parse, pair, 2, "WITHIN GROUP", NULL);
        int32_t typmod = coerce_common_typmod(pair, 2, common);
        site->args[i] = coerce_type(parse, site->args[i], call->types[i], common, typmod,
                                    COERCE_IMPLICIT, FORM_IMPLICIT, -1);
        site->args[ordered] = coerce_type(parse, site->args[ordered], call->types[ordered], common,
                                          typmod, COERCE_IMPLICIT, FORM_IMPLICIT, -1);
        call->types[i] = call->types[ordered] = common;
    }
}

/* Named arguments to their parameters' places; parameters left to their defaults are NULL, those at
 * the end are cut off. */
static void place_named(struct parse *parse, const struct candidate *chosen,
                        struct resolved_call *result)
{
    struct arena *arena = parse->statement->arena;
    struct expr **placed = arena_array(arena, struct expr *, chosen->n_args);
    struct argument_order *order = arena_new(arena, struct argument_order);
    size_t n = 0;

    order->places = arena_array(arena, size_t, result->n_args);
    order->n = result->n_args;
    for (size_t i = 0; i < result->n_args; i++) {
        struct expr *arg = result->args[i];
        size_t at = chosen->positions[i];
        placed[at] = arg->kind == EXPR_NAMED_ARG ? arg->args[0] : arg;
        order->places[i] = at;
        order->n_named += arg->kind == EXPR_NAMED_ARG;
        n = at >= n ? at + 1 : n;
    }
    result->args = placed;
    result->n_args = n;
    result->order = order;
}

static void collect_variadic(struct parse *parse, const struct candidate *chosen,
                             struct resolved_call *result)
{
    size_t first = result->n_args - chosen->n_variadic;
    struct arena *arena = parse->statement->arena;
    oid element = result->args[first]->type;
    oid type = catalog_array_type(parse->statement->catalog, element);
    if (!type)
        parse_error(parse, "42704", expr_location(result->args[first]),
                    "could not find array type for data type %s", type_text(parse, element));
    struct expr *array =
        expr_make(parse->statement->arena, EXPR_ARRAY, type, result->args[first]->location);
    array->args = result->args + first;
    array->n_args = chosen->n_variadic;
    struct expr **args = arena_array(arena, struct expr *, first + 1);
    for (size_t i = 0; i < first; i++)
        args[i] = result->args[i];
    args[first] = array;
    result->args = args;
    result->n_args = first + 1;
    result->variadic_call = true;
}

static void check_variadic_array(struct parse *parse, const struct call *call)
{
    const struct call_site *site = call->site;
    const struct catalog *catalog = parse->statement->catalog;
    if (!type_is_array_domain(catalog, call->types[site->n_args - 1]))
        parse_error(parse, "42804", expr_location(site->args[site->n_args - 1]),
                    "VARIADIC argument must be an array");
}

/* What a default of unknown type, which is NULL, has become when the function was made: the
 * pseudo-type itself where that has an input function (coerce_type). */
static oid type_of_null_default(oid declared)
{
    switch (declared) {
    case ANYARRAYOID:
    case ANYRANGEOID:
    case ANYMULTIRANGEOID:
    case ANYCOMPATIBLEARRAYOID:
    case ANYCOMPATIBLERANGEOID:
    case ANYCOMPATIBLEMULTIRANGEOID:
        return declared;
    default:
        return UNKNOWNOID;
    }
}

/* The actual type of a parameter that is left to its default. */
static oid type_of_default(const struct candidate *chosen, size_t i)
{
    const struct function *function = chosen->function;
    size_t parameter = chosen->positions ? chosen->positions[i] : i;
    size_t at = parameter + function->n_defaults - function->n_args;
    oid type;

    if (!type_is_polymorphic(chosen->args[i]))
        return chosen->args[i];
    if (!function->default_types || chosen->n_args != function->n_args)
        return UNKNOWNOID;
    type = function->default_types[at];
    return type && type != UNKNOWNOID && !type_is_polymorphic(type)
               ? type
               : type_of_null_default(chosen->args[i]);
}

static struct resolved_call finish_function(struct parse *parse, struct call *call,
                                            const struct candidate *chosen)
{
    struct call_site *site = call->site;
    struct arena *arena = parse->statement->arena;
    const struct function *function = chosen->function;
    size_t n = site->n_args, n_all = n + chosen->n_defaults;
    oid *declared = arena_array(arena, oid, n_all + 1),
        *actual = arena_array(arena, oid, n_all + 1);
    for (size_t i = 0; i < n_all; i++) {
        declared[i] = chosen->args[i];
        actual[i] = i < n ? call->types[i] : type_of_default(chosen, i);
    }
    struct resolved_call result = {
        .kind = CALL_FUNCTION,
        .function = function,
        .returns_set = function->returns_set,
        .args = arena_array(arena, struct expr *, n),
        .n_args = n,
    };
    result.result_type =
        coerce_generic(parse, actual, declared, n_all, function->return_type, false);
    for (size_t i = 0; i < n; i++)
        result.args[i] = site->args[i];
    resolve_coerce_args(parse, result.args, actual, declared, n);
    result.variadic_call = site->variadic && function->variadic;
    if (chosen->n_variadic && function->variadic != ANYOID)
        collect_variadic(parse, chosen, &result);
    if (result.variadic_call && function->variadic == ANYOID && n)
        check_variadic_array(parse, call);
    resolve_check_finished(parse, site, function);
    if (chosen->positions)
        place_named(parse, chosen, &result);
    return result;
}

static struct resolved_call finish_cast(const struct call_site *site, oid target)
{
    return (struct resolved_call){
        .kind = CALL_CAST,
        .result_type = target,
        .args = site->args,
        .n_args = 1,
        .cast_target = target,
    };
}

struct resolved_call resolve_call(struct parse *parse, struct call_site *site)
{
    struct call call = {.site = site};
    struct resolved_call result = {.kind = CALL_NOT_FOUND};
    struct candidate chosen;
    oid cast_target = 0;
    read_arguments(parse, &call);
    bool maybe_field = could_be_field(parse, &call);
    if (maybe_field && site->is_column_notation && find_field(parse, &call, &result))
        return result;
    switch (find_function(parse, &call, &chosen, &cast_target)) {
    case DETAIL_CAST:
        resolve_check_kind(parse, site, 'c');
        return finish_cast(site, cast_target);
    case DETAIL_FUNCTION:
        resolve_check_kind(parse, site, chosen.function->kind);
        if (chosen.function->kind == 'a') {
            resolve_check_aggregate(parse, site, &chosen);
            unify_hypothetical(parse, &call, &chosen);
        }
        return finish_function(parse, &call, &chosen);
    case DETAIL_AMBIGUOUS:
        if (!site->is_column_notation)
            ambiguous(parse, site);
        return result;
    default:
        if (maybe_field && !site->is_column_notation)
            find_field(parse, &call, &result);
        return result;
    }
}
